// Horde's answers: the calendar is an attachment inside the alternative part; empty brackets in the subject.
// Seen of Horde_Itip 2.1.2: METHOD in upper case as a parameter of the type, after the name; a guest's CN without the
// quotes in it.
import { type AnswerContext, commentOf, methodOf, partstatOf, type SentMail, wordOf } from './answer';
import { calendarText, cn, echoed, escaped, quotedIfNeeded, utc, withoutQuotes } from './lines';
import { leaf, mailbox, message, multipart, rfc5322Date, words } from './mime';

export function horde(answering: AnswerContext): SentMail {
  const { invitation, action, now, id, from } = answering;
  const title = invitation.raw.summary.replaceAll('\\', '');
  const name = invitation.attendee.name ?? from;
  const type = `text/calendar; charset=utf-8; name=event-reply.ics;\r\n METHOD=${methodOf(action)}`;
  const plain = `${name} has answered the invitation to the following event:\r\n\r\n${title}\r\n`;
  const raw = message(
    [
      ['Date', rfc5322Date(now)],
      ['From', mailbox(invitation.attendee.name, from, fromName)],
      ['To', invitation.organizer.email],
      ['Subject', words(`${wordOf(action)} []: ${title}`)],
      ['Message-ID', `<20301127224027.Horde.${id}@localhost>`],
    ],
    multipart('alternative', `=_${id}`, [
      leaf('text/plain; charset=utf-8', 'quoted-printable', plain),
      leaf(type, 'quoted-printable', answerCalendar(answering), [
        ['Content-Disposition', 'attachment; filename=event-reply.ics'],
      ]),
    ]),
  );
  return { raw, envelopeFrom: from, envelopeTo: invitation.organizer.email };
}

/** Encoded words stand inside a quoted string where the name has quotes, which RFC 2047 5 forbids. */
function fromName(name: string): string {
  const encoded = words(name);
  return /[",.:;<>@()[\]\\]/.test(encoded) ? `"${encoded.replaceAll(/["\\]/g, '\\$&')}"` : encoded;
}

function answerCalendar({ invitation, action, now, attendee }: AnswerContext): string {
  const { raw, organizer } = invitation;
  const comment = commentOf(action);
  return calendarText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//The Horde Project//Horde Application Framework 5//EN',
    `METHOD:${methodOf(action)}`,
    'BEGIN:VEVENT',
    `UID:${invitation.uid}`,
    `SUMMARY:${raw.summary}`,
    echoed('DESCRIPTION', raw.description),
    comment === undefined ? null : `COMMENT:${escaped(comment)}`,
    `DTSTART:${utc(invitation.start)}`,
    `DTEND:${utc(invitation.end)}`,
    `SEQUENCE:${invitation.sequence}`,
    echoed('LOCATION', raw.location),
    `ORGANIZER${cn(organizer.name, (name) => quotedIfNeeded(withoutQuotes(name)))}:mailto:${organizer.email}`,
    `ATTENDEE${cn(invitation.attendee.name, (name) => `"${withoutQuotes(name)}"`)};PARTSTAT=${partstatOf(action)}` +
      `:mailto:${attendee}`,
    `DTSTAMP:${utc(now)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
