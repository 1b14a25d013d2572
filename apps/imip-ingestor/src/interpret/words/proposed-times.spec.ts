import fc from 'fast-check';
import { type Intent, intentOf } from './intent';
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
    expect(found('on 11/12 at 3pm', { now: anchor.now, offsetMinutes: -300 })).toBe('2027-11-12T20:00');
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

describe('what words seem to want', () => {
  it.each<[Intent, string[]]>([
    [
      'accept',
      [
        'Works for me.',
        'Sounds good, see you then',
        'Yes!',
        'ok',
        'I confirm',
        'Passt mir gut, danke!',
        'Einverstanden.',
        'Ich bin dabei',
        "D'accord, à demain",
        'Ça me convient',
        'Me va bien',
        'De acuerdo, allí estaré',
        'See you at 10!',
      ],
    ],
    [
      'decline',
      [
        "I can't make it, sorry",
        'Unfortunately I cannot attend.',
        "That doesn't work for me",
        'I have to cancel',
        'Leider muss ich absagen.',
        'Das passt mir leider nicht.',
        'Je ne peux malheureusement pas venir',
        'Je dois annuler.',
        'No puedo asistir',
        'Tengo que cancelar',
      ],
    ],
    [
      'propose',
      [
        'can we do 3pm?',
        "I can't make 2pm, how about 3pm?",
        'Works for me if we start at 10:30',
        'Geht auch 15 Uhr?',
        '15h ?',
        '¿Podemos a las 16:00?',
      ],
    ],
    [
      'unclear',
      [
        'Do you have parking?',
        'Who is this?',
        'Works for me, but I may be late',
        'Thanks for the invitation',
        'Wer nimmt teil?',
        '',
      ],
    ],
  ])('%s', (intent, texts) => {
    expect(texts.map((text) => [text, intentOf(text, proposedTimes(text, anchor).length > 0)])).toEqual(
      texts.map((text) => [text, intent]),
    );
  });
});
