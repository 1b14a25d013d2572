// Sessions of operators: the row has the operator, and the cookie has the id of the row (contract, section 7.5).
// Called by frame.ts for every request and by login.controller.ts. Deleting the row ends the session everywhere.
import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { appendAudit, Database, type Transaction } from '#persistence';
import { actorOf, type Caller, callerNameOf, currentCorrelation } from '#service';
import { type SchedulingApiSettings, SETTINGS } from '../settings';
import { app } from '../rooms/rooms.store';

/** The longest; a session ends with the token that opened it. */
const sessionSeconds = 8 * 3_600;
const cookieName = 'console_session';

export interface Session {
  id: string;
  /** `Caller.owner` of who logged in. */
  owner: string;
  /** The operator in the audit: `key:NAME` or `jwt:SUB`. */
  actor: string;
  /** The operator's name as a person reads it. */
  name: string;
  /** Sent with every form of this session, against cross-site requests. */
  formToken: string;
}

type SessionSettings = Pick<
  SchedulingApiSettings,
  'TOKEN_SECRET' | 'TOKEN_SECRET_PREVIOUS' | 'OPERATOR_KEYS' | 'AUTH_JWT_ISSUER' | 'PUBLIC_URL'
>;

interface Claims {
  /** Id of the row. */
  sid: string;
  /** Digest of the key or issuer that opened it: a session does not outlive what it was opened with. */
  by: string;
}

@Injectable()
export class ConsoleSessions {
  private readonly jwt = new JwtService({});
  /** The first signs, all verify. */
  private readonly keys: [string, ...string[]];

  constructor(
    private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: SessionSettings,
  ) {
    const { TOKEN_SECRET, TOKEN_SECRET_PREVIOUS } = settings;
    this.keys = [keyFrom(TOKEN_SECRET), ...(TOKEN_SECRET_PREVIOUS ? [keyFrom(TOKEN_SECRET_PREVIOUS)] : [])];
  }

  /** Begins a session of a caller who may use the console; resolves with the value of `Set-Cookie`. */
  async open({ owner, expiresAt = Infinity }: Caller): Promise<string> {
    const sid = randomUUID();
    // Clocks differ, so a token is accepted some seconds after its end; the session then ends at once.
    const seconds = Math.max(1, Math.min(sessionSeconds, Math.floor(expiresAt - Date.now() / 1_000)));
    await this.db.transaction(async (tx) => {
      tx.write('delete from console_sessions where expires_at < now()');
      tx.write(
        `insert into console_sessions (id, owner, expires_at) values ($1, $2, now() + $3::int * interval '1 second')`,
        [sid, owner, seconds],
      );
      note(tx, 'console-login', actorOf(owner));
      return Promise.resolve();
    });
    const claims: Claims = { sid, by: this.openedBy(owner) ?? '' };
    const token = this.jwt.sign(claims, { secret: this.keys[0], algorithm: 'HS256', expiresIn: seconds });
    return this.cookie(token, seconds);
  }

  /** The session of a Cookie header; null where there is none or it has ended. */
  async find(header: string | undefined): Promise<Session | null> {
    const claims = this.claimsOf(new RegExp(`(?:^|; *)${cookieName}=([\\w.-]+)`).exec(header ?? '')?.[1]);
    if (claims === null) return null;
    const [row] = await this.db.query<{ owner: string }>(
      'select owner from console_sessions where id = $1 and expires_at > now()',
      [claims.sid],
    );
    if (!row || !same(claims.by, this.openedBy(row.owner) ?? '')) return null;
    const actor = actorOf(row.owner);
    const formToken = createHmac('sha256', this.keys[0]).update(`form:${claims.sid}`).digest('base64url');
    return { id: claims.sid, owner: row.owner, actor, name: callerNameOf(actor) ?? '', formToken };
  }

  /** Ends a session; resolves with the value of `Set-Cookie` that removes the cookie. */
  async end({ id, actor }: Session): Promise<string> {
    await this.db.transaction(async (tx) => {
      tx.write('delete from console_sessions where id = $1', [id]);
      note(tx, 'console-logout', actor);
      return Promise.resolve();
    });
    return this.cookie('', 0);
  }

  private claimsOf(token: string | undefined): Claims | null {
    if (token === undefined) return null;
    for (const secret of this.keys) {
      try {
        const { sid, by } = this.jwt.verify<Partial<Claims>>(token, { secret, algorithms: ['HS256'] });
        if (typeof sid === 'string' && typeof by === 'string') return { sid, by };
      } catch {
        // Another key may have signed it.
      }
    }
    return null;
  }

  /** The digest of the key or issuer as it is configured now; null where it is no longer configured. */
  private openedBy(owner: string): string | null {
    const issuer = owner.startsWith('jwt:') ? owner.slice('jwt:'.length, owner.indexOf('|')) : undefined;
    const { OPERATOR_KEYS, AUTH_JWT_ISSUER } = this.settings;
    const by = issuer === undefined ? OPERATOR_KEYS?.get(owner) : issuer === AUTH_JWT_ISSUER ? issuer : undefined;
    return by === undefined ? null : createHmac('sha256', keyFrom(by)).update('opened-by').digest('base64url');
  }

  private cookie(value: string, maxAge: number): string {
    const secure = this.settings.PUBLIC_URL.startsWith('https:') ? '; Secure' : '';
    return `${cookieName}=${value}; Path=/console; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure}`;
  }
}

/** Compares in constant time. */
export function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}

/** A key for sessions only, so that a signature of a session is never one of a link. */
const keyFrom = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, '', 'console-session.v1', 32)).toString('base64url');

const note = (tx: Transaction, verdict: string, actor: string): void =>
  appendAudit(tx, app, [
    { roomId: null, kind: 'call', verdict, source: 'console', actor, correlationId: currentCorrelation() },
  ]);
