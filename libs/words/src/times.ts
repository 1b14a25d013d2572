// Decides how a time reads: in the attendee's own zone with the zone and its offset named, and in UTC (PRD 12); and how
// a length of time reads.
// Called by the sender's templates and by the texts of pages; zone arithmetic, words and plurals are ICU's.
import { cached } from './language';
import { commaOf, knownZone, nameZone } from './zones';

/**
 * Day and hours contain no-break spaces, so that neither a date nor a span of hours is broken in a narrow column; only
 * behind the weekday, and before the day of another end, may a line end. `utc` is null where the attendee's zone is UTC
 * itself.
 */
export interface WrittenTime {
  /** `Tuesday, 1 December 2026` */
  readonly day: string;
  /** `10:00 to 11:00`; with the end's day where it is another one. */
  readonly hours: string;
  /** `Central European Time, UTC+01:00`. */
  readonly zone: string;
  readonly utc: string | null;
}

interface Formats {
  comma: string;
  day: Intl.DateTimeFormat;
  time: Intl.DateTimeFormat;
}

/**
 * `locale` is the `dates` of a LanguageChoice; `until` is the word between start and end. An unknown zone reads as UTC.
 */
export const writeTime = (
  { startUtc, endUtc }: { startUtc: string; endUtc: string },
  zone: string,
  locale: string,
  until: string,
): WrittenTime => timeFor(startUtc, endUtc, knownZone(zone), locale, until);

/** Every letter about a room shows its time, and rooms share hours: ICU needs some thirty microseconds for each. */
const timeFor = cached((startUtc: string, endUtc: string, zone: string, locale: string, until: string): WrittenTime => {
  const start = new Date(startUtc);
  const end = new Date(endUtc);
  const own = { ...spanOf(formatsFor(locale, zone), start, end, until), zone: nameZone(zone, [start, end], locale) };
  return { ...own, utc: zone === 'UTC' ? null : utcFor(startUtc, endUtc, locale, until) };
});

/** The two readers of a room have it in common. */
const utcFor = cached((startUtc: string, endUtc: string, locale: string, until: string): string => {
  const formats = formatsFor(locale, 'UTC');
  const { day, hours } = spanOf(formats, new Date(startUtc), new Date(endUtc), until);
  return `${day}${formats.comma}${hours}${noBreak}UTC`;
});

/** One instant with its zone: `Tuesday 1 December 2026, 10:00, Central European Time, UTC+01:00`. */
export function writeMoment(instant: string, zone: string, locale: string): string {
  const known = knownZone(zone);
  const formats = formatsFor(locale, known);
  const at = new Date(instant);
  return [plain(formats.day.format(at)), plain(formats.time.format(at)), nameZone(known, [at], locale)].join(
    formats.comma,
  );
}

const noBreak = '\u00a0';
const unbroken = (text: string): string => plain(text).replaceAll(' ', noBreak);

/**
 * A day in the pieces between which a line may end: a weekday that comes first, and the date. In Japanese it is one.
 * `format` writes a weekday, day, month and year.
 */
export const dayPieces = (format: Intl.DateTimeFormat, at: Date): string[] => piecesOf(format.formatToParts(at));

function piecesOf(parts: Intl.DateTimeFormatPart[]): string[] {
  const until = parts[0]?.type === 'weekday' && parts[1]?.type === 'literal' ? 2 : 0;
  const text = (from: typeof parts): string => plain(from.map(({ value }) => value).join(''));
  return until === 0 ? [text(parts)] : [text(parts.slice(0, until)).trimEnd(), text(parts.slice(until))];
}

const dayOf = (parts: Intl.DateTimeFormatPart[]): string => piecesOf(parts).map(unbroken).join(' ');

function spanOf({ comma, day, time }: Formats, start: Date, end: Date, until: string): { day: string; hours: string } {
  const parts = day.formatToParts(start);
  const from = `${unbroken(time.format(start))}${noBreak}${unbroken(until)}`;
  const to = unbroken(time.format(end));
  // Without its parts a day takes a fraction of the CPU.
  const isOneDay = day.format(end) === parts.map(({ value }) => value).join('');
  const hours = isOneDay ? `${from}${noBreak}${to}` : `${from} ${dayOf(day.formatToParts(end))}${comma}${to}`;
  return { day: dayOf(parts), hours };
}

// CLDR puts narrow no-break spaces before AM and PM; old mail programs show them as boxes.
const plain = (text: string): string => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

const formatsFor = cached((locale: string, timeZone: string): Formats => ({
  comma: commaOf(locale),
  day: new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    calendar: 'gregory',
  }),
  time: new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }),
}));

/**
 * Hours and minutes in words, each in its plural. Minutes (a whole number) in, words out: `1 godzina 30 minut`, `ساعتان
 * و15 دقيقة`.
 */
export function lengthIn(language: string): (minutes: number) => string {
  const unit = (name: 'hour' | 'minute'): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' });
  const [hour, minute] = [unit('hour'), unit('minute')];
  const joined = new Intl.ListFormat(language, { type: 'unit', style: 'narrow' });
  return (minutes) => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    return joined.format([
      ...(hours === 0 ? [] : [hour.format(hours)]),
      ...(rest === 0 && hours > 0 ? [] : [minute.format(rest)]),
    ]);
  };
}
