// What every app needs for its share of an erasure: which are open, whom each is about, and its own row of progress.
// Called by the apps' erasures; the steps and their order stand in docs/privacy.md.
import type { AppName, ErasedPerson } from '#contracts';
import type { Queryable, Transaction } from './pipelined-transaction';

/** Woken when an erasure was asked for or an app has done its share of one. */
export const erasuresChannel = 'erasures_wake';

/** An erasure that is not done, as one app sees it. */
export interface OpenErasure {
  id: string;
  person: ErasedPerson;
  requestedBy: string;
  /** scheduling-api has cancelled the rooms that had not ended. */
  isCancelled: boolean;
  /** scheduling-api has replaced address and name: nothing is mailed to the person any more. */
  isReplaced: boolean;
  /** notification-sender owes the person no letter any more. */
  isQuiet: boolean;
  /** The longest time for which anything may be owed is over: the rest is erased. */
  isOverdue: boolean;
  /** The last mail that imip-ingestor has looked into. */
  scannedTo: string | null;
  /** Apps that are not done. */
  waitsFor: AppName[];
}

export const erasingApps: readonly AppName[] = ['scheduling-api', 'notification-sender', 'imip-ingestor'];

/** Letters are tried for two days, events for less. */
const longestOwedHours = 72;

/** The erasures that are open, the oldest first, whatever this app has done of them. */
export async function openErasures(db: Queryable): Promise<OpenErasure[]> {
  return db.query<OpenErasure>(
    `select e.id, e.person, e.requested_by as "requestedBy", e.cancelled_at is not null as "isCancelled",
            e.replaced_at is not null as "isReplaced",
            coalesce(bool_or(p.quiet_at is not null) filter (where p.app = 'notification-sender'), false) as "isQuiet",
            e.requested_at < now() - interval '${longestOwedHours} hours' as "isOverdue",
            (array_agg(p.scanned_to) filter (where p.app = 'imip-ingestor'))[1] as "scannedTo",
            array(select app from unnest($1::text[]) as app
                   where app <> all(coalesce(array_agg(p.app) filter (where p.done_at is not null), '{}'))) as "waitsFor"
       from erasures e left join erasure_progress p on p.erasure_id = e.id
      where e.completed_at is null group by e.id order by e.requested_at, e.id`,
    [erasingApps],
  );
}

/** What an app writes into its own row of progress; `quiet` and `done` stand once they are set. */
export function writeProgress(
  tx: Pick<Transaction, 'write'>,
  erasureId: string,
  app: AppName,
  { quiet = false, done = false, scannedTo = null }: { quiet?: boolean; done?: boolean; scannedTo?: string | null },
): void {
  tx.write(
    `insert into erasure_progress (erasure_id, app, quiet_at, done_at, scanned_to)
     values ($1, $2, case when $3 then now() end, case when $4 then now() end, $5)
     on conflict (erasure_id, app) do update set
       quiet_at = coalesce(erasure_progress.quiet_at, excluded.quiet_at),
       done_at = coalesce(erasure_progress.done_at, excluded.done_at),
       scanned_to = coalesce(excluded.scanned_to, erasure_progress.scanned_to)`,
    [erasureId, app, quiet, done, scannedTo],
  );
}

/** The rooms of an erasure by id. */
export async function roomsOfErasure(db: Queryable, erasureId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'select distinct room_id as id from erasure_parties where erasure_id = $1 order by 1',
    [erasureId],
  );
  return rows.map(({ id }) => id);
}

/** SQL: the room that an envelope in `column` is about, as text; null where it is about none. */
const roomOf = (column: string): string =>
  `coalesce(${column} #>> '{data,room,roomId}', ${column} #>> '{data,roomId}')`;

/** Whether an event about one of these rooms waits in the outbox of any app. */
export async function waitsInOutbox(db: Queryable, roomIds: string[]): Promise<boolean> {
  const [row] = await db.query<{ waits: boolean }>(
    `select exists (select 1 from outbox where ${roomOf('envelope')} = any($1::text[])) as waits`,
    [roomIds],
  );
  return row?.waits ?? false;
}

/** The end of an app's share: its dead letters about these rooms go, its progress says so, and the others are woken. */
export function finishShare(
  tx: Pick<Transaction, 'write' | 'wake'>,
  erasureId: string,
  app: AppName,
  roomIds: string[],
): void {
  tx.write(`delete from dead_letters where app = $1 and ${roomOf('envelope')} = any($2::text[])`, [app, roomIds]);
  writeProgress(tx, erasureId, app, { done: true });
  tx.wake(erasuresChannel);
}

/** A list in parts of at most `size`. */
export const inParts = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
