// The audit can only grow, whoever asks: roles keep the apps from it, this keeps the owner of the tables from it too
// (PRD 10).
// What is to go after its time goes as a whole partition or dump, or with the trigger switched off on purpose.
// Additive.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AppendOnlyAudit1763000650000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function audit_is_append_only() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit is append-only' using errcode = 'insufficient_privilege';
      end $$`);
    await db.query(
      `create trigger tr_audit_append_only before update or delete or truncate
          on audit for each statement execute function audit_is_append_only()`,
    );
  }

  async down(): Promise<void> {}
}
