import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { interpret } from './interpret';
import { maxMailBytes, readMail } from './mail';
import { kinds, reportLine } from './reading';
import { measured } from '../../../../test/support/cpu';

const folder = join(__dirname, '../../../../test/corpus/mails');
const corpus = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(join(folder, name)));

/** Reads a mail, checks that it got a meaning, and returns the CPU that took, in milliseconds. */
function timeToRead(raw: Buffer): number {
  const { result: reading, millis } = measured(() => interpret(readMail(raw)));
  expect(kinds).toContain(reading.kind);
  expect(reading.why).toMatch(/^[a-z0-9-]+: [^@]+$/);
  JSON.parse(reportLine('f', reading));
  return millis;
}

const token = fc.constantFrom(
  '\r\n',
  '\n',
  '\r',
  '\0',
  '--',
  '--b1',
  '\r\n--b1\r\n',
  '\r\n--b1--\r\n',
  'Content-Type: ',
  'multipart/mixed; boundary=b1',
  'message/rfc822',
  'multipart/report',
  'text/calendar; method=REPLY',
  'Content-Transfer-Encoding: base64\r\n',
  'quoted-printable',
  '=?utf-8?B?',
  '?=',
  '=',
  '"',
  '(',
  ';',
  ':',
  ' ',
  'BEGIN:VCALENDAR\r\n',
  'END:VCALENDAR\r\n',
  'BEGIN:VEVENT\r\n',
  'UID:x\r\n',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\r\n',
  'From: a@b.example\r\n',
  'Date: 1 Dec 2026 1:1 ',
  '\xff',
);

describe('reading any bytes', () => {
  it('gives every sequence of bytes a meaning', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2_000 }),
        (bytes) => void expect(timeToRead(Buffer.from(bytes))).toBeLessThan(1_000),
      ),
      { numRuns: 500 },
    );
  });

  it('gives every random mixture of mail syntax a meaning', () => {
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 80 }),
        (tokens) => void expect(timeToRead(Buffer.from(tokens.join(''), 'latin1'))).toBeLessThan(1_000),
      ),
      { numRuns: 1_000 },
    );
  });

  it('gives every damaged mail of the corpus a meaning', () => {
    const damage = fc.record({
      mail: fc.constantFrom(...corpus.filter((raw) => raw.length > 0)),
      edits: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat(200), insert: token }), {
        minLength: 1,
        maxLength: 6,
      }),
    });
    fc.assert(
      fc.property(damage, ({ mail, edits }) => {
        const damaged = edits.reduce((raw, { at, drop, insert }) => {
          const from = Math.floor(at * raw.length);
          return Buffer.concat([raw.subarray(0, from), Buffer.from(insert, 'latin1'), raw.subarray(from + drop)]);
        }, mail);
        expect(timeToRead(damaged)).toBeLessThan(1_000);
      }),
      { numRuns: 500 },
    );
  });

  const full = (head: string, filler: string): Buffer =>
    Buffer.concat([Buffer.from(head), Buffer.alloc(maxMailBytes - head.length, filler)]);

  it.each([
    ['of one endless line', full('', 'a')],
    ['of carriage returns', full('', '\r')],
    ['of line feeds after a header', full('Subject: x\n', '\n')],
    ['of headers', full('', 'A: b\r\n')],
    ['of one endless header', full('Subject: ', 'x ')],
    ['of one endless folded header', full('To: a', '\r\n a@b.example,')],
    ['of encoded words', full('Subject: ', '=?utf-8?Q?a?= ')],
    ['of open comments', full('Content-Type: text/plain ', '(')],
    ['of boundary-like lines', full('Content-Type: multipart/mixed; boundary=b\r\n\r\n', '\r\n--bb')],
    ['of delimiters', full('Content-Type: multipart/mixed; boundary=b\r\n\r\n', '\r\n--b')],
    ['of nested multiparts', full('', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n')],
    ['of embedded messages', full('', 'Content-Type: message/rfc822\r\n\r\n')],
    ['of blanks', full('Content-Type: text/plain\r\n\r\n', ' ')],
    ['of quotes', full('Content-Type: text/plain\r\n\r\n', '>')],
    ['of attributions', full('Content-Type: text/plain\r\n\r\n', 'On a schrieb ')],
    ['of tags', full('Content-Type: text/html\r\n\r\n', '<b> ')],
    ['of entities', full('Content-Type: text/html\r\n\r\n', '&#38;')],
    ['of soft breaks', full('Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n', '= ')],
    ['of calendar lines', full('Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n', 'X:y\r\n')],
    [
      'of delivery fields',
      full(
        'Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n',
        'Final-Recipient: rfc822; a\r\n\r\n',
      ),
    ],
    ['of numbers', full('Return-Path: <>\r\nX-Failed-Recipients: a@b.example\r\n\r\n', '5.1.')],
  ])('reads ten mebibytes %s within two seconds', (_what, raw) => {
    expect(timeToRead(raw)).toBeLessThan(2_000);
  });
});
