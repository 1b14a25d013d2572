// Decides which date a day that was named is; null where it is past, contradictory or not certain: a wrong day is
// worse than none.
// Called by link.ts and proposed-times.ts.
import type { TimeLanguage } from '../../phrases/times';
import type { DayItem } from './day';
import type { Token } from './tokens';

export interface LocalDate {
  year: number;
  month: number;
  day: number;
}

export interface Calendar {
  today: LocalDate;
  /** The day of the meeting that is answered, where it is known. */
  meeting: LocalDate | null;
  /** Whether "12/8" is December 8 here; null where that is ambiguous. */
  monthFirst: boolean | null;
  language: TimeLanguage;
}

const dayMs = 86_400_000;
const numbered = ({ year, month, day }: LocalDate): number => Math.round(Date.UTC(year, month - 1, day) / dayMs);
const dateOf = (number: number): LocalDate => {
  const date = new Date(number * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};
const weekdayOf = (number: number): number => new Date(number * dayMs).getUTCDay();

/** Days from Monday, 0 to 6. */
const inWeek = (weekday: number): number => (weekday + 6) % 7;

/** A day of a year that does not say its year is meant for the coming ten months. */
const farDays = 300;

/** The date that is meant, or null where it is past, contradictory or not certain. */
export function resolved(day: DayItem, calendar: Calendar): LocalDate | null {
  if (day.unread || day.which === 'last') return null;
  const today = numbered(calendar.today);
  const number = candidate(day, calendar, today);
  if (number === null || number < today) return null;
  // "Tuesday 8 December" must be a Tuesday.
  if (day.weekday !== null && weekdayOf(number) !== day.weekday) return null;
  if (day.dayOfMonth !== null && dateOf(number).day !== day.dayOfMonth) return null;
  return dateOf(number);
}

function candidate(day: DayItem, calendar: Calendar, today: number): number | null {
  if (day.sameDay) return calendar.meeting === null ? null : numbered(calendar.meeting);
  if (day.relative !== null) return today + day.relative;
  if (day.figures !== null) return ofFigures(day.figures, calendar, today);
  if (day.month !== null) return day.dayOfMonth === null ? null : ofDate(day.year, day.month, day.dayOfMonth, today);
  if (day.dayOfMonth !== null) return ofDayNumber(day, today, calendar.today);
  return day.weekday === null ? null : ofWeekday(day, day.weekday, calendar.language, today);
}

function ofFigures(figures: Extract<Token, { kind: 'date' }>, { monthFirst }: Calendar, today: number): number | null {
  const { first, second, year, order } = figures;
  const dayFirst = ofDate(year, second, first, today);
  const other = ofDate(year, first, second, today);
  if (order === 'day-month') return dayFirst;
  if (order === 'month-day') return other;
  if (monthFirst !== null)
    return monthFirst ? likely(other, dayFirst, today, year) : likely(dayFirst, other, today, year);
  // Ambiguous by the locale: accepted only where exactly one reading is a future date.
  return dayFirst === null || other === null || dayFirst === other ? (dayFirst ?? other) : null;
}

/**
 * The reading that is usual here, unless it is half a year off and the other near, or past in the year that was
 * written.
 */
function likely(usual: number | null, other: number | null, today: number, year: number | null): number | null {
  const otherIsNear = other !== null && other >= today && other - today < farDays / 5;
  if (year !== null && (usual === null || usual < today)) return other;
  return otherIsNear && usual !== null && usual - today > farDays / 2 ? null : usual;
}

/** A date with or without a year, as days since 1970; null for no date, or one too far off to be meant. */
function ofDate(year: number | null, month: number, day: number, today: number): number | null {
  const of = (each: number): number | null => {
    const number = numbered({ year: each, month, day });
    const date = dateOf(number);
    return date.month === month && date.day === day ? number : null;
  };
  const now = dateOf(today).year;
  if (year !== null) return of(year);
  const found = [of(now), of(now + 1)].find((number) => number !== null && number >= today) ?? null;
  return found !== null && found - today <= farDays ? found : null;
}

/** "the 8th": the next one; with a weekday the next one that is such a day, at most three months on. */
function ofDayNumber(day: DayItem, today: number, { year, month }: LocalDate): number | null {
  for (let ahead = 0; ahead <= 3; ahead += 1) {
    const number = numbered({ year, month: month + ahead, day: day.dayOfMonth ?? 0 });
    if (dateOf(number).day !== day.dayOfMonth || number < today) continue;
    if (day.weekday === null || weekdayOf(number) === day.weekday) return number;
  }
  return null;
}

/** On a Friday "Friday" may be today or in a week; "next Friday" on a Wednesday this week's or the next one's. */
function ofWeekday(day: DayItem, weekday: number, language: TimeLanguage, today: number): number | null {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  const monday = today - inWeek(weekdayOf(today));
  if (day.week === 'next') return monday + 7 + inWeek(weekday);
  if (day.week === 'this') return monday + inWeek(weekday);
  if (day.which === 'this') return today + ahead;
  if (day.which === 'coming') return today + (ahead === 0 ? 7 : ahead);
  if (day.which !== 'next') return ahead === 0 ? null : today + ahead;
  const stillToCome = inWeek(weekday) > inWeek(weekdayOf(today));
  if (stillToCome && language !== 'en') return null;
  return monday + 7 + inWeek(weekday);
}
