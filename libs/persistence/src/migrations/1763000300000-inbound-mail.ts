// What belief, held mails, bounces and the further ways in keep: reply tags, what a link asks about, a letter's
// delivery, a mail's verdict.
// Additive; the value added to the enum is not used before the next transaction, as Postgres wants it.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InboundMail1763000300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter type link_purpose add value if not exists 'confirm'`);
    // Only the digest of a tag, and which secret it is made from: the sender makes it anew for each letter.
    await db.query(`
      alter table invitations
        add column reply_tag_hash text constraint uq_invitations_reply_tag unique,
        add column reply_tag_key text`);
    // What a confirm link asks about, as the event LinkOffered tells it.
    await db.query('alter table magic_links add column claim jsonb');
    // What became of a letter after it had left; the relay's words are in response.
    await db.query(`
      alter table letters
        add column delivery text constraint ck_letters_delivery check (delivery in ('deferred', 'delivered',
          'complained', 'bounced'))`);
    await db.query('create index ix_letters_message_id on letters (message_id)');
    // authentication: what the way in itself says about the sender, in the form of an Authentication-Results field;
    // null where it says nothing.
    await db.query('alter table imip_messages add column authentication text');
  }

  async down(): Promise<void> {}
}
