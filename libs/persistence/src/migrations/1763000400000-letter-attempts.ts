// Since when a letter is being tried: a failed one that is driven again gets the whole time once more, while its Date stays what it was.
// Additive; null means since the first claim.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetterAttempts1763000400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table letters add column tried_since timestamptz');
  }

  async down(): Promise<void> {}
}
