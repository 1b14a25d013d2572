// DATA_DIR: made where missing, used by one running instance at a time, keeper of the secrets that were made once.
// Opened by the standalone main before anything else; the lock is what lets a leftover Postgres be taken for ours.
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { dirname, join, resolve } from 'node:path';

/** The secrets of an instance that nobody gave any. */
export interface OwnSecrets {
  API_KEYS: string;
  OPERATOR_KEYS: string;
  INBOUND_TOKEN: string;
  TOKEN_SECRET: string;
}

export interface DataFolder {
  path: string;
  secrets(): OwnSecrets;
  /** Writes where the instance answers, for `npm run demo` and `npm run sim`; returns what takes it back. */
  writeAddress(url: string): () => void;
  /** Lets the next instance in. */
  release(): void;
}

/** Opens and locks a folder. Throws one line when it cannot be used or another instance runs in it. */
export async function openDataFolder(given: string): Promise<DataFolder> {
  const path = resolve(given);
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const release = await lock(path);
    return {
      path,
      secrets: () => ownSecrets(join(path, 'secrets.json')),
      writeAddress: (url) => writeAddress(join(path, 'address'), url),
      release,
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined
      ? error
      : new Error(`the folder ${path} cannot be used (${code}): choose another with DATA_DIR`, { cause: error });
  }
}

/**
 * Parents first, one by one: Node's own recursive mkdir never ends where a file system refuses with ENOENT, as /proc
 * does.
 * What is made is open to look into, so that Postgres can run as another user; what is secret inside has modes of its
 * own.
 */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolder(dirname(path));
  mkdirSync(path);
  chmodSync(path, 0o755);
}

function writeAddress(file: string, url: string): () => void {
  writeFileSync(file, `${url}\n`);
  return () => rmSync(file, { force: true });
}

function ownSecrets(file: string): OwnSecrets {
  const secret = (): string => randomBytes(32).toString('base64url');
  const made: OwnSecrets = {
    API_KEYS: `local:${secret()}`,
    OPERATOR_KEYS: `operator:${secret()}`,
    INBOUND_TOKEN: secret(),
    TOKEN_SECRET: secret(),
  };
  const stored = storedSecrets(file);
  const all = { ...made, ...stored };
  // A folder of an earlier version lacks what came later: that is made once, like the rest.
  if (Object.keys(made).every((name) => name in stored)) return all;
  writeFileSync(`${file}.new`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return all;
}

function storedSecrets(file: string): Partial<OwnSecrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<OwnSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read: repair or remove it`, { cause: error });
  }
}

/**
 * The lock is a file that names a loopback port and a word; whoever answers there with that word is alive.
 * A process id would not do: in a container the same number comes back at every start.
 */
async function lock(path: string): Promise<() => void> {
  const file = join(path, 'running');
  const word = randomBytes(16).toString('hex');
  const server = await listen(word);
  const address = server.address();
  const lockLine = `${typeof address === 'object' ? address?.port : ''} ${word}\n`;
  try {
    while (!tryWrite(file, lockLine)) await clearStale(file, path);
    // Another one may have found the file in the moment between its making and its content.
    if (readOrNothing(file) !== lockLine) throw inUse(path);
  } catch (error) {
    server.close();
    throw error;
  }
  return () => {
    rmSync(file, { force: true });
    server.close();
  };
}

const inUse = (path: string): Error =>
  new Error(`DATA_DIR ${path} is in use by another running instance: stop it, or set DATA_DIR to another folder`);

function tryWrite(file: string, lockLine: string): boolean {
  try {
    writeFileSync(file, lockLine, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function clearStale(file: string, path: string): Promise<void> {
  const lockLine = readOrNothing(file);
  if (await answers(lockLine)) throw inUse(path);
  // Renaming takes exactly one file away: if it is not the one just found dead, its owner came first.
  const aside = `${file}.stale-${randomBytes(4).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = readOrNothing(aside);
  if (taken !== lockLine) tryWrite(file, taken);
  rmSync(aside);
  if (taken !== lockLine) throw inUse(path);
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function listen(word: string): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined).end(word));
  await new Promise<void>((done, failed) => server.on('error', failed).listen(0, '127.0.0.1', done));
  return server.unref();
}

async function answers(lockLine: string): Promise<boolean> {
  const [port, word] = lockLine.trim().split(' ');
  if (!port || !word) return false;
  return new Promise((resolve) => {
    let received = '';
    const socket = connect({ port: Number(port), host: '127.0.0.1', timeout: 2_000 });
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
    socket.on('error', () => resolve(false)).on('timeout', () => socket.destroy());
    socket.on('close', () => resolve(received === word));
  });
}
