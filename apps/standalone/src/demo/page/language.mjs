// The page's language: its texts, which the server put into the page, and how times and zones are written in it.
// Imported by the other scripts.

export const { texts, language, dates, zones, zoneNames, comma } = JSON.parse(
  document.getElementById('words').textContent,
);

const rightToLeft = document.documentElement.dir === 'rtl';
/** In a page from right to left, what is put into a sentence keeps its own direction (UAX 9, isolates). */
const isolated = (value) => (rightToLeft ? `\u2068${value}\u2069` : value);

/** The text with each `{name}` filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => isolated(String(values[name])));

const plurals = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(dates);
/** The sentence of a plural for a count. */
export const counted = (plural, count) =>
  fill(plural[plurals.select(count)] ?? plural.other, { count: number.format(count) });

const format = (timeZone, options) => new Intl.DateTimeFormat(dates, { timeZone, calendar: 'gregory', ...options });
const written = (instant, zone, options) => format(zone, options).format(new Date(instant));

export const minute = (instant, zone) => written(instant, zone, { hour: '2-digit', minute: '2-digit' });
/** On the reader's own clock. */
export const seconds = (instant) =>
  written(instant, undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const span = (from, to, zone) => `${minute(from, zone)} – ${minute(to, zone)}`;

export const day = (instant, zone) => written(instant, zone, { weekday: 'short', day: 'numeric', month: 'short' });
export const fullDay = (instant, zone) =>
  written(instant, zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
export const moment = (instant) =>
  `${written(instant, 'UTC', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })} UTC`;
/** The parts of a calendar leaf. */
export const leafParts = (instant, zone) => [
  written(instant, zone, { month: 'short' }),
  format(zone, { day: 'numeric' })
    .formatToParts(new Date(instant))
    .find((part) => part.type === 'day').value,
  written(instant, zone, { weekday: 'short' }),
];

/** `Eastern Time, UTC−05:00`: the zone's name in the page's language, and its offset at an instant. */
export function zoneName(zone, instant) {
  const name = zoneNames[zone] ?? zone;
  if (name === 'UTC') return name;
  const { value } = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(instant))
    .find((part) => part.type === 'timeZoneName');
  const offset = value.replace(/^GMT$/, 'GMT+00:00').replace('GMT', 'UTC').replace('-', '−');
  return `${isolated(name)}${comma}${isolated(offset)}`;
}

/** Whole seconds with their unit. */
export const secondsLeft = (count) =>
  new Intl.NumberFormat(dates, { style: 'unit', unit: 'second', unitDisplay: 'short' }).format(count);
