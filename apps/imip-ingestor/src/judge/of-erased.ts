// Decides whether a mail is one of a person whose data was erased: it is dropped, whatever it says (contract, section
// 7.6). Pure; asked by the reader before anything of the mail is kept.
import { isErased, samePerson } from '#contracts';
import type { MailHead } from '../interpret/mail';
import type { MailContext } from './judgement';

export const droppedWhy = 'erased: about a meeting of somebody whose data was erased; the mail was not kept';

/**
 * About a letter to them or to their tagged address; or about a room of theirs, and not from the party that is still
 * there. A report about a letter to the other party is kept.
 */
export function isOfErased({ head }: { head: Pick<MailHead, 'from'> }, { room, tagged, letter }: MailContext): boolean {
  if (letter !== null) return isErased(letter.email);
  if (tagged.some((party) => party.isErased === true)) return true;
  const invitations = room?.invitations ?? [];
  if (!invitations.some(({ email }) => isErased(email))) return false;
  const there = invitations.filter(({ email }) => !isErased(email));
  const named = tagged.some(({ invitationId }) => there.some(({ id }) => id === invitationId));
  return !named && !there.some(({ email }) => head.from.some((from) => samePerson(from, email)));
}
