import { readWhen } from './when';

const start = new Date('2027-03-27T14:00:00Z');

it.each([
  ['+1h', '2027-03-27T15:00:00.000Z'],
  ['-30m', '2027-03-27T13:30:00.000Z'],
  // Berlin springs forward in that night: the same hour on the clock is an hour earlier in UTC.
  ['+1d', '2027-03-28T13:00:00.000Z'],
  ['+1w', '2027-04-03T13:00:00.000Z'],
  ['2027-04-01T09:30', '2027-04-01T07:30:00.000Z'],
  ['2027-04-01T09:30:00Z', '2027-04-01T09:30:00.000Z'],
  ['2027-04-01T09:30-05:00', '2027-04-01T14:30:00.000Z'],
])('reads %s on a Berlin clock', (said, instant) =>
  expect(readWhen(said, start, 'Europe/Berlin')?.toISOString()).toBe(instant),
);

it.each(['', 'soon', '1d', '+1y', '2027-13-01T00:00', '+1d and more'])('does not read %p', (said) =>
  expect(readWhen(said, start, 'Europe/Berlin')).toBeNull(),
);
