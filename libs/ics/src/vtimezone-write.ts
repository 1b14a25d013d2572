// Decides how a letter's times are written: in UTC, or local with a VTIMEZONE made from tz data (RFC 5545 3.6.5).
// Called by buildInvite; daylight rules are derived from the zone's own transitions.
import { Temporal } from 'temporal-polyfill';
import { checkedInstant } from './text';

/** An event's times as ical-generator takes them: with a zone and its VTIMEZONE, or with neither, which is UTC. */
export interface EventTimes {
  timeZone: string | null;
  /** Lines, none folded. */
  zone: readonly string[];
  start: Date | Temporal.ZonedDateTime;
  end: Date | Temporal.ZonedDateTime;
}

/**
 * One moment at which a zone's clock changes. `wall` is local time just before: what DTSTART of an observance contains.
 */
interface ClockChange {
  wall: Temporal.PlainDateTime;
  from: number;
  to: number;
}

const utcNames = /^(?:etc\/)?(?:utc|uct|gmt|universal|zulu|greenwich)$/i;
/** How many years of transitions must fit a yearly rule before it is written as one. */
const ruleYears = 6;

/**
 * DTSTART and DTEND of an event. In: two instants and an IANA zone, or null for UTC. Throws RangeError for an unknown
 * zone.
 * Where either local time happens twice (clocks set back) UTC is written: readers disagree on which of the two is
 * meant.
 */
export function eventTimes(startUtc: Date, endUtc: Date, timeZone: string | null): EventTimes {
  const inUtc = { timeZone: null, zone: [], start: checkedInstant(startUtc), end: checkedInstant(endUtc) };
  if (timeZone === null || utcNames.test(timeZone)) return inUtc;
  const start = localTime(startUtc, timeZone);
  const end = localTime(endUtc, timeZone);
  return happensTwice(start) || happensTwice(end)
    ? inUtc
    : { timeZone: start.timeZoneId, zone: zoneLines(start, end), start, end };
}

const localTime = (instant: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);

function happensTwice(time: Temporal.ZonedDateTime): boolean {
  const plain = time.toPlainDateTime();
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    plain.toZonedDateTime(time.timeZoneId, { disambiguation }),
  );
  return earlier?.epochMilliseconds !== later?.epochMilliseconds;
}

/** Enough VTIMEZONEs for the usual zones and the coming years. */
const maxCachedZones = 1_000;
const cachedZones = new Map<string, string[]>();

/**
 * The VTIMEZONE for these two moments of one zone. It depends only on the zone and the two years, and so is cached by
 * these.
 */
function zoneLines(start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): string[] {
  const key = `${start.timeZoneId} ${start.year} ${end.year}`;
  const known = cachedZones.get(key);
  if (known !== undefined) return known;
  const lines = ['BEGIN:VTIMEZONE', `TZID:${start.timeZoneId}`, ...observances(start, end), 'END:VTIMEZONE'];
  if (cachedZones.size >= maxCachedZones) cachedZones.clear();
  cachedZones.set(key, lines);
  return lines;
}

function observances(start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): string[] {
  const firstYear = start.year - 1;
  const changes = clockChanges(start.timeZoneId, firstYear, Math.max(firstYear + ruleYears, end.year + 1));
  const [first] = changes;
  if (first === undefined) return observance('19700101T000000', offsetOf(start), offsetOf(start));
  const rules = yearlyRules(changes, firstYear);
  if (rules !== null)
    return rules.flatMap(({ change, rule }) => observance(localDateTime(change.wall), change.from, change.to, rule));
  // No yearly rule fits (Morocco, Israel, a law just passed): each change about the event is written out.
  const before = observance('19700101T000000', first.from, first.from);
  const near = changes.filter(({ wall }) => wall.year <= end.year + 1);
  return [...before, ...near.flatMap((change) => observance(localDateTime(change.wall), change.from, change.to))];
}

/** Every change of the zone's clock from the beginning of one year to the beginning of another. */
function clockChanges(timeZone: string, firstYear: number, lastYear: number): ClockChange[] {
  const changes: ClockChange[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.PlainDate.from({
    year: firstYear,
    month: 1,
    day: 1,
  }).toZonedDateTime(timeZone);
  for (;;) {
    at = at.getTimeZoneTransition('next');
    if (at === null || at.year >= lastYear) return changes;
    const before = at.subtract({ nanoseconds: 1 });
    const from = offsetOf(before);
    changes.push({ wall: at.toPlainDateTime().add({ milliseconds: from - offsetOf(at) }), from, to: offsetOf(at) });
  }
}

interface YearlyRule {
  change: ClockChange;
  rule: string;
}

/** The two changes of the first year as rules, or null unless every year has the same two. */
function yearlyRules(changes: ClockChange[], firstYear: number): YearlyRule[] | null {
  const yearCount = changes.length / 2;
  const rules: YearlyRule[] = [];
  for (const half of [0, 1]) {
    const yearly = changes.filter((_, index) => index % 2 === half);
    const [change] = yearly;
    if (change === undefined || yearly.length !== yearCount) return null;
    if (!yearly.every((one, index) => one.wall.year === firstYear + index && sameKind(one, change))) return null;
    const place = weekdayPlace(yearly.map(({ wall }) => wall));
    if (place === null) return null;
    rules.push({ change, rule: `FREQ=YEARLY;BYMONTH=${change.wall.month};BYDAY=${place}` });
  }
  return rules;
}

const sameKind = (a: ClockChange, b: ClockChange): boolean =>
  a.from === b.from &&
  a.to === b.to &&
  a.wall.month === b.wall.month &&
  a.wall.toPlainTime().equals(b.wall.toPlainTime());

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** `2SU`, `-1SU` and the like where all dates share it, else null. */
function weekdayPlace(dates: Temporal.PlainDateTime[]): string | null {
  const [first] = dates;
  if (first === undefined || dates.some((date) => date.dayOfWeek !== first.dayOfWeek)) return null;
  const weekday = weekdays[first.dayOfWeek - 1] ?? null;
  if (weekday === null) return null;
  if (dates.every((date) => date.day + 7 > date.daysInMonth)) return `-1${weekday}`;
  const nth = Math.ceil(first.day / 7);
  return dates.every((date) => Math.ceil(date.day / 7) === nth) ? `${nth}${weekday}` : null;
}

/** Offsets are milliseconds east of UTC. Of two names the larger offset gets DAYLIGHT, in Dublin too. */
function observance(wall: string, from: number, to: number, rule?: string): string[] {
  const kind = to > from ? 'DAYLIGHT' : 'STANDARD';
  const recurrence = rule === undefined ? [] : [`RRULE:${rule}`];
  const offsets = [`TZOFFSETFROM:${utcOffset(from)}`, `TZOFFSETTO:${utcOffset(to)}`];
  return [`BEGIN:${kind}`, `DTSTART:${wall}`, ...offsets, ...recurrence, `END:${kind}`];
}

const offsetOf = (time: Temporal.ZonedDateTime): number => time.offsetNanoseconds / 1e6;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

function utcOffset(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000;
  const digits = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits);
  return (milliseconds < 0 ? '-' : '+') + (seconds % 60 === 0 ? digits.slice(0, 2) : digits).join('');
}

const localDateTime = (time: Temporal.PlainDateTime): string =>
  time.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
