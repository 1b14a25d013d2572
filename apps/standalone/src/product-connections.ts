// How a command reaches what a running product works on: its database and its broker, by the same variables as the
// apps, or through DATA_DIR.
// Used by `npm run doctor` and `npm run replay`.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { messagingSettings, RabbitPublisher } from '#messaging';
import { Database, databaseUrls } from '#persistence';
import { field, readSettings } from '#service';
import type { Environment } from './settings';

export interface ProductConnections {
  db: Database;
  /** Null where the product runs without one. */
  broker: { publisher: RabbitPublisher; prefix: string } | null;
  close(): Promise<void>;
}

const places = {
  ...messagingSettings,
  DATABASE_URL: databaseUrls.optional(),
  DATA_DIR: field.text.default('.data'),
};
const brokerWithinMs = 10_000;

/** Connects; throws one line that says what cannot be reached. */
export async function connectToProduct(env: Environment, name: string): Promise<ProductConnections> {
  const { DATABASE_URL, RABBITMQ_URL, BROKER_PREFIX, DATA_DIR } = readSettings(env, places);
  const db = new Database({
    url: DATABASE_URL ?? embeddedUrl(resolve(DATA_DIR)),
    applicationName: name,
    poolSize: 4,
    wholeTables: true,
  });
  const publisher =
    RABBITMQ_URL === undefined
      ? null
      : new RabbitPublisher({
          url: RABBITMQ_URL,
          prefix: BROKER_PREFIX,
          appName: name,
          logger: pino({ level: 'silent' }),
        });
  const close = async (): Promise<void> => {
    await publisher?.close();
    await db.close();
  };
  try {
    await db.query('select 1');
    if (publisher) await connected(publisher);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, broker: publisher && { publisher, prefix: BROKER_PREFIX }, close };
}

async function connected(publisher: RabbitPublisher): Promise<void> {
  publisher.open();
  await publisher.whenReady(AbortSignal.timeout(brokerWithinMs));
  const { connected: up, fault } = publisher.state;
  if (!up) throw new Error(`the broker at RABBITMQ_URL cannot be used: ${fault ?? 'it does not answer'}`);
}

/** Where the Postgres of a running `npm start` listens: the fourth line of its own pid file. */
function embeddedUrl(dataDir: string): string {
  const folder = join(dataDir, 'postgres');
  const pidFile = existsSync(join(folder, 'data')) ? join(realpathSync(join(folder, 'data')), 'postmaster.pid') : '';
  if (pidFile === '' || !existsSync(pidFile))
    throw new Error(
      `nothing runs with its data in ${dataDir}: set DATABASE_URL, or run npm start and name its folder with DATA_DIR`,
    );
  const port = readFileSync(pidFile, 'utf8').split('\n')[3];
  return `postgres://postgres:${readFileSync(join(folder, 'password'), 'utf8')}@127.0.0.1:${port}/scheduling`;
}
