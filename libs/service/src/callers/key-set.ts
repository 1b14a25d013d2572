// Reads public keys that verify callers' tokens: PEM blocks, or a JWKS document (RFC 7517 5).
// Called when the settings are read (AUTH_JWT_KEYS) and for each answer of AUTH_JWKS_URL.
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** The algorithms that are taken at all. A token never chooses anything else: no HMAC, no `none`. */
export const algorithms = ['RS256', 'PS256', 'ES256'] as const;
export type Algorithm = (typeof algorithms)[number];

export interface VerificationKey {
  /** Names the key in a token's header; null for a key without a name. */
  kid: string | null;
  algorithms: readonly Algorithm[];
  /** SubjectPublicKeyInfo as PEM: @nestjs/jwt takes a key per call as text. */
  pem: string;
}

const shortestRsaBits = 2_048;

/**
 * Why a key cannot be used, in words that follow "a key"; null where it can. jsonwebtoken itself verifies with
 * 1,024-bit RSA.
 */
function weakness(key: KeyObject): string | null {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa')
    return (modulusLength ?? 0) < shortestRsaBits ? `has fewer than ${shortestRsaBits} bits` : null;
  if (key.asymmetricKeyType === 'ec') return namedCurve === 'prime256v1' ? null : 'is not on the curve P-256';
  return 'is neither RSA nor EC';
}

function verificationKey(key: KeyObject, kid: string | null, alg?: unknown): VerificationKey | string {
  const weak = weakness(key);
  if (weak !== null) return weak;
  const fitting = algorithms.filter((each) => each.startsWith('ES') === (key.asymmetricKeyType === 'ec'));
  const taken = alg === undefined ? fitting : fitting.filter((each) => each === alg);
  if (taken.length === 0) return `is for another algorithm than ${fitting.join(' or ')}`;
  return { kid, algorithms: taken, pem: key.export({ type: 'spki', format: 'pem' }).toString() };
}

/** What a text of keys contains: those that can be used, and what is wrong with the others. */
export interface KeySet {
  keys: VerificationKey[];
  faults: string[];
}

const sorted = (found: (VerificationKey | string)[]): KeySet => ({
  keys: found.filter((each) => typeof each !== 'string'),
  faults: found.filter((each) => typeof each === 'string'),
});

/** Reads `{ "keys": [...] }`. Throws where the text is no such document; a key of another use or kind is only named. */
export function readJwks(text: string): KeySet {
  const document = JSON.parse(text) as { keys?: unknown };
  if (!Array.isArray(document.keys)) throw new Error('not a JWKS document');
  return sorted(document.keys.map((each) => fromJwk((each ?? {}) as JsonWebKey & Record<string, unknown>)));
}

function fromJwk(jwk: JsonWebKey & Record<string, unknown>): VerificationKey | string {
  if (jwk['d'] !== undefined) return 'is a private key';
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig') return 'is not for signatures';
  if (Array.isArray(jwk['key_ops']) && !jwk['key_ops'].includes('verify')) return 'is not for signatures';
  try {
    const kid = typeof jwk['kid'] === 'string' ? jwk['kid'] : null;
    return verificationKey(createPublicKey({ key: jwk, format: 'jwk' }), kid, jwk['alg']);
  } catch {
    return 'cannot be read';
  }
}

const pemBlock = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g;

/** Reads PEM public keys or certificates, one after the other; none of them has a `kid`. */
export function readPems(text: string): KeySet {
  return sorted(
    [...text.matchAll(pemBlock)].map(([pem, label = '']) => {
      // Refused, because Node would derive the public key: a private key here was meant for another variable.
      if (label.includes('PRIVATE')) return 'is a private key';
      try {
        return verificationKey(createPublicKey(pem), null);
      } catch {
        return 'cannot be read';
      }
    }),
  );
}
