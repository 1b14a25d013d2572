// The rooms as Phase 1 left them, for an empty database; one that already has them keeps its rows untouched.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PhaseOneRooms1763000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table if not exists practice_rooms (
        id uuid primary key default gen_random_uuid(),
        created_at timestamptz not null default now()
      )`);
  }

  // Forward only: what a deployed version wrote is never taken away again.
  async down(): Promise<void> {}
}
