// Samsung Email's answers. It is here for its words (text-reply.ts): its calendar replies are the least that RFC 5546
// 3.2.3 asks for, as a phone's mail program writes them for a mailbox without a calendar of its own.
import { type AnswerContext, commentOf, methodOf, partstatOf, type SentMail, wordOf } from './answer';
import { calendarText, escaped, utc } from './lines';
import { leaf, mailbox, message, multipart, rfc5322Date, words } from './mime';

export function samsung(answering: AnswerContext): SentMail {
  const { invitation, action, now, id, from } = answering;
  const { organizer } = invitation;
  const title = `${wordOf(action)}: ${invitation.raw.summary.replaceAll('\\', '')}`;
  const type = `text/calendar; charset=utf-8; method=${methodOf(action)}`;
  const raw = message(
    [
      ['Date', rfc5322Date(now)],
      ['Subject', words(title)],
      ['Message-ID', `<${id}@email.android.com>`],
      ['Importance', 'normal'],
      ['From', mailbox(invitation.attendee.name, from)],
      ['To', mailbox(organizer.name, organizer.email)],
    ],
    multipart('alternative', `--_com.samsung.android.email_${id}`, [
      leaf('text/plain; charset=utf-8', 'base64', `${commentOf(action) ?? title}\r\n`),
      leaf(type, 'base64', answerCalendar(answering)),
    ]),
  );
  return { raw, envelopeFrom: from, envelopeTo: organizer.email };
}

function answerCalendar({ invitation, action, now, attendee }: AnswerContext): string {
  const { organizer } = invitation;
  const comment = commentOf(action);
  return calendarText([
    'BEGIN:VCALENDAR',
    'PRODID:-//Samsung//Email//EN',
    'VERSION:2.0',
    `METHOD:${methodOf(action)}`,
    'BEGIN:VEVENT',
    `UID:${invitation.uid}`,
    `SEQUENCE:${invitation.sequence}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(invitation.start)}`,
    `DTEND:${utc(invitation.end)}`,
    comment === undefined ? null : `COMMENT:${escaped(comment)}`,
    `ORGANIZER:mailto:${organizer.email}`,
    `ATTENDEE;PARTSTAT=${partstatOf(action)}:mailto:${attendee}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
