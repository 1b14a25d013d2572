// One app as a process of its own: settings, database, broker, HTTP, outbox publisher; stopped in the reverse order.
// Called by the main of each app with its own settings, module and checks.
import type { DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { AppName } from '#contracts';
import {
  brokerCheck,
  brokerUrls,
  type EventsOfRooms,
  gaugeOutbox,
  messagingSettings,
  OutboxPublisher,
  type QueuesOnBroker,
  RabbitPublisher,
  RabbitTransport,
  RoomsOnBroker,
  outboxCheck,
} from '#messaging';
import { Database, databaseSettings, PgOutbox } from '#persistence';
import { startTracing, tracingSettings } from '#tracing';
import { databaseCheck, type HealthCheck } from './health';
import { createHttpApp } from './http-app';
import { createLogger } from './logger';
import { runApp } from './run';
import { mustBeUsable } from './start-fault';
import type { UnknownPage } from './problem';
import { field, productionWarnings, readSettings, serviceSettings, SettingsFault } from './settings';

const processSettings = {
  ...serviceSettings,
  ...messagingSettings,
  ...tracingSettings,
  RABBITMQ_URL: brokerUrls,
  ...databaseSettings,
  DATABASE_POOL_SIZE: field.whole(1, 100).default(10),
  // Of every app, though not each reads both: a made-up one would mail dead links, or as somebody else.
  PUBLIC_URL: field.publicUrl,
  ORGANIZER_EMAIL: field.mailbox,
};
type ProcessSettings = z.infer<z.ZodObject<typeof processSettings>>;

/** The parts in which apps differ. */
export interface AppDefinition<Shape extends z.ZodRawShape> {
  name: AppName;
  shape: Shape;
  /** Secrets that production must set, with at least 32 characters. */
  secrets: readonly (keyof Shape & string)[];
  /** Whether the app has @Consumes handlers. */
  consumes: boolean;
  /** Unacknowledged events a queue, where the app decides more at a time than RabbitTransport's default. */
  prefetch?: number;
  /** Whether the app is not ready without a broker. */
  needsBroker: boolean;
  module(parts: {
    settings: Readonly<z.infer<z.ZodObject<Shape>>>;
    database: Database;
    logger: Logger;
    broker: EventsOfRooms;
    queues: QueuesOnBroker;
  }): {
    module: DynamicModule;
    checks: HealthCheck[];
    /** Where the app has pages of its own. */
    unknownPage?: UnknownPage;
  };
}

/** Runs the app until a stop signal; ends the process. */
export const runAppProcess = <Shape extends z.ZodRawShape>(definition: AppDefinition<Shape>): Promise<void> =>
  runApp(definition.name, () => start(definition));

async function start<Shape extends z.ZodRawShape>(
  definition: AppDefinition<Shape>,
): Promise<{ stop: () => Promise<void>; logger: Logger }> {
  const { name } = definition;
  const { common, settings } = readBoth(definition);
  const stopTracing = await startTracing(common.OTEL_EXPORTER_OTLP_ENDPOINT, name);
  const logger = createLogger({ app: name, level: common.LOG_LEVEL });
  for (const warning of productionWarnings({ ...process.env, ...settings, NODE_ENV: common.NODE_ENV }))
    logger.warn(warning);
  const database = databaseOf(name, common, logger);
  await mustBeUsable(database, common.RABBITMQ_URL);
  const { publisher, transport } = brokerOf(definition, common, logger);
  const outbox = new PgOutbox(database, [name]);
  const outboxPublisher = new OutboxPublisher(outbox, publisher, logger);
  const broker = new RoomsOnBroker(publisher, common.BROKER_PREFIX);
  const queues = { publisher, prefix: common.BROKER_PREFIX };
  const { module, unknownPage, checks: own } = definition.module({ settings, database, logger, broker, queues });
  const { BROKER_PREFIX: prefix, TRUSTED_PROXIES: trustedProxies } = common;
  const ofBroker = { publisher, ...(transport ? { transport } : {}), prefix, required: definition.needsBroker };
  const checks = [databaseCheck(database), outboxCheck(outbox), brokerCheck(ofBroker), ...own];
  const beforeDatabaseCloses = async (): Promise<void> => {
    await outboxPublisher.stop();
    await publisher.close();
  };
  const served = { imports: [module], checks, logger, trustedProxies, unknownPage, database, beforeDatabaseCloses };
  const http = await createHttpApp(served);
  if (transport) http.connectMicroservice({ strategy: transport });
  gaugeOutbox(outbox);
  publisher.open();
  if (transport) await http.startAllMicroservices();
  await http.listen(common.PORT, common.HOST ?? '0.0.0.0');
  outboxPublisher.start();
  logger.info({ url: await http.getUrl() }, 'listening');
  const stop = async (): Promise<void> => {
    await closeHttp(http);
    await database.close();
    await stopTracing();
  };
  return { logger, stop };
}

const databaseOf = (name: AppName, common: ProcessSettings, logger: Logger): Database =>
  new Database(
    {
      url: common.DATABASE_URL,
      listenUrl: common.DATABASE_LISTEN_URL,
      applicationName: name,
      poolSize: common.DATABASE_POOL_SIZE,
    },
    (error) => logger.warn({ err: error }, 'database connection lost'),
  );

/** The publisher and, where the app consumes, the transport. Nothing is connected yet. */
function brokerOf(
  { name, consumes, prefetch }: Pick<AppDefinition<z.ZodRawShape>, 'name' | 'consumes' | 'prefetch'>,
  common: ProcessSettings,
  logger: Logger,
): { publisher: RabbitPublisher; transport: RabbitTransport | null } {
  const broker = { url: common.RABBITMQ_URL, prefix: common.BROKER_PREFIX, appName: name, logger };
  const publisher = new RabbitPublisher(broker);
  const consuming = { ...broker, publisher, ...(prefetch === undefined ? {} : { prefetch }) };
  return { publisher, transport: consumes ? new RabbitTransport(consuming) : null };
}

/** A client that sends its body slowly must not delay the return of leases: after 3 s its connection is closed. */
async function closeHttp(http: Awaited<ReturnType<typeof createHttpApp>>): Promise<void> {
  const cutOff = setTimeout(() => http.getHttpServer().closeAllConnections(), 3_000);
  await http.close();
  clearTimeout(cutOff);
}

/** All invalid variables of the process and of the app are reported together. */
function readBoth<Shape extends z.ZodRawShape>({
  shape,
  secrets,
}: AppDefinition<Shape>): { common: ProcessSettings; settings: Readonly<z.infer<z.ZodObject<Shape>>> } {
  const faults: string[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SettingsFault)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  };
  const common = attempt(() => readSettings(process.env, processSettings));
  const settings = attempt(() => readSettings(process.env, shape, secrets));
  if (common === undefined || settings === undefined) throw new SettingsFault([...new Set(faults)].sort());
  return { common, settings };
}
