// What the platform follows a room by: its revision, who cancelled it and why; when it last changed and its
// externalId are found by index.
// Additive: the version before this one names none of the new columns, and its rooms keep revision 1.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RoomChanges1763001100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table practice_rooms
        add column revision int not null default 1,
        add column cancelled_by text constraint ck_practice_rooms_cancelled_by check (cancelled_by in ('platform',
          'host', 'guest')),
        add column cancel_reason text`);
    await db.query('create index ix_practice_rooms_updated on practice_rooms (updated_at, id)');
    await db.query(
      'create index ix_practice_rooms_external on practice_rooms (external_id) where external_id is not null',
    );
    // Which way an act came: mail, link, page, api or console (contract, section 7.3).
    await db.query('alter table audit add column source text');
  }

  async down(): Promise<void> {}
}
