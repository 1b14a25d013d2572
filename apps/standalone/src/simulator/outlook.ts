// Outlook's and Exchange's answers, online and on a server of the company: no ORGANIZER, Windows zone names, a language
// on the title, properties of their own.
// Facts: MS-OXCICAL; a counter carries the proposal in DTSTART and the old time in X-MS-OLK-ORIGINALSTART.
import { type AnswerContext, commentOf, methodOf, partstatOf, type SentMail, wordOf } from './answer';
import { calendarText, cn, echoed, escaped, local, quotedIfNeeded, utc, withoutQuotes } from './lines';
import { leaf, mailbox, message, multipart, rfc5322Date, words } from './mime';

/** Exchange 2010 gives the zone the name that Windows shows to people, and text in one octet a character. */
const styles = {
  online: { tzid: 'W. Europe Standard Time', charset: 'windows-1256', host: 'EURP192MB0001.EURP192.PROD.OUTLOOK.COM' },
  onPremises: {
    tzid: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
    charset: 'iso-8859-1',
    host: 'mail.corp.example',
  },
} as const;
type Style = (typeof styles)[keyof typeof styles];
const iana = 'Europe/Berlin';

const vtimezone = ({ tzid }: Style): string[] => [
  'BEGIN:VTIMEZONE',
  `TZID:${tzid}`,
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

export function outlook(answering: AnswerContext, version: keyof typeof styles): SentMail {
  const style = styles[version];
  const { invitation, action, now, id, from } = answering;
  const title = `${wordOf(action)}: ${invitation.raw.summary.replaceAll('\\', '')}`;
  const raw = message(
    [
      ['Return-Path', `<${from}>`],
      ['From', mailbox(invitation.attendee.name, from)],
      ['To', mailbox(invitation.organizer.name, invitation.organizer.email)],
      ['Subject', words(title)],
      ['Thread-Topic', words(invitation.subject)],
      ['Date', rfc5322Date(now)],
      ['Message-ID', `<${id}@${style.host}>`],
      ['In-Reply-To', invitation.messageId === null ? null : `<${invitation.messageId}>`],
      ['Accept-Language', 'en-US'],
      ['Content-Class', version === 'onPremises' ? 'urn:content-classes:calendarmessage' : null],
      ['X-MS-Has-Attach', ''],
      ['X-MS-TNEF-Correlator', ''],
    ],
    multipart('alternative', `_000_${id}_`, [
      leaf(`text/plain; charset="${style.charset}"`, 'quoted-printable', commentOf(action) ?? ''),
      leaf(
        `text/html; charset="${style.charset}"`,
        'quoted-printable',
        '<html><head></head><body><div></div></body></html>\r\n',
      ),
      leaf(`text/calendar; charset="utf-8"; method=${methodOf(action)}`, 'base64', answerCalendar(answering, style)),
    ]),
  );
  return { raw, envelopeFrom: from, envelopeTo: invitation.organizer.email };
}

/** How Exchange writes a quote inside a name is not known, so it is left out. */
const shown = (name: string): string => quotedIfNeeded(withoutQuotes(name));

function answerCalendar({ invitation, action, now, attendee, withoutVtimezone }: AnswerContext, style: Style): string {
  const proposed = action.kind === 'counter' ? action : null;
  const comment = commentOf(action);
  const at = (name: string, instant: Date): string =>
    `${name};TZID=${quotedIfNeeded(style.tzid)}:${local(instant, iana)}`;
  return calendarText([
    'BEGIN:VCALENDAR',
    `METHOD:${methodOf(action)}`,
    'PRODID:Microsoft Exchange Server 2010',
    'VERSION:2.0',
    ...(withoutVtimezone ? [] : vtimezone(style)),
    'BEGIN:VEVENT',
    `ATTENDEE;PARTSTAT=${partstatOf(action)}${cn(invitation.attendee.name ?? attendee, shown)}:MAILTO:${attendee}`,
    comment === undefined ? null : `COMMENT;LANGUAGE=en-US:${escaped(comment)}\\n`,
    `UID:${invitation.uid}`,
    `SUMMARY;LANGUAGE=en-US:${wordOf(action)}: ${invitation.raw.summary}`,
    at('DTSTART', proposed?.startUtc ?? invitation.start),
    at('DTEND', proposed?.endUtc ?? invitation.end),
    'CLASS:PUBLIC',
    'PRIORITY:5',
    `DTSTAMP:${utc(now)}`,
    'TRANSP:OPAQUE',
    'STATUS:CONFIRMED',
    `SEQUENCE:${invitation.sequence}`,
    echoed('LOCATION;LANGUAGE=en-US', invitation.raw.location),
    `X-MICROSOFT-CDO-APPT-SEQUENCE:${invitation.sequence}`,
    'X-MICROSOFT-CDO-OWNERAPPTID:0',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY',
    'X-MICROSOFT-CDO-ALLDAYEVENT:FALSE',
    'X-MICROSOFT-CDO-IMPORTANCE:1',
    'X-MICROSOFT-CDO-INSTTYPE:0',
    proposed && at('X-MS-OLK-ORIGINALSTART', invitation.start),
    proposed && at('X-MS-OLK-ORIGINALEND', invitation.end),
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
