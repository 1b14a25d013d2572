// Decides how a time reads: in the attendee's own zone with the zone and its offset named, and in UTC (PRD 12).
// Called by the sender's templates; all zone arithmetic is ICU's.
import { commaOf, nameZone } from './zones';

/** `utc` is null where the attendee's zone is UTC itself. */
export interface WrittenTime {
  local: string;
  /** `Central European Time, UTC+01:00`. */
  zone: string;
  utc: string | null;
}

interface Formats {
  comma: string;
  day: Intl.DateTimeFormat;
  time: Intl.DateTimeFormat;
}

/**
 * Making a format costs as much CPU as a hundred letters, so formats are cached; bounded, because locales come from
 * outside.
 */
const made = new Map<string, Formats>();
const mostKept = 1_000;

/** `locale` is the `dates` of a LanguageChoice; `until` is the word between start and end. An unknown zone reads as UTC. */
export function writeTime(
  times: { startUtc: string; endUtc: string },
  zone: string,
  locale: string,
  until: string,
): WrittenTime {
  const known = knownZone(zone);
  const start = new Date(times.startUtc);
  const end = new Date(times.endUtc);
  const local = formatsFor(locale, known);
  return {
    local: span(local, start, end, until),
    zone: nameZone(known, [start, end], locale),
    utc: known === 'UTC' ? null : `${span(formatsFor(locale, 'UTC'), start, end, until)} UTC`,
  };
}

/** One instant with its zone: `Tuesday 1 December 2026, 10:00, Central European Time, UTC+01:00`. */
export function writeMoment(instant: string, zone: string, locale: string): string {
  const known = knownZone(zone);
  const formats = formatsFor(locale, known);
  const at = new Date(instant);
  return [plain(formats.day.format(at)), plain(formats.time.format(at)), nameZone(known, [at], locale)].join(
    formats.comma,
  );
}

function span({ comma, day, time }: Formats, start: Date, end: Date, until: string): string {
  const startDay = plain(day.format(start));
  const endDay = plain(day.format(end));
  const to = endDay === startDay ? '' : `${endDay}${comma}`;
  return `${startDay}${comma}${plain(time.format(start))} ${until} ${to}${plain(time.format(end))}`;
}

// CLDR puts narrow no-break spaces before AM and PM; old mail programs show them as boxes.
const plain = (text: string): string => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

/** The zone itself, or `UTC` for one that ICU does not know. */
export function knownZone(zone: string): string {
  if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC';
  try {
    formatsFor('en', zone);
    return zone;
  } catch {
    return 'UTC';
  }
}

function formatsFor(locale: string, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  const known = made.get(key);
  if (known) return known;
  const formats = {
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
  };
  if (made.size >= mostKept) made.clear();
  made.set(key, formats);
  return formats;
}
