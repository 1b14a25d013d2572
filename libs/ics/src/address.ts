// Writes a mail address into a calendar (`mailto:` URI) and reads it back.
// Written by the builders; bareAddress is called by the reader and by imip-ingestor for what it finds itself.
import { domainToASCII } from 'node:url';

// RFC 6068 2: all but unreserved characters and the sub-delims that need no encoding; `+` stays as it is, because tags
// need it.
const encoded = /[^A-Za-z0-9\-._~!$'()*+]/gu;

/**
 * A bare address with its domain as mail systems know it: a domain outside ASCII becomes its A-label (RFC 5890
 * 2.3.2.1), and anything else stays as it is, also a domain that has no A-label. In: `ann@bücher.example`. Out:
 * `ann@xn--bcher-kva.example`.
 */
export function withAsciiDomain(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  return /[^\0-\x7f]/.test(domain) ? email.slice(0, at + 1) + (domainToASCII(domain) || domain) : email;
}

/**
 * The `mailto:` URI of a bare address, its domain as an A-label: a client knows its mailbox by that. Every character
 * that a URI cannot contain, and `% / ? # [ ] & ; = , :` within the local part, is percent-encoded as UTF-8 (RFC 6068 2),
 * so nothing in an address can end the line or begin a query.
 */
export function mailtoUri(email: string): string {
  const address = withAsciiDomain(email.toWellFormed());
  const at = address.lastIndexOf('@');
  return at < 0
    ? `mailto:${encode(address)}`
    : `mailto:${encode(address.slice(0, at))}@${encode(address.slice(at + 1))}`;
}

const encode = (part: string): string => part.replace(encoded, percentOf);

const percentOf = (character: string): string =>
  Array.from(Buffer.from(character, 'utf8'), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

const address = /^(?:[^\s@<>()[\]\\,;:"\p{Cc}]+|"[^"\\\p{Cc}]+")@[^\s@<>()\\,;"\p{Cc}]+$/u;

/**
 * The bare address in a calendar value: `mailto:` in any case, percent-encoding, a query and outer blanks are removed.
 * Some clients write `mailto:` twice. In: `MAILTO:ann%2Bx@example.org`. Out: `ann+x@example.org`, letters as sent. Null
 * where the value is no single address: another URI, a display name, control characters (RFC 6047 2.3).
 */
export function bareAddress(value: string): string | null {
  const trimmed = value.trim();
  const uri = /^(?:mailto:\s*){1,2}/i.exec(trimmed);
  const decoded = uri === null ? trimmed : percentDecoded((trimmed.slice(uri[0].length).split('?')[0] ?? '').trim());
  const bare = /^<[^<>]*>$/.test(decoded) ? decoded.slice(1, -1).trim() : decoded;
  return bare.length <= 320 && address.test(bare) ? bare : null;
}

/** Decoded once; an address with a stray `%` is taken as it stands. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}
