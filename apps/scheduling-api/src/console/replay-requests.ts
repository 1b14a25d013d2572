// Asks the app that owns letters or mails to process them again. Writes one event to the outbox and one line for each
// to the audit, in one transaction.
// Called by the controllers of letters and mails.
import { randomUUIDv7 } from 'node:crypto';
import { envelop } from '#contracts';
import { appendAudit, appendEvents, type Database } from '#persistence';
import { currentCorrelation, Problem } from '#service';
import { app } from '../rooms/rooms.store';
import type { Session } from './sessions';

interface ReplayTarget {
  id: string;
  room_id: string | null;
}

/** The items that were found; refuses with 404 and `detail` where there are none. */
export function atLeastOne<T>(items: T[], detail: string): T[] {
  if (items.length === 0) throw new Problem(404, 'not-found', detail);
  return items;
}

export function askForReplay(
  db: Database,
  { actor }: Session,
  what: 'letters' | 'mails',
  items: readonly ReplayTarget[],
): Promise<void> {
  const correlationId = currentCorrelation();
  const ids = items.map(({ id }) => id);
  const meta = { id: randomUUIDv7(), occurredAt: new Date(), correlationId };
  const event =
    what === 'letters'
      ? envelop('LettersReplayRequested', { letterIds: ids, by: actor }, meta)
      : envelop('MailsReplayRequested', { mailIds: ids, by: actor }, meta);
  return db.transaction(async (tx) => {
    appendEvents(tx, app, [event]);
    appendAudit(
      tx,
      app,
      items.map(({ id, room_id }) => ({
        roomId: room_id,
        kind: 'call',
        verdict: `${what}-replay-requested`,
        rawPointer: `${what === 'letters' ? 'letters' : 'imip_messages'}/${id}`,
        source: 'console',
        actor,
        correlationId,
      })),
    );
    return Promise.resolve();
  });
}
