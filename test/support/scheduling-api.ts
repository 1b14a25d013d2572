// The scheduling API on a free port over a database of the test's own, called by real HTTP.
// Used by the integration tests of rooms and links; events stay in the outbox, where a test can read them.
import { pino } from 'pino';
import { createHttpApp } from '#service';
import type { Database } from '#persistence';
import type { Envelope } from '#contracts';
import { SchedulingApiModule } from '../../apps/scheduling-api/src/app.module';
import { unknownPage } from '../../apps/scheduling-api/src/links/notice.page';
import type { SchedulingApiSettings } from '../../apps/scheduling-api/src/settings';
import { type FreshDatabase, freshDatabase } from './database';

export const apiKey = 'test-key-of-at-least-thirty-two-characters';
export const tokenSecret = 'test-secret-of-at-least-thirty-two-chars';

export interface Api {
  url: string;
  database: FreshDatabase;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
  get(path: string, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** Any other method; a body is JSON. */
  send(method: string, path: string, body?: string): Promise<ApiAnswer>;
  /** What waits in the outbox, oldest first. */
  events(): Promise<Envelope[]>;
  stop(): Promise<void>;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: ApiBody;
}

/** Every field some answer of the API has; the assertions tell whether this one has it. */
export interface ApiBody {
  roomId: string;
  uid: string;
  sequence: number;
  status: string | number;
  code: string;
  errors: { pointer: string; code: string; detail: string }[];
  invitations: {
    role: 'host' | 'guest';
    email: string;
    partstat: string;
    lastMethodSent: string | null;
    delivery: { state: string };
  }[];
  proposals: {
    proposalId: string;
    status: string;
    proposedBy: string;
    source: string;
    startUtc: string;
    held: { decision: string; effectiveAt: string } | null;
  }[];
  items: ApiBody[];
  nextCursor: string | null;
  [field: string]: unknown;
}

/** What `startApi` runs with unless a test says otherwise. */
export const apiSettings: SchedulingApiSettings = {
  API_KEYS: new Map([
    ['tests', apiKey],
    ['others', `${apiKey}-2`],
  ]),
  TOKEN_SECRET: tokenSecret,
  PUBLIC_URL: 'http://links.test',
  ICS_TIMES: 'utc',
  ORGANIZER_EMAIL: 'scheduling@organizer.test',
  ORGANIZER_TAGGING: 'off',
  DECLINE_POLICY: 'strict',
  PROPOSAL_TTL_HOURS: 48,
  NODE_ENV: 'test',
  WEBHOOK_PRIVATE_TARGETS: 'off',
  RATE_LIMIT: 'off',
  VIDEO_PROVIDER: 'none',
  DAILY_API_URL: 'http://127.0.0.1:1',
  DECISION_LINKS: 'one-click',
  DECISION_HOLD_SECONDS: 30,
};

export async function startApi(
  over: Partial<SchedulingApiSettings> = {},
  shared?: FreshDatabase,
  trustedProxies?: string,
  limitsTimeoutMs?: number,
): Promise<Api> {
  const database = shared ?? (await freshDatabase());
  const settings: SchedulingApiSettings = { ...apiSettings, ...over };
  const logger = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
  const http = await createHttpApp({
    imports: [SchedulingApiModule.with({ settings, database: database.db, logger, limitsTimeoutMs })],
    checks: [],
    logger,
    trustedProxies,
    unknownPage,
  });
  await http.listen(0, '127.0.0.1');
  const url = (await http.getUrl()).replace('[::1]', '127.0.0.1');
  const call = async (path: string, init: RequestInit): Promise<ApiAnswer> => {
    const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    const body = (json ? JSON.parse(text) : {}) as ApiBody;
    return { status: response.status, headers: response.headers, text, body };
  };
  const auth = { authorization: `Bearer ${apiKey}` };
  return {
    url,
    database,
    post: (path, body, headers = {}) =>
      call(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...auth, ...headers },
      }),
    send: (method, path, body) =>
      call(path, {
        method: method.toUpperCase(),
        headers: { ...auth, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body }),
      }),
    get: (path, headers = {}) => call(path, { headers: { ...auth, ...headers } }),
    events: () => readEvents(database.db),
    stop: async () => {
      await http.close();
      if (!shared) await database.drop();
    },
  };
}

async function readEvents(db: Database): Promise<Envelope[]> {
  const rows = await db.query<{ envelope: Envelope }>('select envelope from outbox order by position');
  return rows.map((row) => row.envelope);
}
