// Proves that local times with our VTIMEZONE name the right instant, around every clock change, to readers that are
// not ours.
// ical.js evaluates our rules; timezones-ical-library has rules made elsewhere for the same local time.
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { buildInvite } from './invite';
import { invite, readByIcalJs } from './invite.fixture';
import { readCalendar } from './read';

const zones = [
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/Johannesburg',
  'Africa/Lagos',
  'America/Anchorage',
  'America/Asuncion',
  'America/Bogota',
  'America/Chicago',
  'America/Denver',
  'America/Edmonton',
  'America/Halifax',
  'America/Havana',
  'America/Los_Angeles',
  'America/Mexico_City',
  'America/Miquelon',
  'America/New_York',
  'America/Nuuk',
  'America/Phoenix',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Tijuana',
  'America/Vancouver',
  'Asia/Beirut',
  'Asia/Dubai',
  'Asia/Gaza',
  'Asia/Jerusalem',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Atlantic/Azores',
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Europe/Berlin',
  'Europe/Chisinau',
  'Europe/Dublin',
  'Europe/Istanbul',
  'Europe/Kyiv',
  'Europe/London',
  'Europe/Moscow',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Easter',
  'Pacific/Honolulu',
  'Pacific/Norfolk',
  'Antarctica/Troll',
];

const minute = 60_000;
const about = [-1500, -120, -60, -46, -30, -1, 0, 1, 30, 60, 120, 1500].map((minutes) => minutes * minute);

/** Instants about every clock change of two years, and one in the middle of each month. */
function instantsOf(zone: string): number[] {
  const instants: number[] = [];
  let at = Temporal.ZonedDateTime.from(`2026-01-01T00:00[${zone}]`);
  for (let month = 0; month < 12; month += 1)
    instants.push(at.add({ months: month, days: 14, hours: 9 }).epochMilliseconds);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.year > 2027) return instants;
    instants.push(...about.map((shift) => next.epochMilliseconds + shift));
    at = next;
  }
}

const letter = (start: number, timeZone: string): string =>
  buildInvite(invite({ startUtc: new Date(start), endUtc: new Date(start + 45 * minute), timeZone }));

/**
 * The zone as another library writes it; null where it gives only the rules from today on, or rounds Gaza's to
 * weekdays.
 */
function rulesMadeElsewhere(zone: string): ICAL.Timezone | null {
  if (['Africa/Casablanca', 'America/Edmonton', 'America/Vancouver', 'Asia/Gaza'].includes(zone)) return null;
  const block = [tzlib_get_ical_block(zone)].flat()[0] ?? '';
  return new ICAL.Timezone(new ICAL.Component(ICAL.parse(block)));
}

it.each(zones)('names the right instants in %s', (zone) => {
  const elsewhere = rulesMadeElsewhere(zone);
  const instants = instantsOf(zone);
  let local = 0;
  for (const start of instants) {
    const text = letter(start, zone);
    const read = readByIcalJs(text);
    expect([start, read.instant('dtstart').getTime(), read.instant('dtend').getTime()]).toEqual([
      start,
      start,
      start + 45 * minute,
    ]);
    if (!text.includes(`DTSTART;TZID=${zone}:`)) continue;
    local += 1;
    expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
    expect(readCalendar(text)).toMatchObject({
      ok: true,
      message: { start: { instant: new Date(start) }, end: { instant: new Date(start + 45 * minute) } },
    });
    if (elsewhere !== null) expect([start, read.instant('dtstart', elsewhere).getTime()]).toEqual([start, start]);
  }
  // UTC is for the hours that happen twice and the meetings that touch them: never for most of these samples.
  expect(local).toBeGreaterThan(instants.length * 0.6);
});

it('a local time that happens twice goes out in UTC, without VTIMEZONE', () => {
  const text = letter(Date.parse('2026-10-25T00:30:00Z'), 'Europe/Berlin');
  expect(text).toContain('\r\nDTSTART:20261025T003000Z\r\n');
  expect(text).not.toContain('VTIMEZONE');
  expect(letter(Date.parse('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toContain('\r\nDTSTART:20261025T013000Z\r\n');
});

it('a meeting that begins before a clock change and ends after it keeps both ends', () => {
  const startUtc = new Date('2026-10-24T22:30:00Z');
  const endUtc = new Date('2026-10-25T03:00:00Z');
  const text = buildInvite(invite({ startUtc, endUtc, timeZone: 'Europe/Berlin' }));
  expect(text).toContain('DTSTART;TZID=Europe/Berlin:20261025T003000');
  expect(text).toContain('DTEND;TZID=Europe/Berlin:20261025T040000');
  expect(readByIcalJs(text).instant('dtend')).toEqual(endUtc);
});

it('the zone is written by its own name whatever the case it was given in, and UTC needs none', () => {
  const noon = Date.parse('2026-12-01T12:00:00Z');
  expect(letter(noon, 'europe/berlin')).toContain('DTSTART;TZID=Europe/Berlin:20261201T130000');
  for (const utc of ['UTC', 'Etc/UTC', 'GMT']) expect(letter(noon, utc)).toContain('\r\nDTSTART:20261201T120000Z\r\n');
});

it('a rule that changes from one year to the next is not taken for one rule', () => {
  // Moldova moved its clocks at 02:00 until 2021 and at 03:00 from 2022, on the same Sundays.
  for (const start of [
    '2022-03-26T23:30:00Z',
    '2022-03-27T00:10:00Z',
    '2022-03-27T01:00:00Z',
    '2022-10-30T02:00:00Z',
  ].map(Date.parse)) {
    const text = letter(start, 'Europe/Chisinau');
    expect(text).toContain('DTSTART;TZID=Europe/Chisinau:');
    expect(readByIcalJs(text).instant('dtstart').getTime()).toBe(start);
  }
});
