// Another time instead of the one asked for (contract, section 7.4): which proposal of the other party a proposal
// answers. Additive: null is one that stands for itself, as the version before this one writes it.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AnotherTime1763002320000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table pending_proposals add column instead_of uuid');
  }

  async down(): Promise<void> {}
}
