// Writes the outcome of a mail in one transaction: dedupe keys, the message's own row, audit, and the event for
// scheduling-api.
// Called by the reader; the only file with these tables' SQL.
import { createHash, randomUUIDv7 } from 'node:crypto';
import { type Envelope, envelop, personKey } from '#contracts';
import { storable } from '#mime';
import { stateIn, appendAudit, appendEvents, type Queryable, type Transaction } from '#persistence';
import type { ReadingResult } from './imip-ingestor';
import type { JudgedEvent, Judgement, RoomFacts } from '../judge/judgement';
import type { ArrivalFacts } from '../judge/matching';
import { droppedWhy } from '../judge/judge';
import type { Reading } from '../interpret/reading';

export const app = 'imip-ingestor';

/** SQL: whether a mail, selected by its id, still waits to be read. */
export const isWaiting = stateIn('state', ['stored', 'read', 'quarantined'], 'stored');

export interface StoredMail extends ArrivalFacts {
  id: string;
  raw_pointer: string;
  received_at: Date;
  sha256: string;
  attempts: number;
  client_address: string | null;
  client_helo: string | null;
}

/**
 * One mail with its reading; `judgement` is null until it is judged, and stays null where another reader has recorded
 * the mail.
 */
export interface Conclusion {
  mail: StoredMail;
  read: ReadingResult;
  judgement: Judgement | null;
  room: RoomFacts | null;
}

/**
 * Locks these mails and returns the ids of those that are still unread; another reader may have recorded some of them.
 */
