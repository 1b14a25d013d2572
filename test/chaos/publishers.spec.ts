// What a cluster run says of publishers whose node was broken, with publishes and confirms that were planted.
import { Publishers } from './cluster/publishers';

const frozen = [{ what: 'nodeFrozen', at: 10_000, until: 16_000 }];

it('counts from the publish without confirm to the next one, and whether it came from another node', () => {
  const publishers = new Publishers();
  publishers.record('scheduling-api', 'published', 0, 9_000);
  publishers.record('scheduling-api', 'confirmed', 0, 9_010);
  expect(publishers.busiest).toBe(0);
  publishers.record('scheduling-api', 'published', 0, 10_500);
  publishers.record('scheduling-api', 'lost', 0, 13_500);
  publishers.record('scheduling-api', 'published', 1, 13_900);
  publishers.record('scheduling-api', 'confirmed', 1, 14_000);
  expect(publishers.report(frozen)).toEqual([
    'nodeFrozen: 1 times back after 3.5 to 3.5 s (median 3.5 s), 1 of them at another node',
  ]);
  expect(publishers.violations(frozen)).toEqual([]);
  expect(publishers.busiest).toBe(1);
});

it('finds one that stays with a node that confirms nothing', () => {
  const publishers = new Publishers();
  publishers.record('imip-ingestor', 'published', 2, 10_500);
  publishers.record('imip-ingestor', 'confirmed', 2, 16_500);
  expect(publishers.violations(frozen)).toEqual([
    'imip-ingestor waited 6.0 s for its node after nodeFrozen and moved to no other',
  ]);
});

it('counts until it may publish again where nothing was unconfirmed', () => {
  const publishers = new Publishers();
  publishers.record('imip-ingestor', 'lost', 2, 10_500);
  publishers.record('imip-ingestor', 'ready', 0, 10_700);
  publishers.record('imip-ingestor', 'published', 0, 19_000);
  publishers.record('imip-ingestor', 'confirmed', 0, 19_010);
  expect(publishers.report(frozen)).toEqual([
    'nodeFrozen: 1 times back after 0.2 to 0.2 s (median 0.2 s), 1 of them at another node',
  ]);
});

it('finds one that stayed with its node until its process was ended', () => {
  const publishers = new Publishers();
  publishers.record('imip-ingestor', 'published', 2, 10_500);
  publishers.ended('imip-ingestor', 30_000);
  expect(publishers.violations(frozen)).toEqual([
    'imip-ingestor waited 19.5 s for its node after nodeFrozen and moved to no other',
  ]);
});

it('holds nothing against one whose process was ended soon, or whose wait began without a fault', () => {
  const publishers = new Publishers();
  publishers.record('imip-ingestor', 'published', 2, 10_500);
  publishers.ended('imip-ingestor', 12_000);
  publishers.record('imip-ingestor', 'confirmed', 0, 19_000);
  publishers.record('scheduling-api', 'published', 2, 9_999);
  publishers.record('scheduling-api', 'confirmed', 2, 19_000);
  expect([publishers.report(frozen), publishers.violations(frozen)]).toEqual([[], []]);
});

it('tells what passed in a wait of over 5 s, from its first publish on', () => {
  const publishers = new Publishers();
  publishers.record('imip-ingestor', 'published', 2, 10_500);
  publishers.record('imip-ingestor', 'published', 2, 10_600);
  publishers.record('imip-ingestor', 'lost', 2, 13_500);
  publishers.record('imip-ingestor', 'published', 0, 13_700);
  publishers.record('imip-ingestor', 'confirmed', 0, 16_100);
  publishers.record('scheduling-api', 'published', 2, 10_500);
  publishers.record('scheduling-api', 'confirmed', 2, 15_400);
  expect(publishers.slow(frozen)).toEqual([
    'imip-ingestor was back after 5.6 s beside nodeFrozen from -0.5 s to 5.5 s: ' +
      '0.0 s published 2, 3.0 s lost 2, 3.2 s published 0, 5.6 s confirmed 0',
  ]);
});

it('lets a publisher wait for a new leader at a node that is not broken, and not for ever', () => {
  const publishers = new Publishers();
  publishers.record('imip-ingestor', 'published', 0, 10_500);
  publishers.record('imip-ingestor', 'confirmed', 0, 19_500);
  publishers.record('scheduling-api', 'published', 0, 10_500);
  publishers.record('scheduling-api', 'confirmed', 0, 29_600);
  publishers.record('notification-sender 1', 'published', 2, 10_500);
  publishers.record('notification-sender 1', 'confirmed', 2, 16_500);
  expect(publishers.violations(frozen.map((fault) => ({ ...fault, node: 2 })))).toEqual([
    'scheduling-api waited 19.1 s for its node after nodeFrozen and moved to no other',
    'notification-sender 1 waited 6.0 s for its node after nodeFrozen and moved to no other',
  ]);
});

it('finds one that moved and then stayed too long at a node, or without one, however often it moved before', () => {
  const publishers = new Publishers();
  publishers.record('imip-ingestor', 'published', 2, 10_500);
  publishers.record('imip-ingestor', 'lost', 2, 13_500);
  publishers.record('imip-ingestor', 'published', 0, 14_000);
  publishers.record('imip-ingestor', 'confirmed', 0, 38_500);
  publishers.record('scheduling-api', 'published', 2, 10_500);
  publishers.record('scheduling-api', 'lost', 2, 13_500);
  publishers.record('scheduling-api', 'ready', 1, 38_000);
  publishers.record('scheduling-api', 'published', 1, 38_100);
  publishers.record('scheduling-api', 'confirmed', 1, 38_200);
  expect(publishers.violations(frozen)).toEqual([
    'imip-ingestor moved after nodeFrozen and was 24.5 s at node 0',
    'scheduling-api moved after nodeFrozen and was 24.5 s without a connection',
  ]);
});

it('holds nothing against one that left each node in time, though it was back late', () => {
  const publishers = new Publishers();
  for (const [step, node] of [2, 0, 1].entries()) {
    publishers.record('imip-ingestor', 'published', node, 10_500 + step * 19_000);
    publishers.record('imip-ingestor', 'lost', node, 10_500 + step * 19_000 + 18_000);
  }
  publishers.record('imip-ingestor', 'published', 2, 67_500);
  publishers.record('imip-ingestor', 'confirmed', 2, 67_600);
  expect(publishers.violations(frozen)).toEqual([]);
});

it('holds nothing against one that left its node in time and was refused by the others, which is told from one URL', () => {
  const publishers = new Publishers();
  for (const actor of ['imip-ingestor', 'scheduling-api'])
    for (let step = 0; step < 4; step += 1) {
      publishers.record(actor, 'published', 1, 10_500 + step * 4_000);
      // Looks at the other nodes for a leader, from the connection that it has.
      publishers.record(actor, 'tried', 0, 13_000 + step * 4_000);
      publishers.record(actor, 'lost', 1, 14_000 + step * 4_000);
      if (actor === 'imip-ingestor') publishers.record(actor, 'tried', 0, 14_100 + step * 4_000);
      publishers.record(actor, 'ready', 1, 14_400 + step * 4_000);
    }
  for (const actor of ['imip-ingestor', 'scheduling-api']) publishers.record(actor, 'confirmed', 1, 27_000);
  expect(publishers.violations(frozen)).toEqual([
    'scheduling-api waited 16.5 s for its node after nodeFrozen and moved to no other',
  ]);
});
