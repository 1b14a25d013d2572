// Since when a letter is being tried (null: since its first claim), so that one that is driven again gets the whole
// time once more while its Date stays what it was; and how many of its attempts the relay itself put off, so that the
// relay's own absence does not count for the letter. Additive.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetterAttempts1763000400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table letters
        add column tried_since timestamptz,
        add column put_off int not null default 0`);
  }

  async down(): Promise<void> {}
}
