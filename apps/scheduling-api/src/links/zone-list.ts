// Decides which time zones a reader can choose, and how they stand in the list: by continent and city, each with its
// name and its offset at the session.
// Called by the form. A select with groups: by keyboard the first letters of a city find it, a phone shows the groups,
// and what is chosen is always a zone. A text field with suggestions has no groups, and takes anything.
import { commaOf, zonesAt } from '#words';

export interface ZoneChoice {
  /** IANA */
  zone: string;
  /** `Berlin – Central European Time, UTC+01:00` */
  label: string;
  /** `Central European Time`; null for UTC, and where the language has no name for the zone. */
  name: string | null;
}

export interface ZoneGroup {
  /** The continent. */
  label: string;
  zones: ZoneChoice[];
}

export interface ZoneList {
  /** Above the groups: UTC, and the chosen one where no group has it. */
  first: ZoneChoice[];
  groups: ZoneGroup[];
}

/** All zones that ICU lists, and `chosen`; offsets are those at `at`. `language` is a Reader's. */
export function zoneList(chosen: string, at: Date, language: string): ZoneList {
  const first = listed.includes(chosen) ? ['UTC'] : [...new Set(['UTC', chosen])];
  return {
    first: choices(first, at, language),
    groups: groupsOf(language).map(({ label, zones }) => ({ label, zones: choices(zones, at, language) })),
  };
}

function choices(zones: readonly string[], at: Date, language: string): ZoneChoice[] {
  const written = zonesAt(zones, at, language);
  return zones.map((zone, order) => {
    const { name = null, offset = '' } = written[order] ?? {};
    if (zone === 'UTC') return { zone, label: 'UTC', name: null };
    const behind = name === null ? offset : `${name}${commaOf(language)}${offset}`;
    // Without isolates in Arabic too: browsers compare what is typed with the first characters of a label.
    return { zone, label: `${cityOf(zone)} – ${behind}`, name };
  });
}

const listed = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));

/** Codes of UN M49, and of ISO 3166 for Antarctica, by which ICU names the continents. */
const continents = ['002', '019', 'AQ', '142', '150', '009'] as const;
type Continent = (typeof continents)[number];

const regions: Readonly<Record<string, Continent>> = {
  Africa: '002',
  America: '019',
  Antarctica: 'AQ',
  Arctic: '150',
  Asia: '142',
  Atlantic: '002',
  Australia: '009',
  Europe: '150',
  Indian: '002',
  Pacific: '009',
};

/** Islands that are looked for elsewhere than the rest of their ocean. */
const islands: Readonly<Record<string, Continent>> = {
  'Atlantic/Azores': '150',
  'Atlantic/Bermuda': '019',
  'Atlantic/Canary': '150',
  'Atlantic/Faeroe': '150',
  'Atlantic/Madeira': '150',
  'Atlantic/Reykjavik': '150',
  'Atlantic/South_Georgia': '019',
  'Atlantic/Stanley': '019',
  'Indian/Chagos': '142',
  'Indian/Christmas': '009',
  'Indian/Cocos': '009',
  'Indian/Kerguelen': 'AQ',
  'Indian/Maldives': '142',
};

const continentOf = (zone: string): Continent => islands[zone] ?? regions[zone.split('/')[0] ?? ''] ?? '009';

/** Names of today, where ICU's ids keep an older one. */
const renamed: Readonly<Record<string, string>> = {
  Asmera: 'Asmara',
  Calcutta: 'Kolkata',
  Enderbury: 'Kanton',
  Faeroe: 'Faroe',
  Godthab: 'Nuuk',
  Katmandu: 'Kathmandu',
  Kiev: 'Kyiv',
  Ponape: 'Pohnpei',
  Rangoon: 'Yangon',
  Saigon: 'Ho Chi Minh',
  Truk: 'Chuuk',
};

/** `Buenos Aires`; `Knox, Indiana` where the zone's id names a region too. */
function cityOf(zone: string): string {
  const [, ...places] = zone.split('/');
  const names = places.map((place) => renamed[place] ?? place.replaceAll('_', ' '));
  return names.length === 0 ? zone : names.reverse().join(', ');
}

const zonesOf = new Map<Continent, string[]>(
  continents.map((continent) => {
    const zones = listed.filter((zone) => continentOf(zone) === continent);
    return [continent, zones.sort((one, other) => cityOf(one).localeCompare(cityOf(other), 'en'))];
  }),
);

function groupsOf(language: string): { label: string; zones: readonly string[] }[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const order = new Intl.Collator(language);
  return continents
    .map((continent) => ({ label: names.of(continent) ?? continent, zones: zonesOf.get(continent) ?? [] }))
    .sort((one, other) => order.compare(one.label, other.label));
}
