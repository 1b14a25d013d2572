// Has mails that took no effect read again: after a fix of the reader those in quarantine, after a change of the settings
// those that were ignored or not believed.
// Called by `npm run replay -- --quarantined` and for the console. Safe to repeat: a mail that waits or took effect stays.
import { appendAudit, type AuditSource, type Database } from '#persistence';
import { inboundChannel } from './ingest';
import { app } from './outcome';

/** Who has them read again, for the audit. */
export interface ReadAgainBy {
  actor: string;
  source?: AuditSource;
  correlationId?: string;
}

/** SQL: what may be read again. Of the last two the bytes must still be there. */
const canBeRead = `(m.state = 'quarantined' or (m.verdict in ('ignored', 'held') and m.state = 'read'
  and exists (select 1 from raw_mails r where r.id = m.id)))`;

/** Puts every quarantined mail back among those that wait, or of `ids` those that took no effect; returns how many. */
export async function readAgain(db: Database, ids: string[] | null, by: ReadAgainBy): Promise<number> {
  return db.transaction(async (tx) => {
    const mails = await tx.query<{ id: string; room_id: string | null; raw_pointer: string; sha256: string }>(
      `update imip_messages m set state = 'stored', attempts = 0, is_slow = false, lease_until = null, read_at = null,
        verdict = null, why = null
        where ${ids === null ? `m.state = 'quarantined' and $1::uuid[] is null` : `m.id = any($1::uuid[]) and ${canBeRead}`}
        returning id, room_id, raw_pointer, sha256`,
      [ids],
    );
    // Else an answer that was not believed would be taken for a copy of itself.
    tx.write('delete from imip_seen where mail_id = any($1::uuid[])', [mails.map(({ id }) => id)]);
    appendAudit(
      tx,
      app,
      mails.map((mail) => ({
        roomId: mail.room_id,
        kind: 'mail',
        verdict: 'read-again',
        sha256: mail.sha256,
        rawPointer: mail.raw_pointer,
        correlationId: mail.id,
        ...by,
      })),
    );
    tx.wake(inboundChannel);
    return mails.length;
  });
}
