// Names a time zone in the reader's language, with its offset at the times that it stands beside.
// Used for letters and pages; all zone arithmetic is ICU's.

/** Between a day, a time and a zone: Arabic has a comma of its own, Japanese sets none there. `locale` is BCP 47. */
export function commaOf(locale: string): string {
  if (/^ar\b/i.test(locale)) return '، ';
  return /^ja\b/i.test(locale) ? ' ' : ', ';
}

interface ZoneFormats {
  name: Intl.DateTimeFormat;
  offset: Intl.DateTimeFormat;
}

/** Making a format costs much CPU, so formats are cached; bounded, because locales come from outside. */
const made = new Map<string, ZoneFormats>();
const mostKept = 1_000;

/**
 * `Eastern Time, UTC−05:00`, with each offset of the instants; the zone's id where the language has
 * no name for it. `zone` must be one that ICU knows; `locale` is BCP 47.
 */
export function nameZone(zone: string, instants: readonly Date[], locale: string): string {
  if (zone === 'UTC') return 'UTC';
  const formats = formatsOf(zone, locale);
  const offsets = [...new Set(instants.map((at) => writeOffset(formats.offset, at)))];
  const name = partOf(formats.name, instants[0] ?? new Date(0)).replace(/[\u00a0\u2009\u202f]/g, ' ');
  // Where CLDR has no name for a zone, it writes the offset.
  return `${/\p{Nd}/u.test(name) ? zone : name}${commaOf(locale)}${offsets.join(' / ')}`;
}

/** With the minus sign of Unicode: a hyphen can end a line. */
function writeOffset(format: Intl.DateTimeFormat, at: Date): string {
  const name = partOf(format, at);
  return name === 'GMT' ? 'UTC+00:00' : name.replace('GMT', 'UTC').replace('-', '−');
}

const partOf = (format: Intl.DateTimeFormat, at: Date): string =>
  format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';

function formatsOf(timeZone: string, locale: string): ZoneFormats {
  const key = `${locale} ${timeZone}`;
  const kept = made.get(key);
  if (kept) return kept;
  const formats = {
    name: new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }),
    offset: new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }),
  };
  if (made.size >= mostKept) made.clear();
  made.set(key, formats);
  return formats;
}
