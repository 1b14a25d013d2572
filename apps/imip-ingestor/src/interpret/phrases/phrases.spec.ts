// Every list of phrases reads 200 KB of its own worst input in linear time: each phrase is tried on what nearly
// matches it, repeated.
import * as absence from './absence';
import * as bounces from './bounces';
import * as failures from './failures';
import * as mailSystems from './mail-systems';
import * as layout from './report-layout';
import * as subjectPrefixes from './subject-prefixes';
import { leastCpuMsOf } from '../../../../../test/support/cpu';

const lists = Object.entries({
  ...absence,
  ...bounces,
  ...failures,
  ...mailSystems,
  ...layout,
  ...subjectPrefixes,
}).filter((entry): entry is [string, RegExp] => entry[1] instanceof RegExp);

/** Letters, blanks and signs of a pattern without its syntax: long runs of what it waits for, and never its end. */
const nearly = (pattern: RegExp): string[] => {
  const plain = pattern.source.replace(/\\[a-zA-Z]|[\\^$.|?*+()[\]{}]/g, ' ').replace(/\s+/g, ' ');
  const words = [...new Set(plain.split(' ').filter((word) => word.length > 2))];
  return [' ', 'a', '\n', '@us ', '> ', '- ', words.slice(0, 40).join(' ') + ' ', words.slice(-40).join(' '), 'a '];
};

it.each(lists)('%s is linear', (_name, pattern) => {
  for (const piece of nearly(pattern)) {
    const text = piece.repeat(Math.ceil(200_000 / Math.max(piece.length, 1)));
    const isQuick = leastCpuMsOf(() => text.search(pattern), 1_000) < 1_000;
    expect({ piece: piece.slice(0, 40), isQuick }).toEqual({ piece: piece.slice(0, 40), isQuick: true });
  }
});

it('knows every list', () => {
  expect(lists.length).toBeGreaterThan(20);
});
