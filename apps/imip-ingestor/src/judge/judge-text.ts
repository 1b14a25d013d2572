// Decides whether a person's text gets an answer, and about which meeting: the one it answers, or the writer's only
// one.
// Called by judge. A text changes nothing and is never sent on: the event has its likely intent, not the text.
import { samePerson, type EventPayload } from '#contracts';
import type { Authenticity } from './authentication-results';
import type { Judgement, MailContext, Party, WriterMeeting } from './judgement';
import type { MailHead } from '../interpret/mail';
import { type Intent, intentOf } from '../interpret/words/intent';
import { timesForMeeting } from './times-for-meeting';
import { codeOf, type Reading } from '../interpret/reading';

export function judgeText(
  reading: Reading,
  head: MailHead,
  known: MailContext,
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
      known.writerMeetings.length > 1
        ? 'several-meetings: the words name none of them'
        : 'no-meeting: the writer has none that is still to come',
    );
  const { roomId, invitationId, role } = about;
  const party = { roomId, invitationId, role };
  // The answer would go to the attendee; a text of a stranger or a forger must not cause a mail to them.
  if (head.from.length !== 1 || !head.from.every((from) => samePerson(from, about.email)))
    return without('ignored', 'text-of-another: the writer is not the attendee', party);
  if (authenticity === 'fail' || authenticity === 'doubt')
    return without('ignored', 'authentication-failed: by the trusted results the sender is not genuine', party);
  // RFC 3834 2: a mail through a list gets no automatic reply.
  if (codeOf(reading.why) === 'list-text') return without('recorded', reading.why, party);
  const isEncrypted = codeOf(reading.why) === 'encrypted';
  const intent = isEncrypted ? unreadable : intentIn(reading, head, about, receivedAt);
  return {
    verdict: 'event',
    why: isEncrypted ? 'encrypted: the writer gets a mail that it cannot be read' : 'text: to be answered with a link',
    event: { name: 'TextReplyReceived', data: { ...party, ...intent } },
    party,
  };
}

/**
 * Found by the answered letter, the tag of the address, the UID of a quoted invitation, or as the writer's only
 * meeting.
 */
function meetingOf({ letter, tagged, room, writerMeetings: writer }: MailContext): WriterMeeting | null {
  const named = letter ?? (tagged.length === 1 ? tagged[0] : undefined);
  if (named !== undefined) return writer.find((each) => each.invitationId === named.invitationId) ?? null;
  if (room !== null) return writer.find((each) => each.roomId === room.roomId) ?? null;
  return writer.length === 1 ? (writer[0] ?? null) : null;
}

type TextIntent = Pick<EventPayload<'TextReplyReceived'>, 'intent' | 'proposedTimes' | 'unreadable' | 'tentative'>;

/** An encrypted text has no known intent. */
const unreadable: TextIntent = { intent: 'unclear', proposedTimes: [], unreadable: 'encrypted' };

function intentIn(reading: Reading, head: MailHead, about: WriterMeeting, receivedAt: Date): TextIntent {
  // An unstripped text contains words of somebody else.
  if (reading.unstripped) return { intent: 'unclear', proposedTimes: [] };
  const proposedTimes = timesForMeeting(reading, head, about, receivedAt);
  const intent = intentOf(reading.visibleText ?? '', proposedTimes.length > 0);
  const maybe = intent === 'tentative' ? { tentative: true } : {};
  return { intent: eventIntents[intent], proposedTimes, ...maybe };
}

/**
 * The event's names of the intents; they were published before the contract named those of `interpret`. Maybe has a
 * field of its own.
 */
const eventIntents: Readonly<Record<Intent, TextIntent['intent']>> = {
  accept: 'accept',
  decline: 'decline',
  tentative: 'unclear',
  'new-time': 'propose',
  other: 'unclear',
};
