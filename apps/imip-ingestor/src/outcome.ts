// Writes what came of one mail in one transaction: dedupe keys, the message's own row, audit, and the event for scheduling-api.
// Called by the reader; the only place that knows the tables.
import { createHash, randomUUID } from 'node:crypto';
import { type Envelope, envelop, personKey } from '#contracts';
import { appendAudit, appendEvents, type Queryable, type Transaction } from '#persistence';
import type { ReadMail } from './imip-ingestor';
import type { JudgedEvent, Judgement, KnownRoom } from './judge';
import type { Noted } from './matching';
import type { Reading } from './reading';

export const app = 'imip-ingestor';

export interface StoredMail extends Noted {
  id: string;
  raw_pointer: string;
  received_at: Date;
  envelope_from: string | null;
  sha256: string;
  attempts: number;
  client_address: string | null;
  client_helo: string | null;
}

/** Whether this transaction is the one that reads the mail: false where another reader, whose lease ran longer, has done it. */
export async function takeForGood(tx: Queryable, mailId: string): Promise<boolean> {
  const rows = await tx.query(`select id from imip_messages where id = $1 and state = 'stored' for update`, [mailId]);
  return rows.length === 1;
}

/**
 * Keeps both dedupe keys of an answer that is about to take effect (contract, section 2). False where either was kept before. A reader
 * that holds the same key in an open transaction is waited for. What is held has keys of its own: a forgery must not use up those of the true answer.
 */
export async function isFirst(tx: Queryable, mail: StoredMail, { head, reading }: ReadMail, kind: 'event' | 'held'): Promise<boolean> {
  const prefix = kind === 'held' ? 'held-' : '';
  const sameMail = head.messageId === null ? ['bytes', mail.sha256] : [head.messageId, reading.calendar?.sha256 ?? reading.kind];
  const keys = [`${prefix}message:${digest(JSON.stringify(sameMail))}`];
  // Reports and words quote the invitation; only an answer is told apart by what its own calendar says.
  if (reading.calendar) {
    const { uid, method, sequence, attendee, dtstamp, partstat, startUtc, endUtc } = reading;
    // Without DTSTAMP the mail's Date orders answers (R5), and tells them apart: a change of mind and back is three answers.
    const stamp = dtstamp ?? head.date?.toISOString();
    const content = [uid, method, sequence, attendee && personKey(attendee), stamp, partstat, startUtc, endUtc].map((each) => each ?? null);
    keys.push(`${prefix}content:${digest(JSON.stringify(content))}`);
  }
  // In one order, so that two readers never wait for each other.
  const kept = await tx.query('insert into imip_seen (key, mail_id) select unnest($1::text[]), $2 on conflict do nothing returning key', [keys.sort(), mail.id]);
  return kept.length === keys.length;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Records the outcome: the message's verdict columns, one line of audit, and the event where there is one. */
export function record(tx: Transaction, mail: StoredMail, { head, reading }: ReadMail, judgement: Judgement, room: KnownRoom | null): void {
  const roomId = judgement.party?.roomId ?? room?.roomId ?? null;
  const role = judgement.party?.role ?? null;
  tx.write(
    `update imip_messages set state = 'read', read_at = now(), lease_until = null, uid = $2, method = $3, sequence = $4, attendee_email = $5,
            partstat = $6, dtstamp = $7, message_id = $8, kind = $9, verdict = $10, why = $11, room_id = $12, invitation_id = $13, role = $14, authentication = $15
      where id = $1`,
    [
      mail.id, storable(reading.uid), storable(reading.method), smallSequence(reading), storable(reading.attendee), storable(reading.partstat),
      reading.dtstamp ?? null, storable(head.messageId), reading.kind, judgement.verdict, judgement.why, roomId, judgement.party?.invitationId ?? null, role,
      mail.authentication,
    ],
  );
  appendAudit(tx, app, [
    {
      roomId, kind: 'mail', role, method: storable(reading.method), sequence: smallSequence(reading), verdict: judgement.verdict, why: judgement.why,
      messageId: storable(head.messageId), sha256: mail.sha256, rawPointer: mail.raw_pointer, actor: role, correlationId: mail.id,
    },
  ]);
  if ('event' in judgement && judgement.event !== null) appendEvents(tx, app, [envelopeOf(judgement.event, mail.id)]);
}

/** Sets a mail aside that cannot be read; it holds up no other and stays for a person. */
export function quarantine(tx: Transaction, mail: StoredMail, why: string): void {
  tx.write(
    `update imip_messages set state = 'quarantined', read_at = now(), lease_until = null, verdict = 'quarantined', why = $2
      where id = $1 and state = 'stored'`,
    [mail.id, why],
  );
  appendAudit(tx, app, [
    { roomId: null, kind: 'mail', verdict: 'quarantined', why, sha256: mail.sha256, rawPointer: mail.raw_pointer, correlationId: mail.id },
  ]);
}

function envelopeOf(judged: JudgedEvent, mailId: string): Envelope {
  const meta = { id: randomUUID(), occurredAt: new Date(), correlationId: mailId, causationId: mailId };
  switch (judged.name) {
    case 'ReplyReceived':
      return envelop(judged.name, { ...judged.data, mailId }, meta);
    case 'CounterReceived':
      return envelop(judged.name, { ...judged.data, mailId }, meta);
    case 'RefreshReceived':
      return envelop(judged.name, { ...judged.data, mailId }, meta);
    case 'BounceReceived':
      return envelop(judged.name, { ...judged.data, mailId }, meta);
    case 'TextReplyReceived':
      return envelop(judged.name, { ...judged.data, mailId }, meta);
    case 'ReplyHeld':
      return envelop(judged.name, { ...judged.data, mailId }, meta);
  }
}

/** Postgres' text takes no NUL, its encoding no lone surrogate; columns are for looking at, the raw mail keeps all. */
const storable = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : text.replaceAll('\0', '').toWellFormed().slice(0, 1_000);

/** A sequence that no 32-bit column holds is nobody's revision. */
const smallSequence = (reading: Reading): number | null =>
  reading.sequence !== undefined && reading.sequence <= 2_147_483_647 ? reading.sequence : null;
