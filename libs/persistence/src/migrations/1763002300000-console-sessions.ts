// Sessions of operators at the console (contract, section 7.5), and the order in which it lists rooms of one status.
// Additive: the version before this one knows no console.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ConsoleSessions1763002300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table console_sessions (
        id uuid constraint pk_console_sessions primary key,
        owner text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`);
    await db.query('create index ix_console_sessions_expiry on console_sessions (expires_at)');
    // One for each status: an index that begins with it would be taken for lists by another order as well, and be sorted.
    for (const status of ['scheduled', 'cancelled'])
      await db.query(
        `create index ix_practice_rooms_${status} on practice_rooms (updated_at, id) where status = '${status}'`,
      );
  }

  async down(): Promise<void> {}
}
