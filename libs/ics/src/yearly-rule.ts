// Decides on which days a yearly RRULE of a VTIMEZONE falls (RFC 5545 3.3.10), for the forms time zones are written in.
// Called by the VTIMEZONE reader only; events are never expanded.
import { readDate } from './calendar-date';

/**
 * A yearly rule, parsed so that the dates of one year are quick to compute. Wall times are milliseconds as if the clock
 * on the wall showed UTC.
 */
export interface YearlyRule {
  interval: number;
  /** 1 to 12, ascending. */
  months: number[];
  /** Days of the month, bit 1 for the first, and the same counted from its end; null where the rule names none. */
  monthDays: { fromStart: number; fromEnd: number } | null;
  /**
   * By day of the week from Sunday = 0: bit `nth + 8` counts within the month, from its end where negative, bit 8 is
   * every one; null where none is named.
   */
  weekdays: readonly number[] | null;
  setPosition: number | null;
  first: number;
  /** Infinite without UNTIL. */
  last: number;
}

const weekdayNames = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const dayLength = 86_400_000;

/**
 * In: the RRULE, DTSTART as a wall time and the offset before the change. Null for any rule that is not of these
 * forms.
 */
export function readYearlyRule(value: string, start: number, from: number): YearlyRule | null {
  const open = {
    interval: 1,
    months: [],
    monthDays: null,
    weekdays: null,
    setPosition: null,
  };
  const rule: YearlyRule = { ...open, first: start, last: Number.POSITIVE_INFINITY };
  const parts = value
    .toUpperCase()
    .replace(/\s/g, '')
    .split(';')
    .filter((part) => part !== '');
  if (!parts.includes('FREQ=YEARLY') || !parts.every((part) => readPart(rule, part, from))) return null;
  const hasDays = rule.monthDays !== null || rule.weekdays !== null;
  // Without BYMONTH the days are counted over the whole year: no time zone is written so.
  if (hasDays && rule.months.length === 0) return null;
  const begin = new Date(start);
  if (rule.months.length === 0) rule.months = [begin.getUTCMonth() + 1];
  if (!hasDays) rule.monthDays = { fromStart: 1 << begin.getUTCDate(), fromEnd: 0 };
  return rule;
}

/** Takes one part into the rule; false where it is no part of a time zone's rule or cannot be read. */
function readPart(rule: YearlyRule, part: string, from: number): boolean {
  const [name = '', content = ''] = part.split('=');
  switch (name) {
    case 'FREQ':
      return content === 'YEARLY';
    case 'WKST':
      return true;
    case 'INTERVAL':
      [rule.interval = 0] = wholeNumbers(content, 1, 100);
      return rule.interval > 0;
    case 'BYMONTH':
      rule.months = [...wholeNumbers(content, 1, 12)].sort((a, b) => a - b);
      return rule.months.length > 0;
    case 'BYMONTHDAY':
      rule.monthDays = readMonthDays(content);
      return rule.monthDays !== null;
    case 'BYDAY':
      rule.weekdays = readWeekdays(content);
      return rule.weekdays !== null;
    case 'BYSETPOS': {
      const positions = wholeNumbers(content, -31, 31);
      [rule.setPosition = null] = positions;
      return positions.size === 1;
    }
    case 'UNTIL':
      rule.last = readUntil(content, from);
      return !Number.isNaN(rule.last);
    default:
      return false;
  }
}

/** The years that can have wall times of the rule, first and last. */
export const yearsOf = (rule: YearlyRule): [number, number] => [
  new Date(rule.first).getUTCFullYear(),
  Number.isFinite(rule.last) ? new Date(rule.last).getUTCFullYear() : Number.POSITIVE_INFINITY,
];

/** The wall times of the rule in a year, none outside DTSTART and UNTIL. */
export function wallTimesOf(rule: YearlyRule, year: number): number[] {
  const [firstYear] = yearsOf(rule);
  if ((year - firstYear) % rule.interval !== 0) return [];
  const days = rule.months.flatMap((month) => daysOfMonth(rule, year, month));
  const position = rule.setPosition;
  const chosen = position === null ? days : days.slice(position > 0 ? position - 1 : position).slice(0, 1);
  const timeOfDay = rule.first - Math.floor(rule.first / dayLength) * dayLength;
  return chosen.map((day) => day + timeOfDay).filter((wall) => wall >= rule.first && wall <= rule.last);
}

/** Midnights of the month, ascending: at most 31 steps, however long the lists in the mail were. */
function daysOfMonth({ monthDays, weekdays }: YearlyRule, year: number, month: number): number[] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const days: number[] = [];
  for (let day = 1; day <= length; day += 1) {
    const backwards = length - day + 1;
    const named =
      monthDays === null || ((monthDays.fromStart >>> day) & 1) === 1 || ((monthDays.fromEnd >>> backwards) & 1) === 1;
    const [nth, nthFromEnd] = [((day + 6) / 7) | 0, ((backwards + 6) / 7) | 0];
    const nths = (1 << 8) | (1 << (8 + nth)) | (1 << (8 - nthFromEnd));
    const falls = weekdays === null || ((weekdays[(firstWeekday + day - 1) % 7] ?? 0) & nths) !== 0;
    if (named && falls) days.push(Date.UTC(year, month - 1, day));
  }
  return days;
}

/**
 * Each number once, so that no list is longer than the bounds are apart. Empty where any is none or out of bounds; 0
 * is never in them.
 */
function wholeNumbers(list: string, least: number, most: number): Set<number> {
  const numbers = list.split(',').map((text) => (/^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0));
  const areAll = numbers.every((number) => number !== 0 && number >= least && number <= most);
  return new Set(areAll ? numbers : []);
}

function readMonthDays(list: string): YearlyRule['monthDays'] {
  const days = { fromStart: 0, fromEnd: 0 };
  const numbers = wholeNumbers(list, -31, 31);
  for (const number of numbers) {
    if (number > 0) days.fromStart |= 1 << number;
    else days.fromEnd |= 1 << -number;
  }
  return numbers.size === 0 ? null : days;
}

/** Null where any item cannot be read. */
function readWeekdays(list: string): YearlyRule['weekdays'] {
  const days = weekdayNames.map(() => 0);
  for (const item of list.split(',')) {
    const [, nth = '0', name = ''] = /^([+-]?[1-5])?(SU|MO|TU|WE|TH|FR|SA)$/.exec(item) ?? [];
    const day = weekdayNames.indexOf(name);
    if (day < 0) return null;
    days[day] = (days[day] ?? 0) | (1 << (8 + Number(nth)));
  }
  return days;
}

/** UNTIL as the last wall time; NaN where it cannot be read. */
function readUntil(value: string, from: number): number {
  const until = readDate(value);
  if (until === null) return Number.NaN;
  if (until.form === 'utc') return until.wall + from;
  return until.form === 'date' ? until.wall + dayLength - 1 : until.wall;
}
