// A broker of our own: the installed rabbitmq-server on a port and folder of its own, else one in Docker, else the
// package from apt-get.
// Called by rabbitmq.mjs when no running broker lets us in.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say, seconds } from '../../apps/standalone/bin/install.mjs';
import { aptInstall, findProgram, freePort, mayInstall, steadyPort, until } from './machine.mjs';
import { undoingOf } from './made.mjs';
import { partition } from './partition.mjs';

// Debian's own wrapper starts only as root or rabbitmq and in the system's folders: what it wraps comes first.
const programs = [
  '/usr/lib/rabbitmq/bin/rabbitmq-server',
  'rabbitmq-server',
  '/usr/local/sbin/rabbitmq-server',
  '/opt/homebrew/sbin/rabbitmq-server',
];

/**
 * As docs/scale.md shows them. A node that is cut off ends its clients' connections, and joins the others again by
 * itself; a queue is led by the node with the fewest leaders, not by the one that its first client is on.
 */
const clusterSettings = readFileSync(new URL('rabbitmq-cluster.conf', import.meta.url), 'utf8');

/** Starts a broker and returns its URL; throws one line that says what is missing. */
export const startOwnBroker = async (made, ways, tried) => (await startBroker(made, ways, tried)).url;

/**
 * The same with `bounce(signal, downMs)`: ends it (as a container always at once), waits, starts it again on the same
 * port and data, resolves when it answers.
 */
export async function startBroker(made, ways, tried) {
  const missing = [];
  const installed = () => (ways.includes('installed') ? findProgram(...programs) : undefined);
  if (!installed() && dockerAnswers(ways)) return inDocker(made, tried);
  if (!installed()) missing.push('no rabbitmq-server is installed', 'no Docker answers');
  if (!installed() && !(ways.includes('apt') && mayInstall() && aptInstall('rabbitmq-server'))) {
    missing.push(mayInstall() ? 'apt-get could not install it' : 'apt-get needs root on Debian');
  }
  const program = installed();
  if (!program)
    throw new Error(
      `There is no RabbitMQ: nothing lets us in at localhost:5672, ${missing.join(', ')}. Start one and set RABBITMQ_URL.`,
    );
  return asChild(program, made, tried);
}

/**
 * Three nodes of one cluster, each with `url`, `name` and `bounce(signal, downMs)`, and `signal(name)`; they know each
 * other by `commands`, the environment for the broker's command line. `alarm(kind, on)` and `partition(on)` (partition.mjs)
 * break one of them, `grow()` gives it a member of every queue, `rebalance()` each node as many to lead. `onFirst(url)` is
 * awaited while there is one node only. Throws where no rabbitmq-server is installed.
 */
export async function startCluster(made, tried, onFirst) {
  const program = findProgram(...programs);
  if (!program) throw new Error('a cluster needs an installed rabbitmq-server');
  const common = {
    epmdPort: await steadyPort(),
    managementPort: await steadyPort(),
    cookie: randomBytes(16).toString('hex'),
    names: Array.from({ length: 3 }, freshName),
  };
  const nodes = [];
  // One after the other: the first finds nobody and starts alone, the later ones join it.
  for (let count = 1; count <= 3; count += 1) {
    nodes.push(await asChild(program, made, tried, { ...common, nodes }));
    if (count === 1) await onFirst(nodes[0].url);
  }
  for (const node of nodes)
    Object.assign(node, {
      partition: (on) => partition(made, node, on && nodes),
      grow: () => control(node.commands, 'rabbitmq-queues', 'grow', node.name, 'all'),
      rebalance: () => control(node.commands, 'rabbitmq-queues', 'rebalance', 'quorum'),
    });
  nodes[0].management = `http://guest:guest@127.0.0.1:${common.managementPort}`;
  return nodes;
}

