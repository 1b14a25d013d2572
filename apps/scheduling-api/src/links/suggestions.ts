// Decides which other times the form offers first: the same hour on the next days.
// Called by reschedule.page.ts.
import { localOf, type Span } from './times';

const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const most = 6;
const isWeekend = (dayOfWeek: number): boolean => dayOfWeek > 5;

/**
 * Starts at the same hour of the reader's clock, never past and never an hour that the clocks skip; weekends only for
 * a meeting on one.
 */
export function likelyStarts({ startUtc }: Span, zone: string, now: Date): Date[] {
  const start = localOf(startUtc, zone);
  return days
    .map((count) => start.add({ days: count }))
    .filter((each) => isWeekend(start.dayOfWeek) || !isWeekend(each.dayOfWeek))
    .filter((each) => each.toPlainTime().equals(start.toPlainTime()))
    .map((each) => new Date(each.epochMilliseconds))
    .filter((each) => each > now)
    .slice(0, most);
}
