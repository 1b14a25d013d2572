// Three Postgres servers under Patroni, which fails them over, with an etcd of their own: in a temporary folder, as the
// user postgres where we are root. One standby is synchronous, so that a commit that was answered survives its primary;
// asynchronous only where that is asked for.
// Called by the chaos suite (`npm run chaos -- --cluster`).
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readdirSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say, seconds } from '../../apps/standalone/bin/install.mjs';
import { aptInstall, findProgram, mayInstall, steadyPort, until } from './machine.mjs';
import { undoingOf } from './made.mjs';

const servers = '/usr/lib/postgresql';
/**
 * As docs/scale.md shows them. On two cores a shorter `ttl` fails over by load alone; a primary that has died is not
 * waited for.
 */
const settings = JSON.parse(readFileSync(new URL('patroni-settings.json', import.meta.url), 'utf8'));

/** Debian's newest Postgres: Patroni needs all of its programs. */
function binaries() {
  const [newest] = existsSync(servers) ? readdirSync(servers).sort((a, b) => Number(b) - Number(a)) : [];
  return newest === undefined ? undefined : join(servers, newest, 'bin');
}

function need(program, name) {
  const found = () => findProgram(program, join('/usr/bin', program));
  if (!found() && mayInstall()) aptInstall(name);
  const path = found();
  if (!path) throw new Error(`a cluster of Postgres needs ${name}: apt-get install ${name}`);
  return path;
}

