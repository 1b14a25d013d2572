// Whose connection brought a mail, where the relay in front says so: what SPF is checked against (RFC 7208).
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ClientAddress1763000500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table imip_messages add column client_address text, add column client_helo text');
  }

  async down(): Promise<void> {}
}
