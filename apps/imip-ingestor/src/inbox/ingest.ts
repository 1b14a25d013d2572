// Stores arriving mails: a mail is accepted once its raw bytes are stored, sealed. Nothing is interpreted before that.
// Called by every way in; the reader continues from there.
import { createHash, randomUUIDv7 } from 'node:crypto';
import { isIP } from 'node:net';
import { storable } from '#mime';
import { byteaArray, type Database, type Queryable, type Transaction } from '#persistence';
import { Batches } from '#service';
import type { TokenSecrets } from '#tokens';
import { type EnvelopeSender, maxMailBytes } from '../interpret/mail';
import type { StoredMail } from './outcome';
import { sealMail } from '#sealing';

/** NOTIFY channel that wakes the readers. */
export const inboundChannel = 'inbound_wake';

/** Where a mail came from: `webhook`, `imap`, `lmtp` or a provider's name. */
export interface Arrival {
  wayIn: string;
  envelopeFrom: EnvelopeSender;
  /** Several recipients stand in one list, with commas. */
  envelopeTo: string | null;
  /** The way in's own check of the sender, in the form of an Authentication-Results field of `wayInAuthservId`. */
  authentication?: string | null;
  /** Who connected to the SMTP relay in front, where it reports that and checks nothing itself. */
  client?: { address: string; helo: string | null } | null;
  /**
   * Each identifies this arrival: a repeat under one of these keys is not stored again and returns the id of the first.
   */
  onceKeys?: readonly string[];
  /** Why the mail is quarantined at once instead of being read (`code: words`). */
  quarantineWhy?: string;
}

/** Reads mails straight from the commit that stored them. */
export interface DirectReader {
  /** How many more mails it can read now; 0 while older ones wait. */
  freeSlots(): number;
  /** Called after the commit; the mail is already leased. */
  readDirectly(mail: StoredMail, raw: Buffer): void;
  /** The duration of that lease. */
  readonly leaseSeconds: number;
  /** Only mails up to this size. */
  readonly maxBytes: number;
}

/** A mail with the values of its rows. */
interface MailToStore {
  raw: Buffer;
  arrival: Arrival;
  mail: Omit<StoredMail, 'received_at'>;
  keyId: string;
  sealed: Buffer;
}

/** Mails up to this size are stored several at a time. */
const maxBatchedBytes = 65_536;

export class Ingest {
  /** The reader of this process, while it runs. */
  reader: DirectReader | undefined;
  private readonly small: Batches<MailToStore>;

  constructor(
    private readonly database: Database,
    private readonly secrets: TokenSecrets,
  ) {
    this.small = new Batches({
      largest: 32,
      everyMs: 10,
      run: (mails) => this.database.transaction(async (tx) => this.write(tx, mails)),
    });
  }

  /**
   * Stores a mail and returns its id once it is committed. Throws where it could not be stored, and then nothing is.
   */
  async store(raw: Buffer, arrival: Arrival): Promise<string> {
    if (raw.length > maxMailBytes) throw new RangeError('mail larger than the limit');
    const mailToStore = this.rowsOf(raw, arrival);
    if (arrival.onceKeys === undefined && raw.length <= maxBatchedBytes) {
      await this.small.add(mailToStore);
      return mailToStore.mail.id;
    }
    return this.database.transaction(async (tx) => {
      const first =
        arrival.onceKeys === undefined
          ? null
          : await storedBefore(
              tx,
              mailToStore.mail.id,
              arrival.onceKeys.map((key) => `arrival:${sha256(Buffer.from(`${arrival.wayIn}\n${key}`))}`),
            );
      if (first === null) this.write(tx, [mailToStore]);
      return first ?? mailToStore.mail.id;
    });
  }

  private rowsOf(raw: Buffer, arrival: Arrival): MailToStore {
    const id = randomUUIDv7();
    const { authentication = null, client = null, envelopeFrom, envelopeTo } = arrival;
    const mail = {
      id,
      raw_pointer: `raw_mails/${id}`,
      envelope_from: envelopeFrom && storable(envelopeFrom),
      envelope_to: envelopeTo && storable(envelopeTo),
      sha256: sha256(raw),
      authentication: authentication && storable(authentication),
      client_address: client?.address ?? null,
      client_helo: client?.helo ?? null,
      attempts: 0,
    };
    return { raw, arrival, mail, ...sealMail(this.secrets, id, raw) };
  }

