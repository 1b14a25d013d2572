// Starts the whole product in this process: folder, Postgres, schema, mailbox, transport, the three apps' HTTP on one
// port.
// Called by main.ts; each part registers how it is stopped, so that Postgres, started first, ends last.
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { AppName, OutboxPort } from '#contracts';
import {
  brokerCheck,
  type EventPublisher,
  type EventServer,
  type EventsOfRooms,
  gaugeOutbox,
  InProcessTransport,
  OutboxPublisher,
  type QueuesOnBroker,
  RabbitPublisher,
  RabbitTransport,
  RoomsOnBroker,
  outboxCheck,
} from '#messaging';
import { Database, PgOutbox } from '#persistence';
import { migrate } from '#persistence/migrate';
import { createHttpApp, databaseCheck, type HealthCheck, mustBeUsable, parseKeys, productionWarnings } from '#service';
import { unknownPage } from '../../scheduling-api/src/links/notice.page';
import { type DataFolder, openDataFolder } from './data-folder';
import { freePort, startEmbeddedPostgres } from './embedded-postgres';
import type { ProcessLifecycle } from './process-lifecycle';
import { listeningHost, reachedAt } from './own-host';
import { startCatchingServer } from './mailbox/catching-server';
import { MailStore } from './mailbox/mail-store';
import { type AppsSettings, type Environment, type PlaceSettings, readApps } from './settings';
import { standaloneModules } from './standalone.module';
import { missingNames } from './gallery/gallery.page';
import { startText } from './start-text';

const apps: AppName[] = ['scheduling-api', 'notification-sender', 'imip-ingestor'];

export interface Start {
  env: Environment;
  place: PlaceSettings;
  logger: Logger;
  life: ProcessLifecycle;
  /** Hears what a person at the terminal should read. */
  say(text: string): void;
}

export async function startStandalone(start: Start): Promise<void> {
  const { env, place, logger, life } = start;
  const { port, host, address } = await whereOf(place);
  const folder = await openDataFolder(place.DATA_DIR);
  life.onStop(() => folder.release(), { untilDone: true });
  await mustBeFree(port, host);
  const { mails, smtpUrl } = await openMailbox(start, folder);
  const settings = readApps(env, folder.secrets(), { PUBLIC_URL: address, SMTP_URL: smtpUrl });
  for (const warning of productionWarnings({ ...settings, NODE_ENV: place.NODE_ENV })) logger.warn(warning);
  life.checkNotStopped();
  const database = await openDatabase(start, folder, settings);
  life.checkNotStopped();
  const outbox = new PgOutbox(database, apps);
  const transport = openTransport(start);
  const { broker, queues } = transport;
  const inModules = { settings, database, logger, mails, address, brokerUrl: place.RABBITMQ_URL, broker, queues };
  const { modules, checks } = standaloneModules(inModules);
  const allChecks = [databaseCheck(database), outboxCheck(outbox), ...transport.checks, ...checks];
  const http = await createHttpApp({
    imports: modules,
    checks: allChecks,
    logger,
    trustedProxies: place.TRUSTED_PROXIES,
    unknownPage,
    database,
  });
  life.onStop(() => http.close());
  http.connectMicroservice({ strategy: transport.server });
  gaugeOutbox(outbox);
  await http.startAllMicroservices();
  await http.listen(port, host);
  life.onStop(folder.writeAddress(address));
  startOutboxPublisher(start, outbox, transport.publisher);
  sayStarted(start, folder, settings, mails !== undefined);
}

/** What a person at the terminal reads once all is there. */
function sayStarted({ env, say }: Start, folder: DataFolder, settings: AppsSettings, hasMailbox: boolean): void {
  const own = folder.secrets();
  const madeHere = (name: 'API_KEYS' | 'OPERATOR_KEYS'): string | undefined =>
    env[name] ? undefined : [...parseKeys(own[name]).values()][0];
  say(
    startText({
      publicUrl: settings.PUBLIC_URL,
      ownKey: madeHere('API_KEYS'),
      // In production nothing is made up: there is no operator's key unless one was given.
      operatorKey: settings.OPERATOR_KEYS && (madeHere('OPERATOR_KEYS') ?? 'one of OPERATOR_KEYS'),
      hasMailbox,
      missingNames: missingNames(settings),
      dataFolder: folder.path,
      now: new Date(),
    }),
  );
}

