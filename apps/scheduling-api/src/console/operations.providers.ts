// The console's pages about the state of the product: overview, letters, mails, dead letters, webhooks, health.
// Called by app.module.ts where the console is on.
import type { Provider, Type } from '@nestjs/common';
import type { Logger } from 'pino';
import type { QueuesOnBroker } from '#messaging';
import { Database } from '#persistence';
import { ConsoleDeadLettersController, QUEUES } from './dead-letters.controller';
import { HealthReport, type SetupSettings } from './health-report';
import { ConsoleHealthController } from './health.controller';
import { ConsoleLettersController } from './letters.controller';
import { ConsoleMailsController } from './mails.controller';
import { ConsoleOverviewController } from './overview.controller';
import { Samples } from './samples';
import { ConsoleWebhooksController } from './webhooks.controller';

export const operationsControllers: Type[] = [
  ConsoleOverviewController,
  ConsoleLettersController,
  ConsoleMailsController,
  ConsoleDeadLettersController,
  ConsoleWebhooksController,
  ConsoleHealthController,
];

/** `queues`: access to the queues, where there is a broker. `setup`: the settings that the Health page checks. */
export const operationsProviders = (parts: {
  queues: QueuesOnBroker | undefined;
  setup: SetupSettings;
  logger: Logger;
}): Provider[] => [
  Samples,
  { provide: QUEUES, useValue: parts.queues ?? null },
  {
    provide: HealthReport,
    useFactory: (db: Database) => new HealthReport(db, parts.queues, parts.setup, parts.logger),
    inject: [Database],
  },
];
