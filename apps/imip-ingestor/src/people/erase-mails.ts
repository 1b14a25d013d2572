// imip-ingestor's share of an erasure: mails about the person's rooms lose their bytes and every column that identifies
// the writer; every other mail is opened, and does so too where it is from the person or contains their address.
// Run by the ErasureWorker once the address is replaced; each step may be interrupted anywhere and repeated.
import { type AppName, type ErasedPerson, samePerson } from '#contracts';
import { type EventsOfRooms, queuesOf } from '#messaging';
import {
  type Database,
  finishShare,
  inParts,
  type OpenErasure,
  type Queryable,
  roomsOfErasure,
  type Transaction,
  writeProgress,
} from '#persistence';
import { holdsAddress } from '#privacy';
import { openMailOrNull } from '#sealing';
import type { TokenSecrets } from '#tokens';

const app: AppName = 'imip-ingestor';
/** Rooms of one transaction, and mails that are opened at a time. */
const [roomsAtATime, mailsAtATime] = [50, 50];

interface Parts {
  db: Database;
  secrets: TokenSecrets;
  /** Undefined where events do not go over a broker. */
  broker: EventsOfRooms | undefined;
}

export async function eraseMails(parts: Parts, erasure: OpenErasure, signal: AbortSignal): Promise<void> {
  const { db, broker } = parts;
  const { id, isReplaced, isOverdue, waitsFor } = erasure;
  if (!isReplaced || !waitsFor.includes(app)) return;
  const rooms = await roomsOfErasure(db, id);
  for (const part of inParts(rooms, roomsAtATime)) {
    if (signal.aborted) return;
    await db.transaction(async (tx) => eraseIn(tx, id, part));
  }
  if (!(await scan(parts, erasure, signal))) return;
  await broker?.forgetDead(queuesOf(app), rooms);
  if (!isOverdue && ((await broker?.wait(queuesOf(app), rooms)) ?? false)) return;
  await db.transaction(async (tx) => finishShare(tx, id, app, rooms));
}

/**
 * The columns that identify the writer or the recipient of a mail. The verdict, times and digests stay, and a UID of
 * ours; some programs build other UIDs from addresses.
 */
const anonymous = `attendee_email = null, envelope_from = null, envelope_to = null, message_id = null,
  authentication = null, client_address = null, client_helo = null,
  uid = (select ics_uid from practice_rooms where ics_uid = uid)`;

/**
 * Mails of the person, and the bytes of all mails about a room that was theirs: the other party's may quote them.
 * A mail that is not read yet is left to its reader, which drops it.
 */
function eraseIn(tx: Transaction, erasureId: string, rooms: string[]): void {
  const parties = `select 1 from erasure_parties p where p.erasure_id = $1`;
  tx.write(
    `delete from raw_mails where id in (
       select m.id from imip_messages m where m.room_id = any($2::uuid[]) and m.state <> 'stored'
         and exists (${parties} and p.room_id = m.room_id and (not p.is_former or p.invitation_id = m.invitation_id)))`,
    [erasureId, rooms],
  );
  tx.write(
    `update imip_messages m set ${anonymous}
      where m.room_id = any($2::uuid[]) and m.state <> 'stored'
        and exists (${parties} and p.room_id = m.room_id and p.invitation_id = m.invitation_id)`,
    [erasureId, rooms],
  );
}

interface ScannedMail {
  id: string;
  state: string;
  attendee_email: string | null;
  envelope_from: string | null;
  envelope_to: string | null;
  authentication: string | null;
  keyId: string | null;
  sealed: Buffer | null;
}

/** Opens every mail once, from where the last scan ended; false where the scan must continue later. */
async function scan(
  parts: Parts,
  { id, person, scannedTo, isOverdue }: OpenErasure,
  signal: AbortSignal,
): Promise<boolean> {
  const { db } = parts;
  for (let after = scannedTo ?? '00000000-0000-0000-0000-000000000000'; !signal.aborted;) {
    const mails = await mailsAfter(db, after);
    const last = mails.at(-1);
    if (!last) return true;
    const theirs = mails.filter((mail) => namesPerson(parts, mail, person));
    // It is being read: its reply takes effect first.
    if (!isOverdue && theirs.some(({ state }) => state === 'stored')) return false;
    await db.transaction(async (tx) => {
      const ids = theirs.map((mail) => mail.id);
      if (ids.length > 0) {
        tx.write('delete from raw_mails where id = any($1::uuid[])', [ids]);
        tx.write(`update imip_messages set ${anonymous} where id = any($1::uuid[])`, [ids]);
      }
      writeProgress(tx, id, app, { scannedTo: last.id });
    });
    after = last.id;
  }
  return false;
}

const mailsAfter = (db: Queryable, after: string): Promise<ScannedMail[]> =>
  db.query<ScannedMail>(
    `select m.id, m.state, m.attendee_email, m.envelope_from, m.envelope_to, m.authentication, r.key_id as "keyId",
            r.sealed
       from imip_messages m left join raw_mails r on r.id = m.id
      where m.id > $1 order by m.id limit ${mailsAtATime}`,
    [after],
  );

function namesPerson({ secrets }: Parts, mail: ScannedMail, { addresses }: ErasedPerson): boolean {
  const named = [mail.attendee_email, mail.envelope_from, ...(mail.envelope_to ?? '').split(',')];
  const theirs = (address: string): boolean =>
    named.some((each) => each !== null && samePerson(each, address)) ||
    holdsAddress(Buffer.from(mail.authentication ?? ''), address, []);
  if (addresses.some(theirs)) return true;
  const raw = openMailOrNull(secrets, mail.id, mail);
  return raw !== null && addresses.some((address) => holdsAddress(raw, address, []));
}
