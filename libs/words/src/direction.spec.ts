// What keeps text of one direction apart from text of the other: isolates in plain text, only where they change what
// is seen.
import { bare, directionOf, isolated, isolatesOfEachLine, isolatesWhereNeeded } from './direction';

const [fsi, pdi] = ['\u2068', '\u2069'];

describe('the direction', () => {
  it('is from right to left for Arabic and no other language of the letters', () => {
    expect(['en', 'de', 'pl', 'sv', 'ja', 'ar'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr', 'ltr', 'ltr', 'rtl']);
  });
});

describe('isolates', () => {
  it('stay around given text that runs against the language, and go where nothing would change', () => {
    const line = (given: string): string => `About ${isolated(given)}!`;
    expect(isolatesWhereNeeded(line('שלום!'), 'ltr')).toBe(`About ${fsi}שלום!${pdi}!`);
    expect(isolatesWhereNeeded(line('درس ١'), 'ltr')).toBe(`About ${fsi}درس ١${pdi}!`);
    expect(isolatesWhereNeeded(line('Übung 練習 1!'), 'ltr')).toBe('About Übung 練習 1!!');
    expect(isolatesWhereNeeded(line('Scales (A)!'), 'rtl')).toBe(`About ${fsi}Scales (A)!${pdi}!`);
    expect(isolatesWhereNeeded(line('درس 1!'), 'rtl')).toBe('About درس 1!!');
    expect(isolatesWhereNeeded(line('12:30'), 'rtl')).toBe('About 12:30!');
  });

  it('cannot be closed or outlasted by the text that they hold', () => {
    expect(isolated(`a${pdi}b\u202Ec\u2067d`)).toBe(`${fsi}abcd${pdi}`);
    expect(bare(isolated('abc'))).toBe('abc');
  });

  it('are whole on each line of a text that spans several', () => {
    expect(
      isolatesOfEachLine([`x ${fsi}one`, 'two', `three${pdi} y`, 'z', `${fsi}a${pdi} ${fsi}b`, `c${pdi}`]),
    ).toEqual([
      `x ${fsi}one${pdi}`,
      `${fsi}two${pdi}`,
      `${fsi}three${pdi} y`,
      'z',
      `${fsi}a${pdi} ${fsi}b${pdi}`,
      `${fsi}c${pdi}`,
    ]);
  });
});
