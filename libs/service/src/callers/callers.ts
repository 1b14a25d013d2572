// Decides who calls: a key of API_KEYS or OPERATOR_KEYS, or a JWT; and whether they may do what they ask for.
// Called by the guards of scheduling-api and the quarantine of imip-ingestor.
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Counter, register } from 'prom-client';
import { bearerName } from '../bearer';
import { Problem } from '../problem';
import { type Caller, keyCaller, operatorScopes, platformScopes, type Scope } from './caller';
import { type CallerSettings, tokenRulesOf } from './settings';
import { looksLikeToken, Tokens } from './tokens';

/** Names in tokens come from outside: so many get their own series in the metrics, the rest share one. */
const mostTokenNames = 50;

const name = 'scheduling_calls_total';
const known = register.getSingleMetric(name);
const calls =
  known instanceof Counter
    ? known
    : new Counter({
        name,
        help: 'Calls of the API by caller and result: ok, unauthorized, scope-missing, keys-unavailable',
        labelNames: ['caller', 'result'],
      });

/** Knows the keys and the rules of tokens, and counts the calls of each caller. */
export class Callers implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly apiKeys: ReadonlyMap<string, string>;
  private readonly operatorKeys: ReadonlyMap<string, string>;
  private readonly tokens: Tokens | undefined;
  private readonly tokenNames = new Set<string>();
  private started: Promise<void> | undefined;

  /** Throws SettingsFault where the AUTH_ variables do not fit together. */
  constructor(settings: CallerSettings, logger: Logger) {
    this.apiKeys = settings.API_KEYS ?? new Map();
    this.operatorKeys = settings.OPERATOR_KEYS ?? new Map();
    const rules = tokenRulesOf(settings);
    this.tokens = rules && new Tokens(rules, logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.started ??= this.tokens?.start() ?? Promise.resolve();
    await this.started;
  }

  onModuleDestroy(): void {
    this.tokens?.stop();
  }

  /**
   * The caller behind an Authorization header (RFC 6750 2.1). Throws a 401 Problem, or 503 while tokens cannot be
   * checked.
   */
  async identify(header: string | undefined): Promise<Caller> {
    try {
      return await this.callerOf(header);
    } catch (error) {
      if (error instanceof Problem) calls.inc({ caller: 'unknown', result: error.code });
      throw error;
    }
  }

  /** Passes for a caller who has the scope. Throws a 403 Problem that names it. */
  allow(caller: Caller, scope: Scope): void {
    const allowed = caller.scopes.has(scope);
    calls.inc({ caller: this.label(caller), result: allowed ? 'ok' : 'scope-missing' });
    if (allowed) return;
    throw new Problem(403, 'scope-missing', `This call needs the scope ${scope}, which the caller does not have.`, {
      headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
    });
  }

  private async callerOf(header: string | undefined): Promise<Caller> {
    const operator = bearerName(header, this.operatorKeys);
    const platform = bearerName(header, this.apiKeys);
    if (operator !== null) return keyCaller(operator, operatorScopes);
    if (platform !== null) return keyCaller(platform, platformScopes);
    const bearer = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
    if (bearer !== undefined && this.tokens && looksLikeToken(bearer)) return this.tokens.caller(bearer);
    throw new Problem(
      401,
      'unauthorized',
      bearer === undefined
        ? 'An API key or a token is needed: Authorization: Bearer <key>.'
        : 'The API key is not one of this service.',
      { headers: { 'www-authenticate': bearer === undefined ? 'Bearer' : 'Bearer error="invalid_token"' } },
    );
  }

  private label({ name: caller, owner }: Caller): string {
    if (!owner.startsWith('jwt:')) return caller;
    if (this.tokenNames.size < mostTokenNames) this.tokenNames.add(caller);
    return this.tokenNames.has(caller) ? caller : 'other';
  }
}
