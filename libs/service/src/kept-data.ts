// The Nest providers that delete an app's data: old rows by their retention time, and the data of erased persons
// (contract, section 7.6).
// Used by the module of each app, which names its own rows and its own step of an erasure.
import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { AppName } from '#contracts';
import { Database } from '#persistence';
import { type ErasureStep, ErasureWorker } from './erasure-worker';
import { type AgedRows, type AgedTable, Retention, type RetentionSettings } from './retention';

/** The token by which each app provides its `ErasureStep`. */
export const ERASURE_STEP = Symbol('erasure step');

/** Needs `Database` and `ERASURE_STEP` among the providers of the same module. */
export const keptDataProviders = ({
  app,
  settings,
  agedTables,
  agedRows,
  logger,
}: {
  app: AppName;
  settings: RetentionSettings;
  agedTables: readonly AgedTable[];
  agedRows: (settings: RetentionSettings) => AgedRows[];
  logger: Logger;
}): Provider[] => [
  {
    provide: Retention,
    useFactory: (db: Database) =>
      new Retention(db, settings.RETENTION_TECHNICAL_DAYS, agedTables, logger, agedRows(settings), app),
    inject: [Database],
  },
  {
    provide: ErasureWorker,
    useFactory: (db: Database, step: ErasureStep) => new ErasureWorker(db, step, logger),
    inject: [Database, ERASURE_STEP],
  },
];
