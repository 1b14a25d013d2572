// Which stored mails a reader has leased to read, and when one that was not read may be leased again.
// Called by the reader; a lease that its process does not outlive ends by itself.
import type { Database } from '#persistence';
import { isWaiting, type StoredMail } from './outcome';
import type { Lane } from './read-whole';
import type { SealedMail } from './sealed-mail';

/** Raw bytes come along for mails up to `atOnceBytes`; for a larger one both fields are null. */
export type LeasedMail = StoredMail & { [field in keyof SealedMail]: SealedMail[field] | null };

export const batchSize = 32;
/** Mails up to this size come with their lease: a batch of the largest would not fit into memory. */
export const atOnceBytes = 262_144;

export class MailLeases {
  /**
   * `leaseSeconds`: of a first and second attempt; from the third on it doubles: one process that dies says nothing
   * about the mail.
   */
  constructor(
    private readonly database: Database,
    readonly leaseSeconds: number,
  ) {}

  /** Leases the oldest mails of a lane that are due, oldest first; each counts as an attempt. */
  async take(lane: Lane, most: number): Promise<LeasedMail[]> {
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
         from leased l left join raw_mails r on r.id = l.id and l.size_bytes <= ${atOnceBytes}`,
      [most, this.leaseSeconds, lane === 'slow'],
    );
    return rows.sort((a, b) => a.received_at.getTime() - b.received_at.getTime());
  }

  /** The raw bytes of a mail that was leased without them, sealed. Throws where there are none. */
  async sealedOf(id: string): Promise<SealedMail> {
    const [row] = await this.database.query<SealedMail>(
      'select key_id as "keyId", sealed from raw_mails where id = $1',
      [id],
    );
    if (!row) throw new Error('the raw mail is gone');
    return row;
  }

  /** Gives mails back as if they had not been leased: it was not their fault. */
  async handBack(ids: string[], inSeconds: number): Promise<void> {
    await this.database.query(
      `update imip_messages set attempts = attempts - 1, lease_until = clock_timestamp() + $2 * interval '1 second'
        where id = any($1::uuid[]) and ${isWaiting}`,
      [ids, inSeconds],
    );
  }

  /** From now on only the slow lane reads it, at once. */
  async moveToSlowLane(id: string): Promise<void> {
    await this.database.query(
      `update imip_messages set is_slow = true, lease_until = null where id = $1 and ${isWaiting}`,
      [id],
    );
  }

  /** Each attempt waits twice as long as the one before, from 2 s. */
  async retryLater(id: string): Promise<void> {
    await this.database.query(
      `update imip_messages set lease_until = clock_timestamp() + power(2, attempts) * interval '1 second'
        where id = $1 and ${isWaiting}`,
      [id],
    );
  }
}
