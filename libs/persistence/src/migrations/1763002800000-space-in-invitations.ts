// A page of invitations is filled to 45 %, because each row is updated soon after its insert: by the record of its
// letter, which adds the Message-ID and the delivery state, and by the reply. No index has those columns. A version in
// the page of the one before needs no entry in the five indexes (PostgreSQL documentation, 65.7, Heap-Only Tuples).
// Safe while the version before this one runs: the lock delays neither reads nor writes, and pages with rows stay.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SpaceInInvitations1763002800000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // A row grows by a third to a half with its first letter: eight rows and most of their second versions fill a page.
    await db.query('alter table invitations set (fillfactor = 45)');
  }

  async down(): Promise<void> {}
}
