// The ledger of handled events: what makes consuming idempotent by event id (contract, section 5).
import type { Queryable } from './conversation';

/**
 * Marks an event as handled by a consumer, inside the transaction of its effect. False when it already was: skip the effect.
 * A second delivery that runs at the same time waits here for the first to commit or roll back.
 */
export async function markHandled(tx: Queryable, app: string, consumer: string, eventId: string): Promise<boolean> {
  const rows = await tx.query<{ event_id: string }>(
    'insert into handled_events (event_id, consumer, app) values ($1, $2, $3) on conflict do nothing returning event_id',
    [eventId, consumer, app],
  );
  return rows.length === 1;
}
