// Decides whether a mail says what it says only to the holder of a key: S/MIME enveloped, PGP/MIME encrypted, OpenPGP
// in the text.
// Called by interpret where nothing else could be read. The writer is told by mail that we cannot read it.
import { type Mail, textOf } from './mail';

/** Why nothing can be read in a mail. Judge and the letter to the writer go by its code. */
export const encryptedWhy = 'encrypted: only the holder of a key can read it';

const armour = /^-----BEGIN PGP MESSAGE-----\s*$/m;

/**
 * Whether anything of a mail is encrypted: by its CMS object (libs/mime), its type (RFC 3156 4) or its armour (RFC
 * 9580 6.2).
 */
export const isEncrypted = (mail: Mail): boolean =>
  mail.faults.includes('encrypted') ||
  mail.parts.some(
    (part) =>
      part.type === 'multipart/encrypted' ||
      part.type === 'application/pgp-encrypted' ||
      (part.type === 'text/plain' && part.children.length === 0 && armour.test(textOf(part).slice(0, 16_384))),
  );
