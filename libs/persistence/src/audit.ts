// The append-only audit: each app writes what it did or judged, the timeline reads it.
import type { Queryable } from './database';

/** One line of a room's history. `why` is a kebab-case code and words (`stale-sequence: …`); never an address, never a token. */
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
  /** The API key's name, a role, or the app itself. */
  actor?: string | null;
  correlationId?: string | null;
}

export async function appendAudit(tx: Queryable, app: string, entries: AuditEntry[]): Promise<void> {
  for (const entry of entries) {
    await tx.query(
      `insert into audit (app, room_id, kind, role, method, sequence, verdict, why, message_id, sha256, raw_pointer, actor, correlation_id)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
      [
        app, entry.roomId, entry.kind, entry.role ?? null, entry.method ?? null, entry.sequence ?? null, entry.verdict ?? null,
        entry.why ?? null, entry.messageId ?? null, entry.sha256 ?? null, entry.rawPointer ?? null, entry.actor ?? null, entry.correlationId ?? null,
      ],
    );
  }
}
