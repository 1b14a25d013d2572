import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { interpretFiles } from './interpret-files';

const folder = join(__dirname, '../../../test/corpus/mails');
const contractFields = [
  'file', 'kind', 'why', 'method', 'uid', 'sequence', 'dtstamp', 'organizer', 'attendee', 'partstat', 'startUtc', 'endUtc', 'comment', 'recipients', 'visibleText', 'proposedTimes',
];

function linesFor(files: string[]): Record<string, unknown>[] {
  const lines: string[] = [];
  interpretFiles(files, (line) => lines.push(line));
  expect(lines.every((line) => line.endsWith('}\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the interpret command', () => {
  it('writes one object a file, in order, with the fields of the contract only', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.eml')).map((name) => join(folder, name));
    const lines = linesFor(files);
    expect(lines.map((line) => line['file'])).toEqual(files);
    for (const line of lines) expect(contractFields).toEqual(expect.arrayContaining(Object.keys(line)));
  });

  it('reports a file that is not there or is a folder like any other', () => {
    expect(linesFor(['/nowhere/at/all.eml', folder])).toEqual([
      { file: '/nowhere/at/all.eml', kind: 'ignored', why: 'unreadable-file: ENOENT' },
      { file: folder, kind: 'ignored', why: 'unreadable-file: EISDIR' },
    ]);
  });
});
