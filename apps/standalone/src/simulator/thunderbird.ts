// Thunderbird's answers: everything 8bit, the same object inline and as application/ics, two fixed boundaries.
// Facts: it cannot propose a time.
import { type Answering, commentOf, methodOf, partstatOf, type SentMail, wordOf } from './answer';
import { calendarText, echoed, escaped, utc } from './lines';
import { leaf, mailbox, message, multipart, rfc5322Date, words } from './mime';

/** Throws for a counter: Thunderbird has no such button. */
export function thunderbird(answering: Answering): SentMail {
  const { invitation, action, now, id, from } = answering;
  if (action.kind === 'counter') throw new Error('Thunderbird cannot propose a time');
  const title = `${wordOf(action)}: ${invitation.raw.summary.replaceAll('\\', '')}`;
  const calendar = answerCalendar(answering);
  const raw = message(
    [
      ['Message-ID', `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`],
      ['Date', rfc5322Date(now)],
      ['User-Agent', 'Mozilla Thunderbird'],
      ['From', mailbox(invitation.attendee.name, from)],
      ['To', invitation.organizer.email],
      ['Subject', words(title)],
    ],
    multipart('mixed', 'Boundary_(ID_qyG4ZdjoAsiZ+Jo19dCbWQ)', [
      multipart('alternative', 'Boundary_(ID_ryU4ZdoASiZ+Jo21dCbWA)', [
        leaf('text/plain; charset=UTF-8', '8bit', `${commentOf(action) ?? title}\r\n`),
        leaf(`text/calendar; method=${methodOf(action)}; charset=UTF-8`, '8bit', calendar),
      ]),
      leaf('application/ics; name="invite.ics"', '8bit', calendar, [
        ['Content-Disposition', 'attachment; filename="invite.ics"'],
      ]),
    ]),
  );
  return { raw, envelopeFrom: from, envelopeTo: invitation.organizer.email };
}

function answerCalendar({ invitation, action, now, attendee }: Answering): string {
  const comment = commentOf(action);
  return calendarText([
    'BEGIN:VCALENDAR',
    'PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN',
    'VERSION:2.0',
    `METHOD:${methodOf(action)}`,
    'BEGIN:VEVENT',
    `CREATED:${utc(now)}`,
    `LAST-MODIFIED:${utc(now)}`,
    `DTSTAMP:${utc(now)}`,
    `UID:${invitation.uid}`,
    `SUMMARY:${invitation.raw.summary}`,
    `ORGANIZER;CN="${invitation.organizer.name ?? invitation.organizer.email}":mailto:${invitation.organizer.email}`,
    `ATTENDEE;RSVP=TRUE;PARTSTAT=${partstatOf(action)};ROLE=REQ-PARTICIPANT:mailto:${attendee}`,
    comment === undefined ? null : `COMMENT:${escaped(comment)}`,
    `DTSTART:${utc(invitation.start)}`,
    `DTEND:${utc(invitation.end)}`,
    echoed('DESCRIPTION', invitation.raw.description),
    echoed('LOCATION', invitation.raw.location),
    `SEQUENCE:${invitation.sequence}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
