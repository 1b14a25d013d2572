// `npm start` as a process of its own: started with an environment, read, asked over HTTP, ended by a signal.
// Used by the tests of the standalone app.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from './eventually';

const root = join(__dirname, '..', '..');

export interface Standalone {
  process: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  url: string;
  /** The key it printed, or the one given. */
  key: string;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

/** What `npm start` ends up running once packages and build are there: `npm test` has built. */
const built: [string, ...string[]] = [process.execPath, 'dist/apps/standalone/src/main.js'];

/**
 * Starts with nothing of this process' environment but the PATH and where compiled code is kept; resolves when it
 * says that it runs or when it has ended.
 */
export async function startStandalone(env: Record<string, string>, command = built): Promise<Standalone> {
  const [program, ...args] = command;
  const PATH = `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`;
  const cache = process.env['NODE_COMPILE_CACHE'];
  const compiled = cache === undefined ? {} : { NODE_COMPILE_CACHE: cache };
  // A group of its own, so that a test can kill the whole tree but for Postgres, which is in none of ours.
  const child = spawn(program, args, {
    cwd: root,
    env: { PATH, HOME: process.env['HOME'] ?? '/', ...compiled, LOG_LEVEL: 'warn', ...env },
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let over = false;
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  ).finally(() => (over = true));
  await eventually('the product says that it runs, or ends', () => over || output.includes('Ctrl-C stops everything'), {
    timeoutMs: 60_000,
  }).catch((error: unknown) => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    throw new Error(`it said only: ${output}`, { cause: error });
  });
  const key = /Authorization: Bearer ([\w-]+)"/.exec(output)?.[1] ?? env['API_KEYS']?.split(':')[1] ?? '';
  return { process: child, output: () => output, url: `http://localhost:${env['PORT']}`, key, ended };
}
