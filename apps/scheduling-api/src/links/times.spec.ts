// How times read on pages, and which alternatives the form offers.
import fc from 'fast-check';
import { likeliestStart, likelyStarts } from './suggestions';
import { localOf, writeElsewhere, writeLine, writeMoment, writeSpan } from './times';

const span = { startUtc: new Date('2026-12-01T09:00:00Z'), endUtc: new Date('2026-12-01T10:30:00Z') };
const plain = (text: string): string => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

it('a time names its day, its hours, its zone and the offset of that day', () => {
  expect(writeSpan(span, { dates: 'en-GB', zone: 'Europe/Berlin', until: 'to' })).toEqual({
    day: 'Tuesday, 1 December 2026',
    dayPieces: ['Tuesday,', '1 December 2026'],
    hours: '10:00 to 11:30',
    zone: 'Central European Time, UTC+01:00',
    leaf: { weekday: 'Tue', day: '1', month: 'Dec' },
  });
  const { leaf } = writeSpan(span, { dates: 'ja', zone: 'Asia/Tokyo', until: '〜' });
  expect(leaf).toEqual({ weekday: '火', day: '1', month: '12月' });
  expect(plain(writeLine(span, { dates: 'en-US', zone: 'America/New_York', until: 'to' }))).toBe(
    'Tuesday, December 1, 2026, 4:00 AM to 5:30 AM',
  );
  expect(writeLine(span, { dates: 'de', zone: 'UTC', until: 'bis' })).toBe(
    'Dienstag, 1. Dezember 2026, 09:00 bis 10:30',
  );
  expect(writeMoment(span.startUtc, { dates: 'de', zone: 'UTC', until: 'bis' })).toBe(
    'Dienstag, 1. Dezember 2026, 09:00, UTC',
  );
});

it('day, time and zone are divided as the language does', () => {
  expect(plain(writeMoment(span.startUtc, { dates: 'ar', zone: 'Asia/Riyadh', until: 'إلى' }))).toBe(
    'الثلاثاء، 1 ديسمبر 2026، 12:00 م، التوقيت العربي الرسمي، UTC+03:00',
  );
  expect(writeLine(span, { dates: 'ja', zone: 'Asia/Tokyo', until: '〜' })).toBe('2026年12月1日火曜日 18:00 〜 19:30');
});

it('an end on another day says so, and an hour in which the clocks change shows both offsets', () => {
  const overnight = { startUtc: new Date('2026-10-24T22:30:00Z'), endUtc: new Date('2026-10-25T02:00:00Z') };
  expect(writeSpan(overnight, { dates: 'en-GB', zone: 'Europe/London', until: 'to' }).hours).toBe(
    '23:30 to Sunday, 25 October 2026, 02:00',
  );
  expect(writeSpan(overnight, { dates: 'en-GB', zone: 'Europe/London', until: 'to' }).zone).toBe(
    'United Kingdom Time, UTC+01:00 / UTC+00:00',
  );
});

it('other zones are named with their own day and offset, the own one left out', () => {
  const others = writeElsewhere(span, { dates: 'en-GB', zone: 'Asia/Tokyo', until: 'to' });
  expect(others.map((each) => each.zone)).not.toContain('Japan Standard Time, UTC+09:00');
  expect(others).toContainEqual({
    zone: 'Australian Eastern Time, UTC+11:00',
    pieces: ['Tuesday,', '1 December 2026,', '20:00 to 21:30'],
  });
  expect(others).toContainEqual({ zone: 'UTC', pieces: ['Tuesday,', '1 December 2026,', '09:00 to 10:30'] });
});

it.each([
  ['es', 'martes,', '1 de diciembre de 2026'],
  ['de', 'Dienstag,', '1. Dezember 2026'],
  ['sv', 'tisdag', '1 december 2026'],
  ['ar', 'الثلاثاء،', '1 ديسمبر 2026'],
  ['ja', '2026年12月1日火曜日'],
])('a date is not torn apart: a line ends only behind its weekday, in %s', (dates, ...pieces) => {
  const written = writeSpan(span, { dates, zone: 'UTC', until: '' });
  expect(written).toMatchObject({ day: pieces.join(' '), dayPieces: pieces });
});

const likely = (startUtc: string, zone: string, now: string): string[] =>
  likelyStarts(
    { startUtc: new Date(startUtc), endUtc: new Date(Date.parse(startUtc) + 3_600_000) },
    zone,
    new Date(now),
  ).map((each) => localOf(each, zone).toPlainDateTime().toString({ smallestUnit: 'minute' }));

it('the likely times change the day, the hour and both, across a change of the clocks and without weekends', () => {
  expect(likely('2026-10-23T08:00:00Z', 'Europe/Berlin', '2026-10-20T00:00:00Z')).toEqual([
    '2026-10-23T11:00',
    '2026-10-23T13:00',
    '2026-10-26T10:00',
    '2026-10-26T13:00',
    '2026-10-27T10:00',
    '2026-10-28T10:00',
  ]);
});

it('late in the day the other hours are earlier ones, and nothing is at night but what is there already', () => {
  expect(likely('2026-10-26T19:00:00Z', 'Europe/Berlin', '2026-10-20T00:00:00Z')).toEqual([
    '2026-10-26T17:00',
    '2026-10-26T19:00',
    '2026-10-27T17:00',
    '2026-10-27T20:00',
    '2026-10-28T20:00',
    '2026-10-29T20:00',
  ]);
});

it('who has the meeting at night is offered hours of the day too', () => {
  expect(likely('2026-12-08T15:00:00Z', 'Asia/Tokyo', '2026-12-01T00:00:00Z')).toEqual([
    '2026-12-09T09:00',
    '2026-12-09T19:00',
    '2026-12-10T00:00',
    '2026-12-10T09:00',
    '2026-12-11T00:00',
    '2026-12-14T00:00',
  ]);
});

it('a meeting on a weekend may move to one; nothing past and no hour that does not exist is offered', () => {
  const starts = likely('2030-03-30T01:30:00Z', 'Europe/Berlin', '2030-03-29T12:00:00Z');
  expect(starts).not.toContain('2030-03-31T02:30');
  expect(starts.filter((each) => each.endsWith('T02:30'))).toEqual([
    '2030-04-01T02:30',
    '2030-04-02T02:30',
    '2030-04-03T02:30',
  ]);
  const late = likely('2030-03-30T01:30:00Z', 'Europe/Berlin', '2030-04-01T12:00:00Z');
  expect(late.every((each) => each > '2030-04-01T14:00')).toBe(true);
});

it('a form begins with the same hour on another day, never with the current time', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
      fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
      (startUtc, zone) => {
        const span = { startUtc, endUtc: new Date(startUtc.getTime() + 3_600_000) };
        const now = new Date(startUtc.getTime() - 86_400_000);
        const start = likeliestStart(span, zone, now);
        expect(start === null || (start > now && start.getTime() !== startUtc.getTime())).toBe(true);
        for (const each of likelyStarts(span, zone, now)) expect(each.getTime()).not.toBe(startUtc.getTime());
      },
    ),
  );
});
