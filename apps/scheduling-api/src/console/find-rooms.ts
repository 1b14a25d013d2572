// Finds rooms for an operator: by what identifies one (id, uid, externalId), by a person's address, by state.
// Called by rooms.controller.ts; reads only; every query uses an index.
import { isUuid, personKey } from '#contracts';
import type { Queryable } from '#persistence';
import { type KeysetPage, pageOf } from './keyset';

export const roomStates = ['scheduled', 'cancelled'] as const;
export type RoomState = (typeof roomStates)[number];

export interface RoomFilter {
  /** An id, a uid, an externalId, an address or a state; empty for all. */
  q: string;
  state: RoomState | undefined;
}

const stateOf = (text: string): RoomState | undefined => roomStates.find((each) => each === text.toLowerCase());

/** Reads the query parameters of the list; a value of `state` that is no state is ignored. */
export function readRoomFilter(query: Readonly<Record<string, unknown>>): RoomFilter {
  const word = (name: string): string => (typeof query[name] === 'string' ? query[name].trim().slice(0, 300) : '');
  // A plus that was not escaped arrives as a space, which no address contains.
  const q = word('q').includes('@') ? word('q').replaceAll(' ', '+') : word('q');
  return { q: stateOf(q) === undefined ? q : '', state: stateOf(q) ?? stateOf(word('state')) };
}

/** One page of rooms, those that changed last first; an address finds also the rooms where another has replaced it. */
export function findRooms(
  db: Queryable,
  { q, state }: RoomFilter,
  cursor: string | undefined,
): Promise<KeysetPage<Record<never, never>>> {
  const params: unknown[] = [];
  const param = (value: unknown): string => `$${params.push(value)}`;
  const conditions = ['end_utc is not null'];
  // Not as a parameter: each state has an index of its own.
  if (state !== undefined) conditions.push(`status = '${state}'`);
  if (q !== '') conditions.push(`id = any(array(${idQueries(q, param).join(' union all ')}))`);
  const list = { columns: 'revision', from: 'practice_rooms', conditions, params };
  return pageOf(db, { ...list, at: 'updated_at', id: 'id', idType: 'uuid', few: q !== '' }, cursor);
}

/** SQL: one query for each kind of identifier that the word may be. */
function idQueries(q: string, param: (value: unknown) => string): string[] {
  const word = param(q);
  const queries = [
    `select r.id from practice_rooms r where r.ics_uid = ${word}`,
    `select r.id from practice_rooms r where r.external_id = ${word}`,
  ];
  if (isUuid(q)) queries.push(`select r.id from practice_rooms r where r.id = ${param(q.toLowerCase())}::uuid`);
  if (q.includes('@')) {
    const person = param(personKey(q));
    queries.push(
      `select i.room_id from invitations i where i.person_key = ${person}`,
      `select f.room_id from former_invitations f where f.person_key = ${person}`,
    );
  }
  return queries;
}
