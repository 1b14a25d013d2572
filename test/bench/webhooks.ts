// What webhooks cost and how fast they leave: letters with and without an endpoint that wants everything, side by
// side, and ten thousand webhooks to a receiver on this machine that answers at once.
// Called by main.ts; the receiver shares the machine with what it measures.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../support/eventually';
import { type Cpu, cpuEach, productCpu } from './cpu';
import { type Spread, spreadOf } from './figures';
import { outbound } from './pipelines';
import type { Stage } from './stage';

/** Rounds, and rooms a round. */
interface Extent {
  rounds: number;
  rooms: number;
}
type Say = (line: string) => void;

export interface WebhookFigures {
  /** Letters a second with and without the endpoint, and the ratio of each round's pair. */
  letters: { with: Spread; without: Spread; ratio: Spread };
  /** Webhooks a second, from the call that made them due until the receiver had the last one. */
  perSecond: Spread;
  count: number;
  /** CPU in milliseconds a webhook by part, of the last round. */
  cpu: Cpu;
}

interface Receiver {
  url: string;
  /** Distinct `webhook-id`s since the last `forget`. */
  ids: Set<string>;
  stop(): Promise<void>;
}

async function startReceiver(): Promise<Receiver> {
  const ids = new Set<string>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      ids.add(String(request.headers['webhook-id']));
      response.writeHead(200, { 'content-length': 0 }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    ids,
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(() => resolve()))),
  };
}

export async function measureWebhooks(stage: Stage, sizes: Extent, say: Say): Promise<WebhookFigures> {
  const receiver = await startReceiver();
  const { endpointId } = JSON.parse(await stage.platform('/api/webhooks/endpoints', { url: receiver.url })) as {
    endpointId: string;
  };
  const enabled = (is: boolean): Promise<unknown> =>
    stage.db.query('update webhook_endpoints set status = $2 where id = $1', [endpointId, is ? 'enabled' : 'disabled']);
  const { look } = stage;
  /** Letters a second, and the product's CPU in milliseconds a letter until all of them were out. */
  const one = async (is: boolean): Promise<{ rate: number; cpuMs: number }> => {
    await enabled(is);
    const before = look();
    const { perSecond } = await outbound(stage, sizes.rooms);
    const cpuMs = productCpu(cpuEach(before, look(), sizes.rooms * 2));
    await settled(stage);
    return { rate: perSecond, cpuMs };
  };
  const rates: { with: number; without: number }[] = [];
  for (let round = 1; round <= sizes.rounds; round += 1) {
    // The order changes from round to round: what else the machine does changes slowly.
    const first = await one(round % 2 === 0);
    const second = await one(round % 2 === 1);
    const [along, without] = round % 2 === 1 ? [second, first] : [first, second];
    rates.push({ with: along.rate, without: without.rate });
    say(
      `round ${round}: ${along.rate.toFixed(0)} letters/s with webhooks (${along.cpuMs.toFixed(1)} ms of CPU each), ` +
        `${without.rate.toFixed(0)} without (${without.cpuMs.toFixed(1)} ms)`,
    );
  }
  await enabled(true);
  const leaving = await sending(stage, sizes, { receiver, endpointId, look }, say);
  await enabled(false);
  await receiver.stop();
  return {
    letters: {
      with: spreadOf(rates.map((each) => each.with)),
      without: spreadOf(rates.map((each) => each.without)),
      ratio: spreadOf(rates.map((each) => each.with / each.without)),
    },
    ...leaving,
  };
}

/** Sends the messages of the rounds before once more, at most ten thousand, as a platform would ask for it. */
async function sending(
  stage: Stage,
  { rounds }: Extent,
  { receiver, endpointId, look }: { receiver: Receiver; endpointId: string; look: () => Cpu },
  say: Say,
): Promise<Pick<WebhookFigures, 'perSecond' | 'count' | 'cpu'>> {
  const most = 10_000;
  const messages = await stage.db.query<{ id: string }>(
    'select message_id as id from webhook_deliveries where endpoint_id = $1 order by message_id limit $2',
    [endpointId, most],
  );
  const perSecond: number[] = [];
  let cpu: Cpu = {};
  for (let round = 1; round <= rounds; round += 1) {
    receiver.ids.clear();
    const before = look();
    const begun = performance.now();
    await replayed(stage, endpointId, messages);
    await eventually('all webhooks came', () => receiver.ids.size >= messages.length, { timeoutMs: 600_000 });
    perSecond.push((messages.length / (performance.now() - begun)) * 1_000);
    await settled(stage);
    cpu = cpuEach(before, look(), messages.length);
    say(`round ${round}: ${messages.length} webhooks, ${perSecond.at(-1)?.toFixed(0)} a second`);
  }
  return { perSecond: spreadOf(perSecond), count: messages.length, cpu };
}

async function replayed(stage: Stage, endpointId: string, messages: { id: string }[]): Promise<void> {
  const path = `/api/webhooks/endpoints/${endpointId}/replay`;
  for (let at = 0; at < messages.length; at += 1_000)
    await stage.platform(path, { status: 'all', messageIds: messages.slice(at, at + 1_000).map(({ id }) => id) });
}

/** Nothing is due to any endpoint, and nothing waits for its room. */
const settled = (stage: Stage): Promise<unknown> =>
  eventually(
    'no webhook waits',
    async () => (await stage.db.query(`select from webhook_deliveries where status = 'pending' limit 1`)).length === 0,
    { timeoutMs: 600_000, everyMs: 100 },
  );
