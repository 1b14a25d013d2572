// One POST to an endpoint of a platform: only to an address that was checked, no redirects, bounded in time and size
// (contract, section 7.3).
// Called by webhook-dispatcher.ts; undici connects, and the lookup below limits the addresses.
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { type Resolve, resolveHost, targetAddresses, TargetRefusal, type TargetRules, targetUrl } from '#webhooks';

export const answerWithinMs = 15_000;
const mostResponseBytes = 64 * 1024;

/** The outcome of one try; `httpStatus` is null where there was no response, and `error` is the reason. */
export interface TryOutcome {
  httpStatus: number | null;
  ms: number;
  error: string | null;
}

export class WebhookHttp {
  private readonly agents: Record<string, Agent>;

  constructor(
    private readonly rules: TargetRules,
    private readonly options: { resolve?: Resolve; connections?: number; withinMs?: number } = {},
  ) {
    this.agents = { 'https:': this.agent('https:'), 'http:': this.agent('http:') };
  }

  /** Never rejects. */
  async post(to: string, body: string, headers: Record<string, string>, stop: AbortSignal): Promise<TryOutcome> {
    const begun = performance.now();
    const done = (httpStatus: number | null, error: string | null): TryOutcome => ({
      httpStatus,
      ms: Math.round(performance.now() - begun),
      error,
    });
    try {
      // Checked anew: the rules may be stricter than when it was registered, and an address in a URL is never looked
      // up.
      const url = targetUrl(to, this.rules);
      const signal = AbortSignal.any([AbortSignal.timeout(this.options.withinMs ?? answerWithinMs), stop]);
      const agent = this.agents[url.protocol];
      if (!agent) throw new TargetRefusal('must be an https URL');
      const path = `${url.pathname}${url.search}`;
      const answer = await agent.request({ origin: url.origin, path, method: 'POST', headers, body, signal });
      // Read to its end, where that is near, so that the connection can be used again.
      await answer.body.dump({ limit: mostResponseBytes, signal }).catch(() => undefined);
      return done(answer.statusCode, words(answer.statusCode));
    } catch (error) {
      return done(null, reasonOf(error));
    }
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.agents).map((agent) => agent.destroy()));
  }

  private agent(protocol: string): Agent {
    return new Agent({
      connections: this.options.connections ?? 50,
      allowH2: false,
      keepAliveTimeout: 10_000,
      connect: { lookup: this.lookup(protocol), timeout: this.options.withinMs ?? answerWithinMs },
    });
  }

  /** Gives a connection only addresses that were checked, so that no second lookup can return others. */
  private lookup(protocol: string): LookupFunction {
    const { resolve = resolveHost } = this.options;
    return (hostname, options, callback) => {
      targetAddresses(new URL(`${protocol}//${hostname}`), this.rules, resolve).then(
        (found) => {
          const [first] = found;
          if (!first) callback(new Error('the name has no address'), '', 4);
          else if (options.all) callback(null, found);
          else callback(null, first.address, first.family);
        },
        (error: unknown) => callback(error as NodeJS.ErrnoException, '', 4),
      );
    };
  }
}

const words = (status: number): string | null => {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirects are not followed' : 'the response was not 2xx';
};

/** The reason as text, without URL and address. */
function reasonOf(error: unknown): string {
  if (error instanceof TargetRefusal) return `the target ${error.message}`;
  const { name, code, cause } = error as { name?: string; code?: string; cause?: unknown };
  if (cause instanceof TargetRefusal) return `the target ${cause.message}`;
  if (name === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT') return 'no response in time';
  if (name === 'AbortError') return 'stopped';
  return /^[A-Z][A-Z0-9_]{2,40}$/.test(code ?? '') ? `no connection: ${code ?? ''}` : 'no connection';
}
