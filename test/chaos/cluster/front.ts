// Another way to a Postgres that fails over: HAProxy, which asks Patroni for the primary, and PgBouncer before it, by the
// recipe of docs/scale.md.
// Started by stage.ts for half of the apps of a cluster run; needs root on Debian.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { urlsIn } from '#contracts';
import { eventually } from '../../support/eventually';
import { aptInstall, type PostgresCluster, steadyPort } from '../services';
import { balancerOf, recipeOf, startBouncer, unpackBouncer } from './pgbouncer';

export interface Front {
  /** PgBouncer's. */
  url: string;
  /** HAProxy's, for LISTEN. */
  listenUrl: string;
  /** kill -9 of PgBouncer, and its start. */
  bounce(): Promise<void>;
  stop(): Promise<void>;
}

const [role, password] = ['scheduling', 'password-of-the-role'];
const haproxy = '/usr/sbin/haproxy';
/** As docs/scale.md has it for a Postgres that fails over: 15 s is PgBouncer's own wait after a login that failed. */
const afterFailover = 'server_login_retry = 1\n';

/** `track` records each process, so that none outlives the run. */
export async function startFront(cluster: PostgresCluster, track: (child: ChildProcess) => void): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-front-'));
  chmodSync(folder, 0o755);
  const { ini, sql } = recipeOf();
  await onPrimary(cluster, `create role ${role} superuser login password '${password}'; ${sql}`);
  const port = await steadyPort();
  const balancer = await startBalancer(folder, port, cluster, track);
  const listenUrl = `postgres://${role}:${password}@127.0.0.1:${port}/chaos`;
  const place = { folder: join(folder, 'pooler'), postgres: listenUrl, users: { [role]: password }, track };
  const pooler = await startBouncer(unpackBouncer(join(folder, 'packages')), place, ini + afterFailover);
  return {
    url: pooler.through(listenUrl),
    listenUrl,
    bounce: () => pooler.bounce(),
    stop: async () => {
      await pooler.stop();
      balancer.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function onPrimary({ url }: PostgresCluster, sql: string): Promise<void> {
  for (const each of urlsIn(url)) {
    const client = new Client({ connectionString: each });
    try {
      await client.connect();
      const { rows } = await client.query<{ waits: boolean }>('select pg_is_in_recovery() as waits');
      if (rows[0]?.waits === false) return void (await client.query(sql));
    } finally {
      await client.end();
    }
  }
  throw new Error('there is no primary');
}

/**
 * The settings of docs/scale.md, with hosts and ports of this run. Patroni's REST API answers /primary with 200 on the
 * primary alone (Patroni documentation, REST API).
 */
async function startBalancer(
  folder: string,
  port: number,
  { hosts }: PostgresCluster,
  track: (child: ChildProcess) => void,
): Promise<ChildProcess> {
  if (!existsSync(haproxy)) await aptInstall('haproxy');
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(
    file,
    balancerOf(
      `127.0.0.1:${port}`,
      hosts.map((host) => ({ address: `127.0.0.1:${host.port}`, rest: host.rest })),
    ),
  );
  execFileSync(haproxy, ['-c', '-f', file], { stdio: 'ignore' });
  const child = spawn(haproxy, ['-db', '-f', file], { stdio: 'ignore' });
  track(child);
  const client = (): Client =>
    new Client({ connectionString: `postgres://${role}:${password}@127.0.0.1:${port}/chaos` });
  await eventually('HAProxy knows the primary', async () => {
    const each = client();
    try {
      await each.connect();
      return true;
    } finally {
      await each.end().catch(() => undefined);
    }
  });
  return child;
}
