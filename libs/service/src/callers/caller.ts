// Who calls the platform's API, and what they may do (contract, section 7.3).
// Made by callers.ts from the Authorization header; read by the guards, the idempotency keys, the audit and the
// metrics.

/**
 * `rooms:read`: GET and timeline · `rooms:write`: the POSTs of rooms and letters · `operator`: people, console,
 * quarantine, replay.
 */
export const scopes = ['rooms:read', 'rooms:write', 'webhooks', 'operator'] as const;
export type Scope = (typeof scopes)[number];

export interface Caller {
  /** The key's name, or the `sub` of a token: shown in the audit, the timeline and the metrics. */
  name: string;
  /** Whose idempotency keys and rate limit these are: the key's name (which contains no colon), or `jwt:ISS|SUB`. */
  owner: string;
  scopes: ReadonlySet<string>;
  /** When the token that says so ends, in seconds since 1970 (`exp`); a key has no end. */
  expiresAt?: number;
}

/** What a key of API_KEYS may do: all of the platform's own work, and nothing of an operator's. */
export const platformScopes: ReadonlySet<string> = new Set<Scope>(['rooms:read', 'rooms:write', 'webhooks']);
export const operatorScopes: ReadonlySet<string> = new Set<Scope>(scopes);

/** The caller with a key; `name` is that of the key, and `granted` are the scopes of such keys. */
export const keyCaller = (name: string, granted: ReadonlySet<string>): Caller => ({
  name,
  owner: name,
  scopes: granted,
});

/**
 * `sub` and `exp` have been checked. `scope` is blank-separated (RFC 8693 4.2); scopes that are not ours are kept and
 * mean nothing here.
 */
export const tokenCaller = (issuer: string, claims: { sub: string; exp: number; scope?: unknown }): Caller => ({
  name: claims.sub,
  owner: `jwt:${issuer}|${claims.sub}`,
  scopes: new Set(typeof claims.scope === 'string' ? claims.scope.split(' ').filter(Boolean) : []),
  expiresAt: claims.exp,
});

/** The audit's word for an owner: `key:NAME` or `jwt:SUB`. There is one issuer, so its name adds nothing. */
export const actorOf = (owner: string): string =>
  owner.startsWith('jwt:') ? `jwt:${owner.slice(owner.indexOf('|') + 1)}` : `key:${owner}`;

/** The caller's name in an audit's actor; undefined where no caller acted but a party or an app. */
export const callerNameOf = (actor: string | null): string | undefined => /^(?:key|jwt):(.+)$/s.exec(actor ?? '')?.[1];
