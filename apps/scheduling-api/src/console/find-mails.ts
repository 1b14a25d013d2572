// Lists of the mails that had no effect: unconfirmed, ignored (by reason) and quarantined ones.
// Called by mails.controller.ts; reads only. Each list has an index of its own (console-lists migration).
import type { Queryable } from '#persistence';
import { countsOf, type KeysetPage, pageOf, listNamed } from './keyset';

export const mailLists = {
  unconfirmed: { label: 'Unconfirmed', condition: `verdict = 'held'` },
  ignored: { label: 'Ignored', condition: `verdict = 'ignored'` },
  quarantined: { label: 'Quarantined', condition: `state = 'quarantined'` },
} as const;
export type MailList = keyof typeof mailLists;

/** An unknown name is the list of what needs a person first. */
export const mailListOf = (given: unknown): MailList => listNamed(mailLists, given, 'quarantined');

export interface ListedMail {
  received_at: Date;
  way_in: string;
  kind: string | null;
  why: string | null;
  room_id: string | null;
  role: string | null;
}

/** The newest first. `why` is the whole reason of an ignored mail. */
export const findMails = (
  db: Queryable,
  { list, why }: { list: MailList; why?: string | undefined },
  cursor: string | undefined,
): Promise<KeysetPage<ListedMail>> =>
  pageOf(
    db,
    {
      columns: 'received_at, way_in, kind, why, room_id, role',
      from: 'imip_messages',
      conditions: [mailLists[list].condition, ...(why === undefined ? [] : ['why = $1'])],
      params: why === undefined ? [] : [why],
      at: 'received_at',
      id: 'id',
      idType: 'uuid',
    },
    cursor,
  );

/** How many each list has, up to `mostCounted`. */
export const countMails = (db: Queryable): Promise<Record<MailList, number>> =>
  countsOf(db, mailLists, 'imip_messages', 'received_at');

/** Reasons are fixed texts of the code: more than so many would be a fault. */
const mostReasons = 100;

/** Every reason for which mails were ignored; looks at one row a reason, however many mails there are. */
export async function ignoredReasons(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ why: string }>(
    `with recursive reasons as (
       (select why from imip_messages where verdict = 'ignored' order by why limit 1)
       union all
       select (select m.why from imip_messages m where m.verdict = 'ignored' and m.why > r.why order by m.why limit 1)
         from reasons r where r.why is not null)
     select why from reasons where why is not null limit ${mostReasons}`,
  );
  return rows.map(({ why }) => why);
}

/** A mail that can be read again; `hasBytes`: they are still kept. */
export interface ReplayableMail {
  id: string;
  room_id: string | null;
  state: string;
  verdict: string | null;
  why: string | null;
  has_bytes: boolean;
}

/** Null where there is no such mail, or it took effect. */
export async function replayableMail(db: Queryable, id: string): Promise<ReplayableMail | null> {
  const [row] = await db.query<ReplayableMail>(
    `select m.id, m.room_id, m.state, m.verdict, m.why, exists (select 1 from raw_mails r where r.id = m.id) as has_bytes
       from imip_messages m where m.id = $1 and (m.state = 'quarantined' or m.verdict in ('held', 'ignored'))`,
    [id],
  );
  return row ?? null;
}

/** At most 500, the oldest first: they waited longest. */
export async function quarantinedMails(db: Queryable): Promise<{ id: string; room_id: string | null }[]> {
  return db.query(
    `select id, room_id from imip_messages where state = 'quarantined' order by received_at, id limit 500`,
  );
}
