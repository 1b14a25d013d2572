// Indexes that no statement reads any more: each cost an entry for every letter.
// Safe while the version before this one runs: it looks up neither invitations by their UID, nor open letters by their
// state alone, for which it has ix_letters_due and ix_letters_given_up.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class UnusedIndexes1763002700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Both tables are locked until the migration commits, at its very end: a moment each.
    await db.query('drop index if exists ix_invitations_uid');
    await db.query('drop index if exists ix_letters_open');
  }

  async down(): Promise<void> {}
}
