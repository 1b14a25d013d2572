// Rate limits: per magic link, per IP address that tries unknown links, per API key (contract, section 3), and per IP
// address that logs in at the console.
// Counted in Postgres, so that all replicas share the counters. Called before any work by the pages of links, the guard
// of API keys and the login of the console.
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
 * A counter that takes longer lets the request pass: the limits must not make the service unavailable.
 */
const defaultTimeoutMs = 250;
/** Counter queries at a time, so that slow ones do not use up the connection pool. */
const mostQueries = 3;
/** After a timeout all requests pass for this long without a query. */
const pauseMs = 1_000;
const forgetEveryMs = 60_000;

const limited = new Counter({
  name: 'scheduling_rate_limited_total',
  help: 'Requests refused because there were too many, by limit',
  labelNames: ['limit'],
});
const unavailable = new Counter({
  name: 'scheduling_rate_limit_unavailable_total',
  help: 'Requests that passed uncounted because the counters did not respond',
});
for (const limit of Object.keys(limits)) limited.inc({ limit }, 0);

interface Hit {
  hits: number;
  secondsLeft: number;
}

@Injectable()
export class RateLimits implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private free = mostQueries;
  private readonly queue: (() => void)[] = [];
  private askAgainAt = 0;

  constructor(
    private readonly db: Queryable,
    private readonly on: boolean,
    private readonly logger: Logger,
    private readonly timeoutMs = defaultTimeoutMs,
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
   * A request with a token: counts for its link, or for the IP address where the token is unknown. Throws a 429 Problem
   * above either limit.
   */
  async link(token: string | undefined, address: string): Promise<void> {
    const hash = hashToken(token ?? '');
    // Only existing links get counters of their own, so that guesses do not fill the table.
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
    // The subject of a token may be a mail address, which must not be stored in this table.
    const whom = owner.startsWith('jwt:') ? createHash('sha256').update(owner).digest('hex') : owner;
    await this.count('api-key', whom);
  }

  /** null where `only` left it uncounted. */
  private async count(limit: Limit, whom: string, only = '', params: unknown[] = []): Promise<Hit | null | undefined> {
    if (!this.on) return undefined;
    const { hits, windowSeconds } = limits[limit];
    const hit = await this.withTimeout(() =>
      this.db.query<Hit>(hitSql(only), [`${limit}:${whom}`, windowSeconds, ...params]),
    );
    if (hit === undefined || hit === null || hit.hits <= hits) return hit;
    limited.inc({ limit });
    const seconds = Math.max(1, Math.ceil(hit.secondsLeft));
    throw new Problem(429, 'too-many-requests', `Too many requests. Try again in ${seconds} s.`, {
      headers: { 'retry-after': String(seconds) },
    });
  }

  /** undefined where the query fails or takes longer than the timeout. */
  private async withTimeout(ask: () => Promise<Hit[]>): Promise<Hit | null | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), this.timeoutMs)));
    const hit = performance.now() < this.askAgainAt ? undefined : await Promise.race([this.inSlot(ask), tooLate]);
    clearTimeout(timer);
    if (hit !== undefined) return hit;
    unavailable.inc();
    if (performance.now() >= this.askAgainAt) this.askAgainAt = performance.now() + pauseMs;
    return undefined;
  }

  private async inSlot(ask: () => Promise<Hit[]>): Promise<Hit | null | undefined> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      return (await ask())[0] ?? null;
    } catch (error) {
      this.logger.warn({ err: error }, 'the rate limit query failed');
      return undefined;
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}

// One row a counter, reset with each window. All replicas use the clock of the database.
const hitSql = (only: string): string => `
  insert into rate_limits as r (key, window_start, hits)
  select $1, to_timestamp(floor(extract(epoch from clock_timestamp()) / $2::int) * $2::int), 1 ${only}
  on conflict (key) do update set
    hits = case when r.window_start >= excluded.window_start then r.hits + 1 else 1 end,
    window_start = greatest(r.window_start, excluded.window_start)
  returning hits, extract(epoch from window_start + $2::int * interval '1 second' - clock_timestamp())::float8 as
    "secondsLeft"`;

/** IP addresses are stored as digests only. */
const digestOf = (address: string): string => createHash('sha256').update(neighbourhood(address)).digest('hex');

/** The IPv4 address itself, or the /64 of an IPv6 address, the least that one customer gets (RFC 6177). */
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
