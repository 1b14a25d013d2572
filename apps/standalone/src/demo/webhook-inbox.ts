// A platform's side of webhooks, for the demo: a receiver on this machine that checks each signature and keeps what
// came, by room.
// Made by demo.module.ts; registered as an endpoint through the API the first time the demo is used, so that whoever
// never opens it has no endpoint.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { ProductClient } from './product-client';

/** One webhook as it came; `tries` counts how often. */
export interface ReceivedWebhook {
  at: string;
  messageId: string;
  type: string;
  /** Whether it was signed with the endpoint's secret. */
  signed: boolean;
  tries: number;
  body: unknown;
}

const description = 'The demo page';
const mostBytes = 1024 * 1024;
const keptRooms = 50;
const keptOfRoom = 200;

const Endpoints = z.object({
  items: z.array(z.object({ endpointId: z.string(), description: z.string().nullable() })),
});
const WithSecret = z.object({ endpointId: z.string(), secret: z.string() });
const Message = z.looseObject({
  type: z.string(),
  data: z.looseObject({ room: z.looseObject({ roomId: z.string() }).nullish() }),
});

export class WebhookInbox {
  private readonly byRoom = new Map<string, ReceivedWebhook[]>();
  private server: Server | undefined;
  private signer: Webhook | undefined;
  private registering: Promise<void> | undefined;

  constructor(private readonly product: ProductClient) {}

  /** Resolves when webhooks come; the demo works without, so it never rejects, and the next call tries again. */
  async ready(): Promise<void> {
    this.registering ??= this.register().catch(() => {
      this.registering = undefined;
    });
    await this.registering;
  }

  /** What came about a room, oldest first. */
  of(roomId: string): ReceivedWebhook[] {
    return this.byRoom.get(roomId) ?? [];
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  /** One endpoint for the demo's whole life: after a restart it gets this process's port and a new secret. */
  private async register(): Promise<void> {
    this.server ??= createServer((request, response) => {
      this.receive(request).then(
        (status) => response.writeHead(status).end(),
        () => response.writeHead(400).end(),
      );
    });
    const { server } = this;
    if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { items } = Endpoints.parse(await this.product.webhooks('GET', ''));
    const known = items.find((each) => each.description === description);
    if (known) await this.product.webhooks('PATCH', `/${known.endpointId}`, { url, status: 'enabled' });
    const answer = known
      ? await this.product.webhooks('POST', `/${known.endpointId}/rotate-secret`, {})
      : await this.product.webhooks('POST', '', { url, description });
    this.signer = new Webhook(WithSecret.parse(answer).secret);
  }

  private async receive(request: IncomingMessage): Promise<number> {
    let raw = '';
    for await (const chunk of request.setEncoding('utf8')) {
      raw += chunk as string;
      if (raw.length > mostBytes) return 413;
    }
    const body: unknown = JSON.parse(raw);
    const { type, data } = Message.parse(body);
    const messageId = String(request.headers['webhook-id']);
    const signed = this.isSigned(raw, request);
    if (data.room)
      this.keep(data.room.roomId, { at: new Date().toISOString(), messageId, type, signed, tries: 1, body });
    return signed ? 200 : 401;
  }

  private isSigned(raw: string, { headers }: IncomingMessage): boolean {
    try {
      this.signer?.verify(raw, headers as Record<string, string>);
      return this.signer !== undefined;
    } catch {
      return false;
    }
  }

  private keep(roomId: string, one: ReceivedWebhook): void {
    const all = this.byRoom.get(roomId) ?? [];
    const before = all.find(({ messageId }) => messageId === one.messageId);
    if (before) Object.assign(before, { ...one, tries: before.tries + 1 });
    else this.byRoom.set(roomId, [...all, one].slice(-keptOfRoom));
    const [oldest] = this.byRoom.keys();
    if (this.byRoom.size > keptRooms && oldest !== undefined) this.byRoom.delete(oldest);
  }
}
