// A platform's side of webhooks: receivers on this machine that keep what came, and the sender's loop without its
// letters.
// Used by the tests of webhooks.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import type { Database } from '#persistence';
import { WebhookDispatcher } from '../../apps/notification-sender/src/webhooks/webhook-dispatcher';
import { WebhookHttp } from '../../apps/notification-sender/src/webhooks/webhook-http';
import { tokenSecret } from './scheduling-api';

export interface ReceivedWebhook {
  id: string;
  headers: IncomingHttpHeaders;
  raw: string;
  body: { type: string; timestamp: string; data: Record<string, unknown> & { room: Record<string, unknown> } };
}

export interface Receiver {
  url: string;
  received: ReceivedWebhook[];
  /** Answers 200 unless told otherwise. */
  answer: (response: ServerResponse, nth: number) => void;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk));
    request.on('end', () => {
      const body = JSON.parse(raw) as ReceivedWebhook['body'];
      received.push({ id: String(request.headers['webhook-id']), headers: request.headers, raw, body });
      receiver.answer(response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (response) => void response.writeHead(200).end('ok'),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** Throws where no signature of the request is made with the secret. */
export const verify = ({ raw, headers }: ReceivedWebhook, secret: string): unknown =>
  new Webhook(secret).verify(raw, headers as Record<string, string>);

export interface WebhookSender {
  dispatcher: WebhookDispatcher;
  stop(): Promise<void>;
}

export function startSending(db: Database, withinMs = 15_000, graceMs = 2_000): WebhookSender {
  const rules = { privateTargets: false, production: false };
  const dispatcher = new WebhookDispatcher({
    db,
    http: new WebhookHttp(rules, { withinMs }),
    secrets: { current: tokenSecret },
    logger: pino({ level: 'silent' }),
    lettersAreBusy: () => false,
    graceMs,
  });
  dispatcher.onApplicationBootstrap();
  return { dispatcher, stop: () => dispatcher.beforeApplicationShutdown() };
}
