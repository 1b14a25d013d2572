// Proves that no text makes the reader throw, run long, or return strings that a database refuses.
// Mutations of our goldens and of odd calendars; and texts made to be slow.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readCalendar } from './read';
import { leastCpuMsOf } from '../../../test/support/cpu';

const folder = join(__dirname, '../../../test/corpus/ics');
const goldens = readdirSync(folder)
  .filter((name) => name.endsWith('.ics'))
  .map((name) => readFileSync(join(folder, name)));

const tokens = [
  'BEGIN:VCALENDAR\r\n',
  'END:VCALENDAR\r\n',
  'BEGIN:VEVENT\r\n',
  'END:VEVENT\r\n',
  'BEGIN:VTIMEZONE\r\nTZID:Z\r\n',
  'END:VTIMEZONE\r\n',
  'BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETTO:+0100\r\n',
  'END:STANDARD\r\n',
  'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=5SU;INTERVAL=99\r\n',
  'RDATE:99991231T235959,00000101\r\n',
  'DTSTART;TZID=Z:20261201T100000\r\n',
  'DTSTART;TZID=Europe/Berlin:99991231T235959\r\n',
  'DTSTART;TZID=///:01000101T000000\r\n',
  'DURATION:-P9999WT999999H\r\n',
  'DTEND:x\r\n',
  'ATTENDEE;CN="a;PARTSTAT=:mailto:%zz@%00\r\n',
  'ATTENDEE;X-RESPONSE-COMMENT="&#0;&#xd800;&#99999999;":mailto:a@b.c\r\n',
  'ATTENDEE;TO-ALL-PROPOSED-NEW-TIME="DTSTART:99999999T999999Z":mailto:a@b.c\r\n',
  'TZID=__proto__:constructor\r\n',
  "^n^'^^",
  '"',
  ';',
  ':',
  ',',
  '\\',
  '\r',
  '\n',
  '\r\n ',
  '\0',
  '\u00ff',
  '\u00ef\u00bb\u00bf',
  '\u00f0\u009f',
  'é',
  '=',
];

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), token: fc.constantFrom(...tokens) }),
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(), byte: fc.nat({ max: 255 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), length: fc.nat({ max: 200 }) }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), length: fc.nat({ max: 400 }) }),
  fc.record({ kind: fc.constant('end' as const), at: fc.nat() }),
);
const mutations = fc.array(mutation, { minLength: 1, maxLength: 12 });
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

function mutate(source: Buffer, change: Mutation): Buffer {
  const at = change.at % (source.length + 1);
  const [before, after] = [source.subarray(0, at), source.subarray(at)];
  switch (change.kind) {
    case 'insert':
      return Buffer.concat([before, Buffer.from(change.token, 'latin1'), after]);
    case 'set':
      return Buffer.concat([before, Buffer.from([change.byte]), after.subarray(1)]);
    case 'cut':
      return Buffer.concat([before, after.subarray(change.length)]);
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, change.length), after]);
    case 'end':
      return before;
  }
}

/** Every string anywhere in a reading. */
const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];

const cpuMillisFor = (source: string | Buffer): number => leastCpuMsOf(() => readCalendar(source), 250);

it('mutated calendars are read or refused without a throw, and contain no NUL and no half character', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...goldens),
      mutations,
      fc.constantFrom(undefined, 'utf-16', 'koi8-r', 'x'),
      (golden, changes, charset) => {
        const source = changes.reduce(mutate, golden);
        for (const reading of [readCalendar(source, charset), readCalendar(source.toString('utf8'))]) {
          outcomes.add(reading.ok ? 'ok' : reading.code);
          for (const text of stringsIn(reading)) {
            expect(text.includes('\0')).toBe(false);
            expect(text.isWellFormed()).toBe(true);
          }
          const { start } = reading.ok ? reading.message : reading.fields;
          if (start !== undefined && start !== null && 'instant' in start)
            expect(Number.isNaN(start.instant.getTime())).toBe(false);
        }
      },
    ),
    { numRuns: 4000 },
  );
  expect([...outcomes]).toEqual(
    expect.arrayContaining(['ok', 'broken', 'not-a-calendar', 'no-uid', 'several-uids', 'several-calendars']),
  );
});

it('any text and any bytes are read or refused', () => {
  const bytes = fc.uint8Array({ maxLength: 2000 }).map((octets) => Buffer.from(octets));
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), bytes),
      (source) => typeof readCalendar(source).ok === 'boolean',
    ),
  );
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...tokens), { maxLength: 60 }),
      (parts) => typeof readCalendar(parts.join('')).ok === 'boolean',
    ),
    { numRuns: 1000 },
  );
});

