import fc from 'fast-check';
import { brandColors, card, contrast } from './brand';

it('makes any colour readable in each of its uses', () => {
  const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(color, (given) => {
      const { fill, onFill, link, linkOnDark } = brandColors(given);
      expect(fill).toBe(given);
      expect(
        Math.min(
          contrast(onFill, fill),
          contrast(link, card.light),
          contrast(link, card.lightBox),
          contrast(linkOnDark, card.dark),
        ),
      ).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 500 },
  );
});

it('keeps a colour that is readable as it is', () => expect(brandColors('#0b57d0').link).toBe('#0b57d0'));

it('measures the contrast of black and white as 21', () => expect(contrast('#000000', '#ffffff')).toBeCloseTo(21));
