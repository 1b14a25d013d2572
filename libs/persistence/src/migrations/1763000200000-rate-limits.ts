// The counters of the rate limits, shared by replicas; and what the metrics ask of the ledger at each scrape.
// Unlogged: after a crash of Postgres they begin at nothing, which is all that counting needs.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RateLimits1763000200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create unlogged table rate_limits (
        -- What is limited, and the digest of whom: never an address, never a token.
        key text constraint pk_rate_limits primary key,
        window_start timestamptz not null,
        hits int not null
      )`);
    await db.query('create index ix_rate_limits_window on rate_limits (window_start)');
    await db.query(
      `create index ix_letters_open on letters (state) where state in ('due', 'sending', 'failed', 'blocked')`,
    );
  }

  async down(): Promise<void> {}
}
