// One page of a list, the newest rows first. It is read by a cursor, not an offset, so that every page costs the same.
// Called by the pages that show a list; each names an index that has this order.
import { isUuid } from '#contracts';
import type { Queryable } from '#persistence';
import { invalidFields } from '#service';

export interface KeysetList {
  /** SQL: the columns to select; `at` and `id` are added. */
  columns: string;
  /** SQL: the tables. */
  from: string;
  /** SQL: conditions on the rows; their `$1…` are `params`. */
  conditions: readonly string[];
  params: readonly unknown[];
  /** The columns that the list is sorted by, both descending: an instant, and an id that makes it unique. */
  at: string;
  id: string;
  idType: 'uuid' | 'bigint';
  /**
   * Set where the conditions select few rows by another index: the rows are then read and sorted, instead of scanning
   * the index of the order.
   */
  few?: boolean;
}

export interface KeysetPage<Row> {
  rows: (Row & { id: string })[];
  /** Cursor of the next page; null on the last one. */
  next: string | null;
}

/** The list of this name, as the page's address gives it; `otherwise` for a name that none has. */
export const listNamed = <Name extends string>(
  lists: Readonly<Record<Name, unknown>>,
  given: unknown,
  otherwise: Name,
): Name => (typeof given === 'string' && Object.hasOwn(lists, given) ? (given as Name) : otherwise);

/** Throws a 422 Problem for a cursor that is none. */
export async function pageOf<Row>(
  db: Queryable,
  { columns, from, conditions, params, at, id, idType, few = false }: KeysetList,
  cursor: string | undefined,
  size = 50,
): Promise<KeysetPage<Row>> {
  const after = cursor === undefined || cursor === '' ? null : readCursor(cursor, idType);
  const n = params.length;
  const beyond = after === null ? [] : [`(${at}, ${id}) < ($${n + 2}::timestamptz, $${n + 3}::${idType})`];
  const where = [...conditions, ...beyond];
  const rows = await db.query<Row & { id: string; keyset_at: string }>(
    `select ${columns}, ${id} as id, to_char(${at} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as keyset_at
       from ${from} ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
      order by ${few ? `${at} at time zone 'utc'` : at} desc, ${id} desc limit $${n + 1}`,
    [...params, size + 1, ...(after === null ? [] : [after.at, after.id])],
  );
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  return {
    rows: shown,
    next: last ? Buffer.from(`${last.keyset_at} ${last.id}`).toString('base64url') : null,
  };
}

/** Counted no further than this: a page shows `1000+`. */
export const mostCounted = 1_000;

/**
 * How many rows of a table each list has, up to `mostCounted`. `condition` is SQL; `at` is the column that the lists are
 * sorted by: in that order, so that the planner takes the index of the list.
 */
export async function countsOf<List extends string>(
  db: Queryable,
  lists: Readonly<Record<List, { condition: string }>>,
  from: string,
  at: string,
): Promise<Record<List, number>> {
  const names = Object.keys(lists) as List[];
  const counts = names.map(
    (name) =>
      `(select count(*)::int from (select 1 from ${from} where ${lists[name].condition}
        order by ${at} desc, id desc limit ${mostCounted}) c) as ${name}`,
  );
  const [row] = await db.query<Record<List, number>>(`select ${counts.join(', ')}`);
  return row ?? (Object.fromEntries(names.map((name) => [name, 0])) as Record<List, number>);
}

const instant = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const isId = { uuid: isUuid, bigint: (text: string): boolean => /^\d{1,18}$/.test(text) };

function readCursor(cursor: string, idType: keyof typeof isId): { at: string; id: string } {
  const [at = '', id = '', ...more] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  if (instant.test(at) && !Number.isNaN(Date.parse(at)) && isId[idType](id) && more.length === 0) return { at, id };
  const detail = 'cursor must be one of an earlier page of the same list';
  throw invalidFields([{ pointer: '?cursor', code: 'malformed', detail }]);
}
