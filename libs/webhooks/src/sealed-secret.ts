// Encrypts an endpoint's signing secret for the database under TOKEN_SECRET, bound to its endpoint.
// Sealed by scheduling-api, opened by notification-sender for each signature.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { keyIdOf, secretFor, type TokenSecrets } from '#tokens';

const [nonceBytes, tagBytes] = [12, 16];

const keys = new Map<string, Buffer>();

/**
 * A key of its own purpose: neither a link nor a mail can be made with it. Kept for each TOKEN_SECRET, of which a
 * process has two at most.
 */
function keyFrom(secret: string): Buffer {
  let key = keys.get(secret);
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', secret, '', 'webhook-secret.v1', 32));
    keys.set(secret, key);
  }
  return key;
}

/** A new secret in the form of Standard Webhooks: `whsec_` and 32 random bytes in base64. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** `KEY-ID.base64url(nonce, tag, ciphertext)` (AES-256-GCM). */
export function sealSecret(secrets: TokenSecrets, endpointId: string, secret: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secrets.current), nonce).setAAD(Buffer.from(endpointId));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return `${keyIdOf(secrets.current)}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** Returns the secret. Throws where TOKEN_SECRET has changed, or the row was changed. */
export function openSecret(secrets: TokenSecrets, endpointId: string, sealed: string): string {
  const [keyId = '', body = ''] = sealed.split('.');
  const secret = secretFor(secrets, keyId);
  if (secret === undefined) throw new Error('the TOKEN_SECRET that sealed this secret is no longer configured');
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(secret), bytes.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(endpointId)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
}

/** Whether a sealed secret should be sealed anew, because TOKEN_SECRET is being changed. */
export const isSealedByPrevious = (secrets: TokenSecrets, sealed: string): boolean =>
  !sealed.startsWith(`${keyIdOf(secrets.current)}.`);
