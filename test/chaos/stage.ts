// The product as an operator runs it, on parts that may be broken: the three apps as processes, two senders, each on
// a proxy of its own to the broker.
// Made by chaos.ts; the faults act on it, the driver calls it, the invariants look into its database and queues.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { urlsIn } from '#contracts';
import { Database } from '#persistence';
import { migrate } from '#persistence/migrate';
import { type TcpProxy, openProxies } from '../support/broker';
import { eventually } from '../support/eventually';
import { SmtpSink } from '../support/smtp-sink';
import { type Front, startFront } from './cluster/front';
import { declareOnOneNode, growQueues } from './cluster/growth';
import { Publishers } from './cluster/publishers';
import { Inbox } from './inbox';
import { workersPerSender, type Life } from './repeats';
import { type Breakable, root, startBreakable, steadyPort } from './services';

export const actors = ['scheduling-api', 'imip-ingestor', 'notification-sender 1', 'notification-sender 2'] as const;
export type Actor = (typeof actors)[number];
/** Those that take events from the broker. */
export const consumers = ['scheduling-api', 'notification-sender 1', 'notification-sender 2'] as const;
export const senders = ['notification-sender 1', 'notification-sender 2'] as const;

export const organizer = 'scheduling@organizer.test';
export const apiKey = 'chaos-key-of-at-least-thirty-two-characters';
export const inboundToken = 'chaos-inbound-token-of-thirty-two-characters';
export const operatorKey = 'chaos-operator-key-of-at-least-thirty-two-characters';
export const tokenSecret = 'chaos-secret-of-at-least-thirty-two-characters';
const stopPatienceMs = 12_000;
const unconfirmed = join(root, 'test', 'chaos', 'cluster', 'unconfirmed.cjs');

interface RunningApp {
  port: number;
  life: Life | undefined;
  proxy: TcpProxy;
  child: ChildProcess | undefined;
  /** True while we have ended it on purpose. */
  down: boolean;
}

