// An outage of the database is no event's fault: the event stays unacknowledged, keeps its attempts, and delays later
// ones.
import { type ChannelModel, connect } from 'amqplib';
import { namesOf } from '#messaging';
import { brokerUrl, dropPrefix, freshPrefix } from '../../support/broker';
import { eventually } from '../../support/eventually';
import { bounce, consume, deliveriesController, depth, next, quick, send } from './messaging-fixtures';

const prefix = freshPrefix();
const { main, retry, dead } = namesOf(prefix, 'notification-sender.deliveries', quick);
let probe: ChannelModel;
beforeAll(async () => {
  probe = await connect(brokerUrl());
});
afterAll(async () => {
  await probe.close();
  await dropPrefix(prefix);
});

const away = (): Error => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const waiting = async (): Promise<number[]> => Promise.all([...retry, dead].map((name) => depth(probe, name)));

it('the event is tried again until the database is back, as its first attempt, and no other is delivered meanwhile', async () => {
  const tries: { id: string; attempt: number }[] = [];
  let back = false;
  const controller = deliveriesController(async (envelope, { attempt }) => {
    tries.push({ id: envelope.id, attempt });
    if (!back) throw away();
    return Promise.resolve();
  });
  const { publisher, close } = await consume(prefix, [controller], { prefetch: 1 });
  const [first, second] = [bounce(), bounce()];
  await send(publisher, first, second);
  await eventually('more tries than the policy has attempts', () => tries.length > quick.maxAttempts);
  expect(new Set(tries.map(({ id }) => id))).toEqual(new Set([first.id]));
  expect(await waiting()).toEqual([0, 0, 0]);
  back = true;
  await eventually('both are handled', async () => tries.at(-1)?.id === second.id && (await depth(probe, main)) === 0);
  expect(new Set(tries.map(({ attempt }) => attempt))).toEqual(new Set([1]));
  await close();
});

it('an outage that does not end counts as a failed attempt', async () => {
  const attempts: number[] = [];
  const controller = deliveriesController((_envelope, { attempt }) => {
    attempts.push(attempt);
    return Promise.reject(away());
  });
  const { publisher, close } = await consume(prefix, [controller], { outageWaitMs: 300 });
  await send(publisher, bounce());
  const letter = await eventually('a dead letter', () => next(probe, dead), { timeoutMs: 40_000 });
  expect(String(letter.properties.headers?.['x-dead-reason'])).toContain('ECONNREFUSED');
  expect(new Set(attempts)).toEqual(new Set([1, 2, 3]));
  await close();
});

it('a stop during an outage returns the event at once', async () => {
  let tries = 0;
  const controller = deliveriesController(() => {
    tries += 1;
    return Promise.reject(away());
  });
  const { publisher, close } = await consume(prefix, [controller]);
  await send(publisher, bounce());
  await eventually('the pauses have grown', () => tries >= 4);
  const begun = performance.now();
  await close();
  expect(performance.now() - begun).toBeLessThan(3_000);
  expect(await eventually('it is there again', async () => (await depth(probe, main)) || false)).toBe(1);
});
