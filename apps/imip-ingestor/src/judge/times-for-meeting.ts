// Decides which instants a person's words mean for one meeting: "3pm" is on the meeting's day, by the writer's clock.
// Called by judge-text. `npm run interpret`, which knows no meeting, reads the same words against the mail's own Date.
import type { EventPayload } from '#contracts';
import { proposedTimes } from '../interpret/words/proposed-times';
import type { MailHead } from '../interpret/mail';
import type { Reading } from '../interpret/reading';

interface Meeting {
  startUtc: Date;
  timeZone: string;
}

const most = 3;

/** The first few times still to come, in the order in which the words give them. */
export function timesForMeeting(
  { visibleText = '' }: Reading,
  head: MailHead,
  meeting: Meeting,
  receivedAt: Date,
): EventPayload<'TextReplyReceived'>['proposedTimes'] {
  const times = proposedTimes(visibleText, {
    // A wrong clock of the writer must not turn "tomorrow" into next week.
    now:
      head.date !== null && Math.abs(head.date.getTime() - receivedAt.getTime()) < wrongClockMs
        ? head.date
        : receivedAt,
    offsetMinutes: head.dateOffsetMinutes ?? 0,
    meetingStart: meeting.startUtc,
    ...(knowsZone(meeting, head) ? { timeZone: meeting.timeZone } : {}),
  });
  return times.slice(0, most).map(({ startUtc, endUtc }) => ({ startUtc, endUtc: endUtc ?? null }));
}

/** A mail may be delayed by hours, rarely by days. */
const wrongClockMs = 2 * 86_400_000;

/**
 * The platform gives UTC for a person whose zone it does not know; then the mail's own offset is better.
 * Outlook.com writes every Date in UTC.
 */
const knowsZone = ({ timeZone }: Meeting, head: MailHead): boolean =>
  !/^(?:etc\/)?utc$/i.test(timeZone) || (head.dateOffsetMinutes ?? 0) === 0;
