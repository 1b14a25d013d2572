// Queues mails that had no effect for another reading: after a fix of the reader those in quarantine, after a change of
// the settings those that were ignored or not believed.
// Called by `npm run replay -- --quarantined`, by quarantine.controller.ts, and for the console by its event. Safe to
// repeat: a mail that is pending or had an effect is not changed.
import { Controller } from '@nestjs/common';
import type { Envelope } from '#contracts';
import { Consumes } from '#messaging';
import { appendAudit, type AuditSource, Database } from '#persistence';
import { inboundChannel } from './ingest';
import { app } from './outcome';

/** Who asked for it, for the audit. */
export interface ReadAgainBy {
  actor: string;
  source?: AuditSource;
  correlationId?: string;
}

/** `quarantined`: of these ids, or all. `withoutEffect`: also those that were ignored or not believed. */
export type MailsToReadAgain = { quarantined: string[] | 'all' } | { withoutEffect: string[] };

/** Makes the mails pending again; returns how many. */
export async function readAgain(db: Database, mails: MailsToReadAgain, by: ReadAgainBy): Promise<number> {
  const { condition, ids } = selectionOf(mails);
  return db.transaction(async (tx) => {
    const rows = await tx.query<{ id: string; room_id: string | null; raw_pointer: string; sha256: string }>(
      `update imip_messages m set state = 'stored', attempts = 0, is_slow = false, lease_until = null, read_at = null,
        verdict = null, why = null
        where ($1::uuid[] is null or m.id = any($1::uuid[])) and ${condition}
        returning id, room_id, raw_pointer, sha256`,
      [ids],
    );
    // Otherwise an unconfirmed reply would be taken for a copy of itself.
    tx.write('delete from imip_seen where mail_id = any($1::uuid[])', [rows.map(({ id }) => id)]);
    appendAudit(
      tx,
      app,
      rows.map((mail) => ({
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
    return rows.length;
  });
}

/** SQL: which of the mails may be read again. One that was not in quarantine must still have its bytes. */
function selectionOf(mails: MailsToReadAgain): { condition: string; ids: string[] | null } {
  if ('quarantined' in mails)
    return { condition: `m.state = 'quarantined'`, ids: mails.quarantined === 'all' ? null : mails.quarantined };
  const condition = `(m.state = 'quarantined' or (m.verdict in ('ignored', 'held') and m.state = 'read'
    and exists (select 1 from raw_mails r where r.id = m.id)))`;
  return { condition, ids: mails.withoutEffect };
}

/** Receives what an operator asks for at the console, by the queue `imip-ingestor.operator`. */
@Controller()
export class OperatorConsumer {
  constructor(private readonly db: Database) {}

  @Consumes('imip-ingestor.operator', 'MailsReplayRequested')
  async onReplay({ data, correlationId }: Envelope<'MailsReplayRequested'>): Promise<void> {
    const mails = { withoutEffect: data.mailIds };
    await readAgain(this.db, mails, { actor: data.by, source: 'console', correlationId });
  }
}
