// Reads dates, durations and offsets of a received calendar; an invalid date is refused, not rolled over to another
// day.
// Called by the reader and the VTIMEZONE rules. Wall times are milliseconds as if the clock on the wall showed UTC.

/** A DATE or DATE-TIME value (RFC 5545 3.3.4 and 3.3.5): `wall` of a UTC value is the instant itself. */
export interface CalendarDate {
  form: 'date' | 'local' | 'utc';
  wall: number;
}

const dateForm = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/i;

/** Null for anything that is no date of the calendar or no time of the clock: 20261399T250000Z is none. */
export function readDate(value: string): CalendarDate | null {
  const found = dateForm.exec(value.trim());
  if (found === null) return null;
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.map(Number);
  const midnight = dayOf(year, month, day);
  if (midnight === null || hour > 23 || minute > 59 || second > 60) return null;
  if (found[4] === undefined) return { form: 'date', wall: midnight };
  // RFC 5545 3.3.12: a leap second may be written; no clock of ours has one.
  const wall = midnight + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000;
  return { form: found[7] === '' ? 'local' : 'utc', wall };
}

function dayOf(year: number, month: number, day: number): number | null {
  const midnight = Date.UTC(year, month - 1, day);
  const real = new Date(midnight);
  // Below 100 the clock of JavaScript counts from 1900.
  return year >= 100 && real.getUTCMonth() === month - 1 && real.getUTCDate() === day ? midnight : null;
}

/** The groups after the sign; those that are missing count as 0. */
const numbersIn = (found: readonly (string | undefined)[]): number[] => found.slice(2).map((part) => Number(part ?? 0));

/** A DURATION (RFC 5545 3.3.6): days are days of the calendar, the rest is exact time; both in milliseconds. */
export interface CalendarDuration {
  days: number;
  exact: number;
}

const durationForm = /^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/i;

export function readDuration(value: string): CalendarDuration | null {
  const found = durationForm.exec(value.trim());
  if (found === null || !/\d/.test(value)) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = numbersIn(found);
  const sign = found[1] === '-' ? -1 : 1;
  return { days: sign * (weeks * 7 + days) * 86_400_000, exact: sign * ((hours * 60 + minutes) * 60 + seconds) * 1000 };
}

/** A UTC-OFFSET (RFC 5545 3.3.14) in milliseconds east of UTC; null where it is none or a day or more. */
export function readOffset(value: string): number | null {
  const found = /^([+-]?)(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(value.trim());
  if (found === null) return null;
  const [hours = 0, minutes = 0, seconds = 0] = numbersIn(found);
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return (found[1] === '-' ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
