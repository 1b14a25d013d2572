// Proves that a line is read as RFC 5545 3.1 and 3.2 say, also where ical.js alone would throw or take another value.
import ICAL from 'ical.js';
import { readLine } from './content-lines';

const read = (line: string): [name: string, params: Record<string, string>, value: string] | null => {
  const property = readLine(line);
  return property === null ? null : [property.name, Object.fromEntries(property.params), property.value];
};

it.each([
  [
    'a backslash in a parameter, which means nothing there',
    'ATTENDEE;CN="Doe\\, Ann: alto":mailto:ann@example.net',
    ['ATTENDEE', { CN: 'Doe\\, Ann: alto' }, 'mailto:ann@example.net'],
  ],
  [
    'a parameter with several values in quotes',
    'ATTENDEE;MEMBER="mailto:a@b.example","mailto:d@e.example":mailto:g@h.example',
    ['ATTENDEE', { MEMBER: 'mailto:a@b.example,mailto:d@e.example' }, 'mailto:g@h.example'],
  ],
  ['the codes of RFC 6868', "X-A;CN=Zoë ^'Zo^'^n^^:b", ['X-A', { CN: 'Zoë "Zo"\n^' }, 'b']],
  ['a date that is none, to the letter', 'DTSTART:20261399T250000Zx', ['DTSTART', {}, '20261399T250000Zx']],
  ['a number that is none', 'SEQUENCE:2 or so', ['SEQUENCE', {}, '2 or so']],
  ['a rule that no one knows', 'RRULE:FREQ=NEVER;BYDAY=XX', ['RRULE', {}, 'FREQ=NEVER;BYDAY=XX']],
  ['a type that is none', 'UID;VALUE=CONSTRUCTOR:a\\,b', ['UID', {}, 'a\\,b']],
  ['a value that looks like parameters', 'SUMMARY:a;b="c:d', ['SUMMARY', {}, 'a;b="c:d']],
  ['no value', 'SUMMARY;LANGUAGE=de:', ['SUMMARY', { LANGUAGE: 'de' }, '']],
])('reads %s', (_, line, property) => {
  expect(read(line)).toEqual(property);
});

it.each([
  ['a parameter without a value', 'X-A;RSVP;CN=b:c', { CN: 'b' }],
  ['a parameter without a name', 'X-A;=a;CN=b:c', { CN: 'b' }],
  ['an empty parameter', 'X-A;;CN=b:c', { CN: 'b' }],
  ['a quote that is not closed', 'ATTENDEE;CN="b;X=1:mailto:c', { CN: 'b', X: '1' }],
  ['blanks about the parts', ' X-A ; CN = b :c', { CN: 'b' }],
  ['a repeated parameter: the first', 'X-A;CN=b;CN=d:c', { CN: 'b' }],
])('repairs %s', (_, line, params) => {
  expect(read(line)?.[1]).toEqual(params);
});

it.each(['no colon', '; a', 'DTSTART;TZID=Europe/Berlin', '', 'é:x'])('takes %j for no property', (line) => {
  expect(readLine(line)).toBeNull();
});

it('reads BEGIN and END itself, since ical.js takes any END for the end of the innermost component', () => {
  expect(read('begin:VEVENT')).toEqual(['BEGIN', {}, 'VEVENT']);
  expect(read('END:X')).toEqual(['END', {}, 'X']);
  expect(ICAL.parse('BEGIN:VEVENT\r\nEND:X')).toEqual(['vevent', [], []]);
});

it('reads at most 64 parameters of a line', () => {
  const many = Array.from({ length: 100 }, (_, index) => `;X${index}=1`).join('');
  expect(Object.keys(read(`X-A${many}:b`)?.[1] ?? {})).toHaveLength(64);
});
