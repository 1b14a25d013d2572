// Answer links: their purpose, the sequence of the room that a link was mailed for, and what somebody wrote with a
// decline. The note stands in a table of its own, because lines of the audit are never changed or deleted and words of
// a person must be (contract, section 7.6).
// Additive; the value added to the enum is not used before the next transaction, as Postgres wants it.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AnswerLinks1763001400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter type link_purpose add value if not exists 'answer'`);
    // Null in links of the version before this one, which made no answer link.
    await db.query('alter table magic_links add column room_sequence int');
    await db.query(`
      create table answer_notes (
        id uuid primary key,
        room_id uuid not null constraint fk_answer_notes_room references practice_rooms on delete cascade,
        invitation_id uuid not null,
        attendee_role attendee_role not null,
        note text not null,
        written_at timestamptz not null
      )`);
    await db.query('create index ix_answer_notes_room on answer_notes (room_id)');
  }

  async down(): Promise<void> {}
}
