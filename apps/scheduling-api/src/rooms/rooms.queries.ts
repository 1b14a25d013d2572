// Queries for the list of rooms and for the timeline of one room; reads only.
// Called by rooms.controller.ts.
import type { z } from 'zod';
import { isUuid, personKey } from '#contracts';
import type { AuditLine, Queryable } from '#persistence';
import { callerNameOf, invalidFields } from '#service';
import { settledUntil } from './change-order';
import type { ListQuery } from './requests';

export interface RoomsPage {
  roomIds: string[];
  /** null on the last page. */
  nextCursor: string | null;
  /** Rooms that were changed after this instant belong to the next list; null: no limit. */
  horizon: Date | null;
}

/**
 * One page of room ids: by start, or with `updatedSince` by their last change; then by id. Throws a 422 Problem for a
 * cursor of another list.
 */
export const listRooms = (db: Queryable, query: Query): Promise<RoomsPage> =>
  query.updatedSince === undefined ? listByStart(db, query) : listByChange(db, query, query.updatedSince);

type Query = z.infer<typeof ListQuery>;

async function listByStart(db: Queryable, query: Query): Promise<RoomsPage> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor, 'start');
  const { params, param, conditions } = filters(query);
  if (after) conditions.push(`(start_utc, id) > (${param(after.at)}::timestamptz, ${param(after.roomId)}::uuid)`);
  return page(db, { sort: 'start_utc', conditions, params, query, horizon: null });
}

/**
 * All pages end at the instant that was settled when the first page was read; later changes come with the next
 * `updatedSince`.
 */
async function listByChange(db: Queryable, query: Query, since: Date): Promise<RoomsPage> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor, 'change');
  const horizon = after === null ? (await settledUntil(db)).toISOString() : after.horizon;
  const { params, param, conditions } = filters(query);
  conditions.push(`updated_at >= ${param(since)}::timestamptz`, `updated_at <= ${param(horizon)}::timestamptz`);
  if (after) conditions.push(`(updated_at, id) > (${param(after.at)}::timestamptz, ${param(after.roomId)}::uuid)`);
  return page(db, { sort: 'updated_at', conditions, params, query, horizon });
}

/** Adds only the conditions in use: Postgres plans a prepared statement once for all values. */
function filters(query: Query): { params: unknown[]; param: (value: unknown) => string; conditions: string[] } {
  const params: unknown[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const { status, from, to, email, role, externalId } = query;
  const inRole = (): string => (role === undefined ? '' : ` and attendee_role = ${param(role)}::attendee_role`);
  const conditions = [
    'end_utc is not null',
    // Cancelled rooms have an index of their own, which only a literal reaches. Scheduled ones are most of all rooms:
    // as a parameter, so that without statistics the planner does not take their index for a short one and sort it.
    status && (status === 'cancelled' ? `status = 'cancelled'` : `status = ${param(status)}::room_status`),
    from && `start_utc >= ${param(from)}::timestamptz`,
    to && `start_utc < ${param(to)}::timestamptz`,
    externalId !== undefined && `external_id = ${param(externalId)}`,
    email !== undefined &&
      `id = any(array(select room_id from invitations where person_key = ${param(personKey(email))}${inRole()}))`,
    email === undefined &&
      role !== undefined &&
      // A scalar subquery, so that Postgres reads rooms in index order; a join would begin with all invitations.
      `coalesce((select true from invitations i where i.room_id = practice_rooms.id${inRole()} limit 1), false)`,
  ].filter((each) => typeof each === 'string');
  return { params, param, conditions };
}

interface Listing {
  sort: 'start_utc' | 'updated_at';
  conditions: string[];
  params: unknown[];
  query: Query;
  horizon: string | null;
}

async function page(db: Queryable, { sort, conditions, params, query, horizon }: Listing): Promise<RoomsPage> {
  // The rooms of one person or one externalId are few: they are read by their ids and sorted, instead of scanning all
  // rooms by the index of the order.
  const few = query.email !== undefined || query.externalId !== undefined;
  const order = few ? `${sort} at time zone 'utc'` : sort;
  const rows = await db.query<{ id: string; at: string }>(
    `select id, to_char(${sort} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
       from practice_rooms where ${conditions.join(' and ')} order by ${order}, id limit $${params.length + 1}`,
    [...params, query.limit + 1],
  );
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    roomIds: shown.map((row) => row.id),
    nextCursor: last ? writeCursor(last, horizon) : null,
    horizon: horizon === null ? null : new Date(horizon),
  };
}

/** `horizon` only in a list by change. */
const writeCursor = ({ at, id }: { id: string; at: string }, horizon: string | null): string =>
  Buffer.from([at, id, ...(horizon === null ? [] : [horizon])].join(' ')).toString('base64url');

const instant = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/;
const isInstant = (text: string | undefined): text is string =>
  text !== undefined && instant.test(text) && !Number.isNaN(Date.parse(text));

function readCursor(cursor: string, list: 'start' | 'change'): { at: string; roomId: string; horizon: string } {
  const [at, roomId, horizon, ...more] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  const ends = list === 'start' ? horizon === undefined : isInstant(horizon);
  if (!isInstant(at) || !isUuid(roomId ?? '') || !ends || more.length > 0) {
    const detail = 'cursor must be the nextCursor of an earlier page of the same list';
    throw invalidFields([{ pointer: '?cursor', code: 'malformed', detail }]);
  }
  return { at, roomId: roomId ?? '', horizon: horizon ?? '' };
}

/**
 * The room's history, oldest first; fields that do not apply are left out. `actor` is the caller of the platform's
 * API, where one acted.
 */
export async function timeline(db: Queryable, roomId: string): Promise<Record<string, unknown>[]> {
  const rows = await db.query<TimelineLine>(
    `select at, kind, role, method, sequence, verdict, why, message_id as "messageId", source, actor from audit
        where room_id = $1 order by at, position limit 5000`,
    [roomId],
  );
  const notes = await db.query<TimelineLine>(
    `select written_at as at, 'note' as kind, attendee_role as role, null as method, null as sequence, null as verdict,
        'decline-note: the attendee writes: ' || note as why, null as "messageId", 'page' as source, null as actor
       from answer_notes where room_id = $1 order by written_at`,
    [roomId],
  );
  // A note sorts after the decline that it came with; both have the same instant.
  const all = notes.length === 0 ? rows : [...rows, ...notes].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return all.map(timelineEntry);
}

/** A line of a room's history, as far as the timeline shows it. */
type TimelineLine = Pick<AuditLine, 'at' | 'kind' | 'role' | 'method' | 'sequence' | 'verdict' | 'why'> &
  Pick<AuditLine, 'messageId' | 'source' | 'actor'>;

/** One entry of the timeline; fields that do not apply are left out. */
export function timelineEntry(line: TimelineLine): Record<string, unknown> {
  const { at, kind, role, method, sequence, verdict, why, messageId, source, actor } = line;
  const entry = { at: at.toISOString(), kind, role, method, sequence, verdict, why, messageId, source };
  const shown = { ...entry, actor: callerNameOf(actor) ?? null };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null));
}
