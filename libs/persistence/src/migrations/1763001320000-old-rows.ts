// By when they were made, old answers and keys of mails are found and deleted (contract, section 7.6).
// Additive; the version before this one writes both tables as before.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OldRows1763001320000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('create index ix_idempotency_keys_created on idempotency_keys (created_at)');
    await db.query('create index ix_imip_seen_at on imip_seen (seen_at)');
  }

  async down(): Promise<void> {}
}
