// Decides which other times the form offers first: the same hour on the next days, and other hours of the same days.
// Called by reschedule.page.ts.
import type { Temporal } from 'temporal-polyfill';
import type { Span } from '../rooms/decide-options';
import { localOf } from './times';

const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const sameHour = 3;
const otherHours = 3;
const isWeekend = (dayOfWeek: number): boolean => dayOfWeek > 5;
/** Hours at which people meet. */
const [earliestHour, latestHour] = [8, 20];
/** What is offered to whom the meeting is at night, as where the parties live far apart. */
const awakeHours = [9, 19];

/**
 * Starts on the reader's clock in their order: never past, never the current one nor one of `asked`, never an hour that
 * the clocks skip; weekends only for a meeting on one.
 */
export function likelyStarts({ startUtc }: Span, zone: string, now: Date, asked: readonly Date[] = []): Date[] {
  const start = localOf(startUtc, zone).toPlainDateTime();
  const taken = new Set(asked.map((each) => each.getTime()));
  const fits = (at: Date | null): at is Date => at !== null && at > now && !taken.has(at.getTime());
  const open = (count: number): Date | null => instantOf(start.add({ days: count }), zone);
  const next = days.filter((count) => isWeekend(start.dayOfWeek) || !isWeekend(start.add({ days: count }).dayOfWeek));
  const same = next.map(open).filter(fits).slice(0, sameHour);
  const other = [0, ...next]
    .flatMap((count) => shifted(start, count, zone))
    .filter(fits)
    .slice(0, otherHours);
  return [...same, ...other].toSorted((a, b) => a.getTime() - b.getTime());
}

/** The same hour as now on the first other day, where there is one: what a form that was not sent yet begins with. */
export function likeliestStart(span: Span, zone: string, now: Date, asked: readonly Date[] = []): Date | null {
  const hour = localOf(span.startUtc, zone).toPlainTime();
  const starts = likelyStarts(span, zone, now, asked);
  return starts.find((each) => localOf(each, zone).toPlainTime().equals(hour)) ?? starts[0] ?? null;
}

/** An hour and three hours later on that day, or three hours earlier, as far as people meet then; or hours of the day. */
function shifted(start: Temporal.PlainDateTime, count: number, zone: string): (Date | null)[] {
  if (!isCommon(start))
    return awakeHours.map((hour) => instantOf(start.add({ days: count }).with({ hour, minute: 0, second: 0 }), zone));
  const hours = count === 0 ? [1, 3] : [3];
  return hours.map((each) => {
    const later = start.add({ days: count, hours: each });
    const at = isCommon(later) && later.toPlainDate().equals(start.add({ days: count }).toPlainDate());
    const earlier = start.add({ days: count }).subtract({ hours: each });
    if (at) return instantOf(later, zone);
    return isCommon(earlier) && earlier.day === start.add({ days: count }).day ? instantOf(earlier, zone) : null;
  });
}

const isCommon = ({ hour }: Temporal.PlainDateTime): boolean => hour >= earliestHour && hour <= latestHour;

/** Null for a time that the clocks skip. */
function instantOf(local: Temporal.PlainDateTime, zone: string): Date | null {
  const at = local.toZonedDateTime(zone);
  return at.toPlainDateTime().equals(local) ? new Date(at.epochMilliseconds) : null;
}
