// Decides how a time reads on a page: in the reader's zone with the zone and its offset named, and in other zones a
// click away (PRD 12).
// Called by the pages; all zone arithmetic is ICU's.
import { Temporal } from 'temporal-polyfill';
import { commaOf, dayPieces, nameZone, cached } from '#words';
import type { Span } from '../rooms/decide-options';

/** How a reader reads times: `dates` is the locale for them, `until` the word between start and end. */
export interface Clock {
  dates: string;
  zone: string;
  until: string;
}

export interface WrittenSpan {
  /** `Tuesday 1 December 2026` */
  day: string;
  /** The day in the pieces between which a line may end. */
  dayPieces: string[];
  /** `10:00 to 11:00`; with the end's day where it is another one. */
  hours: string;
  /** `Central European Time, UTC+01:00`, both offsets where the clocks change in between. */
  zone: string;
  /** The parts of a calendar leaf. */
  leaf: { weekday: string; day: string; month: string };
}

export function writeSpan(span: Span, { dates, zone, until }: Clock): WrittenSpan {
  const { day, time, short, month } = formats(dates, zone);
  const startDay = day.format(span.startUtc);
  const endDay = day.format(span.endUtc);
  const to = endDay === startDay ? '' : `${endDay}${commaOf(dates)}`;
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    short.formatToParts(span.startUtc).find((each) => each.type === type)?.value ?? '';
  return {
    day: startDay,
    dayPieces: dayPieces(day, span.startUtc),
    hours: `${time.format(span.startUtc)} ${until} ${to}${time.format(span.endUtc)}`,
    zone: nameZone(zone, [span.startUtc, span.endUtc], dates),
    // A month by itself: 12月, where the part of a date is 12.
    leaf: { weekday: part('weekday'), day: part('day'), month: month.format(span.startUtc) },
  };
}

/** One line for a text: `Tuesday 1 December 2026, 10:00 to 11:00`. */
export const writeLine = (span: Span, clock: Clock): string => {
  const { day, hours } = writeSpan(span, clock);
  return `${day}${commaOf(clock.dates)}${hours}`;
};

/** One instant with its zone: `Tuesday 1 December 2026, 10:00, Central European Time, UTC+01:00`. */
export function writeMoment(at: Date, { dates, zone }: Clock): string {
  const { day, time } = formats(dates, zone);
  return [day.format(at), time.format(at), nameZone(zone, [at], dates)].join(commaOf(dates));
}

/** For a narrow place: `Tue`, `1 Dec` and `10:00`. */
export function writeShort(at: Date, { dates, zone }: Clock): { weekday: string; day: string; hour: string } {
  const { weekday, date, time } = formats(dates, zone);
  return { weekday: weekday.format(at), day: date.format(at), hour: time.format(at) };
}

export const localOf = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

/** Places across the day, from west to east, for whoever thinks in another zone than the invitation's. */
const elsewhere = [
  'America/Los_Angeles',
  'America/Chicago',
  'America/New_York',
  'America/Sao_Paulo',
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Nairobi',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
];

/** `pieces` of the line: between them it may end. */
export const writeElsewhere = (span: Span, clock: Clock): { zone: string; pieces: string[] }[] =>
  elsewhere
    .filter((zone) => zone !== clock.zone)
    .map((zone) => {
      const { zone: name, dayPieces: day, hours } = writeSpan(span, { ...clock, zone });
      return {
        zone: name,
        pieces: [...day.slice(0, -1), `${day.at(-1) ?? ''}${commaOf(clock.dates).trimEnd()}`, hours],
      };
    });

interface Formats {
  day: Intl.DateTimeFormat;
  time: Intl.DateTimeFormat;
  short: Intl.DateTimeFormat;
  month: Intl.DateTimeFormat;
  weekday: Intl.DateTimeFormat;
  date: Intl.DateTimeFormat;
}

const formats = cached((dates: string, timeZone: string): Formats => {
  const style = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(dates, { timeZone, calendar: 'gregory', ...options });
  // 08:00 on a clock of 24 hours, 8:00 AM on one of twelve.
  const hour = new Intl.DateTimeFormat(dates, { hour: 'numeric' }).resolvedOptions().hour12 ? 'numeric' : '2-digit';
  return {
    day: style({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    time: style({ hour, minute: '2-digit' }),
    short: style({ weekday: 'short', day: 'numeric', month: 'short' }),
    month: style({ month: 'short' }),
    weekday: style({ weekday: 'short' }),
    date: style({ day: 'numeric', month: 'short' }),
  };
});
