// The ledger, writing side: one row a letter, unique by its key, never overtaken by an older one (contract, section 6).
// Called by letters.consumer.ts inside the transaction that marks the event as handled.
import { letterId, letterMessageId } from '#contracts';
import { type Queryable, type Transaction, among } from '#persistence';
import type { Letter } from './letter';
import { lettersTotal } from './metrics';

const states = ['due', 'sending', 'sent', 'failed', 'superseded', 'blocked'] as const;

/** SQL: whether a letter that is known by its id or its person is in one of these states. */
export const isOneOf = (letter: string, ...wanted: (typeof states)[number][]): string => among(`${letter}.state`, states, ...wanted);

/** What one event owes: its letters, and the correlation that goes on into LetterSent and LetterFailed. */
export interface OwedLetters {
  letters: readonly Letter[];
  eventId: string;
  correlationId: string;
  /** A failed letter that the platform asks for again is due again. */
  revive: boolean;
}

/** All writes about one room's letters wait for each other: row order is then commit order, and nothing is overlooked. */
export const lockRoomLetters = (tx: Transaction, ...roomIds: string[]): void =>
  // In one order: two that lock several rooms never wait for each other.
  tx.write(`select pg_advisory_xact_lock(hashtextextended('letters ' || room, 0)) from (select distinct unnest($1::text[]) as room order by 1) as rooms`, [roomIds]);

/** SQL: whether row `newer` makes row `old` pointless: a later state of the room, or the same REQUEST once more. */
export const overtakes = (newer: string, old: string): string => `
  ${newer}.invitation_id = ${old}.invitation_id and ${newer}.method in ('REQUEST', 'CANCEL') and (
    ${newer}.sequence > (${old}.content ->> 'roomSequence')::int
    or (${newer}.method = 'REQUEST' and ${old}.method = 'REQUEST' and ${newer}.sequence = ${old}.sequence and ${newer}.position > ${old}.position))`;

/** The ids that these letters have in the ledger. */
export const letterIds = (owed: readonly OwedLetters[]): string[] => owed.flatMap(({ letters }) => letters.map(idOf));

/**
 * Writes the letters of some events, and where `handling` is given marks the events as handled: what was so before writes nothing. A letter that is there already stays as it is.
 * Unsent older letters to the same person are superseded; a letter whose time is over before it is written is superseded itself.
 */
export async function writeLetters(tx: Transaction, owed: readonly OwedLetters[], organizerEmail: string, handling: Handling | null = null): Promise<void> {
  const rows = owed.flatMap(({ letters, ...cause }) => letters.map((letter) => rowOf(letter, cause, organizerEmail)));
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  const eventIds = owed.map(({ eventId }) => eventId);
  // In one breath, each seeing what the one before it did.
  lockRoomLetters(tx, ...rows.map((row) => row.room_id));
  const [written, overtaken, pointless] = await Promise.all([
    insert(tx, rows, handling && { ...handling, eventIds }),
    supersedeOlder(tx, ids, eventIds, rows.map((row) => row.invitation_id)),
    rows.some((row) => row.method === 'CANCEL') ? dropUnneededCancels(tx, ids, eventIds) : [],
  ]);
  const late = written.filter((row) => row.state === 'superseded');
  for (const { method } of [...late, ...overtaken, ...pointless]) lettersTotal.inc({ method, result: 'superseded' });
  const revived = new Set(owed.filter(({ revive }) => revive).map(({ eventId }) => eventId));
  if (revived.size > 0) reviveFailed(tx, rows.filter((row) => revived.has(row.event_id)).map((row) => row.id));
}

/** The consumer under whose name events count as handled. */
export interface Handling {
  app: string;
  queue: string;
}

interface Row {
  id: string;
  method: string;
  state: string;
}

const idOf = ({ method, sequence, occasion, room, to }: Letter): string => letterId({ uid: room.uid, sequence, invitationId: to.invitationId, method, occasion });

