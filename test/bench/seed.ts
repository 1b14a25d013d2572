// Fills the database with rooms as a busy year leaves them: booked, invited, answered. By COPY, a table at a time.
// Called by the growth measurement; ids are made of numbers, so that filling goes on where it stopped.
import { Client } from 'pg';
import type { Stage } from './stage';

/** An id made of the room's number `n`. */
const id = (what: string): string => `md5('${what}' || n)::uuid`;
const each = (role: string): string =>
  `select ${id(role)} as invitation, '${role}'::text as role, '${role}-' || n || '@' ||
    '${role}s.test' as email, n
    from numbers`;
const both = `(${each('host')} union all ${each('guest')}) as p`;

/** Of each table: the columns, and the rows of one room. */
const tables: readonly [table: string, columns: string, rows: string][] = [
  [
    'practice_rooms',
    'id, ics_uid, ics_sequence, status, title, start_utc, end_utc',
    `select ${id('room')}, ${id('room')} || '@organizer.test', 0, 'scheduled', 'Practice Session',
      now() + n * interval '1 minute', now() + (n + 60) * interval '1 minute' from numbers`,
  ],
  [
    'invitations',
    'id, room_id, uid, attendee_email, attendee_role, attendee_name, person_key, time_zone, locale, ' +
      'last_partstat, answered_sequence, answered_dtstamp, last_method_sent, last_message_id, delivery_state',
    `select invitation, ${id('room')}, ${id('room')} || '@organizer.test', email, role, 'A Name', email,
      'Europe/Berlin', 'en', 'accepted', 0, now(), 'request', '<' || invitation || '@organizer.test>',
      '{"state":"sent"}' from ${both}`,
  ],
  [
    'magic_links',
    'id, purpose, uid, room_id, invitation_id, actor_email, actor_role, token_hash, key_id, expires_at',
    `select md5('link' || role || n)::uuid, 'propose', ${id('room')} || '@organizer.test',
      ${id('room')}, invitation,
      email, role, md5('token' || role || n) || md5('x' || n), 'k', now() + interval '90 days' from ${both}`,
  ],
  [
    'letters',
    'id, uid, sequence, attendee_email, method, kind, room_id, invitation_id, role, content, state, attempts, ' +
      'message_id, dtstamp, claimed_at, sent_at, correlation_id, event_id',
    `select md5('letter' || role || n)::uuid, ${id('room')} || '@organizer.test', 0, email, 'REQUEST', 'invite',
      ${id('room')},
      invitation, role,
            json_build_object('roomSequence', 0, 'to', email, 'padding', repeat(md5(role || n), 24)), 'sent', 1,
              '<' || md5('letter' || role || n)::uuid || '@organizer.test>', now(), now(), now(), md5('c' || n),
              ${id('event')}
              from ${both}`,
  ],
  [
    'audit',
    'app, room_id, kind, role, method, verdict, message_id, correlation_id',
    `select 'notification-sender', ${id('room')}, 'letter', role, 'REQUEST', 'sent',
      '<' || md5('letter' || role || n)::uuid || '@organizer.test>', md5('c' || n) from ${both}
     union all select 'imip-ingestor', ${id('room')}, 'mail', role, 'REPLY', 'event',
       '<' || md5('reply' || role || n) || '@google.com>', md5('m' || n) from ${both}`,
  ],
  [
    'handled_events',
    'event_id, consumer, app',
    `select ${id('event')}, 'notification-sender.rooms', 'notification-sender' from numbers union all
      select md5('reply-event' || role || n)::uuid, 'scheduling-api.mail', 'scheduling-api' from ${both}`,
  ],
  [
    'raw_mails',
    'id, key_id, sealed',
    `select md5('mail' || role || n)::uuid, 'k', decode(repeat(md5(role || n), 40), 'hex') from ${both}`,
  ],
  [
    'imip_messages',
    'id, uid, method, sequence, attendee_email, partstat, raw_pointer, way_in, size_bytes, sha256, message_id, ' +
      'kind, verdict, room_id, invitation_id, role, state, attempts',
    `select md5('mail' || role || n)::uuid, ${id('room')} || '@organizer.test', 'REPLY', 0, email, 'accepted',
      'raw_mails/' || md5('mail' || role || n)::uuid, 'webhook', 640, md5(role || n) || md5('y' || n),
      md5('reply' || role || n) || '@google.com', 'reply', 'event', ${id('room')},
      invitation, role, 'read', 1 from ${both}`,
  ],
  [
    'imip_seen',
    'key, mail_id',
    `select 'message:' || md5('s' || role || n), md5('mail' || role || n)::uuid
      from ${both} union all
      select 'content:' || md5('t' || role || n), md5('mail' || role || n)::uuid from ${both}`,
  ],
];

/** Adds rooms number `from` to `to - 1`. */
export async function seed(stage: Stage, from: number, to: number, say: (line: string) => void): Promise<void> {
  const [place] = await stage.db.query<{ data_directory: string }>('show data_directory');
  const file = `${place?.data_directory ?? ''}/seed.copy`;
  for (let at = from; at < to; at += 100_000) {
    const end = Math.min(at + 100_000, to);
    for (const [table, columns, rows] of tables) {
      await stage.db.transaction(async (tx) => {
        await tx.query('set local statement_timeout = 0');
        // Each row is of a room that is there.
        await tx.query('set local session_replication_role = replica');
        await tx.query(`copy (with numbers as (select generate_series(${at}, ${end - 1}) as n) ${rows}) to '${file}'`);
        await tx.query(`copy ${table} (${columns}) from '${file}'`);
      });
    }
    say(`${end.toLocaleString('en')} rooms in the database`);
  }
  // Rows of a year ago were vacuumed long since: autovacuum is not to do it while others are measured.
  const client = new Client({ connectionString: stage.databaseUrl });
  await client.connect();
  for (const [table] of tables) await client.query(`vacuum (freeze, analyze) ${table}`);
  await client.end();
  say('vacuumed');
}
