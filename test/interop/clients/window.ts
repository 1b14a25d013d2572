// A display that nobody sees (Xvfb), and what a program's driver does in its windows there (drivers/window.py).
// Used by clients whose user has only a window.
import { readFileSync } from 'node:fs';
import { eventually } from '../../support/eventually';
import { driver } from '../drivers';
import type { Lab } from '../lab';
import { CannotRun } from '../program';

/** What the drivers need beside the program itself. */
export const windowPackages = ['xvfb', 'at-spi2-core', 'gir1.2-atspi-2.0', 'python3-gi', 'dbus'];

/** Writes the drivers into `home` and starts a display; resolves with its name. */
export async function startDisplay({ root }: Lab, home: string, drivers: string[]): Promise<string> {
  for (const name of ['window.py', ...drivers]) root.write(`${home}/${name}`, readFileSync(driver(name)));
  root.spawn([
    'bash',
    '-c',
    // Without -noreset it restarts when its last window closes, and refuses the next one meanwhile.
    `Xvfb -displayfd 1 -noreset -screen 0 1280x900x24 -nolisten tcp </dev/null 2>${home}/x.log >${home}/display`,
  ]);
  const display = eventually('Xvfb has a display', () => root.read(`${home}/display`).trim() || null, {
    timeoutMs: 60_000,
  });
  return `:${await display.catch(() => {
    throw new CannotRun(`Xvfb does not start: ${root.read(`${home}/x.log`).slice(-600)}`);
  })}`;
}

/** Runs a driver to its end and says what its window showed; throws what it printed where it fails. */
export async function drive(lab: Lab, home: string, display: string, command: string[]): Promise<void> {
  const env = { HOME: home, DISPLAY: display };
  const ran = await lab.root.run(['bash', ...command], { env, timeoutMs: 240_000 });
  if (ran.code !== 0)
    throw new Error(`${command.join(' ')} ended with ${ran.code}: ${ran.stdout}${ran.stderr.slice(-600)}`);
  lab.say(`its window: ${ran.stdout.trim()}`);
}
