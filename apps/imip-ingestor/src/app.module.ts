// Wires the ingestor: the ways in, the store of raw mails, the reader, and the pure functions behind IMipIngestor.
// Imported by the app's own main and by the standalone process.
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { EventsOfRooms } from '#messaging';
import { Database } from '#persistence';
import { Callers, ERASURE_STEP, type ErasureStep, keptDataProviders, peopleConsumerOf } from '#service';
import { type TokenSecrets, secretsOf } from '#tokens';
import { agedRows, agedTables } from './aged-rows';
import { HooksController } from './hooks/hooks.controller';
import { HooksStore } from './hooks/hooks.store';
import { IMipIngestor, READINGS, TRUST } from './inbox/imip-ingestor';
import { InboundController, LOGGER } from './ways-in/inbound.controller';
import { INBOUND_TOKEN, InboundTokenCheck } from './ways-in/inbound-token';
import { Ingest } from './inbox/ingest';
import { gaugeWaiting } from './metrics';
import { OperatorConsumer } from './inbox/quarantined-mails';
import { QuarantineController } from './inbox/quarantine.controller';
import { MailReader, READER_OPTIONS, type ReaderOptions } from './inbox/reader';
import { eraseMails } from './people/erase-mails';
import { type ImipIngestorSettings, trustOf } from './settings';
import type { RawMailReader } from './inbox/read-whole';
import { ReadingPools } from './inbox/reading-pools';
import { IMAP_OPTIONS, imapAccount, type ImapOptions, ImapPoller } from './ways-in/imap';
import { LMTP_OPTIONS, LmtpListener, type LmtpOptions } from './ways-in/lmtp';
import { PROVIDERS, PROVIDERS_LOGGER, ProviderRoutes, type Providers } from './ways-in/provider-routes';
import { providersOf } from './ways-in/providers';

/** What the process that starts the app passes to it. */
export interface ImipIngestorParts {
  settings: ImipIngestorSettings;
  database: Database;
  logger: Logger;
  providers?: Providers;
  readings?: RawMailReader;
  /** Shared by the apps of one process; made of the settings where it is not given. */
  callers?: Callers;
  /** The events on the broker; left out where there is none. */
  broker?: EventsOfRooms | undefined;
}

const controllers = [
  InboundController,
  HooksController,
  QuarantineController,
  peopleConsumerOf('imip-ingestor.people'),
  OperatorConsumer,
];

@Module({})
export class ImipIngestorModule {
  /**
   * The caller closes the database, after the app. `providers` replaces those of the settings, `readings` the threads.
   */
  static with(parts: ImipIngestorParts): DynamicModule {
    const { settings, database, logger } = parts;
    gaugeWaiting(database);
    const secrets: TokenSecrets = secretsOf(settings);
    return {
      module: ImipIngestorModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: LOGGER, useValue: logger },
        { provide: Callers, useFactory: () => parts.callers ?? new Callers(settings, logger) },
        { provide: INBOUND_TOKEN, useValue: settings.INBOUND_TOKEN },
        { provide: TRUST, useValue: trustOf(settings) },
        { provide: READER_OPTIONS, useValue: { secrets, logger } satisfies ReaderOptions },
        { provide: Ingest, useFactory: (db: Database) => new Ingest(db, secrets), inject: [Database] },
        HooksStore,
        { provide: PROVIDERS, useValue: parts.providers ?? providersOf(settings) },
        { provide: PROVIDERS_LOGGER, useValue: logger },
        ...keptData(parts, secrets),
        InboundTokenCheck,
        ProviderRoutes,
        ...mailServers(settings, logger),
        { provide: READINGS, useFactory: () => parts.readings ?? new ReadingPools() },
        IMipIngestor,
        MailReader,
      ],
      exports: [Ingest],
    };
  }
}

/** Retention and erasure of this app's data. */
const keptData = ({ settings, logger, broker }: ImipIngestorParts, secrets: TokenSecrets): Provider[] => [
  {
    provide: ERASURE_STEP,
    useFactory:
      (db: Database): ErasureStep =>
      (open, signal) =>
        eraseMails({ db, secrets, broker }, open, signal),
    inject: [Database],
  },
  ...keptDataProviders({ app: 'imip-ingestor', settings, agedTables, agedRows, logger }),
];

/** The ways in that run only where their setting is set. */
function mailServers(
  { IMAP_URL, IMAP_POLL_SECONDS, LMTP_PORT, LMTP_HOST }: ImipIngestorSettings,
  logger: Logger,
): Provider[] {
  const imap =
    IMAP_URL === undefined
      ? []
      : [
          ImapPoller,
          {
            provide: IMAP_OPTIONS,
            useValue: {
              account: imapAccount(IMAP_URL),
              pollSeconds: IMAP_POLL_SECONDS ?? 30,
              logger,
            } satisfies ImapOptions,
          },
        ];
  const lmtp =
    LMTP_PORT === undefined
      ? []
      : [
          LmtpListener,
          {
            provide: LMTP_OPTIONS,
            useValue: { host: LMTP_HOST ?? '127.0.0.1', port: LMTP_PORT, logger } satisfies LmtpOptions,
          },
        ];
  return [...imap, ...lmtp];
}
