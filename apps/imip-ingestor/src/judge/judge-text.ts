// Decides whether a person's words are answered, and about which meeting: the one they answer, or the writer's only
// one.
// Called by judge. Words are never acted on and never relayed: the event carries what they seem to want, not what
// they say.
import { samePerson, type EventPayload } from '#contracts';
import type { Authenticity } from './authentication-results';
import type { Judgement, Known, Party, Writer } from './judgement';
import type { MailHead } from '../interpret/mail';
import { type Intent, intentOf } from '../interpret/words/intent';
import { meantTimes } from './meant-times';
import { codeOf, type Reading } from '../interpret/reading';

export function judgeText(
  reading: Reading,
  head: MailHead,
  known: Known,
  { authenticity, receivedAt }: { authenticity: Authenticity; receivedAt: Date },
): Judgement {
  const without = (verdict: 'recorded' | 'ignored', why: string, party: Party | null = null): Judgement => ({
    verdict,
    why,
    party,
  });
  const about = meetingOf(known);
  if (about === null)
    return without(
      'ignored',
      known.writer.length > 1
        ? 'several-meetings: the words name none of them'
        : 'no-meeting: the writer has none that is still to come',
    );
  const { roomId, invitationId, role } = about;
  const party = { roomId, invitationId, role };
  // The answer goes to the attendee in any case; a stranger's or a forger's words are not worth a mail to them.
  if (head.from.length !== 1 || !head.from.every((from) => samePerson(from, about.email)))
    return without('ignored', 'text-of-another: the writer is not the attendee', party);
  if (authenticity === 'fail' || authenticity === 'doubt')
    return without('ignored', 'authentication-failed: the border says the sender is not genuine', party);
  // RFC 3834 2: what came through a list gets no automatic answer.
  if (codeOf(reading.why) === 'list-text') return without('recorded', reading.why, party);
  const isEncrypted = codeOf(reading.why) === 'encrypted';
  const said = isEncrypted ? unreadable : wish(reading, head, about, receivedAt);
  return {
    verdict: 'event',
    why: isEncrypted ? 'encrypted: the writer is told that it cannot be read' : 'text: to be answered with a link',
    event: { name: 'TextReplyReceived', data: { ...party, ...said } },
    party,
  };
}

/**
 * By the letter that was answered, the tag of the address, the UID of a quoted invitation, or because there is only
 * one.
 */
function meetingOf({ letter, tagged, room, writer }: Known): Writer | null {
  const named = letter ?? (tagged.length === 1 ? tagged[0] : undefined);
  if (named !== undefined) return writer.find((each) => each.invitationId === named.invitationId) ?? null;
  if (room !== null) return writer.find((each) => each.roomId === room.roomId) ?? null;
  return writer.length === 1 ? (writer[0] ?? null) : null;
}

type Wish = Pick<EventPayload<'TextReplyReceived'>, 'intent' | 'proposedTimes' | 'unreadable'>;

/** What nobody here can read seems to want nothing. */
const unreadable: Wish = { intent: 'unclear', proposedTimes: [], unreadable: 'encrypted' };

function wish(reading: Reading, head: MailHead, about: Writer, receivedAt: Date): Wish {
  // Words given unstripped hold what somebody else wrote.
  if (reading.unstripped) return { intent: 'unclear', proposedTimes: [] };
  const proposedTimes = meantTimes(reading, head, about, receivedAt);
  return { intent: published[intentOf(reading.visibleText ?? '', proposedTimes.length > 0)], proposedTimes };
}

/** The event's words for what `interpret` tells; they were published before the contract named the others. */
const published: Readonly<Record<Intent, Wish['intent']>> = {
  accept: 'accept',
  decline: 'decline',
  tentative: 'unclear',
  'new-time': 'propose',
  other: 'unclear',
};
