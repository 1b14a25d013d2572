import { orderOf } from './reply-order';

const receivedAt = new Date('2026-11-23T09:00:00.500Z');
const letter = '2026-11-23T08:00:00.000Z';
const stamp = (dtstamp: string | undefined, date: string | null): string =>
  orderOf(
    { ...(dtstamp === undefined ? {} : { dtstamp }) },
    { date: date === null ? null : new Date(date) },
    [Date.parse('2026-11-22T08:00:00Z') / 1_000, Date.parse(letter) / 1_000],
    receivedAt,
  ).dtstamp;

describe('what orders an answer', () => {
  it.each<[string, string | undefined, string | null, string]>([
    ['is its DTSTAMP', '2026-11-23T08:15:00.000Z', '2026-11-23T08:30:00Z', '2026-11-23T08:15:00.000Z'],
    ['never later than the arrival', '2999-01-01T00:00:00.000Z', '2026-11-23T08:30:00Z', receivedAt.toISOString()],
    ['without one the Date', undefined, '2026-11-23T08:30:00Z', '2026-11-23T08:30:00.000Z'],
    ['neither later than the arrival', undefined, '2999-01-01T00:00:00Z', receivedAt.toISOString()],
    ['without that the arrival', undefined, null, receivedAt.toISOString()],
    ['the Date where DTSTAMP is that of our letter', letter, '2026-11-23T08:30:00Z', '2026-11-23T08:30:00.000Z'],
    ['or that of an earlier letter', '2026-11-22T08:00:00.000Z', '2026-11-23T08:30:00Z', '2026-11-23T08:30:00.000Z'],
    ['the arrival where the Date is the same copy', letter, '2026-11-23T08:00:00Z', receivedAt.toISOString()],
    ['or where there is none', letter, null, receivedAt.toISOString()],
    ['or where it is later', letter, '2026-11-24T08:00:00Z', receivedAt.toISOString()],
    [
      'a DTSTAMP next to ours is not ours',
      '2026-11-23T08:00:01.000Z',
      '2026-11-23T08:30:00Z',
      '2026-11-23T08:00:01.000Z',
    ],
  ])('%s', (_what, dtstamp, date, wanted) => {
    expect(stamp(dtstamp, date)).toBe(wanted);
  });
});