  private write(tx: Transaction, mails: MailToStore[]): void {
    const direct = this.readableNow(mails);
    tx.write(
      `insert into raw_mails (id, key_id, sealed) select id, key_id, sealed
          from unnest($1::uuid[], $2::text[], $3::bytea[]) as m(id, key_id, sealed)`,
      [
        mails.map(({ mail }) => mail.id),
        mails.map(({ keyId }) => keyId),
        byteaArray(mails.map(({ sealed }) => sealed)),
      ],
    );
    const rows = mails.map((each) => {
      const { mail, raw, arrival } = each;
      const state =
        arrival.quarantineWhy === undefined
          ? { state: 'stored' }
          : { state: 'quarantined', verdict: 'quarantined', why: arrival.quarantineWhy };
      return {
        ...mail,
        ...state,
        way_in: arrival.wayIn,
        size_bytes: raw.length,
        attempts: direct.has(each) ? 1 : 0,
        lease_seconds: direct.has(each) ? this.reader?.leaseSeconds : null,
      };
    });
    // Not awaited here, so that the commit travels in the same packet. A failure also fails the transaction.
    const stored = tx.query<ReceivedAt>(insertMails, [JSON.stringify(rows)]).catch((): ReceivedAt[] => []);
    if (direct.size < mails.length) tx.wake(inboundChannel);
    tx.afterCommit(() => void stored.then((times) => this.passOn(direct, times)));
  }

  /** Those that the reader of this process can read from the commit. */
  private readableNow(mails: MailToStore[]): Set<MailToStore> {
    let slots = this.reader?.freeSlots() ?? 0;
    return new Set(
      mails.filter(
        ({ raw, arrival }) =>
          arrival.quarantineWhy === undefined && raw.length <= (this.reader?.maxBytes ?? 0) && slots-- > 0,
      ),
    );
  }

  private passOn(mails: Set<MailToStore>, times: ReceivedAt[]): void {
    const received = new Map(times.map((row) => [row.id, row.received_at]));
    for (const { mail, raw } of mails)
      this.reader?.readDirectly({ ...mail, attempts: 1, received_at: received.get(mail.id) ?? new Date() }, raw);
  }
}

interface ReceivedAt {
  id: string;
  received_at: Date;
}

const insertMails = `
  insert into imip_messages (id, raw_pointer, way_in, envelope_from, envelope_to, size_bytes, sha256, authentication,
    client_address, client_helo, attempts, state, verdict, why, lease_until)
  select id, raw_pointer, way_in, envelope_from, envelope_to, size_bytes, sha256, authentication, client_address,
    client_helo, attempts, state, verdict, why,
         clock_timestamp() + lease_seconds * interval '1 second'
    from jsonb_to_recordset($1::jsonb) as m(id uuid, raw_pointer text, way_in text, envelope_from text,
      envelope_to text, size_bytes int, sha256 text, authentication text,
         client_address text, client_helo text, attempts int, state text, verdict text, why text,
           lease_seconds float8)
  returning id, received_at`;

/**
 * The id of the mail that arrived under one of these keys before, or null where this is the first. Waits for one that
 * another transaction is storing.
 */
async function storedBefore(tx: Queryable, id: string, keys: string[]): Promise<string | null> {
  const inserted = await tx.query<{ mail_id: string }>(
    `insert into imip_seen (key, mail_id)
     select key, coalesce((select min(mail_id::text)::uuid from imip_seen where key = any($1)), $2)
       from unnest($1::text[]) as k(key) order by key
     on conflict do nothing returning mail_id`,
    [keys, id],
  );
  if (inserted.length === keys.length && inserted.every((row) => row.mail_id === id)) return null;
  const [row] = await tx.query<{ mail_id: string }>(
    'select mail_id from imip_seen where key = any($1) and mail_id <> $2 limit 1',
    [keys, id],
  );
  return row?.mail_id ?? null;
}

const sha256 = (raw: Buffer): string => createHash('sha256').update(raw).digest('hex');

/** An `X-Envelope-From` value: absent is unknown, empty or `<>` is the null sender (contract, section 2). */
export function envelopeSender(value: string | undefined): EnvelopeSender {
  return value === undefined ? null : plainAddress(value);
}

/** An `X-Envelope-To` value as it is stored; null where it is absent or empty. */
export const envelopeRecipient = (value: string | undefined): string | null =>
  value === undefined ? null : plainAddress(value) || null;

/** Who connected to the SMTP relay in front, or null where that is no address: then nothing is checked. */
export function clientOf(address: string | undefined, helo: string | undefined): NonNullable<Arrival['client']> | null {
  const plain = (address ?? '')
    .trim()
    .replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1')
    .replace(/^IPv6:/i, '');
  return isIP(plain) === 0
    ? null
    : { address: plain, helo: helo === undefined || !/^[\w.:[\]-]{1,255}$/.test(helo.trim()) ? null : helo.trim() };
}

/** Node reads header bytes as latin1; an international address is UTF-8 (RFC 6532). */
const plainAddress = (value: string): string =>
  Buffer.from(value, 'latin1')
    .toString('utf8')
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .trim()
    .slice(0, 1_000);
