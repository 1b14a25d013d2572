// How many persistent messages a second RabbitMQ confirms: a quorum queue with one member on one node, and one with three
// members on a cluster of three that the same node has begun.
// Run by hand: `node test/bench/confirms.mjs`; the figures are in docs/scale.md. All nodes share this machine, so the
// cluster has three times the work on the same cores.
import { createRequire } from 'node:module';
import { Made } from '../run/made.mjs';
import { privateCluster } from '../run/rabbitmq.mjs';

const { connect } = createRequire(import.meta.url)('amqplib');
/** Unconfirmed at a time, as a publisher of the product has them. */
const window = 400;
const seconds = 10;
const rounds = 3;
const content = Buffer.alloc(1_000, 'x');

/** Confirms a second for one publisher on this node. */
async function rate(url, queue) {
  const model = await connect(url, { noDelay: true });
  const channel = await model.createConfirmChannel();
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  let confirmed = 0;
  const until = performance.now() + seconds * 1_000;
  await new Promise((resolve, reject) => {
    let open = 0;
    const publish = () => {
      open += 1;
      channel.sendToQueue(queue, content, { persistent: true }, (error) => {
        open -= 1;
        if (error) return reject(error);
        confirmed += 1;
        if (performance.now() < until) publish();
        else if (open === 0) resolve();
      });
    };
    for (let count = 0; count < window; count += 1) publish();
  });
  await channel.deleteQueue(queue);
  await model.close();
  return Math.round(confirmed / seconds);
}

async function rates(url, name) {
  const each = [];
  for (let round = 0; round < rounds; round += 1) each.push(await rate(url, `${name}-${round}`));
  process.stdout.write(`${name}: ${each.join(', ')} confirms a second\n`);
  return each.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

const made = new Made(`test-${process.pid}`);
try {
  let one = 0;
  const nodes = await privateCluster(made, async (url) => {
    one = await rates(url, 'one node');
  });
  const three = await rates(nodes[0].url, 'three nodes');
  process.stdout.write(`ratio of the medians: ${(three / one).toFixed(2)}\n`);
} finally {
  await made.undo();
}
