// When each app last deleted what was past its time: `npm run doctor` says so where one does not any more.
// Additive; the version before this one writes nothing here, and is reported after an hour.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RetentionRuns1763002310000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table retention_runs (
        app text not null constraint pk_retention_runs primary key,
        ran_at timestamptz not null default now()
      )`);
    await db.query(`
      insert into retention_runs (app) values ('scheduling-api'), ('notification-sender'), ('imip-ingestor')`);
  }

  async down(): Promise<void> {}
}
