// Names a time zone in the reader's language, with its offset at the times that a letter or page shows.
// Used for letters and pages; all zone arithmetic is ICU's.
import { cached } from './language';

/** Between a day, a time and a zone: Arabic has a comma of its own, Japanese sets none there. `locale` is BCP 47. */
export function commaOf(locale: string): string {
  if (/^ar\b/i.test(locale)) return '، ';
  return /^ja\b/i.test(locale) ? ' ' : ', ';
}

/** ICU takes half a millisecond to look up a zone. Only zones that it knows are cached, in the letter case they came in. */
const cachedZones = new Set<string>();
const maxCachedZones = 2_000;

/** Whether ICU knows a zone by this name (IANA, in any case). A bare offset such as `+01:00` is no zone. */
export function isZone(name: string): boolean {
  if (cachedZones.has(name)) return true;
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  if (cachedZones.size < maxCachedZones) cachedZones.add(name);
  return true;
}

/** The zone itself; `UTC` for its other name, and for one that ICU does not know. */
export const knownZone = (zone: string): string => (zone !== 'Etc/UTC' && isZone(zone) ? zone : 'UTC');

interface ZoneFormats {
  name: Intl.DateTimeFormat;
  offset: Intl.DateTimeFormat;
}

/**
 * `Eastern Time, UTC−05:00`, with each offset of the instants; the zone's id where the language has no name for it.
 * `zone` must be one that ICU knows; `locale` is BCP 47.
 */
export function nameZone(zone: string, instants: readonly Date[], locale: string): string {
  if (zone === 'UTC') return 'UTC';
  const formats = formatsOf(zone, locale);
  const offsets = [...new Set(instants.map((at) => writeOffset(formats.offset, at)))];
  const name = nameIn(formats.name, instants[0] ?? new Date(0));
  return `${name ?? zone}${commaOf(locale)}${offsets.join(' / ')}`;
}

/**
 * The names and offsets of many zones, for a list. A name is null where `language` has none; the offset is the one at
 * `at`. `language` is one of those of letters.
 */
export function zonesAt(
  zones: readonly string[],
  at: Date,
  language: string,
): { name: string | null; offset: string }[] {
  const names = zoneNames.get(language) ?? new Map<string, string | null>();
  zoneNames.set(language, names);
  return zones.map((zone) => {
    if (!names.has(zone)) names.set(zone, nameIn(nameFormat(zone, language), at));
    const offset = offsetFormats.get(zone) ?? offsetFormat(zone);
    offsetFormats.set(zone, offset);
    return { name: names.get(zone) ?? null, offset: writeOffset(offset, at) };
  });
}

// Names are cached without their formats. Offsets differ by instant, so their formats are cached. The zones are ICU's,
// which bounds both caches.
const zoneNames = new Map<string, Map<string, string | null>>();
const offsetFormats = new Map<string, Intl.DateTimeFormat>();

/** Where CLDR has no name for a zone, it writes the offset. */
function nameIn(format: Intl.DateTimeFormat, at: Date): string | null {
  const part = format.formatToParts(at).find(({ type }) => type === 'timeZoneName');
  const name = (part?.value ?? 'GMT').replace(/[\u00a0\u2009\u202f]/g, ' ');
  return /\p{Nd}/u.test(name) ? null : name;
}

/** With the minus sign of Unicode: a hyphen can end a line. */
function writeOffset(format: Intl.DateTimeFormat, at: Date): string {
  // English writes it last. Without its parts an instant takes a fraction of the CPU.
  const text = format.format(at);
  const name = text.slice(text.lastIndexOf('GMT'));
  return name === 'GMT' ? 'UTC+00:00' : name.replace('GMT', 'UTC').replace('-', '−');
}

const nameFormat = (timeZone: string, locale: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' });

const offsetFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });

const formatsOf = cached((timeZone: string, locale: string): ZoneFormats => ({
  name: nameFormat(timeZone, locale),
  offset: offsetFormat(timeZone),
}));
