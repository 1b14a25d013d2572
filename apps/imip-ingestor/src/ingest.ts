// Decides when a mail counts as taken: once its raw bytes are stored, sealed, whatever they say. Nothing is read before that.
// Called by every way in; the reader takes it from there.
import { createHash, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import type { Database, Queryable } from '#persistence';
import type { TokenSecrets } from '#tokens';
import { type EnvelopeSender, maxMailBytes } from './mail';
import type { StoredMail } from './outcome';
import { sealMail } from './sealed-mail';

/** NOTIFY channel that wakes the readers. */
export const inboundChannel = 'inbound_wake';

/** Where a mail came from: `webhook`, `imap`, `lmtp` or a provider's name. */
export interface Arrival {
  wayIn: string;
  envelopeFrom: EnvelopeSender;
  /** Several recipients stand in one list, with commas. */
  envelopeTo: string | null;
  /** What the way in found out about the sender, in the form of an Authentication-Results field of `wayInAuthservId`. */
  authentication?: string | null;
  /** Who connected to the relay in front, where it says so and checks nothing itself. */
  client?: { address: string; helo: string | null } | null;
  /** Names this arrival for ever: what comes again under the same key is answered with the id of the first and not stored again. */
  onceKey?: string;
  /** Why it is stored for a person only and never read (`code: words`). */
  setAside?: string;
}

/** Reads a mail straight from the commit that stored it. */
export interface MailTaker {
  /** Whether one more could be begun now, and no older ones wait. */
  hasRoom(sizeBytes: number): boolean;
  /** Called after the commit; the mail is claimed like one that was looked for. */
  take(mail: StoredMail, raw: Buffer): void;
  /** How long such a claim lasts. */
  readonly leaseSeconds: number;
}

export class Ingest {
  /** The reader of this process, while it runs. */
  taker: MailTaker | undefined;

  constructor(
    private readonly database: Database,
    private readonly secrets: TokenSecrets,
  ) {}

  /** Stores a mail and returns its id once it is committed. Throws where it could not be stored, and then nothing is. */
  async store(raw: Buffer, arrival: Arrival): Promise<string> {
    if (raw.length > maxMailBytes) throw new RangeError('mail larger than the limit');
    const id = randomUUID();
    const { authentication = null, client = null, setAside = null } = arrival;
    const { keyId, sealed } = sealMail(this.secrets, id, raw);
    return this.database.transaction(async (tx) => {
      const first = arrival.onceKey === undefined ? null : await storedBefore(tx, id, `arrival:${sha256(Buffer.from(`${arrival.wayIn}\n${arrival.onceKey}`))}`);
      if (first !== null) return first;
      tx.write('insert into raw_mails (id, key_id, sealed) values ($1, $2, $3)', [id, keyId, sealed]);
      const taker = setAside === null && this.taker?.hasRoom(raw.length) ? this.taker : undefined;
      const mail = {
        id, raw_pointer: `raw_mails/${id}`, envelope_from: arrival.envelopeFrom, envelope_to: arrival.envelopeTo, sha256: sha256(raw), authentication,
        client_address: client?.address ?? null, client_helo: client?.helo ?? null, attempts: taker ? 1 : 0,
      };
      const stored = tx.query<{ received_at: Date }>(
        `insert into imip_messages (id, raw_pointer, way_in, envelope_from, envelope_to, size_bytes, sha256, authentication, client_address, client_helo, attempts, state, verdict, why, lease_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, clock_timestamp() + $15 * interval '1 second')
         returning received_at`,
        [
          id, mail.raw_pointer, arrival.wayIn, mail.envelope_from, mail.envelope_to, raw.length, mail.sha256, authentication, mail.client_address, mail.client_helo, mail.attempts,
          ...(setAside === null ? ['stored', null, null] : ['quarantined', 'quarantined', setAside]), taker?.leaseSeconds ?? null,
        ],
      );
      if (!taker) tx.wake(inboundChannel);
      const [row] = await stored;
      if (taker && row) tx.afterCommit(() => taker.take({ ...mail, received_at: row.received_at }, raw));
      return id;
    });
  }
}

/** The id of the mail that came under this key before, or null where this one is the first; one that is being stored is waited for. */
async function storedBefore(tx: Queryable, id: string, key: string): Promise<string | null> {
  const kept = await tx.query('insert into imip_seen (key, mail_id) values ($1, $2) on conflict do nothing returning key', [key, id]);
  if (kept.length > 0) return null;
  const [row] = await tx.query<{ mail_id: string }>('select mail_id from imip_seen where key = $1', [key]);
  return row?.mail_id ?? null;
}

const sha256 = (raw: Buffer): string => createHash('sha256').update(raw).digest('hex');

/** An `X-Envelope-From` value: absent is unknown, empty or `<>` is the null sender (contract, section 2). */
export function envelopeSender(value: string | undefined): EnvelopeSender {
  return value === undefined ? null : bare(value);
}

/** An `X-Envelope-To` value as it is stored; null where it is absent or empty. */
export const envelopeRecipient = (value: string | undefined): string | null => (value === undefined ? null : bare(value) || null);

/** Who connected to the relay, or null where that is no address: then nothing is checked. */
export function connection(address: string | undefined, helo: string | undefined): NonNullable<Arrival['client']> | null {
  const plain = (address ?? '').trim().replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1').replace(/^IPv6:/i, '');
  return isIP(plain) === 0 ? null : { address: plain, helo: helo === undefined || !/^[\w.:[\]-]{1,255}$/.test(helo.trim()) ? null : helo.trim() };
}

/** Node reads header bytes as latin1; an international address is UTF-8 (RFC 6532). */
const bare = (value: string): string =>
  Buffer.from(value, 'latin1').toString('utf8').replaceAll(/\p{Cc}/gu, '').trim().replace(/^<(.*)>$/, '$1').trim().slice(0, 1_000);
