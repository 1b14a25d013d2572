// The audit's guard holds for sessions of replication too: by `session_replication_role = replica` ordinary triggers
// are passed by.
// Additive; the version before this one never changes a line of the audit.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditAlways1763001310000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table audit enable always trigger tr_audit_append_only');
  }

  async down(): Promise<void> {}
}
