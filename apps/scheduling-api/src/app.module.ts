// Puts the scheduling API together from its parts; the caller owns the database and the transports.
// Used by main.ts and by the standalone process.
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { EventsOfRooms, QueuesOnBroker } from '#messaging';
import { Database } from '#persistence';
import { Callers, ErasureWorker, peopleConsumerOf, Retention } from '#service';
import { agedRows, agedTables } from './aged-rows';
import { CallerGate, CallerGuard, LOGGER, SETTINGS } from './http/caller.guard';
import { RateLimits } from './http/rate-limits';
import { McpController } from './agents/mcp.controller';
import { DocsController } from './docs/docs.controller';
import { consoleControllers, consoleIsOn, consoleProviders } from './console/console.providers';
import type { SetupSettings } from './console/health-report';
import { operationsControllers, operationsProviders } from './console/operations.providers';
import { ConfirmController } from './confirm/confirm.controller';
import { ConfirmService } from './confirm/confirm.service';
import { AnswerController } from './links/answer.controller';
import { AnswerService } from './links/answer.service';
import { LinksController } from './links/links.controller';
import { LinksService } from './links/links.service';
import { RoomErasure } from './people/erase-rooms';
import { type ExportParts, PersonExport } from './people/export';
import { PeopleController } from './people/people.controller';
import { DueClock } from './rooms/due.clock';
import { LettersController } from './rooms/letters.controller';
import { MailConsumer } from './rooms/mail.consumer';
import { ChangesController } from './rooms/changes.controller';
import { RoomCalls } from './rooms/room-calls';
import { RoomsController } from './rooms/rooms.controller';
import { RoomsStore } from './rooms/rooms.store';
import { type SchedulingApiSettings, tagging } from './settings';
import { EndpointsController } from './webhooks/endpoints.controller';
import { webhookProviders } from './webhooks/webhook.providers';
import { videoProviderOf, VideoRooms } from './video/video-rooms';

export interface SchedulingApiParts {
  settings: SchedulingApiSettings;
  database: Database;
  logger: Logger;
  /** Shared by the apps of one process; by default made from the settings. */
  callers?: Callers | undefined;
  /** How long a rate limit waits for its counter; tests raise it for slow machines. */
  limitsTimeoutMs?: number | undefined;
  /** Whether the console is served even while no operator key is set, as under `npm start`. */
  hasConsole?: boolean | undefined;
  /** The events on the broker; undefined without a broker. */
  broker?: EventsOfRooms | undefined;
  /** Access to the queues; undefined without a broker. */
  queues?: QueuesOnBroker | undefined;
  /** The settings that the Health page of the console checks; by default those of this app. */
  setup?: SetupSettings | undefined;
  /** Renders the bytes of a letter again; by default no bytes are shown. */
  letterBytes?: ExportParts['letterBytes'] | undefined;
}

const controllers = [
  ChangesController,
  RoomsController,
  LettersController,
  LinksController,
  ConfirmController,
  AnswerController,
  EndpointsController,
  McpController,
  DocsController,
  MailConsumer,
  PeopleController,
  peopleConsumerOf('scheduling-api.people'),
];

@Module({})
export class SchedulingApiModule {
  static with(parts: SchedulingApiParts): DynamicModule {
    const { settings, database, logger, callers, limitsTimeoutMs } = parts;
    const hasConsole = parts.hasConsole ?? consoleIsOn(settings);
    const rules = {
      organizerEmail: settings.ORGANIZER_EMAIL,
      rescheduleLinkTtlHours: settings.RESCHEDULE_LINK_TTL_HOURS ?? null,
      decisionLinks: settings.DECISION_LINKS,
      holdSeconds: settings.DECISION_HOLD_SECONDS,
    };
    const rooms = new RoomsStore(database, rules, settings.TOKEN_SECRET, tagging(settings));
    return {
      module: SchedulingApiModule,
      controllers: [...controllers, ...(hasConsole ? [...consoleControllers, ...operationsControllers] : [])],
      providers: [
        CallerGate,
        CallerGuard,
        { provide: Database, useValue: database },
        ...webhookProviders({ rooms, database, settings, logger }),
        { provide: Callers, useValue: callers ?? new Callers(settings, logger) },
        { provide: SETTINGS, useValue: settings },
        { provide: LOGGER, useValue: logger },
        {
          provide: RateLimits,
          useValue: new RateLimits(database, settings.RATE_LIMIT === 'on', logger, limitsTimeoutMs),
        },
        { provide: RoomsStore, useValue: rooms },
        { provide: RoomCalls, useValue: new RoomCalls(rooms) },
        { provide: VideoRooms, useValue: new VideoRooms(videoProviderOf(settings), logger) },
        ...linkProviders(settings),
        { provide: DueClock, useValue: new DueClock(rooms, logger) },
        ...personDataProviders(rooms, parts),
        ...(hasConsole ? [...consoleProviders(messageParts(parts)), ...operationsProviders(parts)] : []),
      ],
    };
  }
}

/** Behind the public pages. */
const linkProviders = (settings: SchedulingApiSettings): Provider[] => [
  {
    provide: LinksService,
    useFactory: (store: RoomsStore) => new LinksService(store, settings),
    inject: [RoomsStore],
  },
  {
    provide: AnswerService,
    useFactory: (links: LinksService) => new AnswerService(links, settings),
    inject: [LinksService],
  },
  {
    provide: ConfirmService,
    useFactory: (links: LinksService, store: RoomsStore) => new ConfirmService(links, store),
    inject: [LinksService, RoomsStore],
  },
];

/** What opens stored mails and makes letters again. */
const messageParts = ({ settings, letterBytes }: SchedulingApiParts): ExportParts => ({
  secrets: { current: settings.TOKEN_SECRET, previous: settings.TOKEN_SECRET_PREVIOUS },
  letterBytes: letterBytes ?? (() => null),
});

/** Retention, erasure and export of personal data. */
function personDataProviders(rooms: RoomsStore, parts: SchedulingApiParts): Provider[] {
  const { settings, database, logger, broker } = parts;
  const erasure = new RoomErasure(rooms, logger, broker);
  return [
    {
      provide: Retention,
      useValue: new Retention(
        database,
        settings.RETENTION_TECHNICAL_DAYS,
        agedTables,
        logger,
        agedRows(settings),
        'scheduling-api',
      ),
    },
    {
      provide: ErasureWorker,
      useValue: new ErasureWorker(database, (open, signal) => erasure.step(open, signal), logger),
    },
    {
      provide: PersonExport,
      useValue: new PersonExport(database, messageParts(parts)),
    },
  ];
}
