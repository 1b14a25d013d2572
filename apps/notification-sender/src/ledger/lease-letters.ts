// Leases due letters of the ledger to senders, and returns leases.
// Called by the dispatcher; several senders work on one ledger at a time.
import { relayTrouble } from '#contracts';
import { type Queryable, untilDueSql } from '#persistence';
import { type LeasedLetter, leasedOf, lease, type LetterRow, letterRow, nextStamp, threadStart } from './leased-letter';
import { lettersTotal } from '../metrics';
import { isNeedlessCancel, letterIn, supersedes, waitsFor } from './order';

/** NOTIFY channel: letters without a lease are due. */
export const lettersDue = 'letters_due';

/**
 * Leases up to `limit` due letters for `owner`, each the oldest waiting one to its person, and fixes DTSTAMP, Date and
 * thread of those that were never leased. Letters that became outdated while they were leased are superseded, and so is
 * a CANCEL whose REQUEST was returned untried. `sparing` leaves letters whose lease has expired to their owner;
 * `spared` is the failover (`ledgerOutlook`) since which owners have had the time of a lease.
 */
export async function leaseLetters(
  db: Queryable,
  owner: string,
  limit: number,
  { sparing = false, spared = null }: { sparing?: boolean; spared?: string | null } = {},
): Promise<LeasedLetter[]> {
  const rows = await db.query<LetterRow>(leaseDue, [limit, owner, sparing, spared]);
  for (const { method } of rows.filter((row) => row.state === 'superseded'))
    lettersTotal.inc({ method, result: 'superseded' });
  return leasedOf(rows);
}

/**
 * SQL: the commit time of the last transaction before the failover to this server; null where it began as the primary.
 * By the clock of the primary that was lost, as every lease of that time is (PostgreSQL documentation, 9.28.4).
 */
const failover = 'pg_last_xact_replay_timestamp()';

/**
 * SQL: whether the letter is not leased. A lease that expired while Postgres was away could not be renewed: after a
 * start of Postgres its owner has the time of one lease to renew it, or to record the letter. A lease from before a
 * failover is by another machine's clock: its owner has that time since this process noticed (`spared`).
 */
const leaseIsOver = (letter: string, spared: string): string => `(
  ${letter}.lease_until is null or (${letter}.lease_until < now() and (
    ${letter}.lease_until > pg_postmaster_start_time() + ${lease} / 2 or now() > pg_postmaster_start_time() + ${lease})
    and (${letter}.lease_until > coalesce(${failover}, '-infinity') + ${lease} or ${failover} = ${spared})))`;

/**
 * `dueInMs`: when the next letter is due, for `restOf`; one that is leased counts as due. `failoverAt`: the failover to
 * the present primary, told apart from others by its time; null where there was none.
 */
export async function ledgerOutlook(db: Queryable): Promise<{ dueInMs: string | null; failoverAt: string | null }> {
  const [row] = await db.query<{ ms: string | null; at: string | null }>(
    `select due.ms, ${failover}::text as at
       from (${untilDueSql(`select min(due_at) from letters where state in ('due', 'sending')`)}) as due`,
  );
  return { dueInMs: row?.ms ?? null, failoverAt: row?.at ?? null };
}

/**
 * Brings forward the letters that were deferred because the SMTP relay was away: due within `spreadMs`, not all at
 * once. Letters that the relay itself deferred keep their wait. Returns how many.
 */
export async function bringForward(db: Queryable, spreadMs: number): Promise<number> {
  const rows = await db.query(
    `update letters set due_at = now() + random() * $1 * interval '1 millisecond'
      where state = 'due' and due_at > now() + $1 * interval '1 millisecond' and last_error ~ '${relayTrouble}'
        returning id`,
    [spreadMs],
  );
  return rows.length;
}

// One statement, so that a letter is leased together with its facts. The order is that of ix_letters_due and no finer:
// to sort by another column too, Postgres 15 would read the whole backlog.
const leaseDue = `
  with due as (
    select l.id, l.invitation_id, l.position, exists (select 1 from letters n
      where ${supersedes('n', 'l')})
      or (${isNeedlessCancel('l')})
      as stale
      from letters l
     where l.state in ('due', 'sending') and l.due_at <= now() and ${leaseIsOver('l', '$4::timestamptz')}
       and (l.lease_until is null or not $3)
       and not exists (select 1 from letters o where ${waitsFor('l', 'o')})
     order by l.due_at
     limit $1 for update of l skip locked
  ), thread as (
    select d.id, max(p.dtstamp) as last_stamp, ${threadStart('p.position < d.position')} as first_id
      from due d join letters p on p.invitation_id = d.invitation_id
     group by d.id
  )
  update letters l set
    state = case when d.stale then 'superseded' else 'sending' end,
    attempts = l.attempts + case when d.stale then 0 else 1 end,
    lease_owner = case when d.stale then null else $2 end,
    lease_until = case when d.stale then null else now() + ${lease} end,
    claimed_at = coalesce(l.claimed_at, now()),
    dtstamp = coalesce(l.dtstamp, ${nextStamp('t.last_stamp')}),
    content = case when l.dtstamp is null and t.first_id is not null then l.content || jsonb_build_object('firstMessageId',
      t.first_id) else l.content end
  from due d join thread t on t.id = d.id
  where l.id = d.id
  returning ${letterRow('l')}`;

/** Renews the leases of `owner`; returns the ids that it still has. */
export async function renewLeases(db: Queryable, owner: string, ids: string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `update letters l set lease_until = now() + ${lease}
      where id = any($1::uuid[]) and lease_owner = $2 and ${letterIn('l', 'sending')} returning id`,
    [ids, owner],
  );
  return rows.map((row) => row.id);
}

/** Returns letters, due at once. Where `untried`, the attempt does not count: their CANCEL may still be needless. */
export async function returnLetters(db: Queryable, owner: string, ids: string[], untried: boolean): Promise<void> {
  await db.query(
    `update letters l set state = 'due', due_at = now(), lease_owner = null, lease_until = null,
      attempts = attempts - $3
      where id = any($1::uuid[]) and lease_owner = $2 and ${letterIn('l', 'sending')}`,
    [ids, owner, untried ? 1 : 0],
  );
}

/** Letters that wait, and for how long the oldest that is due has waited, in seconds. */
export async function ledgerBacklog(db: Queryable): Promise<{ waiting: number; oldestDueSeconds: number }> {
  const [row] = await db.query<{ waiting: string; age: string | null }>(
    `select count(*) as waiting, extract(epoch from now() - min(due_at) filter (where due_at <= now())) as age
       from letters where state in ('due', 'sending')`,
  );
  return { waiting: Number(row?.waiting ?? 0), oldestDueSeconds: Math.max(0, Number(row?.age ?? 0)) };
}
