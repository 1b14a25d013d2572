// Proves what offset a received zone means: VTIMEZONEs as Exchange, Apple and others write them, Windows names, IANA
// names.
// Compared with Temporal and with the VTIMEZONEs of timezones-ical-library.
import { Temporal } from 'temporal-polyfill';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library';
import type { CalendarTime } from './calendar-message';
import { readCalendar } from './read';
import { windowsZone, windowsZoneNames } from './windows-zones';

/** What DTSTART means in a message with these zone lines. */
function startIn(zoneLines: string[], tzid: string, local: string): CalendarTime | null {
  const lines = [
    'BEGIN:VCALENDAR',
    ...zoneLines,
    'BEGIN:VEVENT',
    'UID:1',
    `DTSTART;TZID=${tzid}:${local}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const reading = readCalendar(lines.join('\r\n'));
  if (!reading.ok) throw new Error(reading.code);
  return reading.message.start;
}

/** What Temporal says of the same wall time. */
function expectedIn(zone: string, local: string): CalendarTime {
  const plain = Temporal.PlainDateTime.from(local);
  const both = (['earlier', 'later'] as const).map((disambiguation) => plain.toZonedDateTime(zone, { disambiguation }));
  const [earlier, later] = both;
  if (earlier === undefined || later === undefined || !earlier.toPlainDateTime().equals(plain))
    return { unresolved: 'non-existent' };
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

/**
 * A zone as Exchange writes it, from 1601: [time of the change, offset before, offset after, rule] for winter and for
 * summer.
 */
type Changes = [string, string, string, string];

const exchangeZone = (standard: Changes, daylight: Changes): string[] => [
  'BEGIN:VTIMEZONE',
  'TZID:Z',
  ...(
    [
      ['STANDARD', standard],
      ['DAYLIGHT', daylight],
    ] as const
  ).flatMap(([name, [time, from, to, rule]]) => [
    `BEGIN:${name}`,
    `DTSTART:16010101T${time}`,
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    ...(rule === '' ? [] : [`RRULE:FREQ=YEARLY;INTERVAL=1;${rule}`]),
    `END:${name}`,
  ]),
  'END:VTIMEZONE',
];

/** Zones without summer time get both parts all the same, alike and without rules. */
const still = (offset: string): string[] =>
  exchangeZone(['000000', offset, offset, ''], ['000000', offset, offset, '']);
const novemberToMarch = ['BYDAY=1SU;BYMONTH=11', 'BYDAY=2SU;BYMONTH=3'] as const;

const american = (standard: string, daylight: string): string[] =>
  exchangeZone(['020000', daylight, standard, novemberToMarch[0]], ['020000', standard, daylight, novemberToMarch[1]]);

const european = (standard: string, daylight: string, spring: string, autumn: string): string[] =>
  exchangeZone(
    [autumn, daylight, standard, 'BYDAY=-1SU;BYMONTH=10'],
    [spring, standard, daylight, 'BYDAY=-1SU;BYMONTH=3'],
  );

const southern = (standard: string, daylight: string, spring: string): string[] =>
  exchangeZone(['030000', daylight, standard, 'BYDAY=1SU;BYMONTH=4'], ['020000', standard, daylight, spring]);

const exchange: [string, string[]][] = [
  ['Europe/Berlin', european('+0100', '+0200', '020000', '030000')],
  ['Europe/London', european('+0000', '+0100', '010000', '020000')],
  ['America/New_York', american('-0500', '-0400')],
  ['America/Los_Angeles', american('-0800', '-0700')],
  ['America/St_Johns', american('-0330', '-0230')],
  ['Australia/Sydney', southern('+1000', '+1100', 'BYDAY=1SU;BYMONTH=10')],
  ['Pacific/Auckland', southern('+1200', '+1300', 'BYDAY=-1SU;BYMONTH=9')],
  ['Asia/Kolkata', still('+0530')],
  ['Asia/Tokyo', still('+0900')],
  ['Etc/UTC', still('+0000')],
];

it.each(exchange)("an Exchange VTIMEZONE for %s means what the zone's clocks show", (zone, lines) => {
  for (const local of [2026, 2027, 2031].flatMap((year) => wallTimes(zone, year))) {
    expect([local, startIn(lines, 'Z', local)]).toEqual([local, expectedIn(zone, local)]);
  }
});

// This library writes the rules in force from today on, hence 2027; in Gaza and Israel it rounds them to weekdays of
// the month.
const rounded = ['Asia/Gaza', 'Asia/Hebron', 'Asia/Jerusalem', 'Asia/Tel_Aviv'];
const others = [tzlib_get_timezones()].flat().filter((zone) => zone.includes('/') && !rounded.includes(zone));

it('the VTIMEZONEs another library writes for all zones mean what the clocks show', () => {
  expect(others.length).toBeGreaterThan(400);
  for (const zone of others) {
    const block = [tzlib_get_ical_block(zone)].flat()[0] ?? '';
    for (const local of [
      '20270115T120000',
      '20270401T120000',
      '20270715T120000',
      '20271015T120000',
      '20271231T233000',
    ]) {
      expect([zone, local, startIn(block.split('\r\n'), zone, local)]).toEqual([zone, local, expectedIn(zone, local)]);
    }
  }
});

describe('a VTIMEZONE', () => {
  const part = (name: string, ...lines: string[]): string[] => [`BEGIN:${name}`, ...lines, `END:${name}`];
  const zone = (tzid: string, ...parts: string[][]): string[] => [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...parts.flat(),
    'END:VTIMEZONE',
  ];
  const winter = [
    'DTSTART:19701025T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  ];
  const summer = [
    'DTSTART:19700329T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  ];
  const berlin = {
    july: { instant: new Date('2026-07-01T08:00:00Z') },
    december: { instant: new Date('2026-12-01T09:00:00Z') },
  };

  const meansBerlin = (lines: string[], tzid = 'Customized Time Zone'): void => {
    expect(startIn(lines, tzid, '20260701T100000')).toEqual(berlin.july);
    expect(startIn(lines, tzid, '20261201T100000')).toEqual(berlin.december);
    expect(startIn(lines, tzid, '20260329T023000')).toEqual({ unresolved: 'non-existent' });
    expect(startIn(lines, tzid, '20261025T023000')).toEqual({ unresolved: 'ambiguous' });
  };

  it('is found under a name with commas, escaped there and quoted or bare in the date', () => {
    const name = '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna';
    const lines = zone(name.replaceAll(',', '\\,'), part('STANDARD', ...winter), part('DAYLIGHT', ...summer));
    meansBerlin(lines, `"${name}"`);
    meansBerlin(lines, name);
    meansBerlin(lines, name.toUpperCase());
  });

  it('counts before the name it goes by', () => {
    const lines = zone('America/New_York', part('STANDARD', ...winter), part('DAYLIGHT', ...summer));
    meansBerlin(lines, 'America/New_York');
  });

  const aprilRule = 'RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU';
  const without = (lines: string[], word: string): string[] => lines.filter((line) => !line.includes(word));
  const summerWith = (days: string): string[] =>
    part('DAYLIGHT', ...summer.map((line) => line.replace('BYDAY=-1SU', days)));

  it.each([
    ['TZOFFSETFROM', [part('STANDARD', ...without(winter, 'FROM')), part('DAYLIGHT', ...without(summer, 'FROM'))]],
    ['the usual order', [part('DAYLIGHT', ...summer), part('STANDARD', ...winter)]],
    [
      'weekdays counted from the end',
      [part('STANDARD', ...winter), summerWith('BYDAY=SU;BYMONTHDAY=25,26,27,28,29,30,31')],
    ],
    [
      'weekdays counted from the beginning',
      [part('STANDARD', ...winter), summerWith('BYDAY=SU;BYMONTHDAY=-1,-2,-3,-4,-5,-6,-7')],
    ],
    ['ordinals, but BYSETPOS', [part('STANDARD', ...winter), summerWith('BYDAY=SU;BYSETPOS=-1')]],
    [
      'rules, but dates',
      [
        part('STANDARD', 'DTSTART:20251026T030000', 'RDATE:20261025T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'),
        part(
          'DAYLIGHT',
          'DTSTART:20260329T020000',
          'RDATE:20270328T020000,20280326T020000',
          'TZOFFSETFROM:+0100',
          'TZOFFSETTO:+0200',
        ),
      ],
    ],
    [
      'one rule for ever',
      [
        part(
          'DAYLIGHT',
          'DTSTART:19800406T020000',
          `${aprilRule};UNTIL=20200405T010000Z`,
          'TZOFFSETFROM:+0100',
          'TZOFFSETTO:+0300',
        ),
        part('STANDARD', ...winter),
        part('DAYLIGHT', ...summer.map((line) => line.replace('1970', '2021'))),
      ],
    ],
  ])('is read without %s', (_, parts) => {
    meansBerlin(zone('Customized Time Zone', ...parts));
  });

  it('a rule without BYMONTH and BYDAY falls on the day it began', () => {
    const iran = zone(
      'T',
      part('STANDARD', 'DTSTART:20200921T000000', 'TZOFFSETFROM:+0430', 'TZOFFSETTO:+0330', 'RRULE:FREQ=YEARLY'),
      part('DAYLIGHT', 'DTSTART:20200322T000000', 'TZOFFSETFROM:+0330', 'TZOFFSETTO:+0430', 'RRULE:FREQ=YEARLY'),
    );
    expect(startIn(iran, 'T', '20260921T010000')).toEqual({ instant: new Date('2026-09-20T21:30:00Z') });
    expect(startIn(iran, 'T', '20260920T220000')).toEqual({ instant: new Date('2026-09-20T17:30:00Z') });
  });

  it.each(['20250330T010000Z', '20250330T020000', '20250330', '20260328T235959Z'])(
    'with UNTIL=%s has its last summer in 2025',
    (until) => {
      const lines = zone('T', part('STANDARD', ...winter), summerWith(`BYDAY=-1SU;UNTIL=${until}`));
      expect(startIn(lines, 'T', '20250701T100000')).toEqual({ instant: new Date('2025-07-01T08:00:00Z') });
      expect(startIn(lines, 'T', '20260701T100000')).toEqual({ instant: new Date('2026-07-01T09:00:00Z') });
    },
  );

  it('before its first change has the offset that change comes from', () => {
    const lines = zone('T', part('STANDARD', 'DTSTART:20300101T000000', 'TZOFFSETFROM:+0500', 'TZOFFSETTO:+0600'));
    expect(startIn(lines, 'T', '20261201T100000')).toEqual({ instant: new Date('2026-12-01T05:00:00Z') });
  });

  it.each([
    ['no rule at all', []],
    ['no TZOFFSETTO', [part('STANDARD', 'DTSTART:19701025T030000', 'TZOFFSETFROM:+0200')]],
    ['no DTSTART', [part('STANDARD', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100')]],
    ['an impossible offset', [part('STANDARD', 'DTSTART:19701025T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+9900')]],
    [
      'one rule that cannot be read',
      [part('STANDARD', ...winter), part('DAYLIGHT', ...without(summer, 'RRULE'), 'RRULE:FREQ=HOURLY')],
    ],
    [
      'a rule over the whole year',
      [part('STANDARD', ...winter), part('DAYLIGHT', ...without(summer, 'RRULE'), 'RRULE:FREQ=YEARLY;BYDAY=1SU')],
    ],
    ['a rule with parts no zone has', [part('STANDARD', ...winter), summerWith('BYDAY=-1SU;BYHOUR=2')]],
    ['a weekday that is none', [part('STANDARD', ...winter), summerWith('BYDAY=9XX')]],
    ['a date that is none', [part('STANDARD', ...winter, 'RDATE:20269999')]],
    ['more parts than a zone has', Array.from({ length: 201 }, () => part('STANDARD', ...winter))],
  ])('with %s is left aside: a name we know still counts, any other is unknown', (_, parts) => {
    expect(startIn(zone('Custom', ...parts), 'Custom', '20260701T100000')).toEqual({ unresolved: 'unknown-zone' });
    expect(startIn(zone('W. Europe Standard Time', ...parts), 'W. Europe Standard Time', '20260701T100000')).toEqual(
      berlin.july,
    );
  });
});

it('every Windows name leads to a zone that exists, and to the one it names', () => {
  const names = windowsZoneNames();
  expect(names.length).toBeGreaterThanOrEqual(139);
  for (const name of names)
    expect(startIn([], name, '20260701T100000')).toEqual(expectedIn(windowsZone(name) ?? '', '20260701T100000'));
  expect(windowsZone('W. Europe Standard Time')).toBe('Europe/Berlin');
  expect(windowsZone('  tokyo standard time ')).toBe('Asia/Tokyo');
  expect(windowsZone('Aus Central W. Standard Time')).toBe('Australia/Eucla');
  expect(windowsZone('Pacific')).toBeNull();
  expect(windowsZone('constructor')).toBeNull();
});

describe('zones as Exchange and Outlook name them without a VTIMEZONE', () => {
  it.each([
    ['"tzone://Microsoft/Utc"', '2026-12-11T15:00:00.000Z'],
    ['tzone://Microsoft/Utc', '2026-12-11T15:00:00.000Z'],
    ['Eastern Standard Time 1', '2026-12-11T20:00:00.000Z'],
    ['Europe/Berlin 2', '2026-12-11T14:00:00.000Z'],
    ['"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"', '2026-12-11T15:00:00.000Z'],
    ['"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', '2026-12-11T14:00:00.000Z'],
    ['"(GMT-05:00) Eastern Time (US & Canada)"', '2026-12-11T20:00:00.000Z'],
    ['"(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London"', '2026-12-11T15:00:00.000Z'],
    ['"W. Europe Standard Time"', '2026-12-11T14:00:00.000Z'],
    ['UTC+01:00', '2026-12-11T14:00:00.000Z'],
    ['GMT-0500', '2026-12-11T20:00:00.000Z'],
    ['"+05:30"', '2026-12-11T09:30:00.000Z'],
    ['UTC+25', undefined],
    ['"(UTC+01:00) Atlantis"', undefined],
    ['tzone://Microsoft/Custom', undefined],
  ])('%s', (tzid, instant) => {
    const time = startIn([], tzid, '20261211T150000');
    expect(time !== null && 'instant' in time ? time.instant.toISOString() : undefined).toBe(instant);
  });

  it('a zone of somebody’s own is the only one that the message brings', () => {
    const lines = still('+0530');
    expect(startIn(lines, '"tzone://Microsoft/Custom"', '20261211T150000')).toEqual({
      instant: new Date('2026-12-11T09:30:00Z'),
    });
    expect(startIn([...lines, ...still('+0100')], '"tzone://Microsoft/Custom"', '20261211T150000')).toEqual({
      unresolved: 'unknown-zone',
    });
  });

  it('every shown name belongs to a zone that is known', () => {
    for (const shown of ['Hawaii', 'Arizona', 'Yukon', 'Seoul', 'Perth', 'Fiji', 'Baghdad', 'Amman', 'Kabul'])
      expect([shown, windowsZone(`(UTC+00:00) ${shown}`)]).toEqual([shown, expect.stringContaining('/')]);
  });

  // The package leaves some names out, and has followed neither Kazakhstan's change of 2024 nor Chihuahua's of 2022
  // (CLDR: Mazatlan).
  it('means what windows-iana says, where that knows the name', () => {
    const witness = new Map<string, string>();
    for (const { windowsName, territory, iana } of WINDOWS_TO_IANA_MAP)
      if (territory === '001') witness.set(windowsName.toLowerCase(), iana[0] ?? '');
    const offsets = (zone: string): string[] =>
      ['2026-12-11T12:00Z', '2026-07-01T12:00Z'].map((at) => Temporal.Instant.from(at).toZonedDateTimeISO(zone).offset);
    const known = windowsZoneNames().filter((name) => witness.has(name));
    expect(known.length).toBeGreaterThan(130);
    const differ = known.filter(
      (name) => String(offsets(windowsZone(name) ?? 'UTC')) !== String(offsets(witness.get(name) ?? 'UTC')),
    );
    expect(differ.sort()).toEqual(['central asia standard time', 'mountain standard time (mexico)']);
  });
});
