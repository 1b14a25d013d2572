// Decides which instant a received date means. The zone is looked up in this order: the message's VTIMEZONE, Windows
// names, IANA names; else it is unknown.
// Called by the reader; a local time that is skipped or occurs twice has no instant.
import { Temporal } from 'temporal-polyfill';
import { readDate, type CalendarDate } from './calendar-date';
import type { CalendarTime } from './calendar-message';
import type { Component } from './component-tree';
import { unescapeText, type ContentLine } from './content-lines';
import { readVtimezone, type OffsetAt } from './vtimezone-read';
import { windowsZone } from './windows-zones';

/** The instants, in epoch milliseconds, that a wall time can mean: none in a gap, two where clocks are set back. */
type InstantsOf = (wall: number) => number[];

/** The zones one message can name. Each is looked up once. */
export class ZoneLookup {
  private readonly found = new Map<string, InstantsOf | null>();

  constructor(private readonly calendar: Component) {}

  /**
   * The instant of a date property, moved by `addDays` (milliseconds) of local time; null where the property is
   * missing.
   */
  timeOf(property: ContentLine | null, addDays = 0): CalendarTime | null {
    if (property === null) return null;
    const date = readDate(property.value);
    if (date === null) return { unresolved: 'malformed' };
    return this.resolve({ ...date, wall: date.wall + addDays }, property.params.get('TZID') ?? null);
  }

  private resolve(date: CalendarDate, tzid: string | null): CalendarTime {
    if (date.form === 'utc') return { instant: new Date(date.wall) };
    if (date.form === 'date') return { unresolved: 'all-day' };
    if (tzid === null) return { unresolved: 'floating' };
    const [first, second] = this.zone(keyOf(tzid))?.(date.wall) ?? [null];
    if (first === null) return { unresolved: 'unknown-zone' };
    if (first === undefined) return { unresolved: 'non-existent' };
    return second === undefined ? { instant: new Date(first) } : { unresolved: 'ambiguous' };
  }

  private zone(key: string): InstantsOf | null {
    const known = this.found.get(key);
    if (known !== undefined) return known;
    const zone = zoneOfMessage(this.calendar, key) ?? zoneByName(key);
    this.found.set(key, zone);
    return zone;
  }
}

// The VTIMEZONE escapes its commas as TEXT, the parameter that names it does not.
const keyOf = (tzid: string): string =>
  unescapeText(tzid)
    .trim()
    .replace(/^["']|["']$/g, '')
    .trim()
    .toLowerCase();

/** Exchange's name for a custom zone; only the message's VTIMEZONE defines it. */
const custom = /^(?:tzone:\/\/microsoft\/custom|customized time zone)(?: \d+)?$/;

function zoneOfMessage(calendar: Component, key: string): InstantsOf | null {
  const named = ({ lines }: Component): boolean =>
    lines.some((line) => line.name === 'TZID' && keyOf(line.value) === key);
  const zones = calendar.children.filter(({ name }) => name === 'VTIMEZONE');
  const component = zones.find(named) ?? (custom.test(key) && zones.length === 1 ? zones[0] : undefined);
  const offsetAt = component === undefined ? null : readVtimezone(component);
  return offsetAt === null ? null : (wall) => instantsBy(offsetAt, wall);
}

const day = 86_400_000;

/**
 * No clock is a day off and none changes twice within two days, so the offsets a day before and after are all there
 * can be.
 */
function instantsBy(offsetAt: OffsetAt, wall: number): number[] {
  const offsets = new Set([offsetAt(wall - day), offsetAt(wall + day)]);
  const instants = Array.from(offsets, (offset) => wall - offset).filter(
    (instant) => instant + offsetAt(instant) === wall,
  );
  return instants.sort((a, b) => a - b);
}

// Bare abbreviations are left out: EST, IST and BST are ambiguous.
const shortNames = /^(?:utc|gmt|uct|zulu|universal|cet|met|eet|wet|est5edt|cst6cdt|mst7mdt|pst8pdt)$/;

/** Windows names, IANA names, and IANA names behind a prefix such as /freeassociation.sourceforge.net/Europe/Berlin. */
function zoneByName(tzid: string): InstantsOf | null {
  // Exchange puts a number behind a name it has twice.
  const key = tzid.replace(/^tzone:\/\/microsoft\//, '').replace(/ \d{1,2}$/, '');
  const segments = key.split('/').filter((segment) => segment !== '');
  const names = [windowsZone(tzid), windowsZone(key), key, ...[3, 2].map((count) => segments.slice(-count).join('/'))];
  const usable = names.find((name) => name !== null && (name.includes('/') || shortNames.test(name)) && isZone(name));
  if (usable === undefined) return fixedZone(key);
  return usable === null ? null : (wall) => instantsIn(usable, wall);
}

/**
 * "UTC+01:00", "GMT-0500", "+02:00": the hours ahead of UTC. IANA's Etc/GMT+5 counts the other way. Digits alone
 * ("+0100") may be a number of anything: no zone.
 */
function fixedZone(key: string): InstantsOf | null {
  const [, sign, hours, minutes = '0'] =
    /^(?:(?:utc|gmt)(?=[+-])|(?=[+-]\d\d:))([+-])(\d{1,2})(?::?([0-5]\d))?$/.exec(key) ?? [];
  if (hours === undefined || Number(hours) > 14) return null;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return (wall) => [wall - offset];
}

function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

function instantsIn(zone: string, wall: number): number[] {
  const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime();
  const both = (['earlier', 'later'] as const).map((disambiguation) => plain.toZonedDateTime(zone, { disambiguation }));
  const real = both.filter((time) => time.toPlainDateTime().equals(plain)).map((time) => time.epochMilliseconds);
  return [...new Set(real)];
}
