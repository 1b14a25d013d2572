// Decides what offset a VTIMEZONE of a received calendar has at a moment (RFC 5545 3.6.5).
// Called by the zone lookup. Rules may start in 1601 and lack TZOFFSETFROM; what cannot be read makes the whole zone
// unusable.
import { readDate, readOffset } from './calendar-date';
import { propertiesOf, propertyOf, type Component } from './component-tree';
import { readYearlyRule, wallTimesOf, yearsOf, type YearlyRule } from './yearly-rule';

/** When a clock changes: on the given wall times and by the rule; `from` and `to` are milliseconds east of UTC. */
interface Observance {
  /** DTSTART and the RDATEs, ascending, each once. */
  walls: number[];
  rule: YearlyRule | null;
  /** A cache of the rule's dates by year: the few dates of a calendar need the same years repeatedly. */
  wallsByYear: Map<number, number[]>;
  from: number;
  to: number;
}

/** Offset in milliseconds east of UTC at an instant given in epoch milliseconds. */
export type OffsetAt = (instant: number) => number;

// Apple writes the whole history of a zone, some dozens; more than this is not a time zone but an attack on CPU time.
const maxObservances = 200;

/** How far back a rule is searched for its last onset: INTERVAL and short months leave years out, never so many. */
const yearsBack = 12;

/** Null where the zone cannot be read with certainty; then other sources may still know its name. */
export function readVtimezone(zone: Component): OffsetAt | null {
  const parts = zone.children.filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT');
  if (parts.length === 0 || parts.length > maxObservances) return null;
  const offsetsTo = parts.map((part) => offsetIn(part, 'TZOFFSETTO'));
  const observances: Observance[] = [];
  for (const [index, part] of parts.entries()) {
    const observance = readObservance(
      part,
      offsetsTo[index] ?? null,
      offsetsTo.find((offset) => offset !== offsetsTo[index]) ?? null,
    );
    if (observance === null) return null;
    observances.push(observance);
  }
  return (instant) => offsetOf(observances, instant);
}

function offsetIn(part: Component, name: string): number | null {
  const property = propertyOf(part, name);
  return property === null ? null : readOffset(property.value);
}

function readObservance(part: Component, to: number | null, otherTo: number | null): Observance | null {
  // Where TZOFFSETFROM is missing the clock comes from the zone's other offset, if it has one.
  const from = offsetIn(part, 'TZOFFSETFROM') ?? otherTo ?? to;
  const start = readDate(propertyOf(part, 'DTSTART')?.value ?? '');
  if (start === null || to === null || from === null) return null;
  const dates = propertiesOf(part, 'RDATE').flatMap((line) => line.value.split(',').map(readDate));
  if (dates.includes(null)) return null;
  const walls = dates.flatMap((date) => (date === null ? [] : [date.form === 'utc' ? date.wall + from : date.wall]));
  const rrule = propertyOf(part, 'RRULE');
  const rule = rrule === null ? null : readYearlyRule(rrule.value, start.wall, from);
  if (rrule !== null && rule === null) return null;
  const sorted = [...new Set([start.wall, ...walls])].sort((a, b) => a - b);
  return { walls: sorted, rule, wallsByYear: new Map(), from, to };
}

function offsetOf(observances: Observance[], instant: number): number {
  let latest = Number.NEGATIVE_INFINITY;
  let offset: number | null = null;
  for (const observance of observances) {
    const onset = lastOnset(observance, instant);
    if (onset > latest) [latest, offset] = [onset, observance.to];
  }
  return offset ?? offsetBeforeAll(observances);
}

/** Before its first change a zone has the offset that change comes from. */
function offsetBeforeAll(observances: Observance[]): number {
  const first = observances.reduce((a, b) => (firstWall(b) < firstWall(a) ? b : a));
  return first.from;
}

const firstWall = ({ walls }: Observance): number => walls[0] ?? Number.POSITIVE_INFINITY;

/**
 * The last moment at or before the instant at which this observance began, in epoch milliseconds; -Infinity if never.
 */
function lastOnset(observance: Observance, instant: number): number {
  const { walls, rule, from } = observance;
  const listed = lastUpTo(walls, instant + from);
  if (rule === null) return listed - from;
  const [firstYear, lastYear] = yearsOf(rule);
  const newest = Math.min(new Date(instant + from).getUTCFullYear(), lastYear);
  for (let year = newest; year >= Math.max(firstYear, newest - yearsBack); year -= 1) {
    const ruled = lastUpTo(wallsIn(observance, rule, year), instant + from);
    if (ruled > Number.NEGATIVE_INFINITY) return Math.max(listed, ruled) - from;
  }
  return listed - from;
}

/** The last of these ascending wall times that is not after `wall`; -Infinity if there is none. */
const lastUpTo = (walls: readonly number[], wall: number): number =>
  walls.findLast((each) => each <= wall) ?? Number.NEGATIVE_INFINITY;

function wallsIn({ wallsByYear }: Observance, rule: YearlyRule, year: number): number[] {
  const known = wallsByYear.get(year) ?? wallTimesOf(rule, year);
  wallsByYear.set(year, known);
  return known;
}
