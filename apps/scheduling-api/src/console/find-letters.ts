// Lists of the letters that are not sent: waiting, deferred, failed and stopped ones.
// Called by letters.controller.ts; reads only. Each list has an index of its own (console-lists migration).
import { type Queryable, stateIn } from '#persistence';
import { countsOf, type KeysetPage, mostCounted, pageOf, listNamed } from './keyset';

const states = ['due', 'sending', 'sent', 'failed', 'superseded', 'blocked'];
const only = (state: string): string => stateIn('state', states, state);

export const letterLists = {
  waiting: { label: 'Waiting', condition: `${only('due')} and last_error is null` },
  deferred: { label: 'Deferred', condition: `${only('due')} and last_error is not null` },
  failed: { label: 'Failed', condition: only('failed') },
  stopped: { label: 'Stopped', condition: only('blocked') },
} as const;
export type LetterList = keyof typeof letterLists;

/** An unknown name is the list of what needs a person first. */
export const letterListOf = (given: unknown): LetterList => listNamed(letterLists, given, 'failed');

export interface UnsentLetter {
  room_id: string;
  role: string;
  kind: string;
  method: string;
  attempts: number;
  created_at: Date;
  due_at: Date;
  last_error: string | null;
}

/** The newest first. */
export const findLetters = (
  db: Queryable,
  list: LetterList,
  cursor: string | undefined,
): Promise<KeysetPage<UnsentLetter>> =>
  pageOf(
    db,
    {
      columns: 'room_id, role, kind, method, attempts, created_at, due_at, last_error',
      from: 'letters',
      conditions: [letterLists[list].condition],
      params: [],
      at: 'created_at',
      id: 'id',
      idType: 'uuid',
    },
    cursor,
  );

/** How many each list has, up to `mostCounted`. */
export const countLetters = (db: Queryable): Promise<Record<LetterList, number>> =>
  countsOf(db, letterLists, 'letters', 'created_at');

/** The reasons of failed letters, by the code of the SMTP relay; the most frequent first. Of the last `mostCounted`. */
export async function failureCodes(db: Queryable): Promise<{ code: string; count: number }[]> {
  return db.query(
    `select split_part(coalesce(last_error, ''), ':', 1) as code, count(*)::int as count
       from (select last_error from letters where ${only('failed')} order by created_at desc, id desc limit ${mostCounted}) l
      group by 1 order by 2 desc, 1 limit 20`,
  );
}

/** The failed letters with this code, or of this id; at most 500, the newest. */
export async function failedLetters(
  db: Queryable,
  { code, id }: { code?: string; id?: string },
): Promise<{ id: string; room_id: string }[]> {
  return db.query(
    `select id, room_id from letters where ${only('failed')} and ${
      id === undefined ? `split_part(coalesce(last_error, ''), ':', 1) = $1` : 'id = $1::uuid'
    } order by created_at desc, id desc limit 500`,
    [id ?? code ?? ''],
  );
}
