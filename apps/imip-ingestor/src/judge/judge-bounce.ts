// Decides which letter a delivery report is about and what became of it (R20; contract, section 7.1).
// Called by judge. A report changes what is known of a delivery and nothing else; nobody is mailed about it.
import { samePerson } from '#contracts';
import type { Judgement, Known, Party } from './judgement';
import type { BounceRecipient, Reading } from '../interpret/reading';

/** What matters more where one report says several things about a mail to one person. */
const gravity: BounceRecipient['kind'][] = ['delivered', 'delayed', 'soft', 'hard'];

/**
 * Only who had the letter knows its Message-ID or its tag. A report that names an address alone is recorded, because
 * anybody can write it.
 */
export function judgeBounce(reading: Reading, known: Known): Judgement {
  const about = letterOf(known);
  if (about === null) {
    const party = mentionedIn(reading, known);
    return party === null
      ? { verdict: 'recorded', why: 'unmatched-report: about no letter of ours', party }
      : { verdict: 'recorded', why: 'recipient-only: the report names no letter of ours, only an address', party };
  }
  const { messageId, email, ...party } = about;
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

/** The envelope's tag names the attendee for sure, the quoted Message-ID the letter. */
function letterOf({ tagged, letter }: Known): (Party & { messageId: string | null; email: string | null }) | null {
  const [tag] = tagged;
  if (tag && (!letter || letter.invitationId !== tag.invitationId)) return { ...tag, messageId: null, email: null };
  return letter;
}

/**
 * The attendee whose address stands beside a quoted UID, which both attendees know; else whom the address alone
 * names.
 */
function mentionedIn({ recipients = [] }: Reading, { room, mentioned }: Known): Party | null {
  const invited = room?.invitations.find((each) => recipients.some(({ address }) => samePerson(address, each.email)));
  return room && invited ? { roomId: room.roomId, invitationId: invited.id, role: invited.role } : mentioned;
}
