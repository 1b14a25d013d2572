// notification-sender's share of an erasure: it records when no letter is owed to the person any more. Once their
// address is replaced, it removes them from the ledger, letters to the other party included, and from dead letters.
// Run by the ErasureWorker; each step may be interrupted anywhere and repeated.
import { type AppName, erasedAddressSql, type ErasedPerson } from '#contracts';
import { type EventsOfRooms, queuesOf } from '#messaging';
import {
  type Database,
  erasuresChannel,
  finishShare,
  inParts,
  type OpenErasure,
  type Queryable,
  roomsOfErasure,
  type Transaction,
  waitsInOutbox,
  writeProgress,
} from '#persistence';
import { withoutPerson } from '#privacy';
import { lockRoomLetters } from '../ledger/write-letters';

const app: AppName = 'notification-sender';
/** Rooms of one transaction. */
const roomsAtATime = 25;

interface Parts {
  db: Database;
  /** Undefined where events do not go over a broker. */
  broker: EventsOfRooms | undefined;
}

export async function eraseLetters(parts: Parts, erasure: OpenErasure, signal: AbortSignal): Promise<void> {
  if (!erasure.isCancelled || !erasure.waitsFor.includes(app)) return;
  const rooms = await roomsOfErasure(parts.db, erasure.id);
  if (erasure.isReplaced) return forget(parts, erasure, rooms, signal);
  const isQuiet = erasure.isQuiet || erasure.isOverdue || !(await isOwed(parts, erasure.id, rooms));
  if (!isQuiet || erasure.isQuiet) return;
  await parts.db.transaction(async (tx) => {
    writeProgress(tx, erasure.id, app, { quiet: true });
    tx.wake(erasuresChannel);
  });
}

async function forget(parts: Parts, erasure: OpenErasure, rooms: string[], signal: AbortSignal): Promise<void> {
  // An event that was written before the replacement may still be pending.
  if (!erasure.isOverdue && (await waits(parts, rooms))) return;
  for (const part of inParts(rooms, roomsAtATime)) {
    if (signal.aborted) return;
    await parts.db.transaction((tx) => eraseIn(tx, erasure, part));
  }
  await parts.broker?.forgetDead(queuesOf(app), rooms);
  await parts.db.transaction(async (tx) => finishShare(tx, erasure.id, app, rooms));
}

/** Whether a letter about one of the rooms may still be owed: not written yet, or not sent. */
async function isOwed(parts: Parts, erasureId: string, rooms: string[]): Promise<boolean> {
  if (await waits(parts, rooms)) return true;
  // Everybody who was invited to a cancelled room gets a CANCEL; until it is in the ledger, its event is pending.
  const [row] = await parts.db.query<{ owed: boolean }>(
    `select exists (
       select 1 from erasure_parties p join practice_rooms r on r.id = p.room_id
        where p.erasure_id = $1 and not p.is_former and r.status = 'cancelled'
          and exists (select 1 from letters l where l.invitation_id = p.invitation_id and l.method = 'REQUEST'
            and l.attempts > 0 and l.state <> 'blocked')
          and not exists (select 1 from letters l where l.invitation_id = p.invitation_id and l.method = 'CANCEL')
     ) as owed`,
    [erasureId],
  );
  return row?.owed ?? false;
}

/** Letters of the rooms that are not sent, or events about them that are not handled. */
async function waits({ db, broker }: Parts, rooms: string[]): Promise<boolean> {
  if (await waitsInOutbox(db, rooms)) return true;
  for (const part of inParts(rooms, 500)) {
    const [row] = await db.query<{ waits: boolean }>(
      `select exists (select 1 from letters l where l.state in ('due', 'sending') and l.room_id = any($1::uuid[])) as waits`,
      [part],
    );
    if (row?.waits) return true;
  }
  return (await broker?.wait(queuesOf(app), rooms)) ?? false;
}

interface LedgerRow {
  id: string;
  invitation_id: string;
  content: unknown;
  /** Whose letter it is, where it is theirs; else which of the other's invitations it names them beside. */
  party: string;
}

async function eraseIn(tx: Transaction, { id, person }: OpenErasure, rooms: string[]): Promise<void> {
  lockRoomLetters(tx, ...rooms);
  tx.write(
    `update letters l set attendee_email = ${erasedAddressSql('l.invitation_id')}, response = null,
       last_error = split_part(l.last_error, ':', 1),
       content = jsonb_build_object('erased', true, 'roomSequence', l.content -> 'roomSequence')
       from erasure_parties p
      where p.erasure_id = $1 and p.room_id = any($2::uuid[]) and l.invitation_id = p.invitation_id`,
    [id, rooms],
  );
  const rows = await lettersToOthers(tx, id, rooms);
  const changed = rows.map((row) => ({ id: row.id, content: withoutTheirs(row, person) }));
  if (changed.length > 0)
    tx.write(
      `update letters l set content = g.content from jsonb_to_recordset($1::jsonb) as g(id uuid, content jsonb)
        where l.id = g.id`,
      [JSON.stringify(changed)],
    );
}

const withoutTheirs = ({ content, party }: LedgerRow, person: ErasedPerson): unknown =>
  withoutPerson(content, { ...person, invitationId: party });

/** What the other party of these rooms was sent: it names the person for the privacy gate, and may quote them. */
const lettersToOthers = (tx: Queryable, erasureId: string, rooms: string[]): Promise<LedgerRow[]> =>
  tx.query<LedgerRow>(
    `select l.id, l.invitation_id, l.content, p.invitation_id as party
       from (select distinct on (room_id) room_id, invitation_id from erasure_parties
              where erasure_id = $1 and room_id = any($2::uuid[]) order by room_id, invitation_id) as p
       join lateral (
         select id from invitations i where i.room_id = p.room_id
         union all select id from former_invitations f where f.room_id = p.room_id) as i on true
       join letters l on l.invitation_id = i.id
      where not exists (select 1 from erasure_parties own where own.erasure_id = $1 and own.invitation_id = l.invitation_id)
        and not (l.content ? 'erased')`,
    [erasureId, rooms],
  );
