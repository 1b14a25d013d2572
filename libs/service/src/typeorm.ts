// Gives Nest the data source of a process, for reads by entities: lists, timelines, exports, the console.
// Imported by the root module of each process (http-app.ts).
import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Database } from '#persistence';

/**
 * Nothing is connected here: an app starts while its database is away, and reports that it is not ready.
 * The module destroys the data source when the application has shut down.
 */
export const typeOrmOf = (database: Database): DynamicModule =>
  TypeOrmModule.forRootAsync({
    useFactory: () => ({ ...database.dataSource.options, manualInitialization: true }),
    dataSourceFactory: () => Promise.resolve(database.dataSource),
  });
