import { base64Lines, quotedPrintable } from './encode';
import { textFrom } from './decode';
import { type ExpectedContent, transferDecoded } from './transfer';
import { leastCpuMsOf } from '../../../test/support/cpu';

const calendar = [
  'BEGIN:VCALENDAR',
  'METHOD:REPLY',
  'BEGIN:VEVENT',
  'SUMMARY:Übung – Practice Session with a title that is longer than one line of it',
  'ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=FALSE;PARTSTAT=DECLINED;CN=Gil:mailto:gil@guest.example',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');
const texts: [name: string, text: string, expected: ExpectedContent][] = [
  ['a calendar', calendar, 'calendar'],
  [
    'a calendar whose parameters all begin like escapes',
    calendar.replace(/ROLE=.*?;CN=Gil/, 'PARTSTAT=ACCEPTED'),
    'calendar',
  ],
  [
    'words',
    'Könnten wir es morgen um 15 Uhr machen? Das wäre für mich wirklich besser als der Vormittag.\r\nGil',
    'text',
  ],
  [
    'words with a link',
    'Here: https://guest.example/slots?day=8&at=15&zone=Europe%2FBerlin\r\nIs 3pm on 8 December good for you?',
    'text',
  ],
  ['words in Japanese', '明日の15時はどうですか？よろしくお願いします。', 'text'],
];

const quoted = (text: string): string => text.split('\r\n').map(quotedPrintable).join('\r\n');
const encodings: Record<string, (text: string) => string> = {
  raw: (text) => text,
  base64: base64Lines,
  'quoted-printable': quoted,
  'base64 in base64': (text) => base64Lines(base64Lines(text)),
  'quoted-printable in base64': (text) => base64Lines(quoted(text)),
  'base64 in quoted-printable': (text) => quoted(base64Lines(text)),
  'quoted-printable in quoted-printable': (text) => quoted(quoted(text)),
};
const labels = ['', '7bit', '8bit', 'binary', 'x-unknown', 'base64', 'quoted-printable'];

const cases = texts.flatMap(([name, text, expected]) =>
  Object.entries(encodings).flatMap(([encoding, encode]) =>
    labels.map((label) => ({ name, text, expected, encoding, bytes: Buffer.from(encode(text)), label })),
  ),
);

describe('a transfer encoding', () => {
  it.each(cases)('of $name, $encoding under the label "$label", comes off', ({ text, expected, bytes, label }) => {
    expect(transferDecoded(bytes, label, expected, 'utf-8').body.toString()).toBe(text);
  });

  it('that is what the label says is no fault, any other one is', () => {
    const found = cases.map(({ encoding, label, bytes, expected }) => {
      const isRaw = encoding === 'raw' && !['base64', 'quoted-printable'].includes(label);
      return {
        right: isRaw || encoding === label,
        fault: transferDecoded(bytes, label, expected, 'utf-8').mislabelled,
      };
    });
    expect(found.filter(({ right, fault }) => right && fault)).toEqual([]);
    // An ASCII text is the same in quoted-printable and raw; every other wrong label shows.
    expect(found.filter(({ right, fault }) => !right && !fault).length).toBeLessThan(5);
  });
});

const unchanged: [name: string, label: string, charset: string | null, bytes: Buffer, text: string][] = [
  ['a short word', '7bit', null, Buffer.from('okay'), 'okay'],
  ['a short word labelled base64', 'base64', null, Buffer.from('okay\r\n'), 'okay\r\n'],
  ['a long word', '7bit', null, Buffer.from('Donaudampfschiff'), 'Donaudampfschiff'],
  ['a sum', '7bit', null, Buffer.from('2+2=4\r\n1+1=\r\n2'), '2+2=4\r\n1+1=\r\n2'],
  ['a number in hexadecimal', '7bit', null, Buffer.from('The limit is x=20 or y=FF.'), 'The limit is x=20 or y=FF.'],
  [
    'quoted-printable with one stray equals sign',
    'quoted-printable',
    'utf-8',
    Buffer.from('=C3=BCber a=b, f=C3=BCr uns'),
    'über a=b, für uns',
  ],
  ['latin-1 labelled utf-8', 'quoted-printable', 'utf-8', Buffer.from('caf=E9 at 3'), 'café at 3'],
  [
    'latin-1 in base64',
    'base64',
    'iso-8859-1',
    Buffer.from(Buffer.from('Größe, bitte', 'latin1').toString('base64')),
    'Größe, bitte',
  ],
  [
    'utf-16 in base64',
    'base64',
    'utf-16le',
    Buffer.from(Buffer.from('Passt mir', 'utf16le').toString('base64')),
    'Passt mir',
  ],
  [
    'base64 above the footer of a list',
    'base64',
    'utf-8',
    Buffer.from(`${base64Lines('Tuesday suits me.')}\r\n\r\n_____\r\nSessions mailing list\r\n`),
    'Tuesday suits me.',
  ],
  [
    'base64 in blocks that are each padded',
    'base64',
    'utf-8',
    Buffer.from(`${Buffer.from('Tuesday, ').toString('base64')}\r\n${Buffer.from('3pm?!').toString('base64')}\r\n`),
    'Tuesday, 3pm?!',
  ],
  ['nothing', 'base64', null, Buffer.from('\r\n'), ''],
];

it.each(unchanged)('reads %s as it is meant', (_name, label, charset, bytes, text) => {
  expect(textFrom(transferDecoded(bytes, label, 'text', charset).body, charset)).toBe(text);
});

it('leaves the bytes of a file to its label alone', () => {
  const bytes = Buffer.from(base64Lines('BEGIN:VCALENDAR is no calendar in a picture'));
  expect(transferDecoded(bytes, '7bit', 'data', null).body).toEqual(bytes);
});

it.each(['=\n', '====', 'AAAA\n', '=3D\n', '=\r=\r', ';A=;A=', 'QUJD=QUJD'])('is linear on %j', (piece) => {
  const bytes = Buffer.from(piece.repeat(Math.ceil(200_000 / piece.length)));
  for (const label of ['', 'base64', 'quoted-printable'])
    for (const expected of ['calendar', 'text'] as const) {
      expect(leastCpuMsOf(() => transferDecoded(bytes, label, expected, null), 500)).toBeLessThan(500);
    }
});
