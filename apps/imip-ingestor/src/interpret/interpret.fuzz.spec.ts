// Proves that no mail makes the whole inbound path throw, run long or use unbounded memory: mutations of the kept and
// the made mails, of their MIME and of the calendars in them. 500 in a normal run; FUZZ_INPUTS asks for more. CPU of
// the thread counts, whatever else the machine does.
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { automaticMails, personalMails } from './corpus/automatic.fixture';
import { madeBounces } from './corpus/bounces.fixture';
import { peopleReplies } from './corpus/people.fixture';
import { kinds, reportLine } from './reading';
import { readWhole } from '../inbox/read-whole';
import { leastCpuMsOf } from '../../../../test/support/cpu';

const inputs = Number(process.env['FUZZ_INPUTS'] ?? 500);
const boundMs = 250;
const folder = join(__dirname, '../../../../test/corpus/mails');
const seeds = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(join(folder, name))),
  ...[...madeBounces, ...automaticMails, ...personalMails, ...peopleReplies].map(({ raw }) => raw),
].filter((raw) => raw.length > 0);

const tokens = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\xff',
  '\xc3',
  '\xf0\x9f',
  '=',
  '=3D',
  '"',
  '(',
  ')',
  ';',
  ':',
  '<',
  '>',
  '@',
  '--',
  '--b7d1\r\n',
  '--b7d1--',
  '\r\n\r\n',
  ' ',
  '\t',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=b7d1\r\n',
  'Content-Type: message/rfc822\r\n\r\n',
  'Content-Type: text/html\r\n\r\n',
  'Content-Transfer-Encoding: base64\r\n',
  'Content-Type: message/delivery-status\r\n\r\n',
  'Final-Recipient: rfc822; ',
  'Status: 5.',
  'Diagnostic-Code: smtp; 550 ',
  'X-Failed-Recipients: a@b.example\r\n',
  'From: MAILER-DAEMON\r\n',
  'Return-Path: <>\r\n',
  'Subject: Undeliverable\r\n',
  'On Mon, 23 Nov 2026 at 09:00, a@b.example wrote:\r\n',
  '> ',
  'From: a\r\nSent: b\r\nTo: c\r\nSubject: d\r\n',
  '-----Original Message-----\r\n',
  '-- \r\n',
  '_____\r\n',
  '<blockquote>',
  '</blockquote>',
  '<div class="gmail_quote">',
  '<!--',
  '<style>',
  '&#38;',
  '&nbsp;',
  '=?utf-8?B?',
  '?=',
  '3pm tomorrow ',
  'morgen um halb drei ',
  '99:99',
  '31.02.2026 um 25 Uhr ',
  'de 15 a 16 h ',
  'not ',
  'instead of ',
  'BEGIN:VCALENDAR\r\n',
  'END:VCALENDAR\r\n',
  'BEGIN:VEVENT\r\n',
  'END:VEVENT\r\n',
  'METHOD:REPLY\r\n',
  'UID:x\r\n',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\r\n',
  'DTSTART;TZID=Z:20261201T100000\r\n',
  'RRULE:FREQ=SECONDLY\r\n',
  '\x78\x9f\x3e\x22',
  'IPM.Schedule.Meeting.Resp.Pos',
  'application/ms-tnef',
];
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.oneof(fc.constant(0), fc.nat(8), fc.nat(400)),
  insert: fc.oneof(fc.constantFrom(...tokens), fc.constant('')),
  times: fc.oneof(fc.constant(1), fc.nat(2_000)),
});
const mutated = fc
  .record({ seed: fc.constantFrom(...seeds), edits: fc.array(edit, { minLength: 1, maxLength: 8 }) })
  .map(({ seed, edits }) =>
    edits.reduce((raw, { at, drop, insert, times }) => {
      const from = Math.floor(at * raw.length);
      return Buffer.concat([
        raw.subarray(0, from),
        Buffer.from(insert.repeat(times), 'latin1'),
        raw.subarray(from + drop),
      ]);
    }, seed),
  );

/** The CPU that reading a mail takes, in milliseconds. */
const cpuMsToRead = (raw: Buffer, envelopeFrom: string | null): number =>
  leastCpuMsOf(() => readWhole(raw, envelopeFrom), boundMs);

it(`reads ${inputs} damaged mails, each with a meaning, in bounded time and memory`, () => {
  const seen = new Map<string, number>();
  let slowest = 0;
  let heaviest = 0;
  fc.assert(
    fc.property(mutated, fc.constantFrom(null, '', 'a@b.example'), (raw, envelopeFrom) => {
      const cpuMs = cpuMsToRead(raw, envelopeFrom);
      slowest = Math.max(slowest, cpuMs);
      expect(cpuMs).toBeLessThan(boundMs);
      const { reading, head } = readWhole(raw, envelopeFrom);
      heaviest = Math.max(heaviest, process.memoryUsage().heapUsed);
      seen.set(reading.kind, (seen.get(reading.kind) ?? 0) + 1);
      expect(kinds).toContain(reading.kind);
      expect(reading.why).toMatch(/^[a-z0-9-]+: [^@]+$/);
      expect(JSON.parse(reportLine('f', reading))).toMatchObject({ file: 'f' });
      // What crosses from a thread must be plain data.
      expect(() => structuredClone({ reading, head })).not.toThrow();
    }),
    { numRuns: inputs },
  );
  process.stdout.write(
    `Damaged mails: ${inputs} of ${seeds.length} seeds;` +
      ` ${[...seen].map(([kind, count]) => `${kind} ${count}`).join(', ')}; most CPU ${slowest.toFixed(0)} ms, ` +
      `heap at most ${(heaviest / 2 ** 20).toFixed(0)} MiB\n`,
  );
  expect(heaviest).toBeLessThan(1_024 * 2 ** 20);
}, 1_800_000);

it('a report that repeats one recipient, or names 4,000, is read within the time limit', () => {
  const prose = '<a1@b.example>: host mx.b.example said: 550 5.1.1 no such user\r\n'.repeat(500);
  const named = (of: (at: number) => string): Buffer => {
    const failed = Array.from({ length: 4_000 }, (_, at) => `X-Failed-Recipients: ${of(at)}\r\n`).join('');
    return Buffer.from(`From: MAILER-DAEMON@b.example\r\n${failed}\r\n${prose}`);
  };
  expect(
    cpuMsToRead(
      named(() => 'a1@b.example'),
      '',
    ),
  ).toBeLessThan(boundMs);
  expect(
    cpuMsToRead(
      named((at) => `a${at}@b.example`),
      '',
    ),
  ).toBeLessThan(boundMs);
});
