// The zones that a reader can choose: each once, found by its city, named in the reader's language.
import { isZone, languages } from '#words';
import { zoneList } from './zone-list';

const winter = new Date('2026-12-01T09:00:00Z');
const all = (list: ReturnType<typeof zoneList>) => [...list.first, ...list.groups.flatMap((group) => group.zones)];

it.each(languages)('are the same in %s, each once, named and with an offset', (language) => {
  const list = zoneList('Europe/Berlin', winter, language);
  const zones = all(list).map((each) => each.zone);
  expect(new Set(zones).size).toBe(zones.length);
  expect(all(list).filter(({ zone, label }) => zone !== 'UTC' && !/ – .*UTC[+−]\d\d:\d\d$/.test(label))).toEqual([]);
  expect(list.groups).toHaveLength(6);
});

it('are all that ICU lists, and nothing else', () => {
  const zones = all(zoneList('Europe/Berlin', winter, 'en')).map((each) => each.zone);
  expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
  expect(zones.sort()).toEqual([...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].sort());
});

const grouped = (zone: string, at: Date, language: (typeof languages)[number]) =>
  zoneList('UTC', at, language).groups.flatMap(({ label, zones }) =>
    zones.filter((each) => each.zone === zone).map((each) => `${label}: ${each.label}`),
  );

it('stand under their continent with the offset of the day', () => {
  expect(grouped('Europe/Berlin', winter, 'en')).toEqual(['Europe: Berlin – Central European Time, UTC+01:00']);
  expect(grouped('Europe/Berlin', new Date('2026-07-01T09:00:00Z'), 'de')).toEqual([
    'Europa: Berlin – Mitteleuropäische Zeit, UTC+02:00',
  ]);
  expect(grouped('America/Indiana/Knox', winter, 'en')).toEqual(['Americas: Knox, Indiana – Central Time, UTC−06:00']);
  expect(grouped('Asia/Calcutta', winter, 'en')).toEqual(['Asia: Kolkata – India Standard Time, UTC+05:30']);
  expect(grouped('Atlantic/Azores', winter, 'fr')).toEqual(['Europe: Azores – heure des Açores, UTC−01:00']);
});

it('have the chosen one above the groups where ICU lists it under another name', () => {
  const first = (chosen: string): string[] => zoneList(chosen, winter, 'en').first.map((each) => each.zone);
  expect([first('Asia/Kolkata'), first('Asia/Tokyo'), first('UTC')]).toEqual([
    ['UTC', 'Asia/Kolkata'],
    ['UTC'],
    ['UTC'],
  ]);
});
