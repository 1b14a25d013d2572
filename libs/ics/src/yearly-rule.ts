// Decides on which days a yearly RRULE of a VTIMEZONE falls (RFC 5545 3.3.10), for the forms time zones are written in.
// Called by the VTIMEZONE reader only; events are never expanded.
import { readDate } from './calendar-date';

/** A yearly rule, ready to be asked for one year. Wall times are milliseconds as if the clock on the wall showed UTC. */
export interface YearlyRule {
  interval: number;
  months: number[];
  monthDays: number[];
  /** Day of the week from Sunday = 0; `nth` counts within the month, from its end where negative, 0 for every one. */
  weekdays: { day: number; nth: number }[];
  setPositions: number[];
  first: number;
  /** Infinite without UNTIL. */
  last: number;
}

const weekdayNames = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const dayLength = 86_400_000;

/** In: the RRULE, DTSTART as a wall time and the offset before the change. Null for any rule that is not of these forms. */
export function readYearlyRule(value: string, start: number, from: number): YearlyRule | null {
  const open = { interval: 1, months: [], monthDays: [], weekdays: [], setPositions: [] };
  const rule: YearlyRule = { ...open, first: start, last: Number.POSITIVE_INFINITY };
  const parts = value
    .toUpperCase()
    .replace(/\s/g, '')
    .split(';')
    .filter((part) => part !== '');
  if (!parts.includes('FREQ=YEARLY') || !parts.every((part) => readPart(rule, part, from))) return null;
  const hasDays = rule.monthDays.length > 0 || rule.weekdays.length > 0;
  // Without BYMONTH the days are counted over the whole year: no time zone is written so.
  if (hasDays && rule.months.length === 0) return null;
  const begin = new Date(start);
  if (rule.months.length === 0) rule.months = [begin.getUTCMonth() + 1];
  if (!hasDays) rule.monthDays = [begin.getUTCDate()];
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
      rule.months = wholeNumbers(content, 1, 12);
      return rule.months.length > 0;
    case 'BYMONTHDAY':
      rule.monthDays = wholeNumbers(content, -31, 31);
      return rule.monthDays.length > 0;
    case 'BYDAY':
      rule.weekdays = readWeekdays(content);
      return rule.weekdays.length > 0;
    case 'BYSETPOS':
      rule.setPositions = wholeNumbers(content, -31, 31);
      return rule.setPositions.length === 1;
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
  const [position] = rule.setPositions;
  const chosen = position === undefined ? days : days.slice(position > 0 ? position - 1 : position).slice(0, 1);
  const timeOfDay = rule.first - Math.floor(rule.first / dayLength) * dayLength;
  return chosen.map((day) => day + timeOfDay).filter((wall) => wall >= rule.first && wall <= rule.last);
}

function daysOfMonth(rule: YearlyRule, year: number, month: number): number[] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const days: number[] = [];
  for (let day = 1; day <= length; day += 1) {
    const weekday = (firstWeekday + day - 1) % 7;
    const nth = Math.ceil(day / 7);
    const nthFromEnd = -Math.ceil((length - day + 1) / 7);
    const byMonthDay =
      rule.monthDays.length === 0 || rule.monthDays.some((one) => one === day || one === day - length - 1);
    const byDay =
      rule.weekdays.length === 0 ||
      rule.weekdays.some((one) => one.day === weekday && (one.nth === 0 || one.nth === nth || one.nth === nthFromEnd));
    if (byMonthDay && byDay) days.push(Date.UTC(year, month - 1, day));
  }
  return days;
}

/** Empty where any of the numbers is none or out of bounds; 0 is never in them. */
function wholeNumbers(list: string, least: number, most: number): number[] {
  const numbers = list.split(',').map((text) => (/^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0));
  return numbers.every((number) => number !== 0 && number >= least && number <= most) ? numbers : [];
}

function readWeekdays(list: string): YearlyRule['weekdays'] {
  const found = list.split(',').map((item) => /^([+-]?[1-5])?(SU|MO|TU|WE|TH|FR|SA)$/.exec(item));
  return found.includes(null)
    ? []
    : found.map((item) => ({ day: weekdayNames.indexOf(item?.[2] ?? ''), nth: Number(item?.[1] ?? 0) }));
}

/** UNTIL as the last wall time; NaN where it cannot be read. */
function readUntil(value: string, from: number): number {
  const until = readDate(value);
  if (until === null) return Number.NaN;
  if (until.form === 'utc') return until.wall + from;
  return until.form === 'date' ? until.wall + dayLength - 1 : until.wall;
}
