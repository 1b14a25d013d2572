// Puts the scheduling API together from its parts; the caller owns the database and the transports.
// Used by main.ts and by the standalone process.
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { EventsOfRooms, QueuesOnBroker } from '#messaging';
import { Database } from '#persistence';
import { Callers, ERASURE_STEP, type ErasureStep, keptDataProviders, peopleConsumerOf } from '#service';
import { secretsOf } from '#tokens';
import { agedRows, agedTables } from './aged-rows';
import { CallerGate, CallerGuard } from './http/caller.guard';
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
import { ProposalService } from './links/proposal.service';
import { RoomErasure } from './people/erase-rooms';
import { EXPORT_PARTS, type ExportParts, PersonExport } from './people/export';
import { PeopleController } from './people/people.controller';
import { DueClock } from './rooms/due.clock';
import { LettersController } from './rooms/letters.controller';
import { MailConsumer } from './rooms/mail.consumer';
import { ChangesController } from './rooms/changes.controller';
import { RoomCalls } from './rooms/room-calls';
import { RoomsController } from './rooms/rooms.controller';
import { RoomsStore } from './rooms/rooms.store';
import { LOGGER, rulesOf, type SchedulingApiSettings, SETTINGS, tagging } from './settings';
import { EndpointsController } from './webhooks/endpoints.controller';
import { RoomFiller } from './webhooks/room-filler';
import { SecretsResealer } from './webhooks/secrets-resealer';
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

/** What runs or is called beside the routes; the rest is made from the parts by `with`. */
const providers: Provider[] = [
  CallerGate,
  CallerGuard,
  RoomCalls,
  DueClock,
  LinksService,
  ProposalService,
  AnswerService,
  ConfirmService,
  PersonExport,
  RoomFiller,
  SecretsResealer,
];

@Module({})
export class SchedulingApiModule {
  static with(parts: SchedulingApiParts): DynamicModule {
    const { settings, database, logger } = parts;
    const hasConsole = parts.hasConsole ?? consoleIsOn(settings);
    const setup = parts.setup ?? { isWhole: false, settings };
    return {
      module: SchedulingApiModule,
      controllers: [...controllers, ...(hasConsole ? [...consoleControllers, ...operationsControllers] : [])],
      providers: [
        { provide: Database, useValue: database },
        { provide: SETTINGS, useValue: settings },
        { provide: LOGGER, useValue: logger },
        ...roomProviders(parts),
        ...providers,
        ...personDataProviders(parts),
        ...(hasConsole ? [...consoleProviders, ...operationsProviders({ queues: parts.queues, setup, logger })] : []),
      ],
    };
  }
}

/** What the settings decide about callers and rooms. */
const roomProviders = ({ settings, logger, callers, limitsTimeoutMs }: SchedulingApiParts): Provider[] => [
  { provide: Callers, useFactory: () => callers ?? new Callers(settings, logger) },
  {
    provide: RateLimits,
    useFactory: (db: Database) => new RateLimits(db, settings.RATE_LIMIT === 'on', logger, limitsTimeoutMs),
    inject: [Database],
  },
  {
    provide: RoomsStore,
    useFactory: (db: Database) => new RoomsStore(db, rulesOf(settings), settings.TOKEN_SECRET, tagging(settings)),
    inject: [Database],
  },
  { provide: VideoRooms, useFactory: () => new VideoRooms(videoProviderOf(settings), logger) },
];

/** Retention, erasure and export of personal data. */
const personDataProviders = ({ settings, logger, broker, letterBytes }: SchedulingApiParts): Provider[] => [
  {
    provide: EXPORT_PARTS,
    useValue: { secrets: secretsOf(settings), letterBytes: letterBytes ?? (() => null) } satisfies ExportParts,
  },
  {
    provide: ERASURE_STEP,
    useFactory: (rooms: RoomsStore): ErasureStep => {
      const erasure = new RoomErasure(rooms, logger, broker);
      return (open, signal) => erasure.step(open, signal);
    },
    inject: [RoomsStore],
  },
  ...keptDataProviders({ app: 'scheduling-api', settings, agedTables, agedRows, logger }),
];
