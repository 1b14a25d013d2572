// The words of `npm run sim`: who does what, with which program.
// Called by shell.ts; pure.
import { parseArgs } from 'node:util';
import { Role } from '#contracts';
import { type Client, clients } from '../simulator/reply-as';
import type { Act } from './acts';

export interface Command {
  room: string | undefined;
  /** Null: only the timeline. */
  act: Act | null;
}

const kinds: Record<string, Act['kind']> = {
  accept: 'accept',
  tentative: 'tentative',
  decline: 'decline',
  counter: 'counter',
  text: 'text',
  bounce: 'bounce',
  ooo: 'out-of-office',
  scanner: 'scanner',
};

/** `-2h` is a time, not an option. */
const earlier = /^-\d/;

export const usage = `Answer it as either of them would (the newest room, unless --room says another):

  npm run sim -- accept guest --as google
  npm run sim -- counter host +1d --as outlook
  npm run sim -- decline guest --as apple
  npm run sim -- text guest "can we do 3pm?"
  npm run sim -- bounce guest
  npm run sim -- ooo guest
  npm run sim -- scanner guest
  npm run sim -- timeline

Programs: ${clients.join(', ')}. A time: +1d, -2h, +90m, 2026-12-01T15:00 on their clock, or an instant.`;

export const demoUsage =
  'npm run demo books a room and prints both mails; -- --title "Piano" names it, -- --soft keeps it when one declines.';

/** Reads `accept guest --as google` and the like; a string says what cannot be understood. */
export function readCommand(args: string[]): Command | string {
  const options = { as: { type: 'string' }, room: { type: 'string' }, at: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({
    args: [...args.filter((each) => !earlier.test(each)), '--', ...args.filter((each) => earlier.test(each))],
    allowPositionals: true,
    options,
  });
  const [word, ...rest] = positionals;
  if (word === undefined) return usage;
  if (word === 'timeline' && rest.length === 0) return { room: values.room, act: null };
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  if (kind === undefined)
    return `${positionals.join(' ')}: there is ${Object.keys(kinds).join(', ')} and timeline.\n\n${usage}`;
  const role = Role.safeParse(rest[0]).success ? Role.parse(rest.shift()) : 'guest';
  const client = clientOf(values.as ?? 'google');
  if (client === null) return `--as ${values.as ?? ''}: there is ${clients.join(', ')}.`;
  const words = rest.join(' ');
  const more = furtherWords(kind, values.at ?? words);
  return more === null
    ? `${word}: what is "${words}"?\n\n${usage}`
    : { room: values.room, act: { role, kind, client, ...more } };
}

/** What stands behind the role: a time for a counter, the words of a text; null where there is nothing to say. */
function furtherWords(kind: Act['kind'], words: string): Partial<Act> | null {
  if (kind === 'counter') return { at: words || '+1d' };
  if (words === '') return {};
  return kind === 'text' ? { text: words } : null;
}

const clientOf = (name: string): Client | null => clients.find((each) => each === name) ?? null;