async function asChild(program, made, tried, cluster) {
  const begun = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-rabbitmq-'));
  const [port, distributionPort] = [await steadyPort(), await steadyPort()];
  const epmdPort = cluster?.epmdPort ?? (await steadyPort());
  const thing = { kind: 'rabbitmq-server', folder, epmdPort };
  made.add(thing);
  const name = cluster?.names[cluster.nodes.length] ?? freshName();
  const env = environment(folder, { name, port, distributionPort, epmdPort });
  if (cluster) joinCluster(folder, cluster);
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  const launch = async () => {
    const log = openSync(join(folder, 'output'), 'a');
    const child = spawn(program, [], { env, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    child.unref();
    Object.assign(thing, { group: child.pid });
    made.save();
    if (!(await until(90_000, async () => child.exitCode !== null || !(await tried(url)))) || child.exitCode !== null) {
      throw new Error(
        `rabbitmq-server did not start: ${readFileSync(join(folder, 'output'), 'utf8').trim().split('\n').slice(-5).join(' | ')}`,
      );
    }
  };
  await launch();
  say(`RabbitMQ: ${program} on port ${port}, up in ${seconds(begun)}`);
  const bounce = async (kill, downMs) => {
    signal(thing.group, kill);
    if (!(await until(15_000, () => !signal(thing.group, 0)))) signal(thing.group, 'SIGKILL');
    await wait(downMs);
    await launch();
  };
  const node = { url, bounce, name, commands: env, signal: (kill) => signal(thing.group, kill), distributionPort };
  return { ...node, group: () => thing.group, alarm: (kind, on) => alarm(env, kind, on) };
}

/** Lets `memory` or `disk` run short by the node's own limit, or sets that back; whether the broker took it. */
function alarm(env, kind, on) {
  const limits = {
    memory: ['set_vm_memory_high_watermark', ...(on ? ['absolute', '1MB'] : ['0.6'])],
    disk: ['set_disk_free_limit', on ? '1000000GB' : '50MB'],
  };
  return control(env, 'rabbitmqctl', ...limits[kind]);
}

/**
 * Whether one of the broker's commands succeeded; Debian's wrapper in the PATH would use the system's folders. Not in
 * step: what the run serves goes on meanwhile.
 */
async function control(env, command, ...args) {
  const words = ['-q', '-n', env.RABBITMQ_NODENAME, ...args];
  const child = spawn(`/usr/lib/rabbitmq/bin/${command}`, words, { env, stdio: 'ignore', timeout: 60_000 });
  return new Promise((resolve) =>
    child.once('error', () => resolve(false)).once('close', (code) => resolve(code === 0)),
  );
}

/** Each node's file names all: one that lost its data joins the others again, whichever it is. */
function joinCluster(folder, { cookie, names, nodes, managementPort }) {
  writeFileSync(
    join(folder, 'enabled_plugins'),
    `[${nodes.length === 0 ? 'rabbitmq_management' : 'rabbitmq_management_agent'}].\n`,
  );
  writeFileSync(join(folder, '.erlang.cookie'), cookie, { mode: 0o400 });
  appendFileSync(
    join(folder, 'rabbitmq.conf'),
    [
      clusterSettings.trimEnd(),
      ...names.map((each, at) => `cluster_formation.classic_config.nodes.${at + 1} = ${each}`),
      'management.tcp.ip = 127.0.0.1',
      `management.tcp.port = ${managementPort}`,
      '',
    ].join('\n'),
  );
}

const freshName = () => `hybrid-test-${randomBytes(4).toString('hex')}@localhost`;

/**
 * Everything of its own: node name, ports, port mapper, cookie, data, logs, plugins. The system's broker and its
 * files stay untouched.
 */
function environment(folder, { name, port, distributionPort, epmdPort }) {
  const at = (name) => join(folder, name);
  // A full disk or a small machine must not make the broker refuse: what tests put in is little.
  writeFileSync(at('rabbitmq.conf'), 'disk_free_limit.absolute = 50MB\nvm_memory_high_watermark.relative = 0.6\n');
  writeFileSync(at('enabled_plugins'), '[].\n');
  writeFileSync(at('env.conf'), '');
  return {
    PATH: process.env.PATH,
    LANG: process.env.LANG ?? 'C.UTF-8',
    HOME: folder,
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_RELAXED_COMMAND_CHECK: '1',
    RABBITMQ_NODENAME: name,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_CONF_ENV_FILE: at('env.conf'),
    RABBITMQ_CONFIG_FILE: at('rabbitmq'),
    RABBITMQ_ENABLED_PLUGINS_FILE: at('enabled_plugins'),
    RABBITMQ_GENERATED_CONFIG_DIR: at('config'),
    RABBITMQ_FEATURE_FLAGS_FILE: at('feature_flags'),
    RABBITMQ_MNESIA_BASE: at('data'),
    RABBITMQ_LOG_BASE: at('log'),
    RABBITMQ_PID_FILE: at('pid'),
    RABBITMQ_PLUGINS_EXPAND_DIR: at('plugins'),
  };
}

undoingOf('rabbitmq-server', async ({ folder, group, epmdPort }) => {
  if (group && isOurs(group, folder)) {
    signal(group, 'SIGTERM');
    if (!(await until(15_000, () => !signal(group, 0)))) signal(group, 'SIGKILL');
  }
  // The port mapper left the group when it went into the background.
  const epmd = findProgram('epmd', '/usr/lib/erlang/bin/epmd');
  if (epmd)
    spawnSync(epmd, ['-port', String(epmdPort), '-kill'], {
      stdio: 'ignore',
      timeout: 5_000,
      env: { ...process.env, ERL_EPMD_RELAXED_COMMAND_CHECK: '1' },
    });
  rmSync(folder, { recursive: true, force: true });
});

/** A process id may have gone to another program since. */
function isOurs(group, folder) {
  if (!existsSync('/proc/self/environ')) return true;
  try {
    return readFileSync(`/proc/${group}/environ`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}

function signal(group, name) {
  try {
    return process.kill(-group, name);
  } catch {
    return false;
  }
}

const dockerAnswers = (ways) =>
  ways.includes('docker') && spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0;

async function inDocker(made, tried) {
  const name = `hybrid-test-${randomBytes(4).toString('hex')}`;
  const port = await freePort();
  made.add({ kind: 'container', name });
  const done = spawnSync(
    'docker',
    ['run', '-d', '--rm', '--name', name, '-p', `127.0.0.1:${port}:5672`, 'rabbitmq:4'],
    { encoding: 'utf8' },
  );
  if (done.status !== 0) throw new Error(`docker run rabbitmq:4 failed: ${done.stderr.trim().split('\n').at(-1)}`);
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  if (!(await until(90_000, async () => !(await tried(url))))) throw new Error('RabbitMQ in Docker does not answer');
  say(`RabbitMQ: in Docker, on port ${port}`);
  const bounce = async () => {
    spawnSync('docker', ['restart', '-t', '0', name], { stdio: 'ignore' });
    await until(90_000, async () => !(await tried(url)));
  };
  return { url, bounce };
}

undoingOf('container', ({ name }) => void spawnSync('docker', ['rm', '-f', name], { stdio: 'ignore' }));
