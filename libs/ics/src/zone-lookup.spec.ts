// Proves what offset a received zone means: VTIMEZONEs as Exchange, Apple and others write them, Windows names, IANA names.
// Temporal and the VTIMEZONEs of timezones-ical-library are the witnesses.
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library';
import type { CalendarTime } from './calendar-message';
import { readCalendar } from './read';
import { windowsZone, windowsZoneNames } from './windows-zones';

/** What DTSTART means in a message with these zone lines. */
function startIn(zoneLines: string[], tzid: string, local: string): CalendarTime | null {
  const lines = ['BEGIN:VCALENDAR', ...zoneLines, 'BEGIN:VEVENT', 'UID:1', `DTSTART;TZID=${tzid}:${local}`, 'END:VEVENT', 'END:VCALENDAR'];
  const reading = readCalendar(lines.join('\r\n'));
  if (!reading.ok) throw new Error(reading.code);
  return reading.message.start;
}

/** What Temporal says of the same wall time. */
function expectedIn(zone: string, local: string): CalendarTime {
  const plain = Temporal.PlainDateTime.from(local);
  const both = (['earlier', 'later'] as const).map((disambiguation) => plain.toZonedDateTime(zone, { disambiguation }));
  const [earlier, later] = both;
  if (earlier === undefined || later === undefined || !earlier.toPlainDateTime().equals(plain)) return { unresolved: 'non-existent' };
  return earlier.equals(later) ? { instant: new Date(earlier.epochMilliseconds) } : { unresolved: 'ambiguous' };
}

/** Wall times of a year: every 37 hours, and every half hour of the nights in which the zone's clock changes. */
function wallTimes(zone: string, year: number): string[] {
  const times: Temporal.PlainDateTime[] = [];
  const begin = Temporal.PlainDateTime.from({ year, month: 1, day: 1, minute: 30 });
  for (let time = begin; time.year === year; time = time.add({ hours: 37 })) times.push(time);
  let change = begin.toZonedDateTime(zone).getTimeZoneTransition('next');
  for (; change !== null && change.year === year; change = change.getTimeZoneTransition('next')) {
    for (let half = -8; half <= 8; half += 1) times.push(change.toPlainDateTime().add({ minutes: half * 30 }));
  }
  return times.map((time) => time.toString({ smallestUnit: 'second' }).replace(/[-:]/g, ''));
}

/** A zone as Exchange writes it: both rules from 1601, even where the two are the same. */
const exchangeZone = (tzid: string, standard: [string, string, string, string?], daylight: [string, string, string, string?]): string[] => [
  'BEGIN:VTIMEZONE',
  `TZID:${tzid}`,
  ...([['STANDARD', standard], ['DAYLIGHT', daylight]] as const).flatMap(([name, [time, from, to, rule]]) => [
    `BEGIN:${name}`,
    `DTSTART:16010101T${time}`,
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    ...(rule === undefined ? [] : [`RRULE:FREQ=YEARLY;INTERVAL=1;${rule}`]),
    `END:${name}`,
  ]),
  'END:VTIMEZONE',
];

const exchange: [string, string[]][] = [
  ['Europe/Berlin', exchangeZone('Z', ['030000', '+0200', '+0100', 'BYDAY=-1SU;BYMONTH=10'], ['020000', '+0100', '+0200', 'BYDAY=-1SU;BYMONTH=3'])],
  ['Europe/London', exchangeZone('Z', ['020000', '+0100', '+0000', 'BYDAY=-1SU;BYMONTH=10'], ['010000', '+0000', '+0100', 'BYDAY=-1SU;BYMONTH=3'])],
  ['America/New_York', exchangeZone('Z', ['020000', '-0400', '-0500', 'BYDAY=1SU;BYMONTH=11'], ['020000', '-0500', '-0400', 'BYDAY=2SU;BYMONTH=3'])],
  ['America/Los_Angeles', exchangeZone('Z', ['020000', '-0700', '-0800', 'BYDAY=1SU;BYMONTH=11'], ['020000', '-0800', '-0700', 'BYDAY=2SU;BYMONTH=3'])],
  ['America/St_Johns', exchangeZone('Z', ['020000', '-0230', '-0330', 'BYDAY=1SU;BYMONTH=11'], ['020000', '-0330', '-0230', 'BYDAY=2SU;BYMONTH=3'])],
  ['Australia/Sydney', exchangeZone('Z', ['030000', '+1100', '+1000', 'BYDAY=1SU;BYMONTH=4'], ['020000', '+1000', '+1100', 'BYDAY=1SU;BYMONTH=10'])],
  ['Pacific/Auckland', exchangeZone('Z', ['030000', '+1300', '+1200', 'BYDAY=1SU;BYMONTH=4'], ['020000', '+1200', '+1300', 'BYDAY=-1SU;BYMONTH=9'])],
  ['Asia/Kolkata', exchangeZone('Z', ['000000', '+0530', '+0530'], ['000000', '+0530', '+0530'])],
  ['Asia/Tokyo', exchangeZone('Z', ['000000', '+0900', '+0900'], ['000000', '+0900', '+0900'])],
  ['Etc/UTC', exchangeZone('Z', ['000000', '+0000', '+0000'], ['000000', '+0000', '+0000'])],
];

