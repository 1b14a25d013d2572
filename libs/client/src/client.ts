// The client's calls: typed by the API's description, with a key, an Idempotency-Key and retries.
// Generic over the description, which is added when the package is built (bin/pack.mjs).
import { randomUUID } from 'node:crypto';
import createFetchClient, { type Client, type Middleware } from 'openapi-fetch';
import { SchedulingProblem } from './problem.js';
import { type Retries, retryingFetch } from './retry.js';

export interface ClientOptions extends Retries {
  /** Where the service is, e.g. `https://scheduling.example.com`. */
  baseUrl: string;
  /** An API key or a JWT, or a function that returns one for each call. */
  token: string | (() => string | Promise<string>);
}

/** Adds the key to every request, and an Idempotency-Key to every POST that brings none: the same at each retry. */
const headersOf = (token: ClientOptions['token']): Middleware => ({
  async onRequest({ request }) {
    request.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`);
    if (request.method === 'POST' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', randomUUID());
    return request;
  },
});

export function makeClient<Paths extends object>(options: ClientOptions): Client<Paths> {
  const client = createFetchClient<Paths>({ baseUrl: options.baseUrl, fetch: retryingFetch(options) });
  client.use(headersOf(options.token));
  return client;
}

/** The body of a successful response. Throws SchedulingProblem for any other. */
export async function take<Data>(
  call: Promise<{ data?: Data | undefined; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  if (response.ok) return data as Data;
  throw new SchedulingProblem(response.status, error ?? {}, response.headers);
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * Every item of every page; pages are fetched when their items are read: `ask` gets the cursor of the page, undefined
 * for the first.
 */
export async function* pages<Item>(
  ask: (cursor: string | undefined) => Promise<{ data?: Page<Item> | undefined; error?: unknown; response: Response }>,
): AsyncGenerator<Item, void> {
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = await take(ask(cursor));
    yield* items;
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}
