// Where the embedded Postgres' programs are, which user may run them, and how one is run.
// Used by embedded-postgres.ts; knows nothing about clusters or databases.
import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * What an unprivileged user can reach when our own folders are closed to it (root's home, a private temporary
 * folder).
 */
const openPlace = '/var/lib/hybrid-scheduling';

/** The user that Postgres runs as. Root needs another one: Postgres refuses to run as root. */
export interface ServerUser {
  uid: number;
  gid: number;
}

export interface Binaries {
  /** Runs `initdb` or `pg_ctl`; resolves with everything it printed, rejects with its last line when it fails. */
  run(program: 'initdb' | 'pg_ctl', args: string[]): Promise<string>;
  /** Undefined where the server runs as ourselves. */
  user: ServerUser | undefined;
}

/** Finds the programs for this platform. Throws one line when there are none. */
export function findBinaries(): Binaries {
  const user = process.getuid?.() === 0 ? nobody() : undefined;
  const native = nativeFolder();
  restoreSymlinks(native);
  const folder = user && !isOpen(join(native, 'bin', 'postgres')) ? copyToOpenPlace(native) : native;
  return { user, run: (program, args) => run(join(folder, 'bin', program), args, user) };
}

/** True when every user may enter all folders above `path` and read it: what decides is the mode of each step. */
export function isOpen(path: string): boolean {
  for (let step = resolve(path); ; step = dirname(step)) {
    if (existsSync(step) && (statSync(step).mode & 0o005) !== 0o005) return false;
    if (step === dirname(step)) return true;
  }
}

/** A folder of its own for `name` where the server's user can reach it; only ever written by root. */
export function placeInTheOpen(name: string): string {
  mkdirSync(openPlace, { recursive: true });
  chmodSync(openPlace, 0o755);
  return join(openPlace, name);
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return resolve(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
  } catch {
    throw new Error(`there is no embedded Postgres for ${platform} ${process.arch}: set DATABASE_URL`);
  }
}

function nobody(): ServerUser {
  const line = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (!line)
    throw new Error(
      'Postgres does not run as root and there is no user nobody: start as another user or set DATABASE_URL',
    );
  // macOS writes -2.
  return { uid: Number(line[1]) >>> 0, gid: Number(line[2]) >>> 0 };
}

/** The package's install script makes these; where scripts are off it did not run. */
function restoreSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function copyToOpenPlace(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = placeInTheOpen(`postgres-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  openUp(unfinished);
  renameSync(unfinished, copy);
  return copy;
}

/** An umask of 077 at install time would otherwise follow the copy. */
function openUp(path: string): void {
  const state = lstatSync(path);
  if (state.isSymbolicLink()) return;
  chmodSync(path, state.mode & 0o100 ? 0o755 : 0o644);
  if (state.isDirectory()) for (const name of readdirSync(path)) openUp(join(path, name));
}

/** Nothing of our environment is passed on: it contains secrets. */
const environment = (): NodeJS.ProcessEnv => {
  const wanted = ['PATH', 'SYSTEMROOT', 'TEMP', 'TMP', 'TMPDIR'];
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => wanted.includes(name.toUpperCase()))),
    LC_ALL: 'C',
    TZ: 'UTC',
  };
};

async function run(file: string, args: string[], user: ServerUser | undefined): Promise<string> {
  const child = spawn(file, args, {
    ...user,
    cwd: dirname(file),
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // `exit`, not `close`: a server started by pg_ctl may keep our pipes open.
  const status = await new Promise<number | null>((done, failed) => child.on('error', failed).on('exit', done));
  if (status !== 0) throw new Error(`${basename(file)}: ${output.trim().split('\n').at(-1) ?? `ended with ${status}`}`);
  return output;
}
