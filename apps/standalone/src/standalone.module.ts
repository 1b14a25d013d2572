// The three apps, and the mailbox where mails are caught, as the Nest modules of one process.
// Built by standalone.ts, the only place where the apps meet.
import type { DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { EventsOfRooms, QueuesOnBroker } from '#messaging';
import type { Database } from '#persistence';
import { letterBytes } from '#rendering';
import { Callers, type HealthCheck, loggerOf } from '#service';
import { ImipIngestorModule } from '../../imip-ingestor/src/app.module';
import { imipIngestorChecks } from '../../imip-ingestor/src/health';
import { NotificationSenderModule } from '../../notification-sender/src/app.module';
import { healthChecks as notificationSenderChecks } from '../../notification-sender/src/health';
import { Mailer } from '../../notification-sender/src/sending/mailer';
import { signingOf } from '../../notification-sender/src/settings';
import { SchedulingApiModule } from '../../scheduling-api/src/app.module';
import { DemoModule } from './demo/demo.module';
import type { MailStore } from './mailbox/mail-store';
import { MailboxModule } from './mailbox/mailbox.module';
import type { AppsSettings } from './settings';

export interface AppParts {
  settings: AppsSettings;
  database: Database;
  logger: Logger;
  /** Absent where mails really leave. */
  mails: MailStore | undefined;
  /** Where this process answers. */
  address: string;
  /** The events on the broker; undefined where they stay in this process. */
  broker: EventsOfRooms | undefined;
  queues: QueuesOnBroker | undefined;
  brokerUrl: string | undefined;
}

export function standaloneModules({
  settings,
  database,
  logger,
  mails,
  address,
  broker,
  queues,
  brokerUrl,
}: AppParts): {
  modules: DynamicModule[];
  checks: HealthCheck[];
} {
  const of = (app: string): Logger => loggerOf(logger, app);
  const mailer = new Mailer({
    url: settings.SMTP_URL,
    connections: settings.SMTP_POOL_SIZE,
    signing: signingOf(settings),
    logger: of('notification-sender'),
  });
  // One for both apps that ask: the key set of a token is fetched once.
  const callers = new Callers(settings, logger);
  const modules = [
    SchedulingApiModule.with({
      settings,
      database,
      logger: of('scheduling-api'),
      callers,
      hasConsole: true,
      broker,
      queues,
      setup: { isWhole: true, settings: { ...settings, RABBITMQ_URL: brokerUrl } },
      letterBytes: (letter) => letterBytes(settings, letter),
    }),
    NotificationSenderModule.with({ settings, database, mailer, logger: of('notification-sender'), broker }),
    ImipIngestorModule.with({ settings, database, logger: of('imip-ingestor'), callers, broker }),
    ...(mails ? [MailboxModule.with({ store: mails, settings }), demo(mails, settings, address)] : []),
  ];
  const checks = [...notificationSenderChecks({ db: database, mailer, beside: true }), ...imipIngestorChecks(database)];
  return { modules, checks };
}

/** The demo uses the same routes as every other client, so it is given their keys. */
function demo(mails: MailStore, settings: AppsSettings, address: string): DynamicModule {
  const [apiKey = ''] = settings.API_KEYS.values();
  return DemoModule.with({
    mails,
    publicUrl: settings.PUBLIC_URL,
    url: address,
    apiKey,
    inboundToken: settings.INBOUND_TOKEN,
  });
}
