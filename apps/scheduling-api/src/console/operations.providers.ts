// The console's pages about the state of the product: overview, letters, mails, dead letters, webhooks, health.
// Called by app.module.ts where the console is on.
import type { Provider, Type } from '@nestjs/common';
import type { Logger } from 'pino';
import type { QueuesOnBroker } from '#messaging';
import type { Database } from '#persistence';
import type { SchedulingApiSettings } from '../settings';
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

interface Parts {
  settings: SchedulingApiSettings;
  database: Database;
  logger: Logger;
  queues?: QueuesOnBroker | undefined;
  setup?: SetupSettings | undefined;
}

export const operationsProviders = ({ settings, database, logger, queues, setup }: Parts): Provider[] => [
  { provide: Samples, useValue: new Samples(database, logger) },
  { provide: QUEUES, useValue: queues ?? null },
  {
    provide: HealthReport,
    useValue: new HealthReport(database, queues, setup ?? { isWhole: false, settings }, logger),
  },
];
