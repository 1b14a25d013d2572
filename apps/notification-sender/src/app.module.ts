// The sender as one Nest module: consumers, dispatchers, and the PRD's IcsService and NotificationService.
// Imported by main.ts and by the standalone process, each with its own settings, database and logger.
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { EventsOfRooms } from '#messaging';
import { Database } from '#persistence';
import { ERASURE_STEP, type ErasureStep, keptDataProviders, peopleConsumerOf } from '#service';
import { agedRows, agedTables } from './aged-rows';
import type { CalendarService } from './render/calendar.service';
import { DeliveryStatesConsumer } from './ledger/delivery-states.consumer';
import { Dispatcher } from './sending/dispatcher';
import { OperatorConsumer } from './ledger/failed-letters';
import { IcsService } from './render/ics.service';
import { LettersConsumer } from './letters/letters.consumer';
import type { Mailer } from './sending/mailer';
import { gaugeLedger } from './metrics';
import { NotificationService } from './sending/notification.service';
import { eraseLetters } from './people/erase-letters';
import { retryPolicy } from './sending/retry-policy';
import { type NotificationSenderSettings, SETTINGS } from './settings';
import { gaugeWebhooks } from './webhooks/webhook-metrics';
import { webhookDispatcher } from './webhooks/webhook.provider';

export interface NotificationSenderParts {
  settings: NotificationSenderSettings;
  database: Database;
  /** The dispatcher closes it; the health checks ask it. */
  mailer: Mailer;
  logger: Logger;
  /**
   * Replaces the mail as the way into calendars; receives the mail service for the letters that it does not send
   * itself.
   */
  calendars?: (mail: CalendarService) => CalendarService;
  /** The events on the broker; left out where there is none. */
  broker?: EventsOfRooms | undefined;
}

const consumers = [
  LettersConsumer,
  DeliveryStatesConsumer,
  peopleConsumerOf('notification-sender.people'),
  OperatorConsumer,
];

@Module({})
export class NotificationSenderModule {
  /** The dispatcher starts with the application and stops before its shutdown; a queue's transport is the caller's. */
  static with(parts: NotificationSenderParts): DynamicModule {
    const { settings, database: db, mailer, logger, calendars = (mail) => mail } = parts;
    gaugeLedger(db);
    gaugeWebhooks(db);
    const policy = retryPolicy(settings.SMTP_RETRY_BASE_MS);
    return {
      module: NotificationSenderModule,
      controllers: consumers,
      providers: [
        { provide: Database, useValue: db },
        { provide: SETTINGS, useValue: settings },
        { provide: IcsService, useFactory: () => new IcsService(settings) },
        {
          provide: NotificationService,
          useFactory: (ics: IcsService) => new NotificationService({ ics, mailer, settings, policy, logger }),
          inject: [IcsService],
        },
        {
          provide: Dispatcher,
          useFactory: (mail: NotificationService) =>
            new Dispatcher({
              db,
              notifications: calendars(mail),
              mailer,
              workers: settings.SMTP_POOL_SIZE,
              logger,
              spreadMs: Math.max(settings.SMTP_RETRY_BASE_MS, 1_000),
            }),
          inject: [NotificationService],
        },
        ...keptData(parts),
        webhookDispatcher({ db, settings, logger }),
      ],
      exports: [Dispatcher, IcsService, NotificationService],
    };
  }
}

/** Retention and erasure of this app's data. */
const keptData = ({ settings, logger, broker }: NotificationSenderParts): Provider[] => [
  {
    provide: ERASURE_STEP,
    useFactory:
      (db: Database): ErasureStep =>
      (open, signal) =>
        eraseLetters({ db, broker }, open, signal),
    inject: [Database],
  },
  ...keptDataProviders({ app: 'notification-sender', settings, agedTables, agedRows, logger }),
];
