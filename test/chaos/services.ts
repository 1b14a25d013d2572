// A RabbitMQ, a Postgres and a libfaketime that a chaos run may break: private ones, started here and removed
// afterwards.
// Used by stage.ts; the services that other tests share are never touched.
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startEmbeddedPostgres } from '../../apps/standalone/src/embedded-postgres';
import { projectRoot } from '../support/project-root';

export interface Breakable {
  rabbitUrl: string;
  databaseUrl: string;
  /** Ends the broker by this signal, keeps it away and starts it again; resolves when it answers. */
  bounceBroker(signal: 'SIGTERM' | 'SIGKILL', downMs: number): Promise<void>;
  /** Postgres' immediate shutdown: no goodbye, recovery at the next start, which comes within a second. */
  restartPostgres(): void;
  /** Path of libfaketime; undefined where it can be neither found nor installed. */
  faketime: string | undefined;
  remove(): Promise<void>;
}

interface Made {
  add(thing: object): void;
  undo(): Promise<void>;
}
interface Scripts {
  made: { Made: new (name: string) => Made };
  rabbit: {
    privateRabbit(
      made: Made,
      ways: string[],
    ): Promise<{ url: string; bounce(signal: string, downMs: number): Promise<void> }>;
  };
  machine: { steadyPort(): Promise<number>; mayInstall(): boolean; aptInstall(name: string): boolean };
}

export const root = projectRoot;

const script = <T>(name: string): Promise<T> =>
  import(pathToFileURL(join(root, 'test', 'run', name)).href) as Promise<T>;

export async function startBreakable(): Promise<Breakable> {
  const { Made } = await script<Scripts['made']>('made.mjs');
  const { privateRabbit } = await script<Scripts['rabbit']>('rabbitmq.mjs');
  // Registers how an embedded Postgres is removed.
  await script('postgres.mjs');
  const made = new Made(`test-${process.pid}`);
  try {
    const broker = await privateRabbit(made, ['installed', 'docker', 'apt']);
    const folder = mkdtempSync(join(tmpdir(), 'hybrid-postgres-'));
    // Under root the server is another user, who must get in.
    chmodSync(folder, 0o755);
    made.add({ kind: 'embedded-postgres', folder });
    const postgres = await startEmbeddedPostgres({ folder, database: 'chaos' });
    postgres.keepUp();
    return {
      rabbitUrl: broker.url,
      databaseUrl: postgres.url,
      bounceBroker: broker.bounce,
      restartPostgres: () => immediately(folder),
      faketime: await findFaketime(),
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

/** SIGQUIT is `pg_ctl stop -m immediate`; the file is gone for a moment when one follows the other closely. */
function immediately(folder: string): void {
  const pidFile = join(realpathSync(join(folder, 'data')), 'postmaster.pid');
  if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
}

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
