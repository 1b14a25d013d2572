// The interface of a mail provider: it takes a request as raw bytes and returns a mail or delivery events, or a refusal
// that makes the provider stop or retry.
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
  /** The provider's check of the sender, as an Authentication-Results field; null where it has none. */
  authentication: string | null;
  /**
   * Keys that identify a repeat: the provider's own id of this request, and its content where a repeat may have another
   * id. Any one is enough.
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
  /**
   * For providers with the credential in a header: throws ProviderRefusal unless it is valid, before the body is read.
   */
  wantHeaders?(headers: ProviderRequest['headers']): void;
  /** Whether the headers alone prove that the request is from the provider. */
  readonly headersProve?: boolean;
  /** Checks the signature on the raw bytes first. Throws ProviderRefusal. */
  inbound(request: ProviderRequest): Promise<ProviderInbound>;
  events(request: ProviderRequest): Promise<DeliveryReport[]>;
  /** The status that makes this provider give up a mail that can never be accepted. */
  stopStatus: number;
}

export const providerNames = ['ses', 'mailgun', 'postmark', 'sendgrid'] as const;
export type ProviderName = (typeof providerNames)[number];

/** A refused request. `code` is kebab-case, for the response and the log; never a value of the request. */
export class ProviderRefusal extends Error {
  override name = 'ProviderRefusal';
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time. */
export const sameSecret = (a: string | Buffer, b: string | Buffer): boolean => timingSafeEqual(digest(a), digest(b));

/** `user:password` of a Basic Authorization header (RFC 7617). Throws ProviderRefusal 401 unless it is `wanted`. */
export function wantBasic(headers: ProviderRequest['headers'], wanted: string): void {
  const given = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(one(headers['authorization']) ?? '')?.[1] ?? '';
  if (!sameSecret(Buffer.from(given, 'base64'), Buffer.from(wanted))) throw new ProviderRefusal(401, 'unauthorized');
}

export const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** A wrong clock of ours must not lose mail: repeats are found by their keys, not by their time. */
const clockErrorSeconds = 24 * 3_600;

/**
 * Throws ProviderRefusal 503 unless a good signature's Unix timestamp (seconds) is at most `longestRetrySeconds` and a clock
 * error old.
 * `longestRetrySeconds`: how long the provider repeats a request, which it may do under the first signature.
 * 503, because no age is a reason to refuse for good: the provider repeats it, and our clock may be right by then.
 */
export function wantRecent(timestamp: string, now: Date, longestRetrySeconds: number): void {
  const ageSeconds = /^\d{1,12}$/.test(timestamp)
    ? now.getTime() / 1_000 - Number(timestamp)
    : Number.POSITIVE_INFINITY;
  if (ageSeconds > longestRetrySeconds + clockErrorSeconds || ageSeconds < -clockErrorSeconds)
    throw new ProviderRefusal(503, 'stale-signature');
}

/** The JSON body of an authenticated request. Throws ProviderRefusal where it is not JSON. */
export function parseJson(bytes: Buffer | string, status: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new ProviderRefusal(status, 'unreadable-body');
}

/** Reads fields of untyped JSON; undefined where a field is missing or has another type. */
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
