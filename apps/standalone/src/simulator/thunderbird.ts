// Thunderbird's answers: everything 8bit, the same object inline and as application/ics, two fixed boundaries.
// Seen of version 153: no User-Agent, CREATED, RSVP or In-Reply-To; STATUS, TRANSP and CLASS of the invitation are given back.
import { type AnswerContext, commentOf, methodOf, partstatOf, type SentMail, wordOf } from './answer';
import { calendarText, cn, echoed, escaped, utc, withoutQuotes } from './lines';
import { leaf, mailbox, message, multipart, phrase, rfc5322Date, words } from './mime';

export function thunderbird(answering: AnswerContext): SentMail {
  const { invitation, action, now, id, from } = answering;
  const title = `${wordOf(action)}: ${invitation.raw.summary.replaceAll('\\', '')}`;
  const calendar = answerCalendar(answering);
  const raw = message(
    [
      ['From', mailbox(invitation.attendee.name, from, (name) => phrase(withoutQuotes(name).replaceAll(/; */g, '')))],
      ['Message-ID', `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`],
      ['To', mailbox(invitation.organizer.name, invitation.organizer.email)],
      ['Date', rfc5322Date(now)],
      ['Subject', words(title)],
    ],
    multipart('mixed', 'Boundary_(ID_qyG4ZdjoAsiZ+Jo19dCbWQ)', [
      multipart('alternative', 'Boundary_(ID_ryU4ZdJoASiZ+Jo21dCbwA)', [
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

function answerCalendar({ invitation, action, now, attendee }: AnswerContext): string {
  const comment = commentOf(action);
  return calendarText([
    'BEGIN:VCALENDAR',
    'PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN',
    'VERSION:2.0',
    `METHOD:${methodOf(action)}`,
    'BEGIN:VEVENT',
    `LAST-MODIFIED:${utc(now)}`,
    `DTSTAMP:${utc(now)}`,
    `UID:${invitation.uid}`,
    `SUMMARY:${invitation.raw.summary}`,
    'STATUS:CONFIRMED',
    `ORGANIZER${cn(invitation.organizer.name)}:mailto:${invitation.organizer.email}`,
    `ATTENDEE${cn(invitation.attendee.name)};PARTSTAT=${partstatOf(action)};CUTYPE=INDIVIDUAL;` +
      `ROLE=REQ-PARTICIPANT:mailto:${attendee}`,
    comment === undefined ? null : `COMMENT:${escaped(comment)}`,
    `DTSTART:${utc(invitation.start)}`,
    `DTEND:${utc(invitation.end)}`,
    echoed('DESCRIPTION', invitation.raw.description),
    echoed('LOCATION', invitation.raw.location),
    `SEQUENCE:${invitation.sequence}`,
    'TRANSP:OPAQUE',
    'CLASS:PUBLIC',
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
