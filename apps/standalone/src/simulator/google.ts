// Google Calendar's answers: RSVP and proposed time, from a Google mailbox or on behalf of somebody elsewhere.
// Facts: same object twice, the attachment without `method`; Auto-Submitted on a person's click; HTML-escaped
// X-RESPONSE-COMMENT.
import { escapeHtml } from '#mime';
import { type AnswerContext, commentOf, methodOf, partstatOf, type SentMail, wordOf } from './answer';
import { calendarText, cn, echoed, escaped, quotedIfNeeded, utc, withoutQuotes } from './lines';
import { leaf, mailbox, message, multipart, rfc5322Date, words } from './mime';

const notifier = 'calendar-notification@google.com';

/**
 * `viaNotifier`: the person's mail is not at Google, so Google writes in its own name and puts the person into
 * Reply-To.
 */
export function google(answering: AnswerContext, viaNotifier: boolean): SentMail {
  const { invitation, action, now, id, from } = answering;
  const calendar = answerCalendar(answering);
  const title = `${wordOf(action)}: ${invitation.raw.summary.replaceAll('\\', '')}`;
  const name = invitation.attendee.name ?? from;
  // A counter of Gmail's carries the parameter of a reply over a METHOD:COUNTER body.
  const parameter = methodOf(action) === 'COUNTER' ? 'REPLY' : methodOf(action);
  const plain = `${name} has replied to this invitation.\r\n\r\n${title}\r\n\r\nInvitation from Google Calendar\r\n`;
  const ascii = /^[\x00-\x7f]*$/.test(calendar);
  const raw = message(
    [
      ['Return-Path', `<${envelopeSender(viaNotifier, from, id)}>`],
      ['Date', rfc5322Date(now)],
      ['Message-ID', `<calendar-${id}@google.com>`],
      ['Reply-To', mailbox(invitation.attendee.name, from)],
      ['Sender', viaNotifier ? null : `Google Calendar <${notifier}>`],
      ['From', viaNotifier ? `"${from} (Google Calendar)" <${notifier}>` : mailbox(invitation.attendee.name, from)],
      ['To', invitation.organizer.email],
      ['Subject', words(title)],
      ['Auto-Submitted', 'auto-generated'],
    ],
    multipart('mixed', `mixed-${id}`, [
      multipart('alternative', `alternative-${id}`, [
        leaf('text/plain; charset="UTF-8"; format=flowed; delsp=yes', 'base64', plain),
        leaf(
          'text/html; charset="UTF-8"',
          'quoted-printable',
          `<html><body><p>${plain.replaceAll('\r\n', '<br>\r\n')}</p></body></html>\r\n`,
        ),
        leaf(`text/calendar; charset="UTF-8"; method=${parameter}`, ascii ? '7bit' : '8bit', calendar),
      ]),
      leaf('application/ics; name="invite.ics"', 'base64', calendar, [
        ['Content-Disposition', 'attachment; filename="invite.ics"'],
      ]),
    ]),
  );
  return { raw, envelopeFrom: envelopeSender(viaNotifier, from, id), envelopeTo: invitation.organizer.email };
}

const envelopeSender = (viaNotifier: boolean, from: string, id: string): string =>
  viaNotifier ? `${id}@calendar-server.bounces.google.com` : from;

/** How Google writes a quote inside a name is not known, so it is left out. */
const shown = (name: string): string => quotedIfNeeded(withoutQuotes(name));

function answerCalendar({ invitation, action, now, attendee }: AnswerContext): string {
  const proposed = action.kind === 'counter' ? action : null;
  const comment = commentOf(action);
  const spoken = comment === undefined ? '' : `;X-RESPONSE-COMMENT="${escaped(escapeHtml(comment))}"`;
  const { organizer } = invitation;
  return calendarText([
    'BEGIN:VCALENDAR',
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${methodOf(action)}`,
    'BEGIN:VEVENT',
    `DTSTART:${utc(proposed?.startUtc ?? invitation.start)}`,
    `DTEND:${utc(proposed?.endUtc ?? invitation.end)}`,
    `DTSTAMP:${utc(now)}`,
    `ORGANIZER${cn(organizer.name ?? organizer.email, shown)}:mailto:${organizer.email}`,
    `UID:${invitation.uid}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${partstatOf(action)}` +
      `${cn(invitation.attendee.name ?? attendee, shown)};X-NUM-GUESTS=0${spoken}:mailto:${attendee}`,
    `CREATED:${invitation.raw.created}`,
    echoed('DESCRIPTION', invitation.raw.description),
    `LAST-MODIFIED:${utc(now)}`,
    echoed('LOCATION', invitation.raw.location),
    `SEQUENCE:${invitation.sequence}`,
    'STATUS:CONFIRMED',
    `SUMMARY:${invitation.raw.summary}`,
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
