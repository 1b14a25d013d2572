// Gets a checkout ready to run: installs packages when some are missing, then starts again with the Node that the product
// runs on.
// Called first by every script under bin/ and test/run/; runs before anything is installed, so on any Node from 20 on
// and without packages.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');

const lockFile = join(root, 'package-lock.json');
const npmsOwnLock = join(root, 'node_modules', '.package-lock.json');
const stampFile = join(root, 'node_modules', '.installed-lock');
const windows = process.platform === 'win32';
const productNode = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** Progress goes to standard error: some scripts answer on standard output. */
export const say = (line) => void process.stderr.write(`${line}\n`);

/** Ends the process with one line that says why. */
export const giveUp = (line) => {
  say(line);
  process.exit(1);
};

/** For commands that print: a reader that leaves, as `| head` does, is no fault. */
export const readersMayLeave = () =>
  process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Says every five seconds for how long `what` has been going on; returns the way to stop it. A process of its own: npm
 * and the compiler are waited for without a turn of our own. It ends with this one, whose end closes its input.
 */
export function sayMeanwhile(what) {
  const script = `
    const begun = Date.now();
    process.stdin.resume().on('end', () => process.exit()).on('error', () => process.exit());
    process.stderr.on('error', () => process.exit());
    setInterval(() => process.stderr.write('${what}: ' + Math.round((Date.now() - begun) / 1000) + ' s …\\n'), 5000);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.on('error', () => undefined);
  child.unref();
  return () => void child.kill();
}

const lockHash = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex');

/**
 * True when node_modules was made from the lockfile as it is now, by this script or by an `npm install` run by hand.
 */
function isInstalled(hash) {
  if (!existsSync(npmsOwnLock)) return false;
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === hash;
  return statSync(npmsOwnLock).mtimeMs >= statSync(lockFile).mtimeMs;
}

/** Runs `npm install` where packages are missing or the lockfile changed since. */
export function install() {
  const hash = lockHash();
  if (!isInstalled(hash)) {
    const begun = Date.now();
    say('Installing packages; the first time this takes about a minute …');
    rmSync(stampFile, { force: true });
    const stop = sayMeanwhile('Still installing packages');
    const failure = runNpm();
    stop();
    if (failure) giveUp(`Packages could not be installed: ${failure}`);
    say(`Packages installed in ${seconds(begun)}`);
  }
  if (!existsSync(stampFile)) writeFileSync(stampFile, hash);
}

/**
 * What went wrong, or nothing. The compiler is a dev dependency, so NODE_ENV=production must not leave those out; the
 * lockfile stays as it is.
 */
function runNpm() {
  const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath ?? '';
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const done = /npm-cli\.c?js$/.test(npm)
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
  if (done.error) return done.error.code === 'ENOENT' ? 'npm is not on the PATH' : done.error.message;
  return done.status === 0 ? undefined : `npm install ended with ${done.status ?? done.signal}, see above`;
}

/**
 * Installs, then makes sure that `scriptUrl` (the caller's `import.meta.url`) runs on the product's Node.
 * Returns when it does; otherwise runs the same script there, passes signals on, and ends with its exit code.
 */
export async function ready(scriptUrl) {
  install();
  const here = realpathSync(process.execPath);
  const there = existsSync(productNode) ? realpathSync(productNode) : undefined;
  if (here === there || process.env.HYBRID_NODE_CHOSEN) return;
  if (!there || spawnSync(there, ['--version']).status !== 0) {
    if (Number.parseInt(process.versions.node, 10) < 24)
      say(`No Node 24 to be had for ${process.platform} ${process.arch}: going on with Node ${process.versions.node}.`);
    return;
  }
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(there, [fileURLToPath(scriptUrl), ...process.argv.slice(2)], {
    stdio: 'inherit',
    // The mark keeps two Nodes from handing over to each other for ever.
    env: { ...process.env, PATH: path, HYBRID_NODE_CHOSEN: '1' },
  });
  process.exit(await ended(child));
}

/** Passes SIGINT, SIGTERM and SIGHUP on to a child and waits for it; the exit code as a shell gives it. */
export async function ended(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) install();
