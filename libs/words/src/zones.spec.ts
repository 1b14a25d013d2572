// How zones are named.
import { languages } from './letters';
import { commaOf, isZone, knownZone, nameZone } from './zones';

const winter = new Date('2026-12-01T09:00:00Z');
const summer = new Date('2026-07-01T09:00:00Z');

describe('a zone', () => {
  it.each([
    ['America/New_York', 'en', 'Eastern Time, UTC−05:00'],
    ['Europe/Berlin', 'de', 'Mitteleuropäische Zeit, UTC+01:00'],
    ['Europe/Paris', 'fr', 'heure d’Europe centrale, UTC+01:00'],
    ['Asia/Kathmandu', 'nl', 'Nepalese tijd, UTC+05:45'],
    ['Europe/London', 'en', 'United Kingdom Time, UTC+00:00'],
    ['Asia/Tokyo', 'ja', '日本標準時 UTC+09:00'],
    ['Europe/Warsaw', 'pl', 'czas środkowoeuropejski, UTC+01:00'],
    ['Europe/Berlin', 'ar', 'توقيت وسط أوروبا، UTC+01:00'],
    ['UTC', 'fr', 'UTC'],
  ])('%s is named in %s: %s', (zone, locale, name) => {
    expect(nameZone(zone, [winter], locale)).toBe(name);
  });

  it('shows both offsets where the clocks change in between', () => {
    expect(nameZone('America/New_York', [summer, winter], 'en')).toBe('Eastern Time, UTC−04:00 / UTC−05:00');
  });

  it('without a name keeps its id, in every language', () => {
    for (const language of [...languages, 'ar-EG'])
      expect(nameZone('Etc/GMT+5', [winter], language)).toBe(`Etc/GMT+5${commaOf(language)}UTC−05:00`);
  });
});

it('a name that is no zone reads as UTC', () => {
  expect(['Europe/Berlin', 'UTC', 'Asia/Calcutta'].map(isZone)).toEqual([true, true, true]);
  const others = ['', 'Mars/Olympus', '+01:00', 'Europe/Berlin"><b>', 'x'.repeat(80), 'Etc/UTC'];
  expect(others.map(knownZone)).toEqual(others.map(() => 'UTC'));
});
