// Decides which letter a delivery report is about, and its new delivery state (R20; contract, section 7.1).
// Called by judge. A report changes the delivery state only; nobody is mailed about it.
import { samePerson } from '#contracts';
import type { Judgement, MailContext, Party } from './judgement';
import type { BounceRecipient, Reading } from '../interpret/reading';

/** The most severe kind counts where one report has several about one recipient. */
const bySeverity: BounceRecipient['kind'][] = ['delivered', 'delayed', 'soft', 'hard'];

/**
 * Only someone who had the letter knows its Message-ID or its tag. A report with an address alone is only recorded,
 * because anybody can write one.
 */
export function judgeBounce(reading: Reading, known: MailContext): Judgement {
  const about = letterOf(known);
  if (about === null) {
    const party = partyOfRecipient(reading, known);
    return party === null
      ? { verdict: 'recorded', why: 'unmatched-report: about no letter of ours', party }
      : { verdict: 'recorded', why: 'recipient-only: the report names no letter of ours, only an address', party };
  }
  const { messageId, email, ...party } = about;
  const recipients = reading.recipients ?? [];
  // Our letters have one recipient; further ones were added by an alias on the way.
  const own = recipients.filter((each) => email !== null && samePerson(each.address, email));
  const worst = [...(own.length > 0 ? own : recipients)].sort(
    (a, b) => bySeverity.indexOf(b.kind) - bySeverity.indexOf(a.kind),
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
function letterOf({
  tagged,
  letter,
}: MailContext): (Party & { messageId: string | null; email: string | null }) | null {
  const [tag] = tagged;
  if (tag && (!letter || letter.invitationId !== tag.invitationId)) return { ...tag, messageId: null, email: null };
  return letter;
}

/**
 * The attendee with this address in the room of a quoted UID, which both attendees know; else the attendee of the
 * address alone.
 */
function partyOfRecipient(
  { recipients = [] }: Reading,
  { room, recipientParty: mentioned }: MailContext,
): Party | null {
  const invited = room?.invitations.find((each) => recipients.some(({ address }) => samePerson(address, each.email)));
  return room && invited ? { roomId: room.roomId, invitationId: invited.id, role: invited.role } : mentioned;
}
