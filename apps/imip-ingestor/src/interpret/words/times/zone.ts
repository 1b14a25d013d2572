// Decides the zone that a text names for a time: "3pm CET", "15:00 UTC+2", "London time", "hora de Madrid".
// Called by proposed-times.ts with the text behind a time.
import { oneOf, type Phrases, phrasesIn } from '../../phrases/compile';
import { zonePhrases } from '../../phrases/zones';

/**
 * Minutes east of UTC or an IANA name; null for the reader's clock and a place that no zone is named after, undefined
 * where no zone is named.
 */
export type NamedZone = { offsetMinutes: number } | { timeZone: string } | null | undefined;

/** Which zone each name of a list stands for. */
const zonesByName = (phrases: Phrases): ReadonlyMap<string, string> =>
  new Map(Object.entries(phrases).flatMap(([zone, names]) => phrasesIn(names).map((name) => [name, zone] as const)));

const regions = zonesByName(zonePhrases.regions);
const abbreviations = zonesByName(zonePhrases.abbreviations);

const readers = oneOf(phrasesIn(zonePhrases.readers), '^[ ,(]{0,3}(?:(?:in|a|om|w) )?(?:%)\\b');
const offset = /^ ?\(?(?:UTC|GMT)? ?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)/;
const abbreviation = /^ ?\(?([A-Z]{1,5}|Z)(?![A-Za-z])/;
const place = new RegExp(
  String.raw`^ ?\(?(?:in )?(?:(\p{Lu}\p{L}{1,20}(?:[ -]\p{Lu}\p{L}{1,20})?)(?:'s)? (?:standard ` +
    String.raw`|daylight |local )?time\b|(Eastern|Central|Mountain|Pacific)\b(?! \p{Lu})` +
    String.raw`|(\p{Lu}\p{L}{2,20})er Zeit\b|,? ?(?:heure|hora|ora|tijd|tid|czasu|ora di` +
    String.raw`|godziny) (?:de |d'|di |in |i )?(\p{Lu}\p{L}{1,20}(?:[ -]\p{Lu}\p{L}{1,20})?))`,
  'u',
);
const clockOf = /^ ?\(?(\p{Lu}\p{L}{2,20}) (?:tijd|tid)\b/u;
let cities: ReadonlyMap<string, string> | undefined;

/** `text`: what stands behind the time, without accents, its case kept. */
export function zoneBehind(text: string): NamedZone {
  const behind = text.slice(0, 70);
  if (readers.test(behind)) return null;
  const shifted = offset.exec(behind);
  if (shifted !== null && /^ ?\(?(?:UTC|GMT)/.test(behind))
    return { offsetMinutes: Number(`${shifted[1]}1`) * (Number(shifted[2]) * 60 + Number(shifted[3] ?? 0)) };
  const short = abbreviations.get(abbreviation.exec(behind)?.[1] ?? '');
  if (short !== undefined)
    return short === '?' ? null : /^-?\d+$/.test(short) ? { offsetMinutes: Number(short) } : { timeZone: short };
  const found = place.exec(behind) ?? clockOf.exec(behind);
  if (found === null) return undefined;
  const name = (found.slice(1).find((each) => each !== undefined) ?? '').toLowerCase();
  const timeZone = regions.get(name) ?? cityZone(name);
  return timeZone === null ? null : { timeZone };
}

function cityZone(name: string): string | null {
  cities ??= new Map(
    Intl.supportedValuesOf('timeZone').map((zone) => [(zone.split('/').at(-1) ?? zone).toLowerCase(), zone]),
  );
  return cities.get(name.replaceAll(/[ -]/g, '_')) ?? null;
}