/** Who runs the servers: Postgres refuses root. */
function owner() {
  if (process.getuid?.() !== 0) return {};
  const id = (kind) => Number(spawnSync('id', [kind, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * Returns `url`, the hosts with commas, and what breaks them: `killPrimary()`, `switchOver()`; both resolve at once, the
 * failover comes later. `failovers()` counts the primaries that there were, less the first. `hosts` have their `port`
 * and that of Patroni's REST API. `faketime`, the path of libfaketime, and `skewSeconds`: by how much each server's clock
 * is ahead of the one before.
 */
export async function startPatroni(made, { asynchronous = false, faketime, skewSeconds = 0 } = {}) {
  const [patroni, etcd] = [need('patroni', 'patroni'), need('etcd', 'etcd-server')];
  const bin = binaries();
  if (!bin) throw new Error('a cluster of Postgres needs the package postgresql');
  const begun = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-patroni-'));
  const cluster = { folder, bin, patroni, password: randomBytes(12).toString('hex'), who: owner(), begun };
  Object.assign(cluster, { asynchronous });
  chmodSync(folder, 0o755);
  const thing = { kind: 'patroni', folder, groups: [] };
  made.add(thing);
  const run = (name, program, args) => {
    const log = openSync(join(folder, `${name}.log`), 'a');
    const options = { cwd: folder, stdio: ['ignore', log, log], detached: true, env: environment(folder) };
    const child = spawn(program, args, { ...options, ...cluster.who });
    closeSync(log);
    child.unref();
    thing.groups.push(child.pid);
    made.save();
  };
  cluster.etcd = await startEtcd(cluster, etcd, run);
  const members = [];
  for (const [at, name] of ['pg1', 'pg2', 'pg3'].entries()) {
    const member = await memberOf(cluster, name, skewSeconds && skewed(cluster, name, faketime, at * skewSeconds));
    members.push(member);
    run(name, patroni, [member.file]);
    // The first one makes the cluster.
    if (!(await until(90_000, async () => (await stateOf(member))?.state === 'running')))
      throw new Error(`Patroni does not start: ${lastLines(join(folder, `${name}.log`))}`);
  }
  if (!(await until(60_000, async () => (await standbys(cluster, members)) > 0))) throw new Error('no standby follows');
  await makeDatabase(cluster, members);
  say(`Postgres: three under Patroni, up in ${seconds(begun)}`);
  return faultsOf(cluster, members);
}

const environment = (folder) => ({ PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', PYTHONUNBUFFERED: '1' });

async function startEtcd({ folder, who }, program, run) {
  const [client, peer] = [await steadyPort(), await steadyPort()];
  const at = (port) => `http://127.0.0.1:${port}`;
  const data = join(folder, 'etcd');
  mkdirSync(data, { mode: 0o700 });
  if (who.uid) chownSync(data, who.uid, who.gid);
  const urls = ['--listen-client-urls', at(client), '--advertise-client-urls', at(client)];
  const peers = ['--listen-peer-urls', at(peer), '--initial-advertise-peer-urls', at(peer)];
  run('etcd', program, ['--data-dir', data, ...urls, ...peers, '--initial-cluster', `default=${at(peer)}`]);
  const answers = async () => (await fetch(`${at(client)}/health`)).ok;
  if (!(await until(60_000, answers))) throw new Error(`etcd does not start: ${lastLines(join(folder, 'etcd.log'))}`);
  return `127.0.0.1:${client}`;
}

async function memberOf(cluster, name, skewedBin) {
  const { folder, bin, password, who, etcd, asynchronous } = cluster;
  const [rest, port] = [await steadyPort(), await steadyPort()];
  const data = join(folder, name);
  mkdirSync(data, { mode: 0o700 });
  const config = {
    scope: 'hybrid',
    name,
    restapi: { listen: `127.0.0.1:${rest}`, connect_address: `127.0.0.1:${rest}` },
    etcd3: { host: etcd },
    bootstrap: {
      dcs: { ...settings, synchronous_mode: !asynchronous },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: join(data, 'data'),
      bin_dir: skewedBin || bin,
      pgpass: join(data, 'pgpass'),
      authentication: {
        superuser: { username: 'postgres', password },
        replication: { username: 'replicator', password },
        rewind: { username: 'rewinder', password },
      },
      parameters: { unix_socket_directories: '' },
      pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication all 127.0.0.1/32 scram-sha-256'],
    },
  };
  const file = join(data, 'patroni.json');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  if (who.uid) for (const path of [data, file]) chownSync(path, who.uid, who.gid);
  return { name, file, rest: `http://127.0.0.1:${rest}`, port, data: join(data, 'data') };
}

const stateOf = async ({ rest }) => (await fetch(`${rest}/patroni`)).json();

async function clusterOf(members) {
  for (const { rest } of members) {
    // On a busy machine also the body may come too late.
    const told = await fetch(`${rest}/cluster`, { signal: AbortSignal.timeout(5_000) })
      .then((response) => response.json())
      .catch(() => undefined);
    if (told) return told.members;
  }
  return [];
}

const leaderOf = async (members) => {
  const leader = (await clusterOf(members)).find(({ role }) => role === 'leader');
  return members.find(({ name }) => name === leader?.name);
};

/** Those that a failover may choose. */
const standbys = async ({ asynchronous }, members) =>
  (await clusterOf(members)).filter(
    ({ role, state }) => role === (asynchronous ? 'replica' : 'sync_standby') && /running|streaming/.test(state),
  ).length;

/** A folder of Postgres' programs whose server has a clock of its own. */
function skewed({ folder, bin }, name, faketime, seconds) {
  const own = join(folder, `${name}-bin`);
  mkdirSync(own);
  for (const program of readdirSync(bin))
    if (program !== 'postgres') symlinkSync(join(bin, program), join(own, program));
  const clock = `LD_PRELOAD=${faketime} FAKETIME=+${seconds}s FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1`;
  writeFileSync(join(own, 'postgres'), `#!/bin/sh\n${clock} exec ${join(bin, 'postgres')} "$@"\n`, { mode: 0o755 });
  return own;
}

async function makeDatabase({ bin, password }, members) {
  const leader = await leaderOf(members);
  const done = spawnSync(
    join(bin, 'createdb'),
    ['-h', '127.0.0.1', '-p', String(leader?.port), '-U', 'postgres', 'chaos'],
    {
      env: { PGPASSWORD: password, PATH: process.env.PATH },
      encoding: 'utf8',
    },
  );
  if (done.status !== 0) throw new Error(`createdb: ${done.stderr}`);
}

function faultsOf(cluster, members) {
  const { password, folder } = cluster;
  const primaries = [];
  const look = async () => {
    const leader = await leaderOf(members).catch(() => undefined);
    if (leader && primaries.at(-1) !== leader.name) primaries.push(leader.name);
  };
  const watch = setInterval(() => void look(), 1_000).unref();
  return {
    url: members.map(({ port }) => `postgres://postgres:${password}@127.0.0.1:${port}/chaos`).join(','),
    hosts: members.map(({ port, rest }) => ({ port, rest: Number(new URL(rest).port) })),
    failovers: () => primaries.length - 1,
    // With standbys that have just lost their connection to it: what is not synchronous is lost.
    killPrimary: async () => {
      const leader = await leaderOf(members);
      if (!leader) return;
      for (const receiver of ours(folder, /^postgres: .*walreceiver/)) process.kill(receiver, 'SIGTERM');
      await wait(700);
      const pid = Number(readFileSync(join(leader.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGKILL');
    },
    switchOver: async () => {
      const leader = await leaderOf(members);
      const body = JSON.stringify({ leader: leader?.name });
      if (leader) await fetch(`${leader.rest}/switchover`, { method: 'POST', body }).catch(() => undefined);
    },
    /** Resolves once a standby follows again, a synchronous one where that is promised. */
    whole: async () => {
      for (const until = Date.now() + 120_000; Date.now() < until; await wait(500))
        if ((await standbys(cluster, members)) > 0) return true;
      return false;
    },
    stop: () => clearInterval(watch),
  };
}

const lastLines = (file) => readFileSync(file, 'utf8').trim().split('\n').slice(-4).join(' | ');

undoingOf('patroni', async ({ folder, groups }) => {
  // Patroni stops its Postgres; etcd, the first, goes last.
  for (const group of [...groups].reverse()) {
    signal(group, folder, 'SIGTERM');
    if (!(await until(20_000, () => !signal(group, folder, 0)))) signal(group, folder, 'SIGKILL');
  }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    if (worksIn(folder, pid)) process.kill(Number(pid), 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Process ids of this cluster whose title is like this. */
const ours = (folder, title) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isIn(folder, name, title))
    .map(Number);

/** A server's process writes its title over its environment. */
function isIn(folder, pid, title) {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`).startsWith(folder) && title.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    );
  } catch {
    return false;
  }
}

/** A process id may have gone to another program since. */
function worksIn(folder, pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}

function signal(group, folder, name) {
  if (!worksIn(folder, group)) return false;
  try {
    return process.kill(-group, name);
  } catch {
    return false;
  }
}
