import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLineEnds } from './corpus/mail-text.fixture';
import { interpret } from './interpret';
import { readMail } from './mail';
import { codeOf, type Reading } from './reading';

const folder = join(__dirname, '../../../../test/corpus/mails');

/** What is known of each mail; a null field must not be there, others are not looked at. `why` is the code alone. */
type ExpectedReading = { [field in keyof Reading]?: Reading[field] | null };

const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, ExpectedReading>;
const cases = Object.entries(expected);

function seen(raw: Buffer, wanted: ExpectedReading): Record<string, unknown> {
  const reading = interpret(readMail(raw));
  const row: Record<string, unknown> = { ...reading, why: codeOf(reading.why) };
  return Object.fromEntries(Object.keys(wanted).map((field) => [field, row[field] ?? null]));
}

describe('the corpus of mails', () => {
  it('has an expectation for every mail and a mail for every expectation', () => {
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => name.slice(0, -4));
    expect(files.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(cases)('reads %s', (name, wanted) => {
    expect(seen(readFileSync(join(folder, `${name}.eml`)), wanted)).toEqual(wanted);
  });

  it.each(cases)('reads %s alike with CRLF line ends', (name, wanted) => {
    expect(seen(withLineEnds(readFileSync(join(folder, `${name}.eml`)), '\r\n'), wanted)).toEqual(wanted);
  });

  it.each(cases)('reads %s alike with bare CR line ends', (name, wanted) => {
    expect(seen(withLineEnds(readFileSync(join(folder, `${name}.eml`)), '\r'), wanted)).toEqual(wanted);
  });

  it.each(cases)('reads %s alike with doubled CRs', (name, wanted) => {
    expect(seen(withLineEnds(readFileSync(join(folder, `${name}.eml`)), '\r\r\n'), wanted)).toEqual(wanted);
  });
});
