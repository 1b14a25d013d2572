// A RabbitMQ, a Postgres and a libfaketime that a chaos run may break: private ones, started here and removed
// afterwards.
// Used by stage.ts; the services that other tests share are never touched.
import { type ChildProcess, execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type ChannelModel, connect } from 'amqplib';
import { urlsIn } from '#contracts';
import { startEmbeddedPostgres } from '../../apps/standalone/src/embedded-postgres';
import { projectRoot } from '../support/project-root';

export interface Breakable {
  /** On a cluster the URLs of all nodes, with commas. */
  rabbitUrl: string;
  databaseUrl: string;
  /** The nodes of a cluster; none where the broker is one. */
  nodes: BrokerNode[];
  /**
   * Ends the broker by this signal, keeps it away and starts it again; resolves when it answers. On a cluster: one node,
   * for SIGKILL the one that leads most queues.
   */
  bounceBroker(signal: 'SIGTERM' | 'SIGKILL', downMs: number): Promise<void>;
  /**
   * Postgres' immediate shutdown: no goodbye, recovery at the next start, which comes within a second. On a cluster: the
   * primary's kill -9, and a failover.
   */
  restartPostgres(): void | Promise<void>;
  /** Absent where Postgres is one server. */
  postgresCluster: PostgresCluster | undefined;
  /** Path of libfaketime; undefined where it can be neither found nor installed. */
  faketime: string | undefined;
  /** A process of the run's own: should the run be killed, the next one ends it. */
  track(child: ChildProcess): void;
  remove(): Promise<void>;
}

export interface PostgresCluster {
  /** The hosts with commas. */
  url: string;
  /** Of each host the port of Postgres, and that of Patroni's REST API. */
  hosts: { port: number; rest: number }[];
  /** Just after its standbys have lost their connection to it. */
  killPrimary(): Promise<void>;
  switchOver(): Promise<void>;
  /** Resolves once a standby follows, a synchronous one where that is promised: only then may the primary be lost. */
  whole(): Promise<boolean>;
  /** Primaries that there were, less the first. */
  failovers(): number;
  stop(): void;
}

export interface BrokerNode {
  name: string;
  url: string;
  bounce(signal: 'SIGTERM' | 'SIGKILL', downMs: number): Promise<void>;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  /** What it and the others send each other vanishes; its clients are served. */
  partition(on: boolean): Promise<void>;
  /** Whether the broker took the limit by which it runs short. */
  alarm(kind: 'memory' | 'disk', on: boolean): Promise<boolean>;
  /** Gives it a member of every queue. */
  grow(): Promise<boolean>;
  /** Gives each node of the cluster as many queues to lead. */
  rebalance(): Promise<boolean>;
  /** URL of the HTTP API; of the first node alone. */
  management?: string;
  /** The environment of the broker's command line. */
  commands: NodeJS.ProcessEnv;
}

interface CreatedServices {
  add(thing: object): void;
  undo(): Promise<void>;
}
interface Scripts {
  made: { Made: new (name: string) => CreatedServices; undoLeftovers(): Promise<void> };
  processes: { track(made: CreatedServices, child: ChildProcess): void };
  rabbit: {
    privateRabbit(
      made: CreatedServices,
      ways: string[],
    ): Promise<{ url: string; bounce(signal: string, downMs: number): Promise<void> }>;
    privateCluster(made: CreatedServices, onFirst: (url: string) => Promise<void>): Promise<BrokerNode[]>;
  };
  patroni: {
    startPatroni(
      made: CreatedServices,
      options: { asynchronous: boolean; skewSeconds: number; faketime: string | undefined },
    ): Promise<PostgresCluster>;
  };
  machine: { steadyPort(): Promise<number>; mayInstall(): boolean; aptInstall(name: string): boolean };
}

export const root = projectRoot;

const script = <T>(name: string): Promise<T> =>
  import(pathToFileURL(join(root, 'test', 'run', name)).href) as Promise<T>;

/** Three nodes of RabbitMQ, and three Postgres under Patroni. */
export interface ClusterOptions {
  /** No standby is synchronous: the last commits before a failover are lost. */
  asynchronous: boolean;
  /** By how much the clock of each Postgres is ahead of the one before. */
  skewSeconds: number;
  /** Called while the broker has one node only. */
  onFirstNode(url: string): Promise<void>;
}

let started = 0;

/** `cluster` absent: one of each. */
export async function startBreakable({ cluster }: { cluster?: ClusterOptions | undefined } = {}): Promise<Breakable> {
  const { Made, undoLeftovers } = await script<Scripts['made']>('made.mjs');
  const { track } = await script<Scripts['processes']>('processes.mjs');
  // The clusters of a run that was killed would take part of the machine.
  await undoLeftovers();
  // Each call has a record of its own: what removes one of two must leave the other.
  const made = new Made(`test-${process.pid}-${(started += 1)}`);
  try {
    const faketime = await findFaketime();
    const broker = cluster ? await brokerCluster(made, cluster) : await oneBroker(made);
    const postgres = cluster ? await postgresCluster(made, { ...cluster, faketime }) : await onePostgres(made);
    return {
      rabbitUrl: broker.url,
      nodes: broker.nodes,
      bounceBroker: broker.bounce,
      databaseUrl: postgres.url,
      restartPostgres: postgres.restart,
      postgresCluster: postgres.cluster,
      faketime,
      track: (child) => track(made, child),
      remove: async () => {
        await postgres.stop();
        await made.undo();
      },
    };
  } catch (error) {
    await made.undo();
    throw error;
  }
}

