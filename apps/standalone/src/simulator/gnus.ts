// Gnus' answers: an empty text part, `charset` twice in the calendar's type, and the answer's word before the title.
// Seen of Emacs 28.2.
import { type AnswerContext, commentOf, methodOf, partstatOf, type SentMail, wordOf } from './answer';
import { calendarText, caretEncoded, cn, escaped, utc } from './lines';
import { leaf, mailbox, message, multipart, phrase, rfc5322Date, words } from './mime';

export function gnus(answering: AnswerContext): SentMail {
  const { invitation, action, now, id, from } = answering;
  const { messageId, raw: values, organizer } = invitation;
  const thread = messageId === null ? null : `<${messageId}>`;
  const type = `text/calendar; method=${methodOf(action)}; charset=UTF-8; charset=utf-8`;
  const raw = message(
    [
      ['From', mailbox(invitation.attendee.name, from, fromName)],
      ['To', mailbox(organizer.name, organizer.email)],
      ['Subject', words(`${wordOf(action)}: ${values.summary.replaceAll('\\', '')}`)],
      ['References', thread],
      ['Date', rfc5322Date(now)],
      ['In-Reply-To', thread],
      ['Message-ID', `<${id}.fsf_-_@${from.slice(from.lastIndexOf('@') + 1)}>`],
      ['User-Agent', 'Gnus/5.13 (Gnus v5.13) Emacs/28.2 (gnu/linux)'],
    ],
    multipart('alternative', '=-=-=', [
      leaf('text/plain', '7bit', '\r\n'),
      leaf(type, 'quoted-printable', answerCalendar(answering)),
    ]),
  );
  return { raw, envelopeFrom: from, envelopeTo: organizer.email };
}

/** The backslashes of a quoted string are kept inside the encoded words. */
const fromName = (name: string): string =>
  phrase(/^[\x20-\x7e]*$/.test(name) ? name : name.replaceAll(/["\\]/g, '\\$&'));
const quoted = (name: string): string => `"${caretEncoded(name)}"`;

function answerCalendar({ invitation, action, now, attendee }: AnswerContext): string {
  const { organizer } = invitation;
  const comment = commentOf(action);
  return calendarText([
    'BEGIN:VCALENDAR',
    `METHOD:${methodOf(action)}`,
    'PRODID:Gnus',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    `UID:${invitation.uid}`,
    `SEQUENCE:${invitation.sequence}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(invitation.start)}`,
    `DTEND:${utc(invitation.end)}`,
    `SUMMARY:${wordOf(action)}: ${invitation.raw.summary}`,
    comment === undefined ? null : `COMMENT:${escaped(comment)}`,
    `ORGANIZER${cn(organizer.name, quoted)}:mailto:${organizer.email}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${partstatOf(action)};RSVP=TRUE` +
      `${cn(invitation.attendee.name, quoted)}:mailto:${attendee}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
