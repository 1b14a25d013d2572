// The append-only audit: each app writes what it did or judged, the timeline reads it.
import type { Transaction } from './pipelined-transaction';

export type AuditSource = 'mail' | 'link' | 'page' | 'api' | 'console';

/**
 * One line of a room's history. `why` is a kebab-case code and words (`stale-sequence: …`); never an address, never a
 * token.
 */
export interface AuditEntry {
  roomId: string | null;
  kind: 'call' | 'letter' | 'mail' | 'decision' | 'token' | 'proposal' | 'delivery';
  role?: 'host' | 'guest' | null;
  method?: string | null;
  sequence?: number | null;
  verdict?: string | null;
  why?: string | null;
  messageId?: string | null;
  /** Hex digest of the bytes that left or came in. */
  sha256?: string | null;
  /** Where those bytes are, e.g. `raw_mails/<id>`. */
  rawPointer?: string | null;
  /** Which way an act came in; left out for what nobody asked for (a clock, a letter that left). */
  source?: AuditSource | null;
  /** The API key's name, a role, or the app itself. */
  actor?: string | null;
  correlationId?: string | null;
}

/**
 * Writes lines of the audit with the transaction; `app` is the writing app. Lines can never be changed, and are deleted
 * only by retention.
 */
export function appendAudit(tx: Transaction, app: string, entries: AuditEntry[]): void {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    room_id: entry.roomId,
    kind: entry.kind,
    role: entry.role,
    method: entry.method,
    sequence: entry.sequence,
    verdict: entry.verdict,
    why: entry.why,
    message_id: entry.messageId,
    sha256: entry.sha256,
    raw_pointer: entry.rawPointer,
    source: entry.source,
    actor: entry.actor,
    correlation_id: entry.correlationId,
  }));
  tx.write(
    `insert into audit (app, room_id, kind, role, method, sequence, verdict, why, message_id, sha256, raw_pointer,
      source, actor, correlation_id)
     select $1, room_id, kind, role, method, sequence, verdict, why, message_id, sha256, raw_pointer, source, actor,
       correlation_id
       from rows from (jsonb_to_recordset($2::jsonb) as (
         room_id uuid, kind text, role attendee_role, method text, sequence int, verdict text, why text,
         message_id text, sha256 text, raw_pointer text, source text, actor text, correlation_id text))
           with ordinality as t(
         room_id, kind, role, method, sequence, verdict, why, message_id, sha256, raw_pointer, source, actor,
           correlation_id, n)
      order by n`,
    [app, JSON.stringify(rows)],
  );
}
