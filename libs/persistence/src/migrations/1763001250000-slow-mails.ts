// Mails that took too long to read wait for a pool of their own.
// Additive; the version before this one reads them beside the others, as it always did.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SlowMails1763001250000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table imip_messages add column is_slow boolean not null default false');
  }

  async down(): Promise<void> {}
}
