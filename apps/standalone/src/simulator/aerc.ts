// aerc's answers: names stand without quotes, whatever is in them, and there is no RSVP. From has ' for ".
// Seen of version 0.14: an empty text part, SUMMARY and DESCRIPTION given back, our Message-ID in References twice.
import { type AnswerContext, commentOf, methodOf, partstatOf, type SentMail, wordOf } from './answer';
import { calendarText, caretEncoded, cn, echoed, escaped, utc } from './lines';
import { leaf, mailbox, message, multipart, phrase, rfc5322Date, words } from './mime';

export function aerc(answering: AnswerContext): SentMail {
  const { invitation, action, now, id, from } = answering;
  const { messageId, organizer } = invitation;
  const inline: [string, string][] = [['Content-Disposition', 'inline']];
  const type = `text/calendar; charset=UTF-8; method=${methodOf(action)}`;
  const raw = message(
    [
      ['Date', rfc5322Date(now)],
      ['Message-Id', `<${id}@vm>`],
      ['Subject', words(`${wordOf(action)}: ${invitation.subject}`)],
      ['From', mailbox(invitation.attendee.name, from, (name) => phrase(name.replaceAll('"', "'")))],
      ['To', mailbox(organizer.name, organizer.email)],
      ['References', messageId === null ? null : `<${messageId}>\r\n <${messageId}>`],
      ['In-Reply-To', messageId === null ? null : `<${messageId}>`],
    ],
    multipart('mixed', `fb2b${id}`, [
      multipart('alternative', `6c4d${id}`, [
        leaf('text/plain; charset=UTF-8', 'quoted-printable', '\r\n', inline),
        leaf(type, 'quoted-printable', answerCalendar(answering), inline),
      ]),
    ]),
  );
  return { raw, envelopeFrom: from, envelopeTo: organizer.email };
}

function answerCalendar({ invitation, action, now, attendee }: AnswerContext): string {
  const { raw, organizer } = invitation;
  const comment = commentOf(action);
  return calendarText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:aerc',
    'CALSCALE:GREGORIAN',
    `METHOD:${methodOf(action)}`,
    'BEGIN:VEVENT',
    `UID:${invitation.uid}`,
    `SEQUENCE:${invitation.sequence}`,
    `DTSTAMP:${utc(now)}`,
    `LAST-MODIFIED:${raw.created}`,
    `DTSTART:${utc(invitation.start)}`,
    `DTEND:${utc(invitation.end)}`,
    `SUMMARY:${raw.summary}`,
    echoed('DESCRIPTION', raw.description),
    comment === undefined ? null : `COMMENT:${escaped(comment)}`,
    `ORGANIZER${cn(organizer.name, caretEncoded)}:mailto:${organizer.email}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${partstatOf(action)}` +
      `${cn(invitation.attendee.name, caretEncoded)}:mailto:${attendee}`,
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'CLASS:PUBLIC',
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
