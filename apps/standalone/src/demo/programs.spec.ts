// The demo page names every program of the simulator, and knows which of them cannot propose a time.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canPropose, clients } from '../simulator/reply-as';

const page = readFileSync(join(__dirname, 'page', 'parts.mjs'), 'utf8');
const block = (name: string): string => new RegExp(`export const ${name} = [[{]([^}\\]]*)[}\\]]`).exec(page)?.[1] ?? '';

it('names every program', () => {
  const named = [...block('programs').matchAll(/^ {2}'?([\w-]+)'?: /gm)].map(([, name]) => name);
  expect(named).toEqual([...clients]);
});

it('knows who has no button for a new time', () => {
  const named = [...block('withoutCounter').matchAll(/'([\w-]+)'/g)].map(([, name]) => name);
  expect(named).toEqual(clients.filter((client) => !canPropose(client)));
});
