// Leases stored mails to readers, and decides when a mail that was not read may be leased again.
// Called by the reader; the lease of a process that died expires by itself.
import { type Database, untilDueMs } from '#persistence';
import { isWaiting, type StoredMail } from './outcome';
import { inboundChannel } from './ingest';
import type { PoolName } from './read-whole';
import type { SealedMail } from '#sealing';

/** Includes the raw bytes of mails up to `inlineBytes`; for a larger one both fields are null. */
export type LeasedMail = StoredMail & { [field in keyof SealedMail]: SealedMail[field] | null };

export const batchSize = 32;
/**
 * The raw bytes of mails up to this size are read with the lease; a batch of the largest mails would not fit into
 * memory.
 */
export const inlineBytes = 262_144;

/** SQL: a mail without a lease is due since it was received. */
const nextDue = `
  select min(coalesce(lease_until, received_at)) from imip_messages where state = 'stored' and is_slow = $1`;

export class MailLeases {
  /**
   * `leaseSeconds`: for the first and second attempt; from the third on it doubles, because one crashed process does
   * not yet prove a bad mail.
   */
  constructor(
    private readonly database: Database,
    readonly leaseSeconds: number,
  ) {}

  /** Leases the oldest due mails of a pool, oldest first; each lease counts as an attempt. */
  async lease(pool: PoolName, most: number): Promise<LeasedMail[]> {
    const rows = await this.database.query<LeasedMail>(
      `with leased as (
         update imip_messages
            set attempts = attempts + 1, lease_until = clock_timestamp() + $2 * power(2, least(greatest(attempts - 1,
              0), 6)) * interval '1 second'
          where id = any(array(
            select id from imip_messages
             where state = 'stored' and is_slow = $3 and (lease_until is null or lease_until <= clock_timestamp())
             order by received_at, id limit $1 for update skip locked))
         returning id, raw_pointer, received_at, envelope_from, envelope_to, authentication, client_address,
           client_helo, sha256, attempts, size_bytes)
       select l.id, l.raw_pointer, l.received_at, l.envelope_from, l.envelope_to, l.authentication, l.client_address,
         l.client_helo, l.sha256,
              l.attempts, l.size_bytes, r.key_id as "keyId", r.sealed
         from leased l left join raw_mails r on r.id = l.id and l.size_bytes <= ${inlineBytes}`,
      [most, this.leaseSeconds, pool === 'slow'],
    );
    return rows.sort((a, b) => a.received_at.getTime() - b.received_at.getTime());
  }

  /** How long a reader of the pool may rest that found no mail. */
  untilDueMs(pool: PoolName): Promise<number> {
    return untilDueMs(this.database, { channel: inboundChannel, nextDue, params: [pool === 'slow'] });
  }

  /** The sealed raw bytes of a mail that was leased without them. Throws where they are missing. */
  async sealedOf(id: string): Promise<SealedMail> {
    const [row] = await this.database.query<SealedMail>(
      'select key_id as "keyId", sealed from raw_mails where id = $1',
      [id],
    );
    if (!row) throw new Error('the raw bytes of the mail are missing');
    return row;
  }

  /** Returns mails as if they had not been leased, because they did not cause the failure. */
  async returnMails(ids: string[], inSeconds: number): Promise<void> {
    await this.database.query(
      `update imip_messages set attempts = attempts - 1, lease_until = clock_timestamp() + $2 * interval '1 second'
        where id = any($1::uuid[]) and ${isWaiting}`,
      [ids, inSeconds],
    );
  }

  /** From now on only the slow pool reads the mail; it is due at once. */
  async moveToSlowPool(id: string): Promise<void> {
    await this.database.query(
      `update imip_messages set is_slow = true, lease_until = null where id = $1 and ${isWaiting}`,
      [id],
    );
  }

  /** The wait doubles with each attempt, beginning with 2 s. */
  async retryLater(id: string): Promise<void> {
    await this.database.query(
      `update imip_messages set lease_until = clock_timestamp() + power(2, attempts) * interval '1 second'
        where id = $1 and ${isWaiting}`,
      [id],
    );
  }
}
