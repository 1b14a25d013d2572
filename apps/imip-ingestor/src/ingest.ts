// Decides when a mail counts as taken: once its raw bytes are stored, sealed, whatever they say. Nothing is read before that.
// Called by every way in; the reader takes it from there.
import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '#persistence';
import type { TokenSecrets } from '#tokens';
import { type EnvelopeSender, maxMailBytes } from './mail';
import { sealMail } from './sealed-mail';

/** NOTIFY channel that wakes the readers. */
export const inboundChannel = 'inbound_wake';

/** Where a mail came from: `webhook`, later `imap`, `lmtp` and the providers. */
export interface Arrival {
  wayIn: string;
  envelopeFrom: EnvelopeSender;
  envelopeTo: string | null;
}

export class Ingest {
  constructor(
    private readonly database: Database,
    private readonly secrets: TokenSecrets,
  ) {}

  /** Stores a mail and returns its id once it is committed. Throws where it could not be stored, and then nothing is. */
  async store(raw: Buffer, arrival: Arrival): Promise<string> {
    if (raw.length > maxMailBytes) throw new RangeError('mail larger than the limit');
    const id = randomUUID();
    const { keyId, sealed } = sealMail(this.secrets, id, raw);
    await this.database.transaction(async (tx) => {
      await tx.query('insert into raw_mails (id, key_id, sealed) values ($1, $2, $3)', [id, keyId, sealed]);
      await tx.query(
        `insert into imip_messages (id, raw_pointer, way_in, envelope_from, envelope_to, size_bytes, sha256)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, `raw_mails/${id}`, arrival.wayIn, arrival.envelopeFrom, arrival.envelopeTo, raw.length, sha256(raw)],
      );
      await tx.query(`select pg_notify('${inboundChannel}', '')`);
    });
    return id;
  }
}

const sha256 = (raw: Buffer): string => createHash('sha256').update(raw).digest('hex');

/** An `X-Envelope-From` value: absent is unknown, empty or `<>` is the null sender (contract, section 2). */
export function envelopeSender(value: string | undefined): EnvelopeSender {
  return value === undefined ? null : bare(value);
}

/** An `X-Envelope-To` value as it is stored; null where it is absent or empty. */
export const envelopeRecipient = (value: string | undefined): string | null => (value === undefined ? null : bare(value) || null);

/** Node reads header bytes as latin1; an international address is UTF-8 (RFC 6532). */
const bare = (value: string): string =>
  Buffer.from(value, 'latin1').toString('utf8').replaceAll(/\p{Cc}/gu, '').trim().replace(/^<(.*)>$/, '$1').trim().slice(0, 1_000);