const size = 256 * 1024;
const filled = (unit: string, room = size): string => unit.repeat(Math.floor(room / unit.length));
const event = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
const zoned = (...parts: string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'BEGIN:VTIMEZONE',
    'TZID:Z',
    ...parts.flatMap((part) => ['BEGIN:STANDARD', 'DTSTART:16010101T000000', part, 'END:STANDARD']),
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART;TZID=Z:20261201T100000',
    'DTEND;TZID=Z:20261201T110000',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
const offset = (hour: number): string => `TZOFFSETFROM:+0000\r\nTZOFFSETTO:+${String(hour % 24).padStart(2, '0')}00`;
/** One date of each zone. */
const severalZones = (count: number, ...parts: string[]): string => {
  const [zone = ''] = /BEGIN:VTIMEZONE.*END:VTIMEZONE/s.exec(zoned(...parts)) ?? [];
  const properties = ['DTSTART', 'DTEND', 'DTSTAMP', 'X-MS-OLK-ORIGINALSTART'];
  return [
    'BEGIN:VCALENDAR',
    ...Array.from({ length: count }, (_, index) => zone.replace('TZID:Z', `TZID:Z${index}`)),
    'BEGIN:VEVENT',
    'UID:1',
    ...properties.map((name, index) => `${name};TZID=Z${index}:20${index + 1}61201T100000`),
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
};
const neverFalls =
  `RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=1SU,1MO,1TU,1WE,1TH,1FR,1SA;` +
  `BYMONTHDAY=${Array.from({ length: 24 }, (_, index) => index + 8).join(',')}`;
const rareRule = 'RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;INTERVAL=100';

it.each([
  ['nothing but CR', filled('\r')],
  ['nothing but folds', `A:${filled('\r\n x', size - 2)}`],
  ['nothing but quotes', event(`ATTENDEE;CN=${filled('"', size - 100)}:mailto:a@b.c`)],
  ['nothing but semicolons', event(`ATTENDEE${filled(';', size - 100)}:mailto:a@b.c`)],
  [
    'nothing but parameters',
    event(`ATTENDEE${Array.from({ length: 25_000 }, (_, index) => `;X${index}=1`).join('')}:mailto:a@b.c`),
  ],
  ['one parameter again and again', event(`ATTENDEE${filled(';CN="a"', size - 100)}:mailto:a@b.c`)],
  ['nothing but colons', event(`ATTENDEE${filled(':', size - 100)}`)],
  ['nothing but blanks', event(`ATTENDEE:${filled(' ', size - 100)}`)],
  ['nothing but backslashes', event(`SUMMARY:${filled('\\', size - 100)}`)],
  ['nothing but percent signs', event(`ATTENDEE:mailto:${filled('%25', size - 100)}`)],
  ['nothing but ampersands', event(`ATTENDEE;X-RESPONSE-COMMENT="${filled('&#3', size - 200)}":mailto:a@b.c`)],
  ['one long name', filled('A')],
  ['one long address', event(`ATTENDEE:mailto:${filled('a.', size - 100)}@b.c`)],
  [
    'many attendees',
    event(filled('ATTENDEE;TO-ALL-PROPOSED-NEW-TIME="DTSTART:20261201T100000Z":mailto:a@b.c\r\n', size - 200)),
  ],
  ['many components', `BEGIN:VCALENDAR\r\n${filled('BEGIN:X\r\nEND:X\r\n', size - 30)}`],
  ['deep components', filled('BEGIN:X\r\n')],
  ['ENDs of nothing', `BEGIN:VCALENDAR\r\n${filled('END:X\r\n', size - 30)}`],
  [
    'a rule that never ends',
    event('DTSTART:20261201T100000Z', 'RRULE:FREQ=SECONDLY', `EXDATE:${filled('20261201T100000Z,', size - 200)}`),
  ],
  ['many dates in a zone', zoned(`${offset(1)}\r\nRDATE:${filled('20200101T000000,', size - 400)}20200101`)],
  ['many rules in a zone', zoned(...Array.from({ length: 200 }, (_, index) => `${offset(index)}\r\n${rareRule}`))],
  ...['BYMONTH=1,12', 'BYMONTHDAY=-31,31', 'BYDAY=-5SU,1MO'].map((list): [string, string] => [
    `one rule with a list that goes on and on (${list})`,
    zoned(
      `${offset(1)}\r\nRRULE:FREQ=YEARLY;BYMONTH=6;BYDAY=1SU;BYMONTHDAY=31;${list}${filled(list.replace(/.*=/, ','), size - 600)}`,
    ),
  ]),
  [
    'many rules that name every day and never fall',
    zoned(...Array.from({ length: 200 }, (_, index) => `${offset(index)}\r\n${neverFalls}`)),
  ],
  [
    'many zones with many rules',
    severalZones(
      8,
      ...Array.from({ length: 100 }, (_, index) => `${offset(index)}\r\n${rareRule};BYMONTHDAY=31;BYDAY=1SU`),
    ),
  ],
])('a full-size calendar of %s takes less than 250 ms of CPU', (_, text) => {
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(size);
  expect(cpuMillisFor(text)).toBeLessThan(250);
  expect(cpuMillisFor(Buffer.from(text))).toBeLessThan(250);
});
