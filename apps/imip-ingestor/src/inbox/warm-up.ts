// Reads a few made-up mails, so that the first real mail does not wait for compilation and set-up (some 500 ms of CPU).
// Called by a reading thread before it reports that it is ready.
import { readWhole } from './read-whole';

const head = [
  'From: Gil <gil@guest.example>',
  'To: scheduling@meet.example',
  'Date: Mon, 23 Nov 2026 09:00:00 +0100',
  'Message-ID: <1@guest.example>',
  'In-Reply-To: <2@meet.example>',
  'Subject: Re: Practice Session',
];
const mail = (type: string, ...body: string[]): Buffer =>
  Buffer.from([...head, 'MIME-Version: 1.0', `Content-Type: ${type}`, '', ...body, ''].join('\r\n'));

const calendar = [
  'BEGIN:VCALENDAR',
  'METHOD:COUNTER',
  'BEGIN:VTIMEZONE',
  'TZID:Z',
  'BEGIN:STANDARD',
  'DTSTART:19701025T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:1@meet.example',
  'DTSTAMP:20261123T080000Z',
  'DTSTART;TZID=Z:20261201T100000',
  'DTEND;TZID=Europe/Berlin:20261201T110000',
  'ATTENDEE;PARTSTAT=TENTATIVE:mailto:gil@guest.example',
  'END:VEVENT',
  'END:VCALENDAR',
];

const samples: Buffer[] = [
  ...[
    'Could we do Friday at 3pm instead?',
    'Geht es auch am Freitag um 15 Uhr?',
    'On pourrait se voir vendredi à 15h ?',
    '¿Podemos el viernes a las 15:00?',
    'Possiamo fare venerdì alle 15?',
    'Podemos fazer sexta às 15h?',
    'Kan het vrijdag om 15 uur?',
  ].map((words) =>
    mail('text/plain; charset=utf-8', words, '', 'On Mon, 23 Nov 2026 at 08:00, Meet wrote:', '> Hello'),
  ),
  mail(
    'text/html',
    '<p>Friday at 3pm?</p><div class="gmail_quote">On Mon, Meet wrote:<blockquote>x</blockquote></div>',
  ),
  mail('text/calendar; method=COUNTER', ...calendar),
  mail(
    'multipart/report; report-type=delivery-status; boundary=b',
    '--b',
    '',
    'Your message could not be delivered: user unknown.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; gil@guest.example',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '--b--',
  ),
];

/** Twice: the compiler optimizes at the second use. */
export function warmUp(): void {
  for (const raw of [...samples, ...samples]) readWhole(raw, null);
}
