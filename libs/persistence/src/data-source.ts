// TypeORM's data source: every entity, every migration, and the pool that all statements of an app share.
// Used by database.ts, which runs the hot transactions on that pool, and by migrate.ts.
import { DataSource, type DataSourceOptions } from 'typeorm';
import { entities } from './entities';
import { migrations } from './migrations';

/**
 * `extra` goes to pg's pool as it is. Nothing is created or changed by TypeORM itself: only migrations change tables.
 */
export const dataSourceOptions = (
  url: string,
  applicationName: string,
  extra: Record<string, unknown>,
  onPoolFault: (error: Error) => void,
): DataSourceOptions => ({
  type: 'postgres',
  url,
  applicationName,
  entities,
  migrations,
  migrationsTableName: 'schema_migrations',
  installExtensions: false,
  // Of Postgres itself since version 13: `gen_random_uuid`.
  uuidExtension: 'pgcrypto',
  synchronize: false,
  poolErrorHandler: onPoolFault,
  extra,
});

/** Not connected yet: the first statement does that. */
export const dataSourceOf = (...options: Parameters<typeof dataSourceOptions>): DataSource =>
  new DataSource(dataSourceOptions(...options));
