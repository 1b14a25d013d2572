// Indexes of what is open, each for one question: a second one that answers too is taken for the wrong question, and
// read whole for a single row.
// Safe while the old version runs: it finds its rows by the others.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OpenRows1763000800000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Letters of one person are few: ix_letters_invitation finds them.
    await db.query('drop index ix_letters_waiting');
    // What nobody sends any more, for metrics and `npm run replay -- --failed`, however many were sent.
    await db.query(
      `create index ix_letters_given_up on letters (state, position) where state in ('failed', 'blocked')`,
    );
    // Without the position in it, rows are removed by the primary key.
    await db.query('drop index ix_outbox_due');
    await db.query('create index ix_outbox_due on outbox (app, due_at)');
  }

  async down(): Promise<void> {}
}
