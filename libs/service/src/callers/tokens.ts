// Decides whether a JWT (RFC 7519) is one of a caller: right algorithm and key, issuer, audience, and not expired.
// Called by callers.ts for every bearer that is no key. @nestjs/jwt verifies; this file adds the checks that it lacks.
import { JwtService } from '@nestjs/jwt';
import type { Logger } from 'pino';
import { Problem } from '../problem';
import { type Caller, tokenCaller } from './caller';
import { type Algorithm, algorithms, type VerificationKey } from './key-set';
import { RemoteKeySet } from './remote-key-set';
import type { TokenRules } from './settings';

/** Clocks of two machines differ. */
const toleranceSeconds = 30;
const longestSubject = 200;

/** A JWT by its shape: three base64url parts (RFC 7515 7.1), whatever they contain. */
export const looksLikeToken = (bearer: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(bearer);

/** A 401 whose `detail` says what is wrong with the token (RFC 6750 3.1). */
export const invalidToken = (detail: string): Problem =>
  new Problem(401, 'unauthorized', detail, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });

export class Tokens {
  private readonly jwt = new JwtService({});
  private readonly remote: RemoteKeySet | undefined;

  constructor(
    private readonly rules: TokenRules,
    logger: Logger,
    clock?: () => number,
  ) {
    this.remote = 'url' in rules.keys ? new RemoteKeySet(rules.keys.url, logger, clock) : undefined;
  }

  async start(): Promise<void> {
    await this.remote?.start();
  }

  stop(): void {
    this.remote?.stop();
  }

  /** The caller of a token. Throws a 401 Problem with the reason, or 503 while no keys could be fetched yet. */
  async caller(token: string): Promise<Caller> {
    const { alg, kid } = headerOf(this.decoded(token));
    const claims = await this.verified(token, alg, await this.candidates(alg, kid));
    // jsonwebtoken accepts a token without exp as valid for ever.
    const { sub, exp, scope } = claims;
    if (typeof exp !== 'number') throw invalidToken('The token has no exp: it must say when it expires.');
    if (typeof sub !== 'string' || sub === '' || sub.length > longestSubject || /\p{Cc}/u.test(sub))
      throw invalidToken(`The token has no usable sub: it must name the caller in 1 to ${longestSubject} characters.`);
    return tokenCaller(this.rules.issuer, { sub, exp, scope });
  }

  private decoded(token: string): { header?: unknown } | null {
    try {
      return this.jwt.decode<{ header?: unknown } | null>(token, { complete: true });
    } catch {
      // jws parses the payload of a token that calls itself a JWT.
      return null;
    }
  }

  /**
   * The keys that may have signed it: the one it names, or else each without a name or, where it names none, each of
   * its type.
   */
  private async candidates(alg: Algorithm, kid: string | undefined): Promise<VerificationKey[]> {
    const fitting = (keys: VerificationKey[]): VerificationKey[] => {
      const ofType = keys.filter((key) => key.algorithms.includes(alg));
      if (kid === undefined) return ofType;
      const named = ofType.filter((key) => key.kid === kid);
      return named.length > 0 ? named : ofType.filter((key) => key.kid === null);
    };
    if (!this.remote) return fitting(this.rules.keys as VerificationKey[]);
    const known = fitting(this.remote.keys() ?? []);
    if (known.length > 0) return known;
    const anew = await this.remote.keysAnew();
    if (anew === null)
      throw new Problem(503, 'keys-unavailable', 'Tokens cannot be checked yet: their keys could not be fetched.', {
        headers: { 'retry-after': '5' },
      });
    return fitting(anew);
  }

  private async verified(token: string, alg: Algorithm, keys: VerificationKey[]): Promise<Record<string, unknown>> {
    const { issuer, audience } = this.rules;
    for (const { pem } of keys) {
      try {
        return await this.jwt.verifyAsync<Record<string, unknown>>(token, {
          publicKey: pem,
          algorithms: [alg],
          issuer,
          audience,
          clockTolerance: toleranceSeconds,
        });
      } catch (error) {
        const why = fault(error);
        if (why !== null) throw invalidToken(why);
      }
    }
    throw invalidToken("The token's signature is by none of the keys that this service knows.");
  }
}

/** The algorithm and the key's name. An unknown critical extension makes a token invalid (RFC 7515 4.1.11). */
function headerOf(decoded: { header?: unknown } | null): { alg: Algorithm; kid: string | undefined } {
  const header = decoded?.header as { alg?: unknown; kid?: unknown; crit?: unknown } | undefined;
  if (!header) throw invalidToken('The token cannot be read: it must be a JWT.');
  const alg = algorithms.find((each) => each === header.alg);
  if (alg === undefined) throw invalidToken(`The token must be signed with ${algorithms.join(', ')}.`);
  if (header.crit !== undefined)
    throw invalidToken('The token has a critical extension (crit), and none is supported.');
  return { alg, kid: typeof header.kid === 'string' ? header.kid : undefined };
}

/** Why a token with a valid signature is refused; null where this key did not sign it. */
function fault(error: unknown): string | null {
  const { name, message } = error as { name?: string; message?: string };
  if (name === 'TokenExpiredError') return 'The token has expired.';
  if (name === 'NotBeforeError') return 'The token is not valid yet (nbf).';
  if (message?.startsWith('jwt issuer')) return 'The token is of another issuer (iss).';
  if (message?.startsWith('jwt audience')) return 'The token is not meant for this service (aud).';
  if (message === 'invalid exp value' || message === 'invalid nbf value')
    return 'The token has an exp or nbf that is not a number.';
  return null;
}
