// What the platform asks about many rooms or about one room's past; reads only.
// Called by rooms.controller.ts.
import type { z } from 'zod';
import { personKey } from '#contracts';
import type { Queryable } from '#persistence';
import { callerNameOf, Problem } from '#service';
import type { ListQuery } from './requests';

/** One page of room ids by start, then id; `nextCursor` is null on the last page. */
export async function listRooms(
  db: Queryable,
  query: z.infer<typeof ListQuery>,
): Promise<{ roomIds: string[]; nextCursor: string | null }> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const params: unknown[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  // Only what is asked for: a statement is planned once, for whatever its parameters will be.
  const conditions = [
    'end_utc is not null',
    query.status && `status = ${param(query.status)}::room_status`,
    query.from && `start_utc >= ${param(query.from)}::timestamptz`,
    query.to && `start_utc < ${param(query.to)}::timestamptz`,
    query.email !== undefined &&
      `id = any(array(select room_id from invitations where person_key = ${param(personKey(query.email))}))`,
    after && `(start_utc, id) > (${param(after.startUtc)}::timestamptz, ${param(after.roomId)}::uuid)`,
  ].filter(Boolean);
  // One person's rooms are few: found by their ids and sorted, not looked for along all rooms by the index that has them in this order.
  const order = query.email === undefined ? 'start_utc' : `start_utc at time zone 'utc'`;
  const rows = await db.query<{ id: string; start_utc: Date }>(
    `select id, start_utc from practice_rooms where ${conditions.join(' and ')} order by ${order}, id limit ${param(query.limit + 1)}`,
    params,
  );
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return { roomIds: page.map((row) => row.id), nextCursor: last ? writeCursor(last) : null };
}

const writeCursor = (row: { id: string; start_utc: Date }): string =>
  Buffer.from(`${row.start_utc.toISOString()} ${row.id}`).toString('base64url');

function readCursor(cursor: string): { startUtc: Date; roomId: string } {
  const [start, roomId] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  const startUtc = new Date(start ?? '');
  if (
    Number.isNaN(startUtc.getTime()) ||
    start !== startUtc.toISOString() ||
    !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(roomId ?? '')
  ) {
    const errors = [{ pointer: '?cursor', code: 'malformed', detail: 'must be the nextCursor of an earlier page' }];
    throw new Problem(422, 'invalid-field', '?cursor: not as it must be.', { errors });
  }
  return { startUtc, roomId: roomId ?? '' };
}

interface AuditRow {
  at: Date;
  kind: string;
  role: string | null;
  method: string | null;
  sequence: number | null;
  verdict: string | null;
  why: string | null;
  message_id: string | null;
  actor: string | null;
}

/** The room's history, oldest first; fields that do not apply are left out. `actor` is the caller of the platform's API, where one acted. */
export async function timeline(db: Queryable, roomId: string): Promise<Record<string, unknown>[]> {
  const rows = await db.query<AuditRow>(
    'select at, kind, role, method, sequence, verdict, why, message_id, actor from audit where room_id = $1 order by at, position limit 5000',
    [roomId],
  );
  return rows.map((row) => {
    const entry = {
      at: row.at.toISOString(),
      kind: row.kind,
      role: row.role,
      method: row.method,
      sequence: row.sequence,
      verdict: row.verdict,
      why: row.why,
      messageId: row.message_id,
      actor: callerNameOf(row.actor) ?? null,
    };
    return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
  });
}
