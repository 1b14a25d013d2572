// Cancelled rooms by their start: the platform's list of them looks at those alone, however many others there are.
// Additive; the version before this one reads and writes as it did.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CancelledByStart1763002600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `create index ix_practice_rooms_cancelled_start on practice_rooms (start_utc, id) where status = 'cancelled'`,
    );
  }

  async down(): Promise<void> {}
}
