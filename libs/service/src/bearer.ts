// Decides whether a request has one of the secrets of an endpoint.
// Used by the API-key guard and by the ingestor's inbound token.
import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The name of the key that the Authorization header carries (RFC 6750 2.1), or null. Every key is compared, in
 * constant time.
 */
export function bearerName(header: string | undefined, keys: ReadonlyMap<string, string>): string | null {
  const given = digest(/^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? '');
  let found: string | null = null;
  for (const [name, key] of keys) {
    if (timingSafeEqual(digest(key), given)) found = name;
  }
  return found;
}

/**
 * `name:key,name:key` as a map. Throws where an entry has no name or no key, a key contains a blank (no header can carry
 * it), or a name stands twice.
 */
export function parseKeys(text: string): Map<string, string> {
  const keys = new Map<string, string>();
  for (const entry of text.split(',')) {
    const [name, ...rest] = entry.trim().split(':');
    const key = rest.join(':');
    if (!name || !key) throw new Error('must be name:key,name:key');
    if (/\s/.test(name + key)) throw new Error('must not contain blanks in a name or a key');
    if (keys.has(name)) throw new Error('must not contain two keys of one name');
    keys.set(name, key);
  }
  return keys;
}
