// The product's public HTTP as the demo uses it: the platform's API with a key, the inbound webhook with its token, the
// links with neither.
// Used by demo-rooms.ts and scanner.ts; the demo has no other access to the product.
import { request } from 'node:http';
import { z } from 'zod';
import { DeliveryState, Instant, Partstat, Role, RoomStatus } from '#contracts';
import type { SentMail } from '../simulator/reply-as';

/** The fields of a response that the demo needs; the others go to the page unchanged. */
const RoomResponse = z.looseObject({
  roomId: z.string(),
  title: z.string(),
  status: RoomStatus,
  sequence: z.number(),
  startUtc: Instant,
  endUtc: Instant,
  invitations: z.array(
    z.looseObject({
      role: Role,
      email: z.string(),
      name: z.string().nullable(),
      timeZone: z.string(),
      partstat: Partstat,
      delivery: z.looseObject({ state: DeliveryState }),
    }),
  ),
  proposals: z.array(z.looseObject({ proposalId: z.string(), status: z.string() })),
});
export type RoomResponse = z.infer<typeof RoomResponse>;

const TimelineResponse = z.object({
  items: z.array(
    z.looseObject({ at: z.string(), kind: z.string(), messageId: z.string().optional(), why: z.string().optional() }),
  ),
});
export type TimelineItem = z.infer<typeof TimelineResponse>['items'][number];

const Stored = z.object({ id: z.string() });

export interface ProductKeys {
  /** Where this process listens, without a trailing slash. */
  url: string;
  apiKey: string;
  inboundToken: string;
}

export class ProductClient {
  constructor(private readonly keys: ProductKeys) {}

  async create(body: Record<string, unknown>): Promise<RoomResponse> {
    const response = await this.api('/create', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    if (response.status !== 201) throw new Error(`the room was not made: ${response.status}`);
    return RoomResponse.parse(await response.json());
  }

  /** Null where there is no such room. */
  async room(roomId: string): Promise<RoomResponse | null> {
    const response = await this.api(`/${encodeURIComponent(roomId)}`);
    if (response.status === 404) return null;
    return RoomResponse.parse(await response.json());
  }

  async timeline(roomId: string): Promise<TimelineItem[]> {
    return TimelineResponse.parse(await (await this.api(`/${encodeURIComponent(roomId)}/timeline`)).json()).items;
  }

  /** Posts a mail as a mail server would; resolves once it is stored. */
  async deliver(mail: SentMail): Promise<string> {
    const headers = {
      authorization: `Bearer ${this.keys.inboundToken}`,
      'content-type': 'message/rfc822',
      'x-envelope-from': mail.envelopeFrom === '' ? '<>' : mail.envelopeFrom,
      'x-envelope-to': mail.envelopeTo,
    };
    const response = await fetch(`${this.keys.url}/api/imip/inbound`, {
      method: 'POST',
      headers,
      body: new Uint8Array(mail.raw),
    });
    if (response.status !== 202) throw new Error(`the mail was not taken: ${response.status}`);
    return Stored.parse(await response.json()).id;
  }

  /**
   * Opens a link of ours: path and query only, so that nothing outside is ever asked. Not by fetch, which puts its
   * own Sec-Fetch-Mode in.
   */
  open(pathAndQuery: string, method: 'GET' | 'HEAD', headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const opening = request(`${this.keys.url}${pathAndQuery}`, { method, headers }, (response) => {
        response
          .resume()
          .once('end', () => resolve(response.statusCode ?? 0))
          .once('error', reject);
      });
      opening.once('error', reject).end();
    });
  }

  /** A call of the webhook endpoints' API: its JSON answer. Throws where it is refused. */
  async webhooks(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<unknown> {
    const headers = {
      authorization: `Bearer ${this.keys.apiKey}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    const response = await fetch(`${this.keys.url}/api/webhooks/endpoints${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`the webhook endpoint was not set up: ${response.status}`);
    return response.json();
  }

  private api(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.keys.url}/api/practice-room${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${this.keys.apiKey}` },
    });
  }
}
