// Makes and verifies magic-link tokens: an id and a keyed signature over what the link is bound to. A token contains no
// address. scheduling-api mints (for the hash) and verifies; notification-sender recomputes the same token from the id
// in an event.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a token is bound to (PRD 10: uid, role, email); with another value the signature is invalid. */
export interface LinkBinding {
  linkId: string;
  purpose: 'propose' | 'approve' | 'decline' | 'confirm' | 'answer';
  uid: string;
  role: 'host' | 'guest';
  email: string;
}

/** The configured secrets: the first signs, both verify. */
export interface TokenSecrets {
  current: string;
  previous?: string | undefined;
}

/** The secrets of an app's settings: TOKEN_SECRET signs, TOKEN_SECRET_PREVIOUS still verifies. */
export const secretsOf = (settings: {
  readonly TOKEN_SECRET: string;
  readonly TOKEN_SECRET_PREVIOUS?: string | undefined;
}): TokenSecrets => ({ current: settings.TOKEN_SECRET, previous: settings.TOKEN_SECRET_PREVIOUS });

/**
 * Identifies a secret without revealing it: the first 8 hex digits of a keyed digest. Stored beside each link as its
 * `key_id`.
 */
export function keyIdOf(secret: string): string {
  let id = keyIds.get(secret);
  if (id === undefined) {
    if (keyIds.size >= mostKept) keyIds.clear();
    keyIds.set(secret, (id = createHmac('sha256', secret).update('key-id').digest('hex').slice(0, 8)));
  }
  return id;
}

/** Asked for with every link; a process has two secrets at most, tests have more. */
const keyIds = new Map<string, string>();
const mostKept = 10;

/** The secret of a key id, or undefined where it is no longer configured. */
export const secretFor = (secrets: TokenSecrets, keyId: string): string | undefined =>
  [secrets.current, secrets.previous].find((secret) => secret !== undefined && keyIdOf(secret) === keyId);

/**
 * The token of a link: 22 characters of id, a dot, 43 of HMAC-SHA-256; all of `[A-Za-z0-9._-]`.
 * Deterministic, so that the sender can recompute it and a repeated letter is the same letter.
 */
export function signLink(secret: string, binding: LinkBinding): string {
  const id = Buffer.from(binding.linkId.replaceAll('-', ''), 'hex').toString('base64url');
  return `${id}.${signature(secret, binding)}`;
}

const shape = '[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}';
const wholeToken = new RegExp(`^${shape}$`);
const anyToken = new RegExp(shape, 'g');

/**
 * Every stretch of a text that has a token's exact shape, each once, from left to right. Signatures are not checked.
 * Linear in the length.
 */
export const tokensIn = (text: string): string[] => [...new Set(text.match(anyToken) ?? [])];

// As a mail or a calendar may have broken it: a soft or folded line end, and marks of quoting, between any two
// characters; the dot also as a URL, quoted-printable or HTML writes it.
const lineEnd = String.raw`(?:=?\r?\n[ \t>]{0,40})?`;
const dot = String.raw`(?:\.|%2E|=2E|&#0*46;|&#x0*2E;|&period;)`;
const brokenToken = new RegExp(`(?:[\\w-]${lineEnd}){22}${dot}${lineEnd}(?:[\\w-]${lineEnd}){42}[\\w-]`, 'gi');

/** A text with every token of a magic link taken out, however lines and encodings have broken it; nobody can use it. */
export const withoutTokens = (text: string): string => text.replace(brokenToken, '[removed]');

/** The link id a token names (a UUID), or null where the text is no token of ours. The signature is not checked. */
export function linkIdIn(token: string): string | null {
  if (!wholeToken.test(token)) return null;
  const hex = Buffer.from(token.slice(0, 22), 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Whether the token was signed for this binding with a secret in force. Compares in constant time. */
export function verifyLink(secrets: TokenSecrets, token: string, binding: LinkBinding): boolean {
  const given = Buffer.from(token);
  let fits = false;
  for (const secret of [secrets.current, secrets.previous]) {
    if (secret === undefined) continue;
    const wanted = Buffer.from(signLink(secret, binding));
    if (wanted.length === given.length && timingSafeEqual(wanted, given)) fits = true;
  }
  return fits;
}

/** What is stored of a token: its SHA-256 in hex. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

function signature(secret: string, binding: LinkBinding): string {
  const fields = ['magic-link.v1', binding.purpose, binding.linkId, binding.uid, binding.role, binding.email];
  return createHmac('sha256', secret).update(JSON.stringify(fields)).digest('base64url');
}
