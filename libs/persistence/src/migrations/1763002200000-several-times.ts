// Several times at once (contract, section 7.4): what a proposal offers, which of it is held or chosen, and which of it
// a link approves. Additive: null is one time, the one in proposed_start_utc and proposed_end_utc, as the version before
// this one writes it.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SeveralTimes1763002200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table pending_proposals
        add column options jsonb,
        add column chosen_option_id uuid,
        add column held_option_id uuid`);
    await db.query('alter table magic_links add column option_id uuid');
  }

  async down(): Promise<void> {}
}