export async function lockUnread(tx: Queryable, mailIds: string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select id from imip_messages where id = any($1::uuid[]) and ${isWaiting} order by id for update`,
    [mailIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A mail that is about to take effect, and whose invitation it is about. */
interface Answer {
  mail: StoredMail;
  read: ReadingResult;
  verdict: 'event' | 'held';
  invitationId: string | null;
}

/**
 * Stores the dedupe key of mails that are about to take effect: Message-ID and the SHA-256 of the decoded calendar part
 * (contract, section 2), for a report what it reports; returns the ids of the mails whose key is new. Waits for a
 * reader that is writing the same key in an open transaction.
 * The content of an answer is compared by scheduling-api, which alone knows the attendee's latest applied reply.
 */
export async function keepDedupeKeys(tx: Queryable, answers: Answer[]): Promise<Set<string>> {
  if (answers.length === 0) return new Set();
  // In one order, so that two readers never wait for each other; of two mails with one key the first in the list
  // keeps it.
  const inserted = await tx.query<{ mail_id: string }>(
    `insert into imip_seen (key, mail_id) select key, mail_id from unnest($1::text[], $2::uuid[])
      with ordinality as w(key, mail_id, n) order by key, n
     on conflict do nothing returning mail_id`,
    [answers.map(keyOf), answers.map(({ mail }) => mail.id)],
  );
  return new Set(inserted.map((row) => row.mail_id));
}

/**
 * Unconfirmed answers have keys of their own: a forgery must not take the key of the true reply. A report is told from
 * another by whom and which invitation it is about: dma 0.13 gives several reports one Message-ID.
 */
function keyOf({ mail, read: { head, reading }, verdict, invitationId }: Answer): string {
  const content = reading.recipients ? [invitationId, reading.recipients] : reading.kind;
  const sameMail =
    head.messageId === null ? ['bytes', mail.sha256] : [head.messageId, reading.calendar?.sha256 ?? content];
  return `${verdict === 'held' ? 'held-' : ''}message:${digest(JSON.stringify(sameMail))}`;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

type JudgedMail = Conclusion & { judgement: NonNullable<Conclusion['judgement']> };

/** The columns of the message's row after judging; texts are made storable. */
const verdictRow = ({ mail, read: { head, reading }, judgement, room }: JudgedMail) => ({
  id: mail.id,
  uid: shown(reading.uid),
  method: word(reading.method),
  sequence: smallSequence(reading),
  attendee_email: shown(reading.attendee),
  partstat: word(reading.partstat),
  dtstamp: reading.dtstamp ?? null,
  message_id: shown(head.messageId),
  kind: reading.kind,
  verdict: judgement.verdict,
  why: judgement.why,
  room_id: judgement.party?.roomId ?? room?.roomId ?? null,
  invitation_id: judgement.party?.invitationId ?? null,
  role: judgement.party?.role ?? null,
  authentication: shown(mail.authentication, longestAuthentication),
});

const isDropped = ({ judgement }: JudgedMail): boolean => judgement.why === droppedWhy;

/**
 * The row of a dropped mail: that it arrived and for which room, and nothing of its content. A UID is kept only if it
 * is the room's, because some programs build UIDs from addresses.
 */
const droppedRow = (judged: JudgedMail): ReturnType<typeof verdictRow> => ({
  ...verdictRow(judged),
  ...(judged.room === null ? { uid: null } : {}),
  method: null,
  sequence: null,
  attendee_email: null,
  partstat: null,
  dtstamp: null,
  message_id: null,
  authentication: null,
});

function forget(tx: Transaction, ids: string[]): void {
  tx.write('delete from raw_mails where id = any($1::uuid[])', [ids]);
  tx.write(
    `update imip_messages set envelope_from = null, envelope_to = null, client_address = null, client_helo = null
      where id = any($1::uuid[])`,
    [ids],
  );
}

/**
 * Lines of the audit are never changed, so a Message-ID that contains the address of its writer or of a party is left
 * out.
 */
const namesNobody = (messageId: string | null, { read: { head, reading }, room }: JudgedMail): boolean => {
  if (messageId === null) return true;
  const people = [...head.from, reading.attendee, ...(room?.invitations ?? []).map(({ email }) => email)];
  const [id, key] = [messageId.toLowerCase(), personKey(messageId)];
  return people.every(
    (address) => !address || !(id.includes(address.toLowerCase()) || key.includes(personKey(address))),
  );
};

const auditEntryOf = (row: ReturnType<typeof verdictRow>, judged: JudgedMail) => ({
  roomId: row.room_id,
  kind: 'mail' as const,
  role: row.role,
  method: row.method,
  sequence: row.sequence,
  verdict: row.verdict,
  why: row.why,
  messageId: namesNobody(row.message_id, judged) ? row.message_id : null,
  sha256: judged.mail.sha256,
  rawPointer: judged.mail.raw_pointer,
  source: 'mail' as const,
  actor: row.role,
  correlationId: judged.mail.id,
});

/** Records what was judged: each message's verdict columns, a line of audit, and the event where there is one. */
export function record(tx: Transaction, conclusions: Conclusion[]): void {
  const judged = conclusions.flatMap(({ judgement, ...rest }) => (judgement ? [{ ...rest, judgement }] : []));
  if (judged.length === 0) return;
  const dropped = judged.filter(isDropped).map(({ mail }) => mail.id);
  const lines = judged.map((each) => ({ each, row: isDropped(each) ? droppedRow(each) : verdictRow(each) }));
  const rows = lines.map(({ row }) => row);
  tx.write(
    `update imip_messages m set state = 'read', read_at = now(), lease_until = null, uid = r.uid, method = r.method,
      sequence = r.sequence, attendee_email = r.attendee_email,
            partstat = r.partstat, dtstamp = r.dtstamp, message_id = r.message_id, kind = r.kind, verdict = r.verdict,
              why = r.why, room_id = r.room_id,
            invitation_id = r.invitation_id, role = r.role, authentication = r.authentication
       from jsonb_to_recordset($1::jsonb) as r(id uuid, uid text, method text, sequence int, attendee_email text,
         partstat text, dtstamp timestamptz, message_id text,
            kind text, verdict text, why text, room_id uuid, invitation_id uuid, role attendee_role,
              authentication text)
      where m.id = r.id and m.id = any($2::uuid[])`,
    [JSON.stringify(rows), rows.map(({ id }) => id)],
  );
  if (dropped.length > 0) forget(tx, dropped);
  appendAudit(
    tx,
    app,
    lines.map(({ row, each }) => auditEntryOf(row, each)),
  );
  appendEvents(
    tx,
    app,
    judged.flatMap(({ judgement, mail }) =>
      'event' in judgement && judgement.event !== null ? [envelopeOf(judgement.event, mail.id)] : [],
    ),
  );
}

/** Quarantines a mail that cannot be read: it delays no other mail and stays for an operator. */
export function quarantine(tx: Transaction, mail: StoredMail, why: string): void {
  tx.write(
    `update imip_messages set state = 'quarantined', read_at = now(), lease_until = null, verdict = 'quarantined',
      why = $2
      where id = $1 and ${isWaiting}`,
    [mail.id, why],
  );
  appendAudit(tx, app, [
    {
      roomId: null,
      kind: 'mail',
      verdict: 'quarantined',
      why,
      sha256: mail.sha256,
      rawPointer: mail.raw_pointer,
      source: 'mail',
      correlationId: mail.id,
    },
  ]);
}

function envelopeOf(judged: JudgedEvent, mailId: string): Envelope {
  const meta = { id: randomUUIDv7(), occurredAt: new Date(), correlationId: mailId, causationId: mailId };
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

/** What is shown of a mail; the raw mail is complete. */
const shown = (text: string | null | undefined, longest = 1_000): string | null =>
  text === null || text === undefined ? null : storable(text.slice(0, longest));

const longestAuthentication = 20_000;

/** A word of RFC 5545 or of an extension. Any other value is the writer's own text and is not stored. */
const word = (text: string | null | undefined): string | null =>
  text !== null && text !== undefined && /^[a-z-]{1,30}$/i.test(text) ? text : null;

/** A sequence that does not fit a 32-bit column is none of ours. */
const smallSequence = (reading: Reading): number | null =>
  reading.sequence !== undefined && reading.sequence <= 2_147_483_647 ? reading.sequence : null;
