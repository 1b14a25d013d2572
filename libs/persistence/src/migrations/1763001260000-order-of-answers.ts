// What orders the answers of one attendee beside SEQUENCE and DTSTAMP, and which one was applied last (contract,
// section 7.1).
// Additive; the version before this one leaves both columns alone, and its answers are then ordered by DTSTAMP only.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OrderOfAnswers1763001260000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      'alter table invitations add column answered_arrived_at timestamptz, add column applied_content text',
    );
    // A DTSTAMP of the future locked its attendee out until the meeting moved.
    await db.query('update invitations set answered_dtstamp = now() where answered_dtstamp > now()');
  }

  async down(): Promise<void> {}
}
