// Builds a magic link: the page of its purpose, and the token recomputed from the id in the event (contract, section
// 6).
// Called by the renderer; the sender has a token only here, and only in memory.
import type { AnswerLinkRef, LinkRef } from '#contracts';
import { type TokenSecrets, secretFor, signLink } from '#tokens';
import type { Letter } from './letter';

/** The full address of a link as it stands in a letter to `letter.to`. */
export type LinkWriter = (link: LinkRef | AnswerLinkRef, letter: Letter) => string;

const pages = {
  propose: '/reschedule?r=',
  approve: '/approve?t=',
  decline: '/decline?t=',
  confirm: '/confirm?t=',
  answer: '/answer?a=',
} as const;

/** Thrown for a link whose secret is no longer configured: the page would refuse any token made now. */
export class LinkSecretMissing extends Error {
  override name = 'LinkSecretMissing';
}

/** `publicUrl` without a slash at its end. */
export function linkWriter(publicUrl: string, secrets: TokenSecrets): LinkWriter {
  return (link, letter) => {
    const secret = secretFor(secrets, link.keyId);
    if (secret === undefined) throw new LinkSecretMissing(`no secret for key ${link.keyId}`);
    return `${publicUrl}${pages[link.purpose]}${tokenOf(link, letter, secret)}`;
  };
}

/** `link`, for one letter: a link that stands in the calendar and in the text is signed once. */
export function signedOnce(link: LinkWriter): LinkWriter {
  const urls = new Map<LinkRef | AnswerLinkRef, string>();
  return (ref, letter) => {
    const url = urls.get(ref) ?? link(ref, letter);
    urls.set(ref, url);
    return url;
  };
}

function tokenOf({ linkId, purpose }: LinkRef | AnswerLinkRef, { room, to }: Letter, secret: string): string {
  return signLink(secret, { linkId, purpose, uid: room.uid, role: to.role, email: to.email });
}
