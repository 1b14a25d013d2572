// Compares rooms, ledger and invitations: letters that were never written, are stuck, or are not shown as sent.
// Called by examine.ts.
import { atMost, type Check } from './finding';

type Role = 'host' | 'guest';

/** The room's state needs a letter that is not in the ledger, and no pending event would write it. */
const neverWritten: Check = async ({ db, rooms, graceSeconds }) => {
  const rows = await db.query<{ room_id: string; role: Role; owed: string; sequence: number }>(
    `select r.id as room_id, i.attendee_role as role, r.ics_sequence as sequence,
      case when r.status = 'cancelled' then 'CANCEL' else 'REQUEST' end as owed
       from practice_rooms r join invitations i on i.room_id = r.id
      where r.updated_at < now() - $1 * interval '1 second' and r.start_utc > now()
        and (select count(*) from invitations o where o.room_id = r.id) = 2
        and not exists (
          select 1 from letters l where l.invitation_id = i.id and l.sequence = r.ics_sequence
             and l.method = case when r.status = 'cancelled' then 'CANCEL' else 'REQUEST' end)
        and (r.status = 'scheduled' or exists (select 1 from letters q where q.invitation_id = i.id
          and q.method = 'REQUEST' and q.attempts > 0))
        and not exists (select 1 from outbox o where o.envelope -> 'data' -> 'room' ->> 'roomId' = r.id::text
          or o.envelope -> 'data' ->> 'roomId' = r.id::text)
      order by r.updated_at limit ${atMost}`,
    [graceSeconds],
  );
  return rows.map(({ room_id, role, owed, sequence }) => ({
    kind: 'letter-never-written',
    subject: `room ${room_id}`,
    text: `${owed} ${sequence} to the ${role} is missing in the ledger`,
    ...(rooms === null ? { advice: 'set TOKEN_SECRET so that it can be repaired' } : {}),
    // The ledger's key makes it the same letter if the lost event is handled later.
    ...(rooms && {
      repair: () => rooms.sendAgain(room_id, role),
    }),
  }));
};

const stuck: Check = async ({ db, graceSeconds }) => {
  const rows = await db.query<{ id: string; room_id: string; state: string; seconds: string }>(
    `select id, room_id, state, round(extract(epoch
      from now() - case when state = 'sending' then lease_until else due_at end)) as seconds
       from letters l
      where (state = 'sending' and lease_until < now() - $1 * interval '1 second')
         or (state = 'due' and due_at < now() - $1 * interval '1 second' and not exists (
               select 1 from letters o where o.invitation_id = l.invitation_id and o.state in ('due', 'sending')
                 and o.position < l.position))
      order by position limit ${atMost}`,
    [graceSeconds],
  );
  return rows.map(({ id, room_id, state, seconds }) => {
    const about = { kind: 'letter-stuck', subject: `letter ${id} of room ${room_id}` };
    if (state === 'due')
      return {
        ...about,
        text: `due for ${seconds} s and no sender has leased it`,
        advice: 'check that a notification-sender runs and reaches the SMTP relay',
      };
    const repair = async (): Promise<boolean> => {
      const repaired = await db.query(
        `update letters set state = 'due', due_at = now(), lease_owner = null, lease_until = null
          where id = $1 and state = 'sending' and lease_until < now() - $2 * interval '1 second' returning id`,
        [id, graceSeconds],
      );
      return repaired.length === 1;
    };
    return { ...about, text: `leased by a sender whose lease expired ${seconds} s ago`, repair };
  });
};

/** The invitation must show the newest calendar letter that was sent. */
const notShown: Check = async ({ db, graceSeconds }) => {
  const rows = await db.query<{
    invitation_id: string;
    room_id: string;
    role: Role;
    method: string;
    message_id: string;
  }>(
    `select i.id as invitation_id, i.room_id, i.attendee_role as role, l.method, l.message_id
       from invitations i join lateral (
         select method, message_id, sent_at from letters where invitation_id = i.id
           and method in ('REQUEST', 'CANCEL') and state = 'sent' order by position desc limit 1) l on true
      where l.sent_at < now() - $1 * interval '1 second' and (i.last_message_id is distinct from l.message_id
        or i.last_method_sent is distinct from lower(l.method)::sent_method)
      limit ${atMost}`,
    [graceSeconds],
  );
  return rows.map(({ invitation_id, room_id, role, method, message_id }) => ({
    kind: 'letter-not-shown',
    subject: `room ${room_id}`,
    text: `${method} to the ${role} was sent, but the invitation does not show it`,
    repair: async () => {
      const sql = `update invitations set last_method_sent = lower($2)::sent_method, last_message_id = $3 where id = $1
            returning id`;
      return (await db.query(sql, [invitation_id, method, message_id])).length === 1;
    },
  }));
};

/** The calendars show a state that differs from the room's. */
const cancelledByMail: Check = async ({ db, graceSeconds }) => {
  const rows = await db.query<{ room_id: string; role: Role }>(
    `select r.id as room_id, i.attendee_role as role from practice_rooms r join invitations i on i.room_id = r.id
      where r.status = 'scheduled' and i.last_method_sent = 'cancel'
        and r.updated_at < now() - $1 * interval '1 second' limit ${atMost}`,
    [graceSeconds],
  );
  return rows.map(({ room_id, role }) => ({
    kind: 'cancelled-by-mail-only',
    subject: `room ${room_id}`,
    text: `the ${role} was sent a CANCEL, but the room is scheduled`,
    advice: 'delete the room and book a new one',
  }));
};

export const letterChecks: Check[] = [neverWritten, stuck, notShown, cancelledByMail];
