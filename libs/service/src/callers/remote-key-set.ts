// The keys behind AUTH_JWKS_URL: fetched at start and for an unknown `kid`, kept through an outage of that address.
// Used by tokens.ts.
import type { Logger } from 'pino';
import { readJwks, type VerificationKey } from './key-set';

const fetchWithinMs = 5_000;
const maxBytes = 256 * 1024;
/** Anybody can invent key ids: they must not cause requests to another server. */
const unknownKidEveryMs = 60_000;
/** A key that was withdrawn is still in our copy: the copy is renewed when it is this old. */
const staleAfterMs = 600_000;
const [firstRetryMs, slowestRetryMs] = [1_000, 60_000];

export class RemoteKeySet {
  private known: VerificationKey[] | null = null;
  private fetching: Promise<void> | undefined;
  private askedForUnknownAt = -Infinity;
  private fetchedAt = -Infinity;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
    /** In milliseconds, monotonic; a test gives its own. */
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** The first fetch; where it fails it is tried again until it succeeds once. Never rejects. */
  async start(waitMs = firstRetryMs): Promise<void> {
    await this.fetch();
    if (this.known !== null || this.stopped) return;
    this.retry = setTimeout(() => void this.start(Math.min(waitMs * 2, slowestRetryMs)), waitMs).unref();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
  }

  /** The keys as last fetched; null where they never were. */
  keys(): VerificationKey[] | null {
    if (this.known !== null && this.clock() - this.fetchedAt > staleAfterMs) void this.fetch();
    return this.known;
  }

  /** The keys after one more fetch, where the last one for this reason was a minute ago or more. */
  async keysAnew(): Promise<VerificationKey[] | null> {
    if (this.clock() - this.askedForUnknownAt >= unknownKidEveryMs) {
      this.askedForUnknownAt = this.clock();
      void this.fetch();
    }
    await this.fetching;
    return this.known;
  }

  /** One at a time. */
  private fetch(): Promise<void> {
    this.fetching ??= this.fetchOnce().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async fetchOnce(): Promise<void> {
    this.fetchedAt = this.clock();
    try {
      const { keys } = readJwks(await download(this.url));
      // A document without a usable key is treated like an outage.
      if (keys.length === 0) throw new Error('no key for RS256, PS256 or ES256 in it');
      this.known = keys;
    } catch (error) {
      this.logger.warn({ err: error, kept: this.known?.length ?? 0 }, 'AUTH_JWKS_URL not fetched');
    }
  }
}

async function download(url: string): Promise<string> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(fetchWithinMs),
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`responded with ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > maxBytes) throw new Error(`larger than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
