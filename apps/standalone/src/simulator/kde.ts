// KMail's and KOrganizer's answers: the calendar is an attachment; a proposed time is labelled as a request.
// Seen of KCalendarCore 5.103: no SEQUENCE while it is 0, MAILTO in upper case on ORGANIZER only, a COUNTER's PARTSTAT is
// NEEDS-ACTION.
import { type AnswerContext, commentOf, methodOf, partstatOf, type SentMail } from './answer';
import { calendarText, cn, echoed, escaped, utc } from './lines';
import { leaf, mailbox, message, multipart, rfc5322Date, words } from './mime';

export function kde(answering: AnswerContext): SentMail {
  const { invitation, action, now, id, from } = answering;
  const title = invitation.raw.summary.replaceAll('\\', '');
  const label = action.kind === 'counter' ? 'request' : methodOf(action).toLowerCase();
  const type = `text/calendar; charset="utf-8"; method="${label}"; name="cal.ics"`;
  const raw = message(
    [
      ['Subject', words(action.kind === 'counter' ? title : `Answer: ${title}`)],
      ['To', mailbox(invitation.organizer.name, invitation.organizer.email)],
      ['From', from],
      ['Date', rfc5322Date(now)],
      ['Message-ID', `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`],
    ],
    multipart('mixed', `nextPart${id}`, [
      leaf('text/plain; charset="utf-8"', 'quoted-printable', 'Invitation answer attached.\r\n'),
      leaf(type, 'quoted-printable', answerCalendar(answering), [['Content-Disposition', 'attachment']]),
    ]),
  );
  return { raw, envelopeFrom: from, envelopeTo: invitation.organizer.email };
}

function answerCalendar({ invitation, action, now, attendee }: AnswerContext): string {
  const { raw, organizer, sequence } = invitation;
  const proposed = action.kind === 'counter' ? action : null;
  const comment = commentOf(action);
  const partstat = proposed ? 'NEEDS-ACTION' : partstatOf(action);
  return calendarText([
    'BEGIN:VCALENDAR',
    'PRODID:-//K Desktop Environment//NONSGML libkcal 4.3//EN',
    'VERSION:2.0',
    'X-KDE-ICAL-IMPLEMENTATION-VERSION:1.0',
    `METHOD:${methodOf(action)}`,
    'BEGIN:VEVENT',
    `ORGANIZER${cn(organizer.name)}:MAILTO:${organizer.email}`,
    `DTSTAMP:${utc(now)}`,
    `ATTENDEE${cn(invitation.attendee.name)};RSVP=TRUE;PARTSTAT=${partstat};ROLE=REQ-PARTICIPANT;` +
      `CUTYPE=INDIVIDUAL;X-UID=94775898390832:mailto:${attendee}`,
    `CREATED:${utc(now)}`,
    `UID:${invitation.uid}`,
    sequence === 0 ? null : `SEQUENCE:${sequence}`,
    `LAST-MODIFIED:${utc(now)}`,
    echoed('DESCRIPTION', raw.description),
    `SUMMARY:${raw.summary}`,
    echoed('LOCATION', raw.location),
    comment === undefined ? null : `COMMENT:${escaped(comment)}`,
    'STATUS:CONFIRMED',
    `DTSTART:${utc(proposed?.startUtc ?? invitation.start)}`,
    `DTEND:${utc(proposed?.endUtc ?? invitation.end)}`,
    'TRANSP:OPAQUE',
    'REQUEST-STATUS:2.0;Success',
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
