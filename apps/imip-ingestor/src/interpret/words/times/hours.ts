// Decides which minute of the day a clock time is, by its context: am and pm, parts of the day, the other end of a
// range.
// Called by proposed-times.ts.
import type { ClockTime } from './clock';
import type { Part } from './lexicon';

/**
 * Minutes of the day, or null where its parts contradict each other. 1 to 6 are the afternoon, because nobody meets at
 * half past two at night.
 */
export function minutesOf({ hour, minute, half, part, literal }: ClockTime, dayPart: Part | null): number | null {
  const at = hourOf(hour, half, part ?? (half === null ? dayPart : null), literal);
  if (at === null) return null;
  // "Tomorrow morning at 3pm" contradicts itself.
  const contradicts = half !== null && part === null && dayPart !== null && !fits(at, dayPart);
  return contradicts ? null : at * 60 + minute;
}

function hourOf(hour: number, half: ClockTime['half'], part: Part | null, literal: boolean): number | null {
  if (half !== null) return hoursOfHalf[half](hour);
  if (part !== null) return hour > 12 || hour === 0 ? hourFitting(hour, part) : hoursOfPart[part](hour);
  return hour >= 1 && hour <= 6 && !literal ? hour + 12 : hour;
}

const hoursOfHalf: Readonly<Record<'am' | 'pm', (hour: number) => number | null>> = {
  am: (hour) => (hour > 12 ? null : hour % 12),
  pm: (hour) => (hour < 12 ? hour + 12 : hour),
};

const hourFitting = (hour: number, part: Part): number | null => (fits(hour, part) ? hour : null);

/** An hour from 1 to 12 in a part of the day; null where it is in none. */
const hoursOfPart: Readonly<Record<Part, (hour: number) => number | null>> = {
  morning: (hour) => (hour === 12 ? null : hour),
  afternoon: (hour) => (hour === 12 ? 12 : hour > 9 ? null : hour + 12),
  evening: (hour) => (hour >= 4 && hour < 12 ? hour + 12 : null),
};

const fits = (hour: number, part: Part): boolean =>
  part === 'morning' ? hour < 13 : part === 'afternoon' ? hour >= 12 && hour < 21 : hour >= 16;

const day = 24 * 60;

/**
 * Both ends of a range, in minutes: "11-1pm" begins in the morning, "3-4pm" in the afternoon. A length of 0: no end
 * that fits.
 */
export function rangeOf(
  start: ClockTime,
  end: ClockTime,
  dayPart: Part | null,
): { begin: number; length: number } | null {
  const begin =
    isOpen(start) && dayPart === null && end.half !== null ? beginBefore(start, end) : minutesOf(start, dayPart);
  if (begin === null) return null;
  const until = endsOf(end, dayPart).find((each) => each > begin && each - begin <= day / 2);
  return { begin, length: until === undefined ? 0 : until - begin };
}

const isOpen = ({ half, part, literal, hour }: ClockTime): boolean =>
  half === null && part === null && !literal && hour <= 12;

/** The start in the half of the day of its end, unless that were behind it. */
function beginBefore(start: ClockTime, end: ClockTime): number | null {
  const finish = minutesOf(end, null);
  const same = minutesOf({ ...start, half: end.half }, null);
  return same !== null && finish !== null && same < finish ? same : minutesOf({ ...start, half: 'am' }, null);
}

function endsOf(end: ClockTime, dayPart: Part | null): number[] {
  if (isOpen(end)) return [0, 12, 24].map((more) => (end.hour + more) * 60 + end.minute);
  const finish = minutesOf(end, dayPart);
  return finish === null ? [] : [finish, finish + day];
}