function rowOf(letter: Letter, { eventId, correlationId }: Pick<OwedLetters, 'eventId' | 'correlationId'>, organizerEmail: string) {
  const { method, sequence, occasion, room, to } = letter;
  const id = idOf(letter);
  return {
    id,
    uid: room.uid,
    sequence,
    attendee_email: to.email,
    method,
    occasion,
    kind: letter.matter.kind,
    room_id: room.roomId,
    invitation_id: to.invitationId,
    role: to.role,
    content: letter,
    message_id: letterMessageId(id, organizerEmail),
    correlation_id: correlationId,
    event_id: eventId,
  };
}

const columns = 'id, uid, sequence, attendee_email, method, occasion, kind, room_id, invitation_id, role, content, message_id, correlation_id, event_id';

const insert = (tx: Queryable, rows: ReturnType<typeof rowOf>[], handling: (Handling & { eventIds: string[] }) | null): Promise<Row[]> => {
  const numbered = JSON.stringify(rows.map((row, n) => ({ ...row, n })));
  return handling ? tx.query<Row>(insertNew, [numbered, handling.eventIds, handling.queue, handling.app]) : tx.query<Row>(insertLetters('true'), [numbered]);
};

// Which secret makes an attendee's reply tag is told by no event: it comes from the invitation.
const insertLetters = (which: string): string => `
  insert into letters (${columns}, state)
  select l.id, l.uid, l.sequence, l.attendee_email, l.method, l.occasion, l.kind, l.room_id, l.invitation_id, l.role,
         jsonb_set(l.content, '{to,tagKey}', coalesce(to_jsonb(i.reply_tag_key), 'null')), l.message_id, l.correlation_id, l.event_id,
         case when exists (
           select 1 from letters n where n.invitation_id = l.invitation_id and n.method in ('REQUEST', 'CANCEL')
              and n.sequence > (l.content ->> 'roomSequence')::int) then 'superseded' else 'due' end
    from jsonb_to_recordset($1::jsonb) as l(
      id uuid, uid text, sequence int, attendee_email text, method text, occasion text, kind text, room_id uuid,
      invitation_id uuid, role attendee_role, content jsonb, message_id text, correlation_id text, event_id uuid, n int)
    left join invitations i on i.id = l.invitation_id
   where ${which}
   order by l.n
  on conflict do nothing
  returning id, method, state`;

const insertNew = `
  with fresh as (
    insert into handled_events (event_id, consumer, app) select id, $3, $4 from unnest($2::uuid[]) as id order by id on conflict do nothing returning event_id
  )
  ${insertLetters('l.event_id in (select event_id from fresh)')}`;

/** Of these letters only those count that these events wrote: one that was there before has done this in its time. */
const supersedeOlder = (tx: Queryable, ids: string[], eventIds: string[], invitationIds: string[]): Promise<Row[]> =>
  tx.query<Row>(
    `update letters o set state = 'superseded'
       from letters n
      where n.id = any($1::uuid[]) and n.event_id = any($2::uuid[]) and o.invitation_id = any($3::uuid[]) and o.id <> n.id and ${isOneOf('o', 'due')} and ${overtakes('n', 'o')}
     returning o.id, o.method, o.state`,
    [ids, eventIds, invitationIds],
  );

/**
 * A CANCEL goes to everybody a REQUEST was ever tried on. A statement of its own: it must see the claims that the one
 * before had to wait for.
 */
const dropUnneededCancels = (tx: Queryable, ids: string[], eventIds: string[]): Promise<Row[]> =>
  tx.query<Row>(
    `update letters c set state = 'superseded'
      where c.id = any($1::uuid[]) and c.event_id = any($2::uuid[]) and c.method = 'CANCEL' and ${isOneOf('c', 'due')} and not exists (
        select 1 from letters r where r.invitation_id = c.invitation_id and r.method = 'REQUEST' and r.attempts > 0 and r.state <> 'blocked')
     returning c.id, c.method, c.state`,
    [ids, eventIds],
  );

/** SQL: what makes a failed letter due again, with the whole time for its attempts. That it was tried once stays known. */
export const triedAnew = `state = 'due', due_at = now(), tried_since = now(), attempts = least(attempts, 1)`;

const reviveFailed = (tx: Transaction, ids: string[]): void =>
  tx.write(
    `update letters l set ${triedAnew}
      where l.id = any($1::uuid[]) and l.state = 'failed' and not exists (select 1 from letters n where ${overtakes('n', 'l')})`,
    [ids],
  );
