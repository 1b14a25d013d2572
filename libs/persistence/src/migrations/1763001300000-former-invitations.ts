// Invitations that another address has taken the place of (contract, section 7.3: `attendee`). What reads
// `invitations` knows nothing of them, so
// that their links, tags and replies are dead; here stay what the CANCEL to the old address needs, and what tells an
// address that comes back.
// A link keeps the id of its invitation, wherever that is: the foreign key goes. Additive otherwise; the version
// before this one never looks here.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FormerInvitations1763001300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table former_invitations (
        id uuid primary key,
        room_id uuid not null constraint fk_former_invitations_room references practice_rooms,
        attendee_email text not null,
        attendee_role attendee_role not null,
        attendee_name text,
        person_key text not null,
        time_zone text not null,
        locale text not null,
        last_partstat partstat not null,
        reply_tag_hash text,
        reply_tag_key text,
        last_method_sent sent_method,
        last_message_id text,
        delivery_state jsonb not null,
        cancel_sequence int not null,
        replaced_at timestamptz not null
      )`);
    await db.query('create index ix_former_invitations_room on former_invitations (room_id)');
    await db.query('create index ix_former_invitations_person on former_invitations (person_key)');
    await db.query('alter table magic_links drop constraint if exists fk_magic_links_invitation');
  }

  async down(): Promise<void> {}
}
