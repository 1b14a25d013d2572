// Decides which letter a delivery report is about and what became of it (R20).
// Called by judge. A report changes what is known of a delivery and nothing else; nobody is mailed about it.
import { samePerson } from '#contracts';
import type { Judgement, Known } from './judge';
import type { BounceRecipient, Reading } from '../interpret/reading';

/** What matters more where one report says several things about a mail to one person. */
const gravity: BounceRecipient['kind'][] = ['delivered', 'delayed', 'soft', 'hard'];

export function judgeBounce(reading: Reading, known: Known): Judgement {
  const about = letterOf(reading, known);
  if (about === null) return { verdict: 'recorded', why: 'unmatched-report: about no letter of ours', party: null };
  const { roomId, invitationId, role, messageId, email } = about;
  const party = { roomId, invitationId, role };
  const recipients = reading.recipients ?? [];
  // Our letters have one recipient; more come from what an alias on the way made of it.
  const own = recipients.filter((each) => email !== null && samePerson(each.address, email));
  const worst = [...(own.length > 0 ? own : recipients)].sort(
    (a, b) => gravity.indexOf(b.kind) - gravity.indexOf(a.kind),
  )[0];
  if (!worst) return { verdict: 'recorded', why: reading.why, party };
  const data = { ...party, messageId, kind: worst.kind, status: worst.status ?? null };
  return {
    verdict: 'event',
    why: `${worst.kind}: ${worst.status ?? 'without a code'}`,
    event: { name: 'BounceReceived', data },
    party,
  };
}

/** The envelope's tag names the attendee for sure, the quoted Message-ID the letter; then the UID of a quoted invitation. */
function letterOf(
  { recipients = [] }: Reading,
  { tagged, letter, room }: Known,
): {
  roomId: string;
  invitationId: string;
  role: 'host' | 'guest';
  messageId: string | null;
  email: string | null;
} | null {
  const [tag] = tagged;
  if (tag && (!letter || letter.invitationId !== tag.invitationId)) return { ...tag, messageId: null, email: null };
  if (letter) return letter;
  const invited = room?.invitations.find((each) => recipients.some(({ address }) => samePerson(address, each.email)));
  return room && invited
    ? { roomId: room.roomId, invitationId: invited.id, role: invited.role, messageId: null, email: invited.email }
    : null;
}