test.each(exchange)("an Exchange VTIMEZONE for %s means what the zone's clocks show", (zone, lines) => {
  for (const local of [2026, 2027, 2031].flatMap((year) => wallTimes(zone, year))) {
    expect([local, startIn(lines, 'Z', local)]).toEqual([local, expectedIn(zone, local)]);
  }
});

// This library writes the rules in force from today on, hence 2027; in Gaza and Israel it rounds them to weekdays of the month.
const others = [tzlib_get_timezones()].flat().filter((zone) => zone.includes('/') && !/^Asia\/(?:Gaza|Hebron|Jerusalem|Tel_Aviv)$|^Israel$/.test(zone));

test('the VTIMEZONEs another library writes for all zones mean what the clocks show', () => {
  expect(others.length).toBeGreaterThan(400);
  for (const zone of others) {
    const block = [tzlib_get_ical_block(zone)].flat()[0] ?? '';
    for (const local of ['20270115T120000', '20270401T120000', '20270715T120000', '20271015T120000', '20271231T233000']) {
      expect([zone, local, startIn(block.split('\r\n'), zone, local)]).toEqual([zone, local, expectedIn(zone, local)]);
    }
  }
});

describe('a VTIMEZONE', () => {
  const part = (name: string, ...lines: string[]): string[] => [`BEGIN:${name}`, ...lines, `END:${name}`];
  const zone = (tzid: string, ...parts: string[][]): string[] => ['BEGIN:VTIMEZONE', `TZID:${tzid}`, ...parts.flat(), 'END:VTIMEZONE'];
  const winter = ['DTSTART:19701025T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'];
  const summer = ['DTSTART:19700329T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'];
  const berlin = { july: { instant: new Date('2026-07-01T08:00:00Z') }, december: { instant: new Date('2026-12-01T09:00:00Z') } };

  const meansBerlin = (lines: string[], tzid = 'Customized Time Zone'): void => {
    expect(startIn(lines, tzid, '20260701T100000')).toEqual(berlin.july);
    expect(startIn(lines, tzid, '20261201T100000')).toEqual(berlin.december);
    expect(startIn(lines, tzid, '20260329T023000')).toEqual({ unresolved: 'non-existent' });
    expect(startIn(lines, tzid, '20261025T023000')).toEqual({ unresolved: 'ambiguous' });
  };

  test('is found under a name with commas, escaped there and quoted or bare in the date', () => {
    const name = '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna';
    const lines = zone(name.replaceAll(',', '\\,'), part('STANDARD', ...winter), part('DAYLIGHT', ...summer));
    meansBerlin(lines, `"${name}"`);
    meansBerlin(lines, name);
    meansBerlin(lines, name.toUpperCase());
  });

  test('counts before the name it goes by', () => {
    const lines = zone('America/New_York', part('STANDARD', ...winter), part('DAYLIGHT', ...summer));
    meansBerlin(lines, 'America/New_York');
  });

  test.each([
    ['TZOFFSETFROM', [part('STANDARD', ...winter.filter((line) => !line.includes('FROM'))), part('DAYLIGHT', ...summer.filter((line) => !line.includes('FROM')))]],
    ['the usual order', [part('DAYLIGHT', ...summer), part('STANDARD', ...winter)]],
    ['weekdays counted from the end', [part('STANDARD', ...winter), part('DAYLIGHT', ...summer.map((line) => line.replace('BYDAY=-1SU', 'BYDAY=SU;BYMONTHDAY=25,26,27,28,29,30,31')))]],
    ['ordinals, but BYSETPOS', [part('STANDARD', ...winter), part('DAYLIGHT', ...summer.map((line) => line.replace('BYDAY=-1SU', 'BYDAY=SU;BYSETPOS=-1')))]],
    [
      'rules, but dates',
      [
        part('STANDARD', 'DTSTART:20251026T030000', 'RDATE:20261025T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'),
        part('DAYLIGHT', 'DTSTART:20260329T020000', 'RDATE:20270328T020000,20280326T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200'),
      ],
    ],
    [
      'one rule for ever',
      [
        part('DAYLIGHT', 'DTSTART:19800406T020000', 'RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20200405T010000Z', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0300'),
        part('STANDARD', ...winter),
        part('DAYLIGHT', ...summer.map((line) => line.replace('1970', '2021'))),
      ],
    ],
  ])('is read without %s', (_, parts) => {
    meansBerlin(zone('Customized Time Zone', ...parts));
  });

  test('a rule without BYMONTH and BYDAY falls on the day it began', () => {
    const iran = zone('T', part('STANDARD', 'DTSTART:20200921T000000', 'TZOFFSETFROM:+0430', 'TZOFFSETTO:+0330', 'RRULE:FREQ=YEARLY'), part('DAYLIGHT', 'DTSTART:20200322T000000', 'TZOFFSETFROM:+0330', 'TZOFFSETTO:+0430', 'RRULE:FREQ=YEARLY'));
    expect(startIn(iran, 'T', '20260921T010000')).toEqual({ instant: new Date('2026-09-20T21:30:00Z') });
    expect(startIn(iran, 'T', '20260920T220000')).toEqual({ instant: new Date('2026-09-20T17:30:00Z') });
  });

  test('before its first change has the offset that change comes from', () => {
    const lines = zone('T', part('STANDARD', 'DTSTART:20300101T000000', 'TZOFFSETFROM:+0500', 'TZOFFSETTO:+0600'));
    expect(startIn(lines, 'T', '20261201T100000')).toEqual({ instant: new Date('2026-12-01T05:00:00Z') });
  });

  test.each([
    ['no rule at all', []],
    ['no TZOFFSETTO', [part('STANDARD', 'DTSTART:19701025T030000', 'TZOFFSETFROM:+0200')]],
    ['no DTSTART', [part('STANDARD', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100')]],
    ['an impossible offset', [part('STANDARD', 'DTSTART:19701025T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+9900')]],
    ['one rule that cannot be read', [part('STANDARD', ...winter), part('DAYLIGHT', ...summer.map((line) => line.replace('FREQ=YEARLY', 'FREQ=HOURLY')))]],
    ['a rule over the whole year', [part('STANDARD', ...winter), part('DAYLIGHT', ...summer.map((line) => line.replace('BYMONTH=3;', '')))]],
    ['a rule with parts no zone has', [part('STANDARD', ...winter), part('DAYLIGHT', ...summer.map((line) => `${line.replace('RRULE:', 'RRULE:BYHOUR=2;')}`))]],
    ['a date that is none', [part('STANDARD', ...winter, 'RDATE:20269999')]],
    ['more parts than a zone has', Array.from({ length: 201 }, () => part('STANDARD', ...winter))],
  ])('with %s is left aside: a name we know still counts, any other is unknown', (_, parts) => {
    expect(startIn(zone('Custom', ...parts), 'Custom', '20260701T100000')).toEqual({ unresolved: 'unknown-zone' });
    expect(startIn(zone('W. Europe Standard Time', ...parts), 'W. Europe Standard Time', '20260701T100000')).toEqual(berlin.july);
  });
});

test('every Windows name leads to a zone that exists, and to the one it names', () => {
  const names = windowsZoneNames();
  expect(names.length).toBeGreaterThanOrEqual(139);
  for (const name of names) expect(startIn([], name, '20260701T100000')).toEqual(expectedIn(windowsZone(name) ?? '', '20260701T100000'));
  expect(windowsZone('W. Europe Standard Time')).toBe('Europe/Berlin');
  expect(windowsZone('  tokyo standard time ')).toBe('Asia/Tokyo');
  expect(windowsZone('Aus Central W. Standard Time')).toBe('Australia/Eucla');
  expect(windowsZone('Pacific')).toBeNull();
  expect(windowsZone('constructor')).toBeNull();
});
