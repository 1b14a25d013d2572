// Apple's answers: the Mac's REPLY as an attachment, and the iPhone's way of proposing a time inside a REPLY.
// iCloud's server writes routing addresses of its own where ATTENDEE and ORGANIZER are, and the address in EMAIL.
// Facts: iOS writes METHOD:REPLY with ATTENDEE;TO-ALL-PROPOSED-NEW-TIME="DTSTART:…" and gives no end.
import { type AnswerContext, commentOf, partstatOf, type SentMail, wordOf } from './answer';
import { calendarText, caretEncoded, cn, echoed, escaped, utc } from './lines';
import { leaf, mailbox, message, multipart, rfc5322Date, words } from './mime';

export function apple(answering: AnswerContext, routed: boolean): SentMail {
  const { invitation, action, now, id, from } = answering;
  const title = `${wordOf(action)}: ${invitation.raw.summary.replaceAll('\\', '')}`;
  const method = action.kind === 'refresh' ? 'REFRESH' : 'REPLY';
  const raw = message(
    [
      ['From', mailbox(invitation.attendee.name, from)],
      ['Subject', words(title)],
      ['Date', rfc5322Date(now)],
      ['Message-Id', `<${id.toUpperCase()}@icloud.com>`],
      ['To', invitation.organizer.email],
      ['X-Mailer', 'Apple Mail (2.3826.300.87.4.3)'],
    ],
    multipart('mixed', `Apple-Mail=_${id}`, [
      leaf('text/plain; charset=utf-8', '7bit', `${wordOf(action)}.\r\n`),
      leaf(
        `text/calendar; charset=utf-8; method=${method}; name=iCal-${utc(now)}.ics`,
        'quoted-printable',
        answerCalendar(answering, method, routed),
        [['Content-Disposition', `attachment; filename=iCal-${utc(now)}.ics`]],
      ),
    ]),
  );
  return { raw, envelopeFrom: from, envelopeTo: invitation.organizer.email };
}

const quoted = (name: string): string => `"${caretEncoded(name)}"`;

function answerCalendar({ invitation, action, now, attendee }: AnswerContext, method: string, routed: boolean): string {
  const comment = commentOf(action);
  const proposal = action.kind === 'counter' ? `;TO-ALL-PROPOSED-NEW-TIME="DTSTART:${utc(action.startUtc)}"` : '';
  const name = cn(invitation.attendee.name ?? attendee, quoted);
  const { organizer } = invitation;
  const [toMe, toThem] = routed ? ['2_GEZDGMRT@imip.me.com', '2_HEYDKNBW@imip.me.com'] : [attendee, organizer.email];
  const organizerEmail = routed ? `;EMAIL="${organizer.email}"` : '';
  return calendarText([
    'BEGIN:VCALENDAR',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'PRODID:-//Apple Inc.//macOS 15.1//EN',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    `ATTENDEE${name};CUTYPE=INDIVIDUAL;EMAIL="${attendee}";PARTSTAT=${partstatOf(action)}${proposal}:mailto:${toMe}`,
    comment === undefined ? null : `COMMENT:${escaped(comment)}`,
    `DTEND:${utc(invitation.end)}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(invitation.start)}`,
    echoed('LOCATION', invitation.raw.location),
    `ORGANIZER${cn(organizer.name, quoted)}${organizerEmail}:mailto:${toThem}`,
    `SEQUENCE:${invitation.sequence}`,
    `SUMMARY:${invitation.raw.summary}`,
    `UID:${invitation.uid}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
