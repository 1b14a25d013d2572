// Has quarantined mails read again after a fix of the reader, so that the answers in them take effect.
// Called by `npm run replay -- --quarantined`. Safe to repeat: a mail that is waiting or read is not quarantined.
import { appendAudit, type Database } from '#persistence';
import { inboundChannel } from './ingest';
import { app } from './outcome';

/** Puts every quarantined mail back among those that wait; returns how many. */
export async function readQuarantinedAgain(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const mails = await tx.query<{ id: string; room_id: string | null; raw_pointer: string; sha256: string }>(
      `update imip_messages set state = 'stored', attempts = 0, is_slow = false, lease_until = null, read_at = null,
        verdict = null, why = null
        where state = 'quarantined' returning id, room_id, raw_pointer, sha256`,
    );
    appendAudit(
      tx,
      app,
      mails.map((mail) => ({
        roomId: mail.room_id,
        kind: 'mail',
        verdict: 'read-again',
        sha256: mail.sha256,
        rawPointer: mail.raw_pointer,
        actor: 'replay',
        correlationId: mail.id,
      })),
    );
    tx.wake(inboundChannel);
    return mails.length;
  });
}
