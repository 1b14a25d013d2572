// What is measured: the three apps as processes on a RabbitMQ and a Postgres of their own, which write to disk like
// an operator's.
// Opened by main.ts; closed with everything it made.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '#persistence';
import { migrate } from '#persistence/migrate';
import { root as thisBuild, startBreakable, steadyPort } from '../chaos/services';
import { eventually } from '../support/eventually';
import { Bare } from './bare';
import { type Cpu, cpuNow, parentOf } from './cpu';
import { post } from './http';
import { Relay } from './relay';

export type App = 'scheduling-api' | 'imip-ingestor' | 'notification-sender';
export const apps: readonly App[] = ['scheduling-api', 'imip-ingestor', 'notification-sender'];
export const organizer = 'scheduling@organizer.test';
const apiKey = 'bench-key-of-at-least-thirty-two-characters';
const inboundToken = 'bench-inbound-token-of-thirty-two-characters';

export interface Stage {
  db: Database;
  relay: Relay;
  bare: Bare;
  /** CPU so far of everything that a measurement runs. */
  look(): Cpu;
  rabbitUrl: string;
  databaseUrl: string;
  /** Starts one process; resolves with its start-up time in milliseconds, from spawn to ready. */
  start(app: App): Promise<number>;
  stopAll(app: App): Promise<void>;
  /** Resident memory of the app's first process, in MiB. */
  memory(app: App): number;
  url(app: App): string;
  platform(path: string, body: object): Promise<string>;
  deliver(raw: Buffer, envelopeFrom: string): Promise<string>;
  close(): Promise<void>;
}

interface RunningApp {
  child: ChildProcess;
  port: number;
}

/**
 * `profileFolder`: every process writes a CPU profile there when it stops. `build`: the folder of another build of the
 * product than this one; `migrate` makes its own schema.
 */
export async function openStage(options: {
  profileFolder: string | null;
  env?: Record<string, string>;
  build?: { folder: string; migrate(databaseUrl: string): void };
}): Promise<Stage> {
  const broken = await startBreakable();
  if (options.build) options.build.migrate(broken.databaseUrl);
  else await migrate(broken.databaseUrl, 'organizer.test');
  const build = options.build?.folder ?? thisBuild;
  const relay = await Relay.start();
  const bare = Bare.start();
  const db = new Database({ url: broken.databaseUrl, applicationName: 'bench', poolSize: 4 });
  // An idle backend ends, its postmaster does not.
  const [backend] = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
  const postmaster = parentOf(backend?.pid ?? process.pid);
  const logs = join(thisBuild, 'test', '.out', 'bench');
  mkdirSync(logs, { recursive: true });
  const log = openSync(join(logs, options.build ? 'apps-against.log' : 'apps.log'), 'w');
  const running = new Map<App, RunningApp[]>(apps.map((app) => [app, []]));
  const of = (app: App): RunningApp[] => running.get(app) ?? [];
  const first = (app: App): RunningApp => {
    const [one] = of(app);
    if (!one) throw new Error(`${app} does not run`);
    return one;
  };
  const url = (app: App): string => `http://127.0.0.1:${first(app).port}`;
  const profiling = options.profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileFolder}`];
  const start: Stage['start'] = async (app) => {
    const port = await steadyPort();
    const begun = performance.now();
    const child = spawn(process.execPath, [...profiling, join(build, 'dist', 'apps', app, 'src', 'main.js')], {
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        DATABASE_URL: broken.databaseUrl,
        RABBITMQ_URL: broken.rabbitUrl,
        SMTP_URL: relay.url,
        API_KEYS: `bench:${apiKey}`,
        INBOUND_TOKEN: inboundToken,
        TOKEN_SECRET: 'bench-secret-of-at-least-thirty-two-characters',
        ORGANIZER_EMAIL: organizer,
        PUBLIC_URL: 'https://meet.example.test',
        RATE_LIMIT: 'off',
        LOG_LEVEL: 'warn',
        ...options.env,
      },
    });
    of(app).push({ child, port });
    const ready = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200;
    await eventually(`${app} is ready`, ready, { timeoutMs: 60_000, everyMs: 10 });
    return performance.now() - begun;
  };
  const stopAll: Stage['stopAll'] = async (app) => {
    const ending = of(app).splice(0);
    await Promise.all(
      ending.map(({ child }) => new Promise((resolve) => (child.once('exit', resolve), child.kill('SIGTERM')))),
    );
  };
  const json = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  return {
    db,
    relay,
    bare,
    look: () => cpuNow([postmaster]),
    rabbitUrl: broken.rabbitUrl,
    databaseUrl: broken.databaseUrl,
    start,
    stopAll,
    memory: (app) =>
      Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${first(app).child.pid ?? 0}/status`, 'utf8'))?.[1]) / 1024,
    url,
    platform: (path, body) => post(`${url('scheduling-api')}${path}`, json, JSON.stringify(body)),
    deliver: (raw, envelopeFrom) =>
      post(
        `${url('imip-ingestor')}/api/imip/inbound`,
        {
          authorization: `Bearer ${inboundToken}`,
          'content-type': 'message/rfc822',
          'x-envelope-from': envelopeFrom,
          'x-envelope-to': organizer,
        },
        raw,
      ),
    close: async () => {
      await Promise.all(apps.map(stopAll));
      relay.stop();
      bare.stop();
      await db.close();
      await broken.remove();
    },
  };
}
