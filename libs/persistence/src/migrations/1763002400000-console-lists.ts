// What the console lists: an index in the order of each list, of those rows alone, and a sample a minute of how the
// product does.
// Additive; the version before this one reads and writes as it did.
import type { MigrationInterface, QueryRunner } from 'typeorm';

// Written as NOT IN, as the lists are: else their statements take an index of open letters, which is in another order.
const states = ['due', 'sending', 'sent', 'failed', 'superseded', 'blocked'];
const only = (state: string): string =>
  `state not in (${states
    .filter((each) => each !== state)
    .map((each) => `'${each}'`)
    .join(', ')})`;

const indexes = [
  `ix_letters_waiting on letters (created_at, id) where ${only('due')} and last_error is null`,
  `ix_letters_deferred on letters (created_at, id) where ${only('due')} and last_error is not null`,
  `ix_letters_failed on letters (created_at, id) where ${only('failed')}`,
  `ix_letters_stopped on letters (created_at, id) where ${only('blocked')}`,
  `ix_imip_messages_unconfirmed on imip_messages (received_at, id) where verdict = 'held'`,
  `ix_imip_messages_ignored on imip_messages (received_at, id) where verdict = 'ignored'`,
  `ix_imip_messages_ignored_why on imip_messages (why, received_at, id) where verdict = 'ignored'`,
  `ix_dead_letters_died on dead_letters (died_at, id)`,
  `ix_webhook_deliveries_failed on webhook_deliveries (endpoint_id, message_id) where status = 'failed'`,
];

export class ConsoleLists1763002400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const index of indexes) await db.query(`create index ${index}`);
    await db.query(`
      create table operation_samples (
        at timestamptz not null constraint pk_operation_samples primary key,
        audit_position bigint not null,
        letters_sent int not null,
        letters_failed int not null,
        replies int not null,
        bounces int not null,
        letters_waiting int not null,
        mails_waiting int not null,
        letter_age_seconds int not null,
        outbox_age_seconds int not null
      )`);
  }

  async down(): Promise<void> {}
}
