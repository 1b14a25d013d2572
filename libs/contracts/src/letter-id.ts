// Decides the identity of a letter before its row is written: the id of the ledger row and the Message-ID.
// Called by notification-sender when it inserts the row, and by scheduling-api, which names a letter's Message-ID in
// its answer.
import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { LetterMethod } from './vocabulary';

/** The key of a letter (contract, section 6), with the invitation in place of its address. */
export interface LetterKey {
  uid: string;
  sequence: number;
  invitationId: string;
  method: LetterMethod;
  /** Empty for the REQUEST or CANCEL that a change of the room owes, else the id of what caused the letter. */
  occasion: string;
}

/**
 * The ledger row's UUID (version 8, RFC 9562 5.8), the same in every process: a SHA-256 over the key, begun by the time
 * of the invitation where its id (version 7) tells that, so that new letters lie together in the indexes of id and
 * Message-ID.
 */
export function letterId(key: LetterKey): string {
  const fields = ['letter.v1', key.uid, key.sequence, key.invitationId, key.method, key.occasion];
  const hex = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const time =
    key.invitationId.charAt(14) === '7' ? key.invitationId.slice(0, 13) : `${hex.slice(0, 8)}-${hex.slice(8, 12)}`;
  return `${time}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID of any version, in either case. */
export const isUuid = (text: string): boolean => uuid.test(text);

/** The Message-ID of the letter with this id, angle brackets included: `<UUID@domain of the organizer>`. */
export function letterMessageId(id: string, organizerEmail: string): string {
  const domain = organizerEmail.slice(organizerEmail.lastIndexOf('@') + 1);
  return `<${id}@${domainToASCII(domain) || domain}>`;
}
