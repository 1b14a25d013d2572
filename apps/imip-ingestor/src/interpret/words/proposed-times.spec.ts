import fc from 'fast-check';
import * as chronoDe from 'chrono-node/de';
import * as chronoEn from 'chrono-node/en';
import * as chronoEs from 'chrono-node/es';
import * as chronoFr from 'chrono-node/fr';
import { timeCases, unreadCases } from '../corpus/times.fixture';
import { type Anchor, proposedTimes } from './proposed-times';

// A Monday morning in Berlin.
const anchor: Anchor = { now: new Date('2026-11-23T08:20:00Z'), offsetMinutes: 60 };
const found = (text: string, of: Anchor = anchor): string =>
  proposedTimes(text, of)
    .map(({ startUtc, endUtc }) => `${startUtc.slice(0, 16)}${endUtc === undefined ? '' : `/${endUtc.slice(0, 16)}`}`)
    .join(' ');

describe('times that people propose', () => {
  it.each([
    ['can we do 3pm?', '2026-11-23T14:00'],
    ['Tomorrow at 10', '2026-11-24T09:00'],
    ['next Tuesday 14:30', '2026-12-01T13:30'],
    ['3-4pm tomorrow', '2026-11-24T14:00/2026-11-24T15:00'],
    ['between 3 and 4pm', '2026-11-23T14:00/2026-11-23T15:00'],
    ['I am free from 9am until noon on Thursday.', '2026-11-26T08:00/2026-11-26T11:00'],
    ['Friday 11 Dec at 9:30 a.m.', '2026-12-11T08:30'],
    ['on 11/12 at 3pm', '2026-12-11T14:00'],
    ['at half past two', '2026-11-23T13:30'],
    ['Wed 25 Nov, 3 o’clock', '2026-11-25T14:00'],
    ['3pm or 4pm tomorrow', '2026-11-24T14:00 2026-11-24T15:00'],
    ['Tuesday works, say 3pm', '2026-11-24T14:00'],
    ['Dec 11th, 2026 at 15:00 CET', '2026-12-11T14:00'],
    ['in two hours', '2026-11-23T10:20'],
    ['at 8am', '2026-11-24T07:00'],
    ['Thursday 14.00', '2026-11-26T13:00'],
    ['von 10 bis 11 Uhr am Freitag', '2026-11-27T09:00/2026-11-27T10:00'],
    ['de 10 a 11 el viernes', '2026-11-27T09:00/2026-11-27T10:00'],
    ['tomorrow 10am London time', '2026-11-24T10:00'],
    ['tomorrow at 3pm New York time', '2026-11-24T20:00'],
    ['tomorrow at 3pm Eastern', '2026-11-24T20:00'],
    ['morgen um 15 Uhr Londoner Zeit', '2026-11-24T15:00'],
    ['mañana a las 15:00 hora de Madrid', '2026-11-24T14:00'],
    ['tomorrow at 3pm Atlantis time', ''],
    ['tomorrow at 3pm. Time is short', '2026-11-24T14:00'],
    ['morgen um 15 Uhr', '2026-11-24T14:00'],
    ['übermorgen um halb drei', '2026-11-25T13:30'],
    ['am 11.12. um 15 Uhr', '2026-12-11T14:00'],
    ['Freitag, 11. Dezember, 9.30 Uhr', '2026-12-11T08:30'],
    ['von 15 bis 16 Uhr', '2026-11-23T14:00/2026-11-23T15:00'],
    ['Können wir auf 15:30 verschieben?', '2026-11-23T14:30'],
    ['demain à 15h', '2026-11-24T14:00'],
    ['après-demain à 15 h', '2026-11-25T14:00'],
    ['le 11/12 à 15h30', '2026-12-11T14:30'],
    ['vendredi midi', '2026-11-27T11:00'],
    ['mañana a las 15:00', '2026-11-24T14:00'],
    ['pasado mañana a las 3 de la tarde', '2026-11-25T14:00'],
    ['de 15 a 16 h', '2026-11-23T14:00/2026-11-23T15:00'],
    ['el 11 de diciembre a las 9:30', '2026-12-11T08:30'],
  ])('%s', (text, times) => {
    expect(found(text)).toBe(times);
  });

  it.each([
    ['can we do 3pm instead of 2pm?', '2026-11-23T14:00'],
    ['instead of 2pm could we do 4pm?', '2026-11-23T15:00'],
    ['I can’t make 2pm, how about 3pm?', '2026-11-23T14:00'],
    ["2pm doesn't work for me but 3pm would", '2026-11-23T14:00'],
    ['move it from 2pm to 3pm', '2026-11-23T14:00'],
    ['Geht auch 15 Uhr statt 14 Uhr?', '2026-11-23T14:00'],
    ['Leider kann ich um 14 Uhr nicht, aber um 16 Uhr ginge es.', '2026-11-23T15:00'],
    ['Peut-on faire 15h au lieu de 14h ?', '2026-11-23T14:00'],
    ['No puedo a las 14:00, mejor a las 16:00', '2026-11-23T15:00'],
    ['Why not 5pm?', '2026-11-23T16:00'],
  ])('%s names only what suits', (text, times) => {
    expect(found(text)).toBe(times);
  });

  it.each([
    'Thursday morning',
    'The meeting takes 2 hours.',
    'yesterday at 3pm',
    'Works for me',
    'Room 1500 is taken',
    '',
    'I cannot do 3pm',
  ])('%j proposes nothing', (text) => {
    expect(found(text)).toBe('');
  });

  it('are read by the writer’s clock, and by American order of day and month only there', () => {
    expect(found('on 12/8 at 3pm', { now: anchor.now, offsetMinutes: -300 })).toBe('2026-12-08T20:00');
    // November 12 is past, and in America nothing else can be meant.
    expect(found('on 11/12 at 3pm', { now: anchor.now, offsetMinutes: -300 })).toBe('');
    // Outlook.com writes its Date in UTC: nobody can tell where the writer is.
    expect(found('on 5/12 at 3pm', { now: anchor.now, offsetMinutes: 0 })).toBe('');
    expect(found('on 25/12 at 3pm', { now: anchor.now, offsetMinutes: 0 })).toBe('2026-12-25T15:00');
    expect(found('3pm', { now: new Date('2026-11-23T23:30:00Z'), offsetMinutes: 540 })).toBe('2026-11-24T06:00');
  });

  it('are meant for the day of the meeting, where that is known, and follow its change of clocks', () => {
    const spring: Anchor = {
      now: new Date('2027-03-26T12:00:00Z'),
      offsetMinutes: 60,
      timeZone: 'Europe/Berlin',
      meetingStart: new Date('2027-03-29T08:00:00Z'),
    };
    expect(found('can we do 3pm?', spring)).toBe('2027-03-29T13:00');
    expect(found('Sunday at 10am', spring)).toBe('2027-03-28T08:00');
  });

  it('are always in the future, in order of the words, and never many', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              '3pm',
              'tomorrow',
              'um 15 Uhr',
              'demain',
              'or',
              'not',
              '11.12.',
              'instead of',
              '.',
              '?',
              '25:99',
              '31/02',
              'mañana a las',
              '10-11',
            ),
            fc.string({ maxLength: 6 }),
          ),
          { maxLength: 30 },
        ),
        (words) => {
          const times = proposedTimes(words.join(' '), anchor);
          expect(times.length).toBeLessThanOrEqual(5);
          for (const { startUtc, endUtc } of times) {
            expect(Date.parse(startUtc)).toBeGreaterThan(anchor.now.getTime());
            if (endUtc !== undefined) expect(Date.parse(endUtc)).toBeGreaterThan(Date.parse(startUtc));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the table of times', () => {
  const friday: Anchor = { now: new Date('2026-11-27T08:15:00Z'), offsetMinutes: 60 };
  const local = (utc: string): string => {
    const [day = '', time = ''] = new Date(Date.parse(utc) + 3_600_000).toISOString().split('T');
    return `${day.startsWith('2026-') ? day.slice(5) : day} ${time.slice(0, 5)}`;
  };
  const timesIn = (text: string): string =>
    proposedTimes(text, friday)
      .map(({ startUtc, endUtc }) => local(startUtc) + (endUtc === undefined ? '' : `-${local(endUtc).slice(-5)}`))
      .join(', ');
  const linesOf = (table: string): string[] => table.trim().split('\n');
  const cases = Object.entries(timeCases).flatMap(([language, table]) =>
    linesOf(table).map((line) => {
      const [text = '', wanted = ''] = line.split(/ => ?/);
      return [language, text.replaceAll('\\n', '\n'), wanted] as const;
    }),
  );

  it('has at least 25 lines a language', () => {
    for (const [language, table] of Object.entries(timeCases))
      expect([language, linesOf(table).length >= 25]).toEqual([language, true]);
  });

  it.each(cases)('%s: %s', (_language, text, wanted) => {
    expect(timesIn(text)).toBe(wanted);
  });

  it.each(linesOf(unreadCases))('%s is in a language that is not read, and proposes nothing', (text) => {
    expect(timesIn(text)).toBe('');
  });

  // chrono-node reads plain dates and clocks of these languages right; where it errs, docs/mail.md says so.
  const witnesses = {
    en: [chronoEn.GB, ['tomorrow at 3pm', '8 December at 15:00', 'Tuesday at 14:30', 'Monday from 10:00 to 11:00']],
    de: [chronoDe.casual, ['morgen um 15:00', 'am 8. Dezember um 15 Uhr', 'am Dienstag um 14:30']],
    fr: [chronoFr.casual, ['demain à 15h', 'le 8 décembre à 15h', 'mardi à 14h30']],
    es: [chronoEs.casual, ['mañana a las 15:00', 'el 8 de diciembre a las 15:00', 'el martes a las 14:30']],
  } as const;

  it.each(Object.entries(witnesses))(
    'agrees with chrono-node where that is right: %s',
    (_language, [chrono, texts]) => {
      const reference = { instant: friday.now, timezone: friday.offsetMinutes };
      for (const text of texts) {
        const [result] = chrono.parse(text, reference, { forwardDate: true });
        expect([text, proposedTimes(text, friday)[0]?.startUtc]).toEqual([text, result?.start.date().toISOString()]);
      }
    },
  );
});
