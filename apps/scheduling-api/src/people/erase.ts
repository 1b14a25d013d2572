// Takes an erasure on: who is meant, which rooms, the event that drives the apps; or says what one would do.
// Called by people.controller.ts. What then happens, and in which order, is in erase-rooms.ts and docs/privacy.md.
import { randomUUIDv7 } from 'node:crypto';
import { envelop, personKey } from '#contracts';
import { appendAudit, appendEvents, erasuresChannel, type Queryable, type Transaction } from '#persistence';
import { app } from '../rooms/rooms.store';
import type { PersonRecords } from './person';

export interface ErasureStart {
  erasureId: string;
  /** Rooms of which the person is or was a party. */
  rooms: number;
}

/** What an erasure of this person would find. */
export interface ErasurePlan {
  dryRun: true;
  rooms: number;
  /** Scheduled rooms that have not ended: they are cancelled, and both parties are mailed. */
  roomsToCancel: number;
  letters: number;
  mails: number;
}

/** SQL: whether the room of party `p` is to be cancelled: it is theirs, scheduled, and not over. */
export const toBeCancelled = `not p.is_former and r.status = 'scheduled' and r.end_utc > now()`;

const roomsOf = ({ parties }: PersonRecords): string[] => [...new Set(parties.map(({ roomId }) => roomId))];

/** Inside the caller's transaction. The same person again, while the first is not done, is the same erasure. */
export async function askForErasure(
  tx: Transaction,
  email: string,
  person: PersonRecords,
  actor: string,
): Promise<ErasureStart> {
  const rooms = roomsOf(person);
  const id = randomUUIDv7();
  const { addresses, names } = person;
  const made = await tx.query(
    `insert into erasures (id, person_key, person, rooms, requested_by) values ($1, $2, $3, $4, $5)
     on conflict (person_key) do nothing returning id`,
    [id, personKey(email), JSON.stringify({ addresses, names }), rooms.length, actor],
  );
  if (made.length === 0) return running(tx, email);
  tx.write(
    `insert into erasure_parties (erasure_id, invitation_id, room_id, role, is_former)
     select $1, "invitationId", "roomId", role, "isFormer"
       from jsonb_to_recordset($2::jsonb) as p("invitationId" uuid, "roomId" uuid, role attendee_role, "isFormer" boolean)`,
    [id, JSON.stringify(person.parties)],
  );
  const event = envelop(
    'PersonErasureRequested',
    { erasureId: id },
    { id: randomUUIDv7(), occurredAt: new Date(), correlationId: id },
  );
  appendEvents(tx, app, [event]);
  const why = `erasure: ${rooms.length} rooms`;
  appendAudit(tx, app, [
    { roomId: null, kind: 'call', verdict: 'erasure-requested', why, source: 'api', actor, correlationId: id },
  ]);
  tx.wake(erasuresChannel);
  return { erasureId: id, rooms: rooms.length };
}

async function running(tx: Queryable, email: string): Promise<ErasureStart> {
  const [row] = await tx.query<ErasureStart>('select id as "erasureId", rooms from erasures where person_key = $1', [
    personKey(email),
  ]);
  if (!row) throw new Error('the erasure ended just now');
  return row;
}

/** Reads only. */
export async function planErasure(db: Queryable, person: PersonRecords): Promise<ErasurePlan> {
  const rooms = roomsOf(person);
  const [row] = await db.query<Omit<ErasurePlan, 'dryRun' | 'rooms'>>(
    `select (select count(*)::int from practice_rooms r where r.id = any($1::uuid[]) and r.status = 'scheduled'
              and r.end_utc > now()) as "roomsToCancel",
            (select count(*)::int from letters where invitation_id = any($2::uuid[])) as letters,
            (select count(*)::int from imip_messages where room_id = any($3::uuid[])) as mails`,
    [
      person.parties.filter(({ isFormer }) => !isFormer).map(({ roomId }) => roomId),
      person.parties.map(({ invitationId }) => invitationId),
      rooms,
    ],
  );
  const { roomsToCancel = 0, letters = 0, mails = 0 } = row ?? {};
  return { dryRun: true, rooms: rooms.length, roomsToCancel, letters, mails };
}