export interface Stage {
  broken: Breakable;
  sink: SmtpSink;
  inbox: Inbox;
  /** HAProxy and PgBouncer before the cluster of Postgres. */
  front: Front | undefined;
  db: Database;
  prefix: string;
  /** The actor whose clock can be set, if libfaketime is there. */
  fooled: Actor | undefined;
  url(actor: Actor): string;
  proxy(actor: Actor): TcpProxy;
  publishers: Publishers;
  start(actor: Actor): void;
  whenReady(actor: Actor): Promise<void>;
  /** Resolves with the exit code (null: killed) and how long that took. */
  end(actor: Actor, signal: 'SIGTERM' | 'SIGKILL'): Promise<{ code: number | null; ms: number }>;
  signal(actor: Actor, signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Sets the fooled actor's clock off by so many seconds, at once. */
  setClock(offsetSeconds: number): void;
  /** Of the senders. */
  readonly lives: readonly Life[];
  /** Processes that ended though nobody had ended them. */
  readonly fallen: string[];
  /** Stops accepting connections (true) or accepts them again. */
  refuseMail(refuse: boolean): Promise<void>;
  /** All that the apps have logged. */
  logs(): string;
  /** Removes everything it made; the logs stay where `keepLogs` says so, and their folder is returned. */
  close(keepLogs: boolean): Promise<string | null>;
}

export const plants = ['asynchronous', 'unconfirmed', 'one-url'] as const;

/** What a cluster run may ask for. */
export interface ClusterWishes {
  /** Faults that the judges must find: no synchronous standby, confirms not waited for, one URL instead of all. */
  plant: (typeof plants)[number] | undefined;
  /** By how much the clock of each Postgres is ahead of the one before. */
  skewSeconds: number;
}

const prefix = 'chaos.';

/** Apps that reach Postgres by way of PgBouncer and HAProxy in a cluster run; with LISTEN or without it. */
const behindFront: readonly Actor[] = ['imip-ingestor', 'notification-sender 2'];

export async function openStage(fooled: Actor, cluster?: ClusterWishes): Promise<Stage> {
  const broken = await startBreakable({
    cluster: cluster && {
      asynchronous: cluster.plant === 'asynchronous',
      skewSeconds: cluster.skewSeconds,
      onFirstNode: (url) => declareOnOneNode(url, prefix),
    },
  });
  return stageOn(broken, fooled, cluster).catch(async (error: unknown) => {
    await broken.remove();
    throw error;
  });
}

async function stageOn(broken: Breakable, fooled: Actor, cluster?: ClusterWishes): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-chaos-'));
  await migrate(broken.databaseUrl, 'organizer.test');
  if (cluster) await growQueues(broken, prefix);
  const front = broken.postgresCluster && (await startFront(broken.postgresCluster, broken.track));
  // The first URL alone: that node's end is then the end of the way there.
  const urlsFor = (urls: string): string => (cluster?.plant === 'one-url' ? (urlsIn(urls)[0] ?? urls) : urls);
  const inbox = new Inbox();
  const sink = new SmtpSink({ port: await steadyPort(), onTaken: (mail) => inbox.add(mail) });
  const smtpUrl = await sink.start();
  const db = new Database({ url: broken.databaseUrl, applicationName: 'chaos', poolSize: 4 });
  const running = new Map<Actor, RunningApp>();
  const publishers = new Publishers();
  for (const actor of actors)
    running.set(actor, {
      port: await steadyPort(),
      proxy: await openProxies(broken.rabbitUrl, (what, node) => publishers.record(actor, what, node)),
      child: undefined,
      life: undefined,
      down: true,
    });
  const clockFile = join(folder, 'clock');
  writeFileSync(clockFile, '+0\n');
  const fallen: string[] = [];
  const lives: Life[] = [];
  const of = (actor: Actor): RunningApp => {
    const one = running.get(actor);
    if (!one) throw new Error(`no ${actor}`);
    return one;
  };
  const url = (actor: Actor): string => `http://127.0.0.1:${of(actor).port}`;
  const log = (actor: Actor): string => join(folder, `${actor.replace(' ', '-')}.log`);
  const envOf = (actor: Actor): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    DATABASE_URL: front && behindFront.includes(actor) ? front.url : urlsFor(broken.databaseUrl),
    ...(front && actor === 'notification-sender 2' ? { DATABASE_LISTEN_URL: front.listenUrl } : {}),
    RABBITMQ_URL: urlsFor(of(actor).proxy.url),
    ...(cluster?.plant === 'unconfirmed' ? { NODE_OPTIONS: `--require=${unconfirmed}` } : {}),
    BROKER_PREFIX: prefix,
    SMTP_URL: `${smtpUrl}?name=${of(actor).life?.name ?? ''}`,
    SMTP_POOL_SIZE: String(workersPerSender),
    SMTP_RETRY_BASE_MS: '100',
    API_KEYS: `chaos:${apiKey}`,
    OPERATOR_KEYS: `chaos:${operatorKey}`,
    INBOUND_TOKEN: inboundToken,
    TOKEN_SECRET: tokenSecret,
    ORGANIZER_EMAIL: organizer,
    PUBLIC_URL: url('scheduling-api'),
    DECISION_HOLD_SECONDS: '1',
    LOG_LEVEL: 'warn',
    PORT: String(of(actor).port),
    // Only what a wall clock tells is set; timers go on, as they do where a machine's clock is stepped.
    ...(actor === fooled && broken.faketime !== undefined
      ? {
          LD_PRELOAD: broken.faketime,
          FAKETIME_TIMESTAMP_FILE: clockFile,
          FAKETIME_NO_CACHE: '1',
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
          DONT_FAKE_MONOTONIC: '1',
        }
      : {}),
  });
  const start = (actor: Actor): void => {
    const one = of(actor);
    publishers.ended(actor);
    one.life = { name: `life-${lives.length + 1}.chaos.test`, endedAt: undefined };
    if (actor.startsWith('notification-sender')) lives.push(one.life);
    const output = openSync(log(actor), 'a');
    const app = actor.split(' ', 1)[0] ?? actor;
    const child = spawn(process.execPath, [join(root, 'dist', 'apps', app, 'src', 'main.js')], {
      env: envOf(actor),
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    broken.track(child);
    one.child = child;
    one.down = false;
    child.once('exit', (code, signal) => {
      if (one.down || one.child !== child) return;
      fallen.push(`${actor} ended by itself with ${signal ?? code}`);
      start(actor);
    });
  };
  const end: Stage['end'] = async (actor, signal) => {
    const one = of(actor);
    const { child } = one;
    one.down = true;
    if (!child || child.exitCode !== null || child.signalCode !== null) return { code: child?.exitCode ?? null, ms: 0 };
    const begun = performance.now();
    if (one.life) one.life.endedAt = begun;
    publishers.ended(actor);
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    // One that does not end by itself must not end the run.
    const patience = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
    const code = await ended;
    clearTimeout(patience);
    return { code, ms: performance.now() - begun };
  };
  const stage: Stage = {
    broken,
    sink,
    inbox,
    front,
    db,
    prefix,
    fooled: broken.faketime === undefined ? undefined : fooled,
    url,
    proxy: (actor) => of(actor).proxy,
    publishers,
    start,
    whenReady: async (actor) => {
      await eventually(`${actor} is ready`, async () => (await fetch(`${url(actor)}/health/ready`)).status === 200, {
        timeoutMs: 120_000,
        everyMs: 100,
      });
    },
    end,
    signal: (actor, signal) => void of(actor).child?.kill(signal),
    setClock: (offsetSeconds) => writeFileSync(clockFile, `${offsetSeconds < 0 ? '' : '+'}${offsetSeconds}\n`),
    lives,
    fallen,
    refuseMail: async (refuse) => {
      if (refuse) await sink.close();
      else await sink.start();
    },
    logs: () => actors.map((actor) => readFileSync(log(actor), 'utf8')).join('\n'),
    close: async (keepLogs) => {
      await Promise.all(
        actors.map(async (actor) => {
          stage.signal(actor, 'SIGCONT');
          await end(actor, 'SIGTERM');
          await of(actor).proxy.close();
        }),
      );
      await sink.close();
      await db.close();
      await front?.stop();
      await broken.remove();
      if (keepLogs) return folder;
      rmSync(folder, { recursive: true, force: true });
      return null;
    },
  };
  for (const actor of actors) start(actor);
  await Promise.all(actors.map((actor) => stage.whenReady(actor)));
  return stage;
}
