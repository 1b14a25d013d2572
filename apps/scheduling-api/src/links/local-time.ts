// Decides which instant a date and a time of day in a zone mean; a time that the clocks skip or show twice is a
// fault.
// Called by propose-request.ts for the page's form, and by suggestions.ts.
import { Temporal } from 'temporal-polyfill';

export type LocalTime =
  | { at: Date }
  | { fault: 'bad-date' | 'bad-time' | 'skipped-time' }
  /** Both instants, earlier first; `offsets` as the form sends one back. */
  | { fault: 'repeated-time'; both: { at: Date; offset: string }[] };

/**
 * `date` as `2026-12-01`, `time` as `10:00` or `10:00:30`, both as browsers send them. `offset` (`+01:00`) chooses
 * where a time comes twice.
 */
export function readLocalTime(date: string, time: string, zone: string, offset = ''): LocalTime {
  const day = read(() =>
    /^[12]\d{3}-\d\d-\d\d$/.test(date) ? Temporal.PlainDate.from(date, { overflow: 'reject' }) : null,
  );
  if (!day) return { fault: 'bad-date' };
  const hour = read(() =>
    /^\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/.test(time) ? Temporal.PlainTime.from(time, { overflow: 'reject' }) : null,
  );
  if (!hour) return { fault: 'bad-time' };
  const wanted = day.toPlainDateTime(hour);
  const earlier = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wanted.toZonedDateTime(zone, { disambiguation: 'later' });
  if (!earlier.toPlainDateTime().equals(wanted)) return { fault: 'skipped-time' };
  const both = [earlier, later].map((each) => ({ at: new Date(each.epochMilliseconds), offset: each.offset }));
  const chosen =
    earlier.epochMilliseconds === later.epochMilliseconds ? both[0] : both.find((each) => each.offset === offset);
  return chosen ? { at: chosen.at } : { fault: 'repeated-time', both };
}

function read<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
