// The possible outcomes of one attempt to send a letter, and their record in one transaction: ledger, invitation, event
// and audit.
// Returned by NotificationService, recorded by the dispatcher.
import { randomUUIDv7 } from 'node:crypto';
import { type Envelope, envelop, type WebhookMessage } from '#contracts';
import {
  type AuditEntry,
  type Database,
  type Transaction,
  appendAudit,
  appendEvents,
  appendWebhooks,
} from '#persistence';
import type { LeasedLetter } from './leased-letter';
import { deadLetters, lettersTotal } from '../metrics';
import { letterWebhook } from '../webhooks/letter-webhooks';
import { isCalendarLetter, isFollowed, letterIn, supersedes } from './order';
import { lockRoomLetters } from './write-letters';

export const app = 'notification-sender';

interface SendResult {
  /** The relay's reply code (`250`, `451`) or a word of ours (`ECONNECTION`, `privacy-gate`). */
  code: string;
  /** Text for people, without addresses and tokens. */
  detail: string | null;
  /** Of the mail's bytes; null where there were none. */
  sha256: string | null;
}

/** SQL: the time of the change, as the room shows it. */
const writtenAt = `jsonb_build_object('at', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;

export type Outcome =
  | (SendResult & { result: 'sent' })
  /** `not-now`: the SMTP relay deferred this letter; `relay-trouble`: the relay could not be used. */
  | (SendResult & { result: 'deferred'; reason: 'not-now' | 'relay-trouble'; waitMs: number })
  | (SendResult & { result: 'failed'; reason: string })
  | (SendResult & { result: 'blocked' });

/**
 * Records the outcome of a letter, with its event, its audit entry and the sender's columns of the invitation, in one
 * transaction. False where the lease was lost; `sent` is recorded also then.
 */
export async function recordOutcome(
  db: Database,
  owner: string,
  letter: LeasedLetter,
  outcome: Outcome,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Locks, because a newer letter may be written at the same time: one of the two must see the other, so that this
    // letter is superseded.
    if (outcome.result === 'deferred') lockRoomLetters(tx, letter.roomId);
    const [row] = await tx.query<{ state: string }>(record, [letter.facts.letterId, owner, ...recordParams(outcome)]);
    if (!row) return false;
    const event = eventOf(letter, outcome);
    if (event) appendEvents(tx, app, [event]);
    if (event && outcome.result === 'blocked') appendDeadLetter(tx, letter.eventId, event);
    appendAudit(tx, app, [auditOf(letter, outcome)]);
    appendWebhooks(tx, webhooksOf(letter, outcome));
    lettersTotal.inc({ method: letter.method, result: outcome.result });
    if (row.state === 'superseded') lettersTotal.inc({ method: letter.method, result: 'superseded' });
    return true;
  });
}

export interface SentLetter {
  letter: LeasedLetter;
  outcome: Extract<Outcome, { result: 'sent' }>;
}

/**
 * Records sent letters like `recordOutcome`, all in one transaction; no two to one invitation. Also where the lease was
 * lost: they were sent.
 */
export async function recordSent(db: Database, letters: readonly SentLetter[]): Promise<void> {
  const counted = await db.transaction(async (tx) => {
    const rows = letters.map(({ letter, outcome }) => ({
      id: letter.facts.letterId,
      sha256: outcome.sha256,
      response: outcome.detail,
      delivery: deliveryStateOf(outcome),
    }));
    const done = await tx.query<{ id: string }>(recordAllSent, [JSON.stringify(rows), rows.map(({ id }) => id)]);
    const ids = new Set(done.map(({ id }) => id));
    const recorded = letters.filter(({ letter }) => ids.has(letter.facts.letterId));
    appendEvents(
      tx,
      app,
      recorded.flatMap(({ letter, outcome }) => eventOf(letter, outcome) ?? []),
    );
    appendAudit(
      tx,
      app,
      recorded.map(({ letter, outcome }) => auditOf(letter, outcome)),
    );
    appendWebhooks(
      tx,
      recorded.flatMap(({ letter, outcome }) => webhooksOf(letter, outcome)),
    );
    return recorded;
  });
  for (const { letter } of counted) lettersTotal.inc({ method: letter.method, result: 'sent' });
}

const recordAllSent = `
  with done as (
    update letters l set
      state = 'sent', lease_owner = null, lease_until = null, content_sha256 = coalesce(s.sha256, l.content_sha256),
      response = coalesce(s.response, l.response), last_error = null, sent_at = now()
    from jsonb_to_recordset($1::jsonb) as s(id uuid, sha256 text, response text, delivery jsonb)
    where l.id = s.id and l.id = any($2::uuid[]) and ${letterIn('l', 'due', 'sending')}
    returning l.id, l.invitation_id, l.position, l.method, l.message_id, s.delivery
  ), shown as (
    select invitation_id, method, message_id, delivery, ${isFollowed('done')} as is_followed,
           ${isCalendarLetter('done')} and not ${isFollowed('done', isCalendarLetter('n'))} as
             changes_calendar
      from done
  ), invitation as (
    update invitations i set
      delivery_state = case when d.is_followed then i.delivery_state else d.delivery || ${writtenAt} end,
      last_method_sent = case when d.changes_calendar then lower(d.method)::sent_method else i.last_method_sent end,
      last_message_id = case when d.changes_calendar then d.message_id else i.last_message_id end
    from shown d
    where i.id = d.invitation_id and (d.changes_calendar or not d.is_followed)
  )
  select id from done`;

/** The parameters of `record` from the third on. */
const recordParams = (outcome: Outcome): unknown[] => [
  ledgerState[outcome.result],
  outcome.result === 'deferred' ? outcome.waitMs : 0,
  outcome.sha256,
  outcome.result === 'sent' ? outcome.detail : null,
  outcome.result === 'sent' ? null : `${outcome.code}: ${outcome.detail ?? ''}`.slice(0, 300),
  JSON.stringify(deliveryStateOf(outcome)),
  outcome.result === 'deferred' && outcome.reason === 'not-now' ? 1 : 0,
];

const ledgerState = { sent: 'sent', deferred: 'due', failed: 'failed', blocked: 'blocked' } as const;

const record = `
  with done as (
    update letters l set
      state = case when $3 = 'due' and exists (select 1 from letters n where ${supersedes('n', 'l')}) then 'superseded'
        else $3 end,
      due_at = case when $3 = 'due' then now() + $4::float8 * interval '1 millisecond' else l.due_at end,
      lease_owner = null, lease_until = null, put_off = l.put_off + $9,
      content_sha256 = coalesce($5, l.content_sha256), response = coalesce($6, l.response), last_error = $7,
      sent_at = case when $3 = 'sent' then now() else l.sent_at end
    where l.id = $1 and ${letterIn('l', 'due', 'sending')} and ($3 = 'sent' or (l.state = 'sending'
      and l.lease_owner = $2))
    returning l.id, l.state, l.invitation_id, l.position, l.method, l.message_id
  ), invitation as (
    update invitations i set
      delivery_state = case when d.is_followed then i.delivery_state else $8::jsonb || ${writtenAt} end,
      last_method_sent = case when d.changes_calendar then lower(d.method)::sent_method else i.last_method_sent end,
      last_message_id = case when d.changes_calendar then d.message_id else i.last_message_id end
    from (
      select done.invitation_id, done.method, done.message_id, ${isFollowed('done')} as is_followed,
             $3 = 'sent' and ${isCalendarLetter('done')} and not ${isFollowed('done', isCalendarLetter('n'))}
               as changes_calendar
        from done) d
    where i.id = d.invitation_id
  )
  select state from done`;

const deliveryStateOf = (outcome: Outcome): Record<string, unknown> => ({
  state: outcome.result === 'blocked' ? 'failed' : outcome.result,
  code: outcome.code,
  ...(outcome.detail === null ? {} : { detail: outcome.detail }),
});

function eventOf(letter: LeasedLetter, outcome: Outcome): Envelope | null {
  if (outcome.result === 'deferred') return null;
  const { facts, roomId, invitationId, role, method, sequence, occasion, correlationId, eventId } = letter;
  const { letterId, messageId } = facts;
  const data = { roomId, invitationId, role, letterId, messageId, method, sequence, occasion };
  const meta = { id: randomUUIDv7(), occurredAt: new Date(), correlationId, causationId: eventId };
  if (outcome.result === 'sent') return envelop('LetterSent', data, meta);
  return envelop(
    'LetterFailed',
    { ...data, reason: outcome.result === 'blocked' ? 'privacy-gate' : outcome.reason },
    meta,
  );
}

function webhooksOf(letter: LeasedLetter, outcome: Outcome): WebhookMessage[] {
  if (outcome.result === 'deferred') return [];
  const facts = { ...letter, letterId: letter.facts.letterId, messageId: letter.facts.messageId };
  if (outcome.result === 'sent') return [letterWebhook('letter.sent', facts, null, new Date())];
  return [
    letterWebhook('letter.failed', facts, outcome.result === 'blocked' ? 'privacy-gate' : outcome.reason, new Date()),
  ];
}

/** `reason: code`; a reason that is no reply of the relay has words of ours behind it. */
function whyOf(outcome: Outcome): string | null {
  if (outcome.result === 'sent') return null;
  const reason = outcome.result === 'blocked' ? 'privacy-gate' : outcome.reason;
  return `${reason}: ${reason === outcome.code ? (outcome.detail ?? outcome.code) : outcome.code}`;
}

const auditOf = (letter: LeasedLetter, outcome: Outcome): AuditEntry => ({
  roomId: letter.roomId,
  kind: 'letter',
  role: letter.role,
  method: letter.method,
  sequence: letter.sequence,
  verdict: outcome.result,
  why: whyOf(outcome),
  messageId: letter.facts.messageId,
  sha256: outcome.sha256,
  // The ledger row: the same bytes can be rendered from it.
  rawPointer: `letters/${letter.facts.letterId}`,
  actor: app,
  correlationId: letter.correlationId,
});

/** For an operator: the event names the letter by ids only; its text stays in the ledger. */
function appendDeadLetter(tx: Transaction, causeId: string, failure: Envelope): void {
  const row = [app, causeId, JSON.stringify(failure), 'privacy-gate'];
  tx.write('insert into dead_letters (app, event_id, envelope, reason) values ($1, $2, $3, $4)', row);
  deadLetters.inc();
}
