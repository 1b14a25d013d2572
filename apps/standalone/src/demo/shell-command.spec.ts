import { clients } from '../simulator/reply-as';
import { Act, actKinds } from './acts';
import { readCommand, usage } from './shell-command';

it.each([
  [['accept', 'guest', '--as', 'google'], { role: 'guest', kind: 'accept', client: 'google' }],
  [['decline'], { role: 'guest', kind: 'decline', client: 'google' }],
  [['counter', 'host', '+1d', '--as', 'outlook'], { role: 'host', kind: 'counter', client: 'outlook', at: '+1d' }],
  [['counter', 'host', '--at=-1h'], { role: 'host', kind: 'counter', client: 'google', at: '-1h' }],
  [['counter', 'host', '-1h', '--as', 'outlook'], { role: 'host', kind: 'counter', client: 'outlook', at: '-1h' }],
  [['text', 'can we do 3pm?'], { role: 'guest', kind: 'text', client: 'google', text: 'can we do 3pm?' }],
  [['text', 'host', 'can', 'we?'], { role: 'host', kind: 'text', client: 'google', text: 'can we?' }],
  [['ooo', 'host'], { role: 'host', kind: 'out-of-office', client: 'google' }],
  [['timeline'], null],
])('reads %p', (args, act) => expect(readCommand(args)).toEqual({ room: undefined, act }));

it('takes a room', () => expect(readCommand(['timeline', '--room', 'x'])).toEqual({ room: 'x', act: null }));

it('explains itself', () => expect(readCommand([])).toBe(usage));

it.each([[['book']], [['constructor']], [['timeline', 'x']]])(
  'says that it does not know %p, and what it knows',
  (args) => {
    expect(readCommand(args)).toMatch(new RegExp(`^${args.join(' ')}: there is accept, .*timeline\\.\\n\\nAnswer it`));
  },
);

it('names what it does not know', () => {
  expect(readCommand(['accept', '--as', 'lotus'])).toContain('--as lotus: there is google');
  expect(readCommand(['accept', 'everybody'])).toContain('accept: what is "everybody"?');
});

it.each(clients)('sends every act of the demo as %s', (client) => {
  const acts = actKinds.map((kind) => {
    const command = readCommand([kind === 'out-of-office' ? 'ooo' : kind, 'guest', '--as', client]);
    return typeof command === 'string' ? command : Act.parse(command.act);
  });
  expect(acts).toMatchObject(actKinds.map((kind) => ({ kind, role: 'guest', client })));
});