async function whereOf({ PORT, HOST }: PlaceSettings): Promise<{ port: number; host: string; address: string }> {
  const port = PORT === 0 ? await freePort() : PORT;
  const host = listeningHost(HOST);
  return { port, host, address: reachedAt(host, port) };
}

/** Asked before anything is started: a taken port is the likeliest fault of all. */
async function mustBeFree(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  await new Promise((resolve) => server.close(resolve));
}

async function openMailbox(
  { place, logger, life }: Start,
  folder: DataFolder,
): Promise<{ mails: MailStore | undefined; smtpUrl: string }> {
  if (place.SMTP_URL !== undefined) return { mails: undefined, smtpUrl: place.SMTP_URL };
  const mails = new MailStore(join(folder.path, 'mails'));
  const server = await startCatchingServer(mails, logger);
  life.onStop(() => server.close());
  if (place.NODE_ENV !== 'production') return { mails, smtpUrl: server.url };
  // Its pages show every mail to everybody: not in production.
  logger.warn('SMTP_URL is not set: mails stay in the folder `mails` of DATA_DIR and reach nobody');
  return { mails: undefined, smtpUrl: server.url };
}

async function openDatabase(
  { place, logger, life, say }: Start,
  folder: DataFolder,
  settings: AppsSettings,
): Promise<Database> {
  let url = place.DATABASE_URL;
  if (url === undefined) {
    const postgres = await startEmbeddedPostgres({
      folder: join(folder.path, 'postgres'),
      database: 'scheduling',
      say,
    });
    life.onStop(() => postgres.stop(), { untilDone: true });
    postgres.keepUp();
    url = postgres.url;
  }
  await migrate(url, settings.ORGANIZER_EMAIL.slice(settings.ORGANIZER_EMAIL.lastIndexOf('@') + 1));
  // One pool for three apps.
  const database = new Database(
    { url, listenUrl: place.DATABASE_LISTEN_URL, applicationName: 'standalone', poolSize: 30 },
    (error) => logger.warn({ err: error }, 'database connection lost'),
  );
  life.onStop(() => database.close());
  await mustBeUsable(database, place.RABBITMQ_URL);
  return database;
}

function openTransport({ place, logger, life }: Start): {
  server: EventServer;
  publisher: EventPublisher;
  broker: EventsOfRooms | undefined;
  queues: QueuesOnBroker | undefined;
  checks: HealthCheck[];
} {
  if (place.RABBITMQ_URL === undefined) {
    const transport = new InProcessTransport({ logger, closeWithinMs: 3_000 });
    return { server: transport, publisher: transport, broker: undefined, queues: undefined, checks: [] };
  }
  const broker = { url: place.RABBITMQ_URL, prefix: place.BROKER_PREFIX, appName: 'standalone', logger };
  const publisher = new RabbitPublisher(broker);
  publisher.open();
  life.onStop(() => publisher.close());
  const server = new RabbitTransport({ ...broker, publisher, closeWithinMs: 3_000 });
  return {
    server,
    publisher,
    broker: new RoomsOnBroker(publisher, place.BROKER_PREFIX),
    queues: { publisher, prefix: place.BROKER_PREFIX },
    checks: [brokerCheck({ publisher, transport: server, prefix: place.BROKER_PREFIX, required: true })],
  };
}

function startOutboxPublisher({ logger, life }: Start, outbox: OutboxPort, publisher: EventPublisher): void {
  const outboxPublisher = new OutboxPublisher(outbox, publisher, logger, { stopWithinMs: 2_000 });
  outboxPublisher.start();
  life.onStop(() => outboxPublisher.stop());
}
