// What every provider's way in is made of: a request as raw bytes, a mail or delivery events out of it, and the
// answers that make it stop or retry.
// Implemented by ses.ts, mailgun.ts, postmark.ts and sendgrid.ts; driven by provider-routes.ts.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { DeliveryReport } from '../hooks/delivery-report';
import type { EnvelopeSender } from '../interpret/mail';

export interface ProviderRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** A mail whose signature was good. */
export interface ProviderMail {
  raw: Buffer;
  envelopeFrom: EnvelopeSender;
  envelopeTo: string | null;
  /**
   * What the provider found out about the sender, in the form of an Authentication-Results field; null where it says
   * nothing.
   */
  authentication: string | null;
  /**
   * What tells a repeat: the provider's own id of this delivery, and its content where a repeat may have another id.
   * Any one is enough.
   */
  onceKeys: string[];
}

export type ProviderInbound =
  | { kind: 'mail'; mail: ProviderMail }
  /** Genuine, but without a mail that could be read: kept as it is, for a person. */
  | { kind: 'unusable'; why: string; onceKeys: string[] }
  /** Nothing to store: a handshake, or a repetition that is known. */
  | { kind: 'done' };

export interface Provider {
  name: ProviderName;
  /** Where the credential stands in a header: throws Turned unless it is good, before the body is read. */
  wantHeaders?(headers: ProviderRequest['headers']): void;
  /** Whether what `wantHeaders` let pass is from the provider for certain. */
  readonly headersProve?: boolean;
  /** Checks the signature on the raw bytes first. Throws Turned. */
  inbound(request: ProviderRequest): Promise<ProviderInbound>;
  events(request: ProviderRequest): Promise<DeliveryReport[]>;
  /** The status that makes this provider give a mail up: one that no repetition can make fit. */
  stopStatus: number;
}

export const providerNames = ['ses', 'mailgun', 'postmark', 'sendgrid'] as const;
export type ProviderName = (typeof providerNames)[number];

/**
 * A request that is not believed or not taken. `code` is kebab-case, for the answer and the log; never a value of the
 * request.
 */
export class Turned extends Error {
  override name = 'Turned';
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that does not depend on where the two differ. */
export const sameSecret = (a: string | Buffer, b: string | Buffer): boolean => timingSafeEqual(digest(a), digest(b));

/** `user:password` of a Basic Authorization header (RFC 7617). Throws Turned 401 unless it is the wanted one. */
export function wantBasic(headers: ProviderRequest['headers'], wanted: string): void {
  const given = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(one(headers['authorization']) ?? '')?.[1] ?? '';
  if (!sameSecret(Buffer.from(given, 'base64'), Buffer.from(wanted))) throw new Turned(401, 'unauthorized');
}

export const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** A clock of ours that is wrong must not cost mail: repeats are found by their keys, whatever the time is. */
const clockErrorSeconds = 24 * 3_600;

/**
 * Throws Turned 503 unless a good signature's Unix timestamp (seconds) is at most `longestRetrySeconds` and a clock
 * error old.
 * `longestRetrySeconds`: how long the provider repeats a request, which it may do under the first signature.
 * 503, because no age is a reason to refuse for good: the provider repeats it, and our clock may be right by then.
 */
export function wantRecent(timestamp: string, now: Date, longestRetrySeconds: number): void {
  const ageSeconds = /^\d{1,12}$/.test(timestamp)
    ? now.getTime() / 1_000 - Number(timestamp)
    : Number.POSITIVE_INFINITY;
  if (ageSeconds > longestRetrySeconds + clockErrorSeconds || ageSeconds < -clockErrorSeconds)
    throw new Turned(503, 'stale-signature');
}

/** JSON of a request whose sender is known. Throws Turned where it is none. */
export function parseJson(bytes: Buffer | string, status: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new Turned(status, 'unreadable-body');
}

/** Fields of untyped JSON, none of which can be relied on. */
export const field = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
export const textIn = (value: unknown, ...path: string[]): string | undefined => {
  const found = field(value, ...path);
  return typeof found === 'string' ? found : undefined;
};
export const listIn = (value: unknown, ...path: string[]): unknown[] => {
  const found = field(value, ...path);
  return Array.isArray(found) ? found.slice(0, 1_000) : [];
};
