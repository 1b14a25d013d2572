// Decides the tag in the reply address of one attendee of one room: `local+tag@domain`, unguessable, the same for the
// room's whole life.
// notification-sender writes it into letters; imip-ingestor finds it in what comes back; scheduling-api stores its
// digest.
import { createHash, createHmac } from 'node:crypto';
import { secretFor, type TokenSecrets } from './magic-link';

/** The attendee of a tag. */
export interface TagBinding {
  uid: string;
  invitationId: string;
}

/** 100 bits: with the organizer's own local part well within the 64 octets of RFC 5321 4.5.3.1.1. */
const tagLength = 20;
/** RFC 4648 6 in lower case: mail systems on the way may fold the case of a local part. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const wholeTag = new RegExp(`^[a-z2-7]{${tagLength}}$`);

/**
 * The tag of an attendee, 20 characters of `[a-z2-7]`: deterministic, so that every letter of the room carries the
 * same.
 */
export function replyTag(secret: string, { uid, invitationId }: TagBinding): string {
  const digest = createHmac('sha256', secret)
    .update(JSON.stringify(['reply-tag.v1', uid, invitationId]))
    .digest();
  let tag = '';
  for (const byte of digest.subarray(0, tagLength)) tag += alphabet.charAt(byte & 31);
  return tag;
}

/** What is stored of a tag: its SHA-256 in hex. */
export const hashTag = (tag: string): string => createHash('sha256').update(tag).digest('hex');

/** `local+tag@domain`. */
export function taggedAddress(address: string, tag: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${tag}${address.slice(at)}`;
}

/**
 * The address that letters to one attendee come from and answers go to: `organizer`, with the attendee's tag where
 * `keyId` names a secret in force. null: the invitation has no tag. After its secret was taken out of force a tag
 * could be made no more; answers to the plain address are still read.
 */
export function organizerAddress(
  organizer: string,
  keyId: string | null,
  secrets: TokenSecrets,
  binding: TagBinding,
): string {
  const secret = keyId === null ? undefined : secretFor(secrets, keyId);
  return secret === undefined ? organizer : taggedAddress(organizer, replyTag(secret, binding));
}

/** The local part that still leaves room for a tag, in octets. */
export const longestTaggableLocalPart = 64 - 1 - tagLength;

/**
 * The tag in an address as it came back: after the last `+` of the local part, also where that is written `%2B`, in any
 * case.
 * Null where there is none of our form. Its owner is not checked.
 */
export function tagIn(address: string): string | null {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@'))).replaceAll(/%2b/gi, '+');
  const plus = local.lastIndexOf('+');
  const tag = plus < 0 ? '' : local.slice(plus + 1).toLowerCase();
  return wholeTag.test(tag) ? tag : null;
}
