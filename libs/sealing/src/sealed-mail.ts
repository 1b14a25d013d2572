// Encrypts raw mails for the database, because they contain addresses and may contain our links (contract, section 6).
// Called by imip-ingestor (ingest seals, the reader opens) and by the export of a person's data.
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import { keyIdOf, secretFor, type TokenSecrets } from '#tokens';

export interface SealedMail {
  /** Names the secret, so that a rotated one still opens what it sealed. */
  keyId: string;
  /** 12 bytes nonce, 16 bytes tag, ciphertext (AES-256-GCM). */
  sealed: Buffer;
}

const nonceBytes = 12;
const tagBytes = 16;

/** A key derived for this purpose only: links and mails never share a key. */
function keyFrom(secret: string): KeyObject {
  let key = keys.get(secret);
  if (key === undefined)
    keys.set(secret, (key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'raw-mail.v1', 32)))));
  return key;
}

/** A process has two secrets at most. */
const keys = new Map<string, KeyObject>();

const nonces = { bytes: Buffer.alloc(nonceBytes * 256), used: nonceBytes * 256 };

/** Random bytes, each given once; made for many mails at a time, because each call costs as much as sealing a mail. */
function nextNonce(): Buffer {
  if (nonces.used === nonces.bytes.length) {
    randomFillSync(nonces.bytes);
    nonces.used = 0;
  }
  return nonces.bytes.subarray(nonces.used, (nonces.used += nonceBytes));
}

/** Seals raw bytes under the current secret, bound to the mail's id: a row cannot be passed off as another. */
export function sealMail(secrets: TokenSecrets, id: string, raw: Buffer): SealedMail {
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secrets.current), nonce).setAAD(Buffer.from(id));
  const ciphertext = [cipher.update(raw), cipher.final()];
  return { keyId: keyIdOf(secrets.current), sealed: Buffer.concat([nonce, cipher.getAuthTag(), ...ciphertext]) };
}

/** Returns the raw bytes. Throws where the secret is no longer configured or the bytes were changed. */
export function openMail(secrets: TokenSecrets, id: string, { keyId, sealed }: SealedMail): Buffer {
  const secret = secretFor(secrets, keyId);
  if (secret === undefined) throw new Error('the secret that sealed this mail is no longer configured');
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(secret), sealed.subarray(0, nonceBytes)).setAAD(
    Buffer.from(id),
  );
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
}

/** The raw bytes; null where none are kept, or nobody can open them any more. */
export function openMailOrNull(
  secrets: TokenSecrets,
  id: string,
  row: { keyId: string | null; sealed: Buffer | null } | null,
): Buffer | null {
  if (row === null || row.keyId === null || row.sealed === null) return null;
  try {
    return openMail(secrets, id, { keyId: row.keyId, sealed: row.sealed });
  } catch {
    return null;
  }
}
