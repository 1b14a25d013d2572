// Whether a queue has lost its leader, as most nodes of a cluster see it.
// Asked by the publisher before it leaves a node that does not confirm: if the leader is lost, another node does not
// confirm either.
import { type ChannelModel, connect } from 'amqplib';
import { openChannel, within } from './waiting';

/** RabbitMQ waits 250 ms for a queue's leader before it responds to a passive declare without it (3.10). */
const leaderRespondsWithinMs = 200;
/** Both looks at a queue without leader take half of it. */
const ownRespondsWithinMs = 1_000;
const othersRespondWithinMs = 2_000;

/**
 * True where the node of `own` responds and does not reach the leader, and neither do so many of the others that these
 * are most of the cluster. A node that is cut off finds itself alone with that. `queues`: names on the broker. Takes at
 * most a second where its own node does not respond, else two; never rejects.
 */
export async function isWithoutLeader(
  own: ChannelModel,
  otherUrls: readonly string[],
  queues: readonly string[],
): Promise<boolean> {
  const asking = Promise.all(
    otherUrls.map((url) =>
      resultWithin(othersRespondWithinMs, (report) => onNode(url, (model) => lacksLeader(model, queues).then(report))),
    ),
  );
  const here = await resultWithin(ownRespondsWithinMs, (report) => lacksLeader(own, queues).then(report));
  if (here !== true) return false;
  const others = await asking;
  return 1 + others.filter((lacks) => lacks === true).length > (1 + others.length) / 2;
}

/** The result that the work reports within `ms`, even where it ends later; undefined where it reports none. */
async function resultWithin(
  ms: number,
  work: (report: (result: boolean) => void) => Promise<unknown>,
): Promise<boolean | undefined> {
  let result: boolean | undefined;
  await within(
    ms,
    work((reported) => (result = reported)),
  );
  return result;
}

async function lacksLeader(model: ChannelModel, queues: readonly string[]): Promise<boolean> {
  const lacking = await Promise.all(queues.map((queue) => isSlow(model, queue)));
  return lacking.includes(true);
}

/** Twice: on a busy machine one look may take as long by itself. */
async function isSlow(model: ChannelModel, queue: string): Promise<boolean> {
  const channel = await openChannel(model);
  const tookMs: number[] = [];
  while (tookMs.length < 2) {
    const began = performance.now();
    await channel.checkQueue(queue);
    tookMs.push(performance.now() - began);
  }
  channel.close().catch(() => undefined);
  return Math.min(...tookMs) > leaderRespondsWithinMs;
}

async function onNode(url: string, work: (model: ChannelModel) => Promise<unknown>): Promise<void> {
  // amqplib passes `signal` to Node's socket, though its types do not name it.
  const socket = new AbortController();
  const options = { timeout: othersRespondWithinMs, noDelay: true, signal: socket.signal };
  const working = connect(url, options).then(async (model) => {
    model.on('error', () => undefined);
    await work(model);
    await model.close();
  });
  await within(othersRespondWithinMs, working);
  socket.abort();
}
