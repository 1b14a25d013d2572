// The callers of the product under fire: a platform service, a mail server and a browser, who ask again until they
// are answered.
// Used by the driver. What was answered 2xx is a promise; anything but 2xx, 429 or 5xx is strange and counted.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiBody } from '../support/scheduling-api';
import type { Patience } from './patience';
import { apiKey, inboundToken, operatorKey, organizer, type Stage } from './stage';

export interface Calls {
  answered: number;
  /** Asked again because of no answer, 429 or 5xx. */
  repeated: number;
  strange: string[];
}

export interface Platform {
  calls: Calls;
  post(path: string, body: unknown): Promise<ApiBody>;
  get(path: string): Promise<ApiBody>;
  /** An operator has everything about a person erased. */
  erase(email: string): Promise<void>;
  /** A person opens a link and lets the decision fall due. */
  open(page: 'approve' | 'decline', token: string): Promise<void>;
  /** A mail server submits a mail. */
  deliver(raw: Buffer, envelopeFrom: string): Promise<void>;
}

const patienceMs = 8_000;

export function platformOf(stage: Stage, patience: Patience): Platform {
  const calls: Calls = { answered: 0, repeated: 0, strange: [] };
  const insist = async (url: string, init: RequestInit, what: string): Promise<Response> => {
    for (const since = performance.now(); ;) {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
      if (response && response.status !== 429 && response.status < 500) {
        calls.answered += 1;
        if (response.status >= 300)
          calls.strange.push(`${what}: ${response.status} ${(await response.text()).slice(0, 200)}`);
        return response;
      }
      calls.repeated += 1;
      await response?.arrayBuffer().catch(() => undefined);
      const over = patience.overForCall(since);
      if (over !== undefined) throw new Error(`never answered: ${what} (${over})`);
      await wait(150);
    }
  };
  const api = stage.url('scheduling-api');
  const key = { authorization: `Bearer ${apiKey}` };
  const body = async (response: Response): Promise<ApiBody> =>
    (response.bodyUsed ? {} : await response.json()) as ApiBody;
  return {
    calls,
    post: async (path, wanted) => {
      // The same key with every repeat: the platform cannot know whether an unanswered call was carried out.
      const headers = { ...key, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
      return body(
        await insist(`${api}${path}`, { method: 'POST', headers, body: JSON.stringify(wanted) }, `POST ${path}`),
      );
    },
    erase: async (email) => {
      const headers = {
        authorization: `Bearer ${operatorKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      };
      const what = 'POST /api/people/erase';
      await insist(`${api}/api/people/erase`, { method: 'POST', headers, body: JSON.stringify({ email }) }, what);
    },
    get: async (path) => body(await insist(`${api}${path}`, { headers: key }, `GET ${path}`)),
    open: async (page, token) => {
      const headers = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };
      await (
        await insist(`${api}/${page}?t=${token}`, { headers }, `GET /${page}`)
      )
        .arrayBuffer()
        .catch(() => undefined);
    },
    deliver: async (raw, envelopeFrom) => {
      const headers = {
        authorization: `Bearer ${inboundToken}`,
        'content-type': 'message/rfc822',
        'x-envelope-from': envelopeFrom,
        'x-envelope-to': organizer,
      };
      await insist(
        `${stage.url('imip-ingestor')}/api/imip/inbound`,
        { method: 'POST', headers, body: new Uint8Array(raw) },
        'inbound mail',
      );
    },
  };
}
