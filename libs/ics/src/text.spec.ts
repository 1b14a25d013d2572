// Proves that no text can break out of the line it is put into, and that folding keeps octets and characters whole.
import fc from 'fast-check';
import { checkedInstant, checkedSequence, escapeText, foldLine, printable } from './text';
import { unescapeText, unfoldedLines } from './content-lines';

const awkward = ['a', ';', ',', '\\', '\\n', '\n', '\r', '\r\n', '"', '^', '^n', ':', ' ', 'é', '—', '日', '🎻'];

/** Any sequence of UTF-16 units: control characters, lone surrogates and all. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...awkward), { maxLength: 200 }).map((parts) => parts.join('')),
);

it('TEXT of any kind becomes one line that decodes to the same text without control characters', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const escaped = escapeText(text);
      expect(escaped).not.toMatch(/[\r\n]/);
      expect(unescapeText(escaped)).toBe(printable(text));
    }),
  );
});

it('text without control characters and with LF line ends is not changed at all', () => {
  expect(printable('Übung — "Quartett"\n\tmit 🎻, \\n; bis Ende')).toBe('Übung — "Quartett"\n\tmit 🎻, \\n; bis Ende');
});

it('control characters, CR and lone surrogates do not get through', () => {
  expect(printable('a\u0000b\u0007c\u001bd\u007fe\u0085f\r\ng\rh\ud83di')).toBe('abcdef\ng\nh\ufffdi');
});

it('folding cuts no line longer than 75 octets, no character in two, and is undone by unfolding', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const line = `SUMMARY:${escapeText(text)}`;
      const folded = Buffer.from(foldLine(line), 'utf8');
      expect(folded.subarray(-2).toString('latin1')).toBe('\r\n');
      const physical = folded.subarray(0, -2).toString('latin1').split('\r\n');
      for (const octets of physical) {
        expect(octets.length).toBeLessThanOrEqual(75);
        expect(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(octets, 'latin1'))).not.toThrow();
      }
      expect(physical.slice(1).every((octets) => octets.startsWith(' '))).toBe(true);
      expect(unfoldedLines(folded)).toEqual([line]);
    }),
  );
});

it('a line of exactly 75 octets is not folded and one of 76 is', () => {
  expect(foldLine('x'.repeat(75))).toBe(`${'x'.repeat(75)}\r\n`);
  expect(foldLine('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x\r\n`);
  expect(foldLine(`${'x'.repeat(72)}🎻`)).toBe(`${'x'.repeat(72)}\r\n 🎻\r\n`);
});

it('an instant or a number that fits no calendar is refused, any other comes back', () => {
  const instant = new Date('2026-12-01T10:00:00.999+01:00');
  expect(checkedInstant(instant)).toBe(instant);
  expect(checkedSequence(0)).toBe(0);
  expect(() => checkedInstant(new Date(Number.NaN))).toThrow(RangeError);
  expect(() => checkedInstant(new Date('+012026-01-01T00:00:00Z'))).toThrow(RangeError);
  expect(() => checkedSequence(-1)).toThrow(RangeError);
  expect(() => checkedSequence(0.5)).toThrow(RangeError);
});
