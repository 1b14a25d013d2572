// How times read on pages, and which alternatives the form offers.
import { likelyStarts } from './suggestions';
import {
  isZone,
  knownZone,
  nameZone,
  writeElsewhere,
  writeLine,
  writeMoment,
  writeSeconds,
  writeSpan,
  zonesWith,
} from './times';

const span = { startUtc: new Date('2026-12-01T09:00:00Z'), endUtc: new Date('2026-12-01T10:30:00Z') };
const plain = (text: string): string => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

test('a time names its day, its hours, its zone and the offset of that day', () => {
  expect(writeSpan(span, { dates: 'en-GB', zone: 'Europe/Berlin', until: 'to' })).toEqual({
    day: 'Tuesday, 1 December 2026',
    hours: '10:00 to 11:30',
    zone: 'Europe/Berlin (UTC+01:00)',
    leaf: { weekday: 'Tue', day: '1', month: 'Dec' },
  });
  expect(plain(writeLine(span, { dates: 'en-US', zone: 'America/New_York', until: 'to' }))).toBe(
    'Tuesday, December 1, 2026, 4:00 AM to 5:30 AM',
  );
  expect(writeLine(span, { dates: 'de', zone: 'UTC', until: 'bis' })).toBe(
    'Dienstag, 1. Dezember 2026, 09:00 bis 10:30',
  );
  expect(writeMoment(span.startUtc, { dates: 'de', zone: 'UTC', until: 'bis' })).toBe(
    'Dienstag, 1. Dezember 2026, 09:00, UTC',
  );
  expect(writeSeconds(new Date('2026-12-01T09:00:05Z'), { dates: 'en-GB', zone: 'Asia/Kolkata', until: 'to' })).toBe(
    '14:30:05, Asia/Kolkata (UTC+05:30)',
  );
});

test('an end on another day says so, and an hour in which the clocks change shows both offsets', () => {
  const overnight = { startUtc: new Date('2026-10-24T22:30:00Z'), endUtc: new Date('2026-10-25T02:00:00Z') };
  expect(writeSpan(overnight, { dates: 'en-GB', zone: 'Europe/London', until: 'to' }).hours).toBe(
    '23:30 to Sunday, 25 October 2026, 02:00',
  );
  expect(nameZone('Europe/London', [overnight.startUtc, overnight.endUtc])).toBe(
    'Europe/London (UTC+01:00 / UTC+00:00)',
  );
});

test('other zones are named with their own day and offset, the own one left out', () => {
  const others = writeElsewhere(span, { dates: 'en-GB', zone: 'Asia/Tokyo', until: 'to' });
  expect(others.map((each) => each.zone)).not.toContain('Asia/Tokyo (UTC+09:00)');
  expect(others).toContainEqual({
    zone: 'Australia/Sydney (UTC+11:00)',
    line: 'Tuesday, 1 December 2026, 20:00 to 21:30',
  });
  expect(others).toContainEqual({ zone: 'UTC', line: 'Tuesday, 1 December 2026, 09:00 to 10:30' });
});

test('what is no zone reads as UTC, and the zone in use can always be chosen', () => {
  expect(['Europe/Berlin', 'UTC', 'Asia/Calcutta'].map(isZone)).toEqual([true, true, true]);
  expect(['', 'Mars/Olympus', '+01:00', 'Europe/Berlin"><b>', 'x'.repeat(80)].map(knownZone)).toEqual([
    'UTC',
    'UTC',
    'UTC',
    'UTC',
    'UTC',
  ]);
  expect(zonesWith('Asia/Calcutta')).toEqual(expect.arrayContaining(['Asia/Calcutta', 'UTC', 'Europe/Berlin']));
});

test('the likely alternatives keep the hour of the clock across a change of the clocks and leave weekends out', () => {
  const friday = { startUtc: new Date('2026-10-23T08:00:00Z'), endUtc: new Date('2026-10-23T09:00:00Z') };
  const days = likelyStarts(friday, 'Europe/Berlin', new Date('2026-10-20T00:00:00Z')).map((each) =>
    each.toISOString(),
  );
  expect(days).toEqual([
    '2026-10-26T09:00:00.000Z',
    '2026-10-27T09:00:00.000Z',
    '2026-10-28T09:00:00.000Z',
    '2026-10-29T09:00:00.000Z',
    '2026-10-30T09:00:00.000Z',
    '2026-11-02T09:00:00.000Z',
  ]);
});

test('a meeting on a weekend may move to one; nothing past and no hour that does not exist is offered', () => {
  const saturday = { startUtc: new Date('2030-03-30T01:30:00Z'), endUtc: new Date('2030-03-30T02:30:00Z') };
  const days = likelyStarts(saturday, 'Europe/Berlin', new Date('2030-04-01T12:00:00Z')).map((each) =>
    each.toISOString().slice(0, 10),
  );
  expect(days).toEqual(['2030-04-02', '2030-04-03', '2030-04-04', '2030-04-05', '2030-04-06', '2030-04-07']);
});