interface PostgresParts {
  url: string;
  restart: Breakable['restartPostgres'];
  cluster: PostgresCluster | undefined;
  stop(): Promise<void>;
}

async function onePostgres(made: CreatedServices): Promise<PostgresParts> {
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-postgres-'));
  // Under root the server is another user, who must get in.
  chmodSync(folder, 0o755);
  made.add({ kind: 'embedded-postgres', folder });
  const postgres = await startEmbeddedPostgres({ folder, database: 'chaos' });
  postgres.keepUp();
  return { url: postgres.url, restart: () => immediately(folder), cluster: undefined, stop: () => postgres.stop() };
}

async function postgresCluster(
  made: CreatedServices,
  options: ClusterOptions & { faketime: string | undefined },
): Promise<PostgresParts> {
  const { startPatroni } = await script<Scripts['patroni']>('patroni.mjs');
  const cluster = await startPatroni(made, options);
  const restart = async (): Promise<void> => {
    await cluster.whole();
    await cluster.killPrimary();
  };
  return { url: cluster.url, restart, cluster, stop: () => Promise.resolve(cluster.stop()) };
}

type Broker = { url: string; nodes: BrokerNode[]; bounce: Breakable['bounceBroker'] };

async function oneBroker(made: CreatedServices): Promise<Broker> {
  const { privateRabbit } = await script<Scripts['rabbit']>('rabbitmq.mjs');
  return { ...(await privateRabbit(made, ['installed', 'docker', 'apt'])), nodes: [] };
}

async function brokerCluster(made: CreatedServices, { onFirstNode }: ClusterOptions): Promise<Broker> {
  const { privateCluster } = await script<Scripts['rabbit']>('rabbitmq.mjs');
  const nodes = await privateCluster(made, onFirstNode);
  let next = 0;
  const bounce: Broker['bounce'] = async (signal, downMs) => {
    const leading = signal === 'SIGKILL' ? await leadingNode(nodes) : undefined;
    await (leading ?? nodes[next++ % nodes.length])?.bounce(signal, downMs);
  };
  return { url: nodes.map(({ url }) => url).join(','), nodes, bounce };
}

/** The node that leads most queues. */
async function leadingNode(nodes: BrokerNode[]): Promise<BrokerNode | undefined> {
  const counts = Map.groupBy(
    (await queuesOn(nodes)).map(({ leader }) => leader),
    (leader) => leader,
  );
  const [name] = [...counts].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return nodes.find((node) => node.name === name);
}

/** Quorum queues with their leader and their members, as the broker's command line tells them. */
export async function queuesOn(nodes: BrokerNode[]): Promise<{ name: string; leader: string; members: string[] }[]> {
  for (const { commands, name } of nodes) {
    const args = ['-q', '-n', name, 'list_queues', '--formatter', 'json', 'name', 'leader', 'members'];
    const { stdout } = await promisify(execFile)(rabbitmqctl, args, { env: commands, timeout: 20_000 }).catch(() => ({
      stdout: '',
    }));
    if (stdout !== '') return JSON.parse(stdout) as Awaited<ReturnType<typeof queuesOn>>;
  }
  return [];
}

// Debian's wrapper in the PATH would use the system's folders.
const rabbitmqctl = '/usr/lib/rabbitmq/bin/rabbitmqctl';

/** A connection to the first node that answers. */
export async function connectBroker(urls: string): Promise<ChannelModel> {
  const faults: unknown[] = [];
  for (let tries = 0; tries < 20; tries += 1) {
    for (const url of urlsIn(urls)) {
      const model = await connect(url, { timeout: 5_000 }).catch((error: unknown) => void faults.push(error));
      if (!model) continue;
      model.on('error', () => undefined);
      return model;
    }
    await wait(500);
  }
  throw faults.at(-1);
}

/** SIGQUIT is `pg_ctl stop -m immediate`; the file is gone for a moment when one follows the other closely. */
function immediately(folder: string): void {
  const pidFile = join(realpathSync(join(folder, 'data')), 'postmaster.pid');
  if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
}

export const aptInstall = async (name: string): Promise<boolean> => {
  const { mayInstall, aptInstall: install } = await script<Scripts['machine']>('machine.mjs');
  return mayInstall() && install(name);
};

/** A port that stays free while its owner restarts. */
export const steadyPort = async (): Promise<number> => (await script<Scripts['machine']>('machine.mjs')).steadyPort();

async function findFaketime(): Promise<string | undefined> {
  const places = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map(
    (triplet) => `/usr/lib/${triplet}/faketime/libfaketime.so.1`,
  );
  const find = (): string | undefined => places.find((place) => existsSync(place));
  const { mayInstall, aptInstall } = await script<Scripts['machine']>('machine.mjs');
  if (!find() && mayInstall()) aptInstall('faketime');
  return find();
}
