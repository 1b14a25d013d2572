import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { interpretFiles } from './interpret-files';
import { inThisThread, type RawMailReader } from '../inbox/read-whole';
import { ReadingError } from '../inbox/reading-error';

const folder = join(__dirname, '../../../../test/corpus/mails');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => join(folder, name));
const contractFields = [
  'file',
  'kind',
  'why',
  'method',
  'uid',
  'sequence',
  'dtstamp',
  'organizer',
  'attendee',
  'partstat',
  'startUtc',
  'endUtc',
  'comment',
  'recipients',
  'visibleText',
  'proposedTimes',
  // Contract 7.2.
  'language',
  'intent',
];

async function linesFor(names: string[], readings: RawMailReader = inThisThread): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  await interpretFiles(names, readings, (line) => lines.push(line));
  expect(lines.every((line) => line.endsWith('}\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the interpret command', () => {
  it('without files says how to call it and ends with 2', () => {
    const script = join(__dirname, '../../bin/interpret.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('npm run --silent interpret -- FILE...') as string,
    });
  });

  it('writes one object a file, in order, with the fields of the contract only', async () => {
    const lines = await linesFor(files);
    expect(lines.map((line) => line['file'])).toEqual(files);
    for (const line of lines) expect(contractFields).toEqual(expect.arrayContaining(Object.keys(line)));
  });

  it('keeps the order of the files when later ones are read sooner', async () => {
    const slowFirst: RawMailReader = {
      ...inThisThread,
      read: async (...mail) => {
        if (mail[0].length % 2 === 0) await new Promise(setImmediate);
        return inThisThread.read(...mail);
      },
    };
    expect((await linesFor(files, slowFirst)).map((line) => line['file'])).toEqual(files);
  });

  it('reports a file that is not there or is a folder like any other', async () => {
    expect(await linesFor(['/nowhere/at/all.eml', folder])).toEqual([
      { file: '/nowhere/at/all.eml', kind: 'ignored', why: 'unreadable-file: ENOENT' },
      { file: folder, kind: 'ignored', why: 'unreadable-file: EISDIR' },
    ]);
  });

  it.each([
    ['TimedOut', 'too-slow: given up after two seconds'],
    ['OutOfMemory', 'parser-failed: an error in this program, not in the mail'],
  ])('reports a mail whose reading ends in %s like any other', async (name, why) => {
    const failing: RawMailReader = { ...inThisThread, read: () => Promise.reject(new ReadingError(name)) };
    expect(await linesFor(files.slice(0, 1), failing)).toEqual([{ file: files[0], kind: 'ignored', why }]);
  });
});
