// SOGo's answers: html and calendar, no text part; what the invitation said comes back under the invitation's own clock.
// Seen of version 5.8: DTSTAMP, LAST-MODIFIED and PRODID of the REQUEST stand in every answer, also after a change of mind.
import { type AnswerContext, commentOf, methodOf, partstatOf, type SentMail } from './answer';
import { calendarText, caretEncoded, cn, echoed, escaped, utc } from './lines';
import { encodedWord, leaf, mailbox, message, multipart, phrase, rfc5322Date, words } from './mime';

const verbs = { ACCEPTED: 'Accepted', TENTATIVE: 'Tentatively accepted', DECLINED: 'Declined' };

export function sogo(answering: AnswerContext): SentMail {
  const { invitation, action, now, id, from } = answering;
  const title = `${verbs[partstatOf(action)]} invitation: "${invitation.raw.summary.replaceAll('\\', '')}"`;
  const html = `<html><body><h1>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</h1></body></html>\r\n`;
  const type = `text/calendar; method=${methodOf(action)}; charset="UTF-8"`;
  const raw = message(
    [
      ['From', mailbox(invitation.attendee.name, from, fromName)],
      ['Date', rfc5322Date(now)],
      ['Subject', words(title)],
      ['Message-ID', `<7d24-${id}@28123831>`],
      ['X-Sogo-Message-Type', 'calendar:invitation-reply'],
      ['To', mailbox(invitation.organizer.name, invitation.organizer.email)],
    ],
    multipart('mixed', `----=_=-_OpenGroupware_org_NGMime-${id}------`, [
      leaf('text/html; charset=utf-8', 'quoted-printable', html),
      leaf(type, 'quoted-printable', answerCalendar(answering), [
        ['Content-Class', 'urn:content-classes:calendarmessage'],
      ]),
    ]),
  );
  return { raw, envelopeFrom: from, envelopeTo: invitation.organizer.email };
}

/** A quote is ^, which stands as it is; the encoding is Q at any length. */
function fromName(name: string): string {
  const plain = name.replaceAll('"', '^');
  if (/^[\x20-\x7e]*$/.test(plain)) return phrase(plain);
  return encodedWord(plain, 'Q').replaceAll('=?UTF-8?Q?', '=?utf-8?q?').replaceAll('=5E', '^');
}

/** A name is never in quotes, and is escaped as a text is. */
const unquoted = (name: string): string => escaped(caretEncoded(name));

function answerCalendar({ invitation, action, attendee }: AnswerContext): string {
  const { raw, organizer, start, end } = invitation;
  const comment = commentOf(action);
  return calendarText([
    'BEGIN:VCALENDAR',
    'PRODID:-//Hybrid Scheduling//Invitations//EN',
    'VERSION:2.0',
    `METHOD:${methodOf(action)}`,
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    `UID:${invitation.uid}`,
    `SEQUENCE:${invitation.sequence}`,
    `DTSTAMP:${raw.created}`,
    `LAST-MODIFIED:${raw.created}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${raw.summary}`,
    echoed('DESCRIPTION', raw.description),
    echoed('LOCATION', raw.location),
    `ORGANIZER${cn(organizer.name, unquoted)}:mailto:${organizer.email}`,
    'STATUS:CONFIRMED',
    comment === undefined ? null : `COMMENT:${escaped(comment)}`,
    `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=${partstatOf(action)}${cn(invitation.attendee.name, unquoted)};` +
      `CUTYPE=INDIVIDUAL:mailto:${attendee}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
