// The platform's receiver of webhooks in a chaos run: it fails some of them the first time, and keeps everything that
// came for the judge.
// Started by chaos.ts; judged by hook-invariants.ts.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { apiKey, type Stage } from './stage';

export interface CaughtHook {
  id: string;
  headers: IncomingHttpHeaders;
  raw: string;
  /** Whether it was answered with 200. */
  taken: boolean;
}

export interface Hooks {
  all: CaughtHook[];
  secret: string;
  /** Asks for what still waits once more, as a platform would, until nothing waits; what is left after `withinMs`. */
  settle(withinMs: number): Promise<string[]>;
  close(): Promise<void>;
}

const pending = `
  select d.message_id, m.type, m.room_id from webhook_deliveries d join webhook_messages m on m.id = d.message_id
   where d.status <> 'delivered' order by d.message_id limit 1000`;

export async function startHooks(stage: Stage): Promise<Hooks> {
  const all: CaughtHook[] = [];
  const seen = new Set<string>();
  const server = createServer((request, response) => void receive(request, response, all, seen));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const call = async (path: string, body: object): Promise<Record<string, string>> => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const url = `${stage.url('scheduling-api')}/api/webhooks/endpoints${path}`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as Record<string, string>;
  };
  const { port } = server.address() as AddressInfo;
  const { endpointId = '', secret = '' } = await call('', { url: `http://127.0.0.1:${port}/` });
  return {
    all,
    secret,
    settle: async (withinMs) => {
      const until = performance.now() + withinMs;
      for (let turn = 0; ; turn += 1) {
        const left = await stage.db.query<{ message_id: string; type: string; room_id: string }>(pending);
        if (left.length === 0) return [];
        if (performance.now() > until)
          return left.map((row) => `webhook ${row.type} ${row.message_id} of ${row.room_id} was never delivered`);
        // Not at once: what is on its way, or waits for its room, comes by itself.
        if (turn > 0 && turn % 10 === 0)
          // An API that is gone leaves them undelivered.
          await call(`/${endpointId}/replay`, { status: 'all', messageIds: left.map((row) => row.message_id) }).catch(
            () => undefined,
          );
        await wait(500);
      }
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One of sixteen first tries is answered with 500, one is cut off; the second is always taken. */
async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  all: CaughtHook[],
  seen: Set<string>,
): Promise<void> {
  let raw = '';
  try {
    for await (const chunk of request.setEncoding('utf8')) raw += chunk as string;
  } catch {
    // The sender was killed while it wrote: nothing was received.
    return;
  }
  const id = String(request.headers['webhook-id']);
  const fails = !seen.has(id) && { e: 'refused', f: 'cut' }[id.at(-1) ?? ''];
  seen.add(id);
  all.push({ id, headers: request.headers, raw, taken: !fails });
  if (fails === 'cut') request.socket.destroy();
  else response.writeHead(fails ? 500 : 200).end();
}
