import { readCommand, usage } from './shell-command';

it.each([
  [['accept', 'guest', '--as', 'google'], { role: 'guest', kind: 'accept', client: 'google' }],
  [['decline'], { role: 'guest', kind: 'decline', client: 'google' }],
  [['counter', 'host', '+1d', '--as', 'outlook'], { role: 'host', kind: 'counter', client: 'outlook', at: '+1d' }],
  [['counter', 'host', '--at=-1h'], { role: 'host', kind: 'counter', client: 'google', at: '-1h' }],
  [['text', 'can we do 3pm?'], { role: 'guest', kind: 'text', client: 'google', text: 'can we do 3pm?' }],
  [['text', 'host', 'can', 'we?'], { role: 'host', kind: 'text', client: 'google', text: 'can we?' }],
  [['ooo', 'host'], { role: 'host', kind: 'out-of-office', client: 'google' }],
  [['timeline'], null],
])('reads %p', (args, act) => expect(readCommand(args)).toEqual({ room: undefined, act }));

it('takes a room', () => expect(readCommand(['timeline', '--room', 'x'])).toEqual({ room: 'x', act: null }));

it.each([[[]], [['book']], [['constructor']]])('explains itself for %p', (args) => expect(readCommand(args)).toBe(usage));

it('names what it does not know', () => {
  expect(readCommand(['accept', '--as', 'lotus'])).toContain('--as lotus: there is google');
  expect(readCommand(['accept', 'everybody'])).toContain('accept: what is "everybody"?');
});
