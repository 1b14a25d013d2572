// Decides when somebody asks too often: per magic link, per address that tries unknown links, per API key (contract,
// section 3), per address that logs in at the console.
// Counted in Postgres, so that replicas count together; asked by the links' pages, the API-key guard and the console's
// login before any work.
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Counter } from 'prom-client';
import type { Queryable } from '#persistence';
import { Problem } from '#service';
import { hashToken } from '#tokens';

const limits = {
  token: { hits: 120, windowSeconds: 60 },
  forged: { hits: 60, windowSeconds: 60 },
  'api-key': { hits: 100, windowSeconds: 1 },
  login: { hits: 10, windowSeconds: 60 },
} as const;
type Limit = keyof typeof limits;

/**
 * A limiter that does not answer at once lets everybody pass: it guards the service and must not be its weakest part.
 */
const usualPatienceMs = 250;
/** Connections it may take of the app's pool at a time, so that counting that hangs does not stop the work. */
const lanes = 3;
/** After no answer everybody passes for so long, and nobody waits for it. */
const pauseMs = 1_000;
const forgetEveryMs = 60_000;

const limited = new Counter({
  name: 'scheduling_rate_limited_total',
  help: 'Requests refused because there were too many, by limit',
  labelNames: ['limit'],
});
const unavailable = new Counter({
  name: 'scheduling_rate_limit_unavailable_total',
  help: 'Requests that passed uncounted because the counters did not answer',
});
for (const limit of Object.keys(limits)) limited.inc({ limit }, 0);

interface Hit {
  hits: number;
  secondsLeft: number;
}

@Injectable()
export class RateLimits implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private free = lanes;
  private readonly queue: (() => void)[] = [];
  private askAgainAt = 0;

  constructor(
    private readonly db: Queryable,
    private readonly on: boolean,
    private readonly logger: Logger,
    private readonly patienceMs = usualPatienceMs,
  ) {}

  onApplicationBootstrap(): void {
    const forget = (): void =>
      void this.db
        .query(`delete from rate_limits where window_start < clock_timestamp() - interval '5 minutes'`)
        .catch(() => undefined);
    if (this.on) this.timer = setInterval(forget, forgetEveryMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /**
   * A request with a token: counts for the link where it is one of ours, else for the address. Throws a 429 Problem
   * above either limit.
   */
  async link(token: string | undefined, address: string): Promise<void> {
    const hash = hashToken(token ?? '');
    // Only what we minted gets a counter of its own: guesses must not fill the table.
    const counted = await this.count('token', hash, 'where exists (select from magic_links where token_hash = $3)', [
      hash,
    ]);
    if (counted === null) await this.count('forged', digestOf(address));
  }

  /** An attempt to log in at the console, right or wrong. Throws a 429 Problem above the limit. */
  async login(address: string): Promise<void> {
    await this.count('login', digestOf(address));
  }

  /** A request of a known caller (`Caller.owner`). Throws a 429 Problem above the limit. */
  async caller(owner: string): Promise<void> {
    // A token's subject may look like an address, which this table must not hold.
    const whom = owner.startsWith('jwt:') ? createHash('sha256').update(owner).digest('hex') : owner;
    await this.count('api-key', whom);
  }

  /** null where `only` left it uncounted. */
  private async count(limit: Limit, whom: string, only = '', params: unknown[] = []): Promise<Hit | null | undefined> {
    if (!this.on) return undefined;
    const { hits, windowSeconds } = limits[limit];
    const hit = await this.patiently(() =>
      this.db.query<Hit>(hitSql(only), [`${limit}:${whom}`, windowSeconds, ...params]),
    );
    if (hit === undefined || hit === null || hit.hits <= hits) return hit;
    limited.inc({ limit });
    const seconds = Math.max(1, Math.ceil(hit.secondsLeft));
    throw new Problem(429, 'too-many-requests', `Too many requests. Try again in ${seconds} s.`, {
      headers: { 'retry-after': String(seconds) },
    });
  }

  /** undefined where the counters do not answer in time. */
  private async patiently(ask: () => Promise<Hit[]>): Promise<Hit | null | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<undefined>(
      (resolve) => (timer = setTimeout(() => resolve(undefined), this.patienceMs)),
    );
    const hit = performance.now() < this.askAgainAt ? undefined : await Promise.race([this.inLane(ask), tooLate]);
    clearTimeout(timer);
    if (hit !== undefined) return hit;
    unavailable.inc();
    if (performance.now() >= this.askAgainAt) this.askAgainAt = performance.now() + pauseMs;
    return undefined;
  }

  private async inLane(ask: () => Promise<Hit[]>): Promise<Hit | null | undefined> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      return (await ask())[0] ?? null;
    } catch (error) {
      this.logger.warn({ err: error }, 'rate limits cannot be counted');
      return undefined;
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}

// One row a counter, begun anew with each window; the database's clock is the one that all replicas share.
const hitSql = (only: string): string => `
  insert into rate_limits as r (key, window_start, hits)
  select $1, to_timestamp(floor(extract(epoch from clock_timestamp()) / $2::int) * $2::int), 1 ${only}
  on conflict (key) do update set
    hits = case when r.window_start >= excluded.window_start then r.hits + 1 else 1 end,
    window_start = greatest(r.window_start, excluded.window_start)
  returning hits, extract(epoch from window_start + $2::int * interval '1 second' - clock_timestamp())::float8 as
    "secondsLeft"`;

/** Client addresses are counted and not kept. */
const digestOf = (address: string): string => createHash('sha256').update(neighbourhood(address)).digest('hex');

/** Whom an address stands for: itself, or its /64, which is what one IPv6 customer gets at least (RFC 6177). */
export function neighbourhood(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%', 1)[0]?.toLowerCase().split('::', 2) ?? [];
  const [before, after] = [head, tail ?? ''].map((half) => half.split(':').filter((part) => part !== ''));
  const missing = tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const parts = [...(before ?? []), ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...(after ?? [])];
  return `${parts
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
