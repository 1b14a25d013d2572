// The time somebody proposes, as they say it: a shift of the current time, a moment of their own clock, or an instant.
// Called by demo-rooms.ts for the page and for `npm run sim`.
import { Temporal } from 'temporal-polyfill';

const shift = /^([+-])(\d{1,3})([mhdw])$/;
const minutes: Record<string, number> = { m: 1, h: 60, d: 1_440, w: 10_080 };

/**
 * `+1d`, `-2h`, `+30m`, `+1w` from the current start; `2026-12-01T15:00` on the person's own clock; or an instant
 * with Z or offset.
 * Null where it is none of these.
 */
export function readWhen(text: string, current: Date, timeZone: string): Date | null {
  const [, sign, count, unit] = shift.exec(text.trim()) ?? [];
  if (sign !== undefined) {
    // Days of the person's calendar: the hour stays, whatever daylight saving does.
    const start = Temporal.Instant.fromEpochMilliseconds(current.getTime()).toZonedDateTimeISO(timeZone);
    const total = Number(`${sign}${count}`) * (minutes[unit ?? 'm'] ?? 1);
    const moved = unit === 'd' || unit === 'w' ? start.add({ days: total / 1_440 }) : start.add({ minutes: total });
    return new Date(moved.epochMilliseconds);
  }
  try {
    if (/(?:Z|[+-]\d\d:\d\d)$/i.test(text)) return new Date(Temporal.Instant.from(text).epochMilliseconds);
    return new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    return null;
  }
}
