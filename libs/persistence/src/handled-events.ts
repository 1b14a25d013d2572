// The ledger of handled events: what makes consuming idempotent by event id (contract, section 5).
import type { Queryable } from './pipelined-transaction';

/**
 * Marks an event as handled by a consumer, inside the transaction of its effect. False when it was handled before: skip
 * the effect.
 * A second delivery that runs at the same time waits here for the first to commit or roll back.
 */
export const markHandled = async (tx: Queryable, app: string, consumer: string, eventId: string): Promise<boolean> =>
  (await markAllHandled(tx, app, consumer, [eventId])).has(eventId);

/** The same for several; returns those that were not handled before. */
export async function markAllHandled(
  tx: Queryable,
  app: string,
  consumer: string,
  eventIds: string[],
): Promise<Set<string>> {
  // Ordered, so that two consumers cannot deadlock.
  const rows = await tx.query<{ event_id: string }>(
    `insert into handled_events (event_id, consumer, app) select id, $2, $3 from unnest($1::uuid[]) as id order by id
        on conflict do nothing returning event_id`,
    [eventIds, consumer, app],
  );
  return new Set(rows.map((row) => row.event_id));
}
