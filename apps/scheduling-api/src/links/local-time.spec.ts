// Local times of the form, where the clocks change above all.
import fc from 'fast-check';
import { readLocalTime } from './local-time';
import { localOf } from './times';

it('a wall time in a zone is one instant', () => {
  expect(readLocalTime('2026-12-01', '10:00', 'Europe/Berlin')).toEqual({ at: new Date('2026-12-01T09:00:00Z') });
  expect(readLocalTime('2026-07-01', '10:00:30', 'America/New_York')).toEqual({ at: new Date('2026-07-01T14:00:30Z') });
});

it.each([
  ['Europe/Berlin', '2030-03-31', '02:30'],
  ['America/New_York', '2030-03-10', '02:00'],
  ['Australia/Lord_Howe', '2030-10-06', '02:15'],
])('in %s a time that the clocks skip is refused', (zone, date, time) => {
  expect(readLocalTime(date, time, zone)).toEqual({ fault: 'skipped-time' });
});

it('a time that comes twice asks which one, and the offset answers', () => {
  const both = [
    { at: new Date('2030-10-27T00:30:00Z'), offset: '+02:00' },
    { at: new Date('2030-10-27T01:30:00Z'), offset: '+01:00' },
  ];
  expect(readLocalTime('2030-10-27', '02:30', 'Europe/Berlin')).toEqual({ fault: 'repeated-time', both });
  expect(readLocalTime('2030-10-27', '02:30', 'Europe/Berlin', '+05:00')).toEqual({ fault: 'repeated-time', both });
  for (const { at, offset } of both)
    expect(readLocalTime('2030-10-27', '02:30', 'Europe/Berlin', offset)).toEqual({ at });
});

it.each([
  ['', '10:00', 'bad-date'],
  ['2026-02-30', '10:00', 'bad-date'],
  ['01.12.2026', '10:00', 'bad-date'],
  ['9999-12-31', '10:00', 'bad-date'],
  ['2026-12-01', '', 'bad-time'],
  ['2026-12-01', '24:00', 'bad-time'],
  ['2026-12-01', '10:60', 'bad-time'],
  ['2026-12-01', '10 am', 'bad-time'],
])('"%s" "%s" is no time: %s', (date, time, fault) => {
  expect(readLocalTime(date, time, 'UTC')).toEqual({ fault });
});

it('every instant, written down in a zone with its offset, reads back as itself', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Pacific/Apia',
  );
  const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(zones, instants, (zone, at) => {
      const local = localOf(at, zone);
      const read = readLocalTime(
        local.toPlainDate().toString(),
        local.toPlainTime().toString({ smallestUnit: 'millisecond' }),
        zone,
        local.offset,
      );
      expect(read).toEqual({ at });
    }),
  );
});
