// TypeORM's data source: every entity, every migration, and the pool that all statements of an app share.
// Used by database.ts, which runs the hot transactions on that pool, and by migrate.ts.
import { DataSource, type DataSourceOptions } from 'typeorm';
import { urlsIn } from '#contracts';
import { entities } from './entities';
import { clientFor } from './hosts';
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
  // Of several hosts pg's client finds the primary by itself (hosts.ts).
  url: withoutOptions(urlsIn(url)[0] ?? url),
  applicationName,
  entities,
  migrations,
  migrationsTableName: 'schema_migrations',
  installExtensions: false,
  // Of Postgres itself since version 13: `gen_random_uuid`.
  uuidExtension: 'pgcrypto',
  synchronize: false,
  poolErrorHandler: onPoolFault,
  extra: { ...extra, ...optionsOf(urlsIn(url)[0] ?? url, extra['options']), Client: clientFor(url) },
});

/** In pg the URL's `options` would replace ours: both are sent, the URL's last, so that they apply. */
function optionsOf(url: string, ours: unknown): { options?: string } {
  const theirs = new URL(url).searchParams.get('options');
  const options = [ours, theirs].filter((each) => typeof each === 'string').join(' ');
  return options === '' ? {} : { options };
}

function withoutOptions(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('options')) return url;
  parsed.searchParams.delete('options');
  return parsed.href;
}

/** Not connected yet: the first statement does that. */
export const dataSourceOf = (...options: Parameters<typeof dataSourceOptions>): DataSource =>
  new DataSource(dataSourceOptions(...options));
