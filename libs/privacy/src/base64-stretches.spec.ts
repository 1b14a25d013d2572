// The stretches are those of a text whose line ends were replaced first, however few characters are looked at.
import fc from 'fast-check';
import { leastCpuMsOf } from '../../../test/support/cpu';
import { seam, stretches } from './base64-stretches';

/** The definition: line ends written as seams in a copy of the text, and then all long stretches of it. */
function defined(text: string, least: number): string[] {
  const marked = text.replace(/\r?\n[ \t]*/g, (whole, at: number) => {
    // Of `\n\r\r\n` the second CR is no part of the line end.
    const cr = whole.startsWith('\r') && text.slice(Math.max(0, at - 2), at) === '\n\r' ? '\r' : '';
    const next = text[at + whole.indexOf('\n') + 1];
    const isBlankLine = next === '\r' || next === '\n' || (cr === '' && text[at - 1] === '\n');
    return isBlankLine ? whole : cr + seam;
  });
  return marked.match(new RegExp(`[A-Za-z0-9+/_${seam}-]{${least},}`, 'g')) ?? [];
}

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(...'Ab9+/-_'), maxLength: 12 }) },
  { weight: 4, arbitrary: fc.constantFrom('\n', '\r\n', '\r\n ', '\n\t ', ' ', '\t', '\r', seam) },
  { weight: 1, arbitrary: fc.constantFrom('\n\n', '\r\n\r\n', '\n\r\r\n', '.', '=', ' \n', '\u00fc', '\u4e2d', '   ') },
);
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

describe('stretches of base64', () => {
  it('are those of the definition', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 24 }), (given, least) =>
        expect(stretches(given, least)).toEqual(defined(given, least)),
      ),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['blanks', ' '.repeat(400_000)],
    ['a folded line of blanks', `A\n${' '.repeat(400_000)}A`],
    ['folded lines of blanks', `A\n${' '.repeat(30)}`.repeat(13_000)],
    ['line ends', '\n'.repeat(400_000)],
    ['one long stretch', 'A'.repeat(400_000)],
    ['stretches that are too short by one', `${'A'.repeat(37)}.`.repeat(10_000)],
    ['lines that are too short by one', `${'A'.repeat(35)}\n\n`.repeat(10_000)],
  ])('take time with the length of the text: %s', (_, given) => {
    expect(leastCpuMsOf(() => stretches(given, 38), 200)).toBeLessThan(200);
  });
});
