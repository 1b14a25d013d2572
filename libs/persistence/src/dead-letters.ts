// Dead letters without a broker: outbox rows that failed in every attempt, and how they return to the outbox.
// Called by `npm run replay -- --dead`, by the console and by `npm run doctor`; safe to repeat, because handlers dedupe by event id.
import type { Queryable } from './pipelined-transaction';

export interface StoredDeadLetter {
  id: string;
  app: string;
  eventId: string;
  event: string;
  reason: string;
  diedAt: Date;
}

// The privacy gate's row is for a person only: it has no event that could be handled again.
export const replayable = `reason <> 'privacy-gate'`;

/** The dead letters that can be replayed, oldest first. */
export async function storedDeadLetters(db: Queryable): Promise<StoredDeadLetter[]> {
  return db.query<StoredDeadLetter>(
    `select id, app, event_id as "eventId", envelope ->> 'name' as event, reason, died_at as "diedAt"
      from dead_letters where ${replayable}
      order by died_at, id`,
  );
}

/**
 * Moves these dead letters back into the outbox for a fresh first attempt; returns how many were moved. One whose
 * event waits there already stays.
 */
export async function reviveDeadLetters(db: Queryable, ids: string[]): Promise<number> {
  const rows = await db.query(
    `with revived as (
       insert into outbox (app, event_id, envelope)
       select app, event_id, envelope from dead_letters where id = any($1::uuid[])
         and ${replayable}
         order by died_at, id
       on conflict do nothing returning event_id
     ), gone as (
       delete from dead_letters where id = any($1::uuid[]) and event_id in (select event_id from revived) returning id
     )
     select id, pg_notify('outbox_wake', '') from gone`,
    [ids],
  );
  return rows.length;
}
