// Writes letters into the ledger: one row a letter, unique by its key (contract, section 6).
// Called by letters.consumer.ts inside the transaction that marks the event as handled.
import { isErasedSql, letterId, letterMessageId } from '#contracts';
import type { Queryable, Transaction } from '#persistence';
import type { Letter } from '../letters/letter';
import {
  type LeasedLetter,
  leasedOf,
  lease,
  letterColumns,
  type LetterRow,
  letterRow,
  nextStamp,
  threadStart,
} from './leased-letter';
import { lettersTotal } from '../metrics';
import { isNeedlessCancel, letterIn, supersedes } from './order';

/** The letters of one event, and the correlation id that LetterSent and LetterFailed keep. */
export interface EventLetters {
  letters: readonly Letter[];
  eventId: string;
  correlationId: string;
  /** A failed letter that the platform asks for again is due again. */
  revive: boolean;
}

/**
 * Serializes all writes of one room's letters: row order is then commit order, and each transaction sees the letters of
 * the one before.
 */
export const lockRoomLetters = (tx: Transaction, ...roomIds: string[]): void =>
  // Ordered, so that two transactions that lock several rooms cannot deadlock.
  tx.write(
    `select pg_advisory_xact_lock(hashtextextended('letters ' || room, 0))
      from (select distinct unnest($1::text[]) as room order by 1) as rooms`,
    [roomIds],
  );

/** The owner and the number of leases for letters that are being inserted. */
export interface LeaseRequest {
  owner: string;
  most: number;
}

/**
 * Writes the letters of some events, no two to one attendee. Where `consumer` is given it marks the events as handled;
 * an event that was handled before writes nothing. A letter that exists already is unchanged. Unsent older letters to
 * the same person are superseded; a letter that is outdated already is inserted as superseded.
 * Returns the letters leased for `leaseFor.owner`: of the first ones those that need not wait for an older one.
 */
export async function writeLetters(
  tx: Transaction,
  owed: readonly EventLetters[],
  organizerEmail: string,
  { consumer, leaseFor }: { consumer?: EventConsumer; leaseFor?: LeaseRequest } = {},
): Promise<LeasedLetter[]> {
  const rows = owed.flatMap(({ letters, ...cause }) => letters.map((letter) => rowOf(letter, cause, organizerEmail)));
  if (rows.length === 0 && !consumer) return [];
  const eventIds = owed.map(({ eventId }) => eventId);
  // The statements are sent together, in one round trip; each sees the effect of the one before.
  lockRoomLetters(tx, ...rows.map((row) => row.room_id));
  const [written, dropped] = await Promise.all([
    insert(tx, rows, leaseFor, consumer && { ...consumer, eventIds }),
    rows.some((row) => row.method === 'CANCEL')
      ? dropUnneededCancels(
          tx,
          rows.map((row) => row.id),
          eventIds,
        )
      : [],
  ]);
  for (const { method } of [...written.filter((row) => row.state === 'superseded'), ...dropped])
    lettersTotal.inc({ method, result: 'superseded' });
  const revived = new Set(owed.filter(({ revive }) => revive).map(({ eventId }) => eventId));
  if (revived.size > 0)
    reviveFailed(
      tx,
      rows.filter((row) => revived.has(row.event_id)).map((row) => row.id),
    );
  return leasedOf(written);
}

/** The consumer in the table of handled events. */
export interface EventConsumer {
  app: string;
  queue: string;
}

function rowOf(
  letter: Letter,
  { eventId, correlationId }: Pick<EventLetters, 'eventId' | 'correlationId'>,
  organizerEmail: string,
) {
  const { method, sequence, occasion, room, to } = letter;
  const id = letterId({ uid: room.uid, sequence, invitationId: to.invitationId, method, occasion });
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

const insert = (
  tx: Queryable,
  rows: ReturnType<typeof rowOf>[],
  leaseFor: LeaseRequest | undefined,
  consumer: (EventConsumer & { eventIds: string[] }) | undefined,
): Promise<LetterRow[]> => {
  let free = leaseFor?.most ?? 0;
  // A CANCEL is never leased here: whether it is needed is known only after the insert.
  const numbered = rows.map((row, n) => ({ ...row, n, may_go: row.method !== 'CANCEL' && free-- > 0 }));
  const params = [JSON.stringify(numbered), leaseFor?.owner ?? null];
  return consumer
    ? tx.query<LetterRow>(insertOfNewEvents, [...params, consumer.eventIds, consumer.queue, consumer.app])
    : tx.query<LetterRow>(insertAll, params);
};

/** The columns that an insert takes from the letter as they are. */
const givenColumns =
  'id, uid, sequence, attendee_email, method, occasion, kind, room_id, invitation_id, role, message_id, correlation_id, event_id';

// An event written before the other party was erased may still contain their address and their note: both are removed.
const withoutOther = `jsonb_set(jsonb_set(l.content, '{otherEmail}', 'null'), '{matter,proposed,note}', 'null', false)`;

// One statement inserts a letter, leases it and supersedes others; it sees all letters that were committed before the
// lock was acquired. The key id of the reply tag is read from the invitation, because no event contains it. Nothing is
// written to somebody whose data was erased, even where an older event still names them.
const insertLetters = (which: string): string => `
  new as (${newLetters(which)}
  ), written as (
    insert into letters as l (${givenColumns}, content, state, attempts, lease_owner, lease_until, claimed_at, dtstamp)
    select ${givenColumns},
           case when goes and first_id is not null then content || jsonb_build_object('firstMessageId', first_id)
             else content end,
           case when is_superseded then 'superseded' when goes then 'sending' else 'due' end,
           case when goes then 1 else 0 end, case when goes then $2 end,
             case when goes then now() + ${lease} end,
             case when goes then now() end,
           case when goes then ${nextStamp('last_stamp')} end
      from new order by n
    on conflict do nothing
    returning ${letterRow('l')}
  ), replaced as (
    update letters o set state = 'superseded'
      from written w join new n on n.id = w.id
     where o.invitation_id = n.invitation_id and ${letterIn('o', 'due')} and ${supersedes('n', 'o', 'true')}
    returning ${letterRow('o')}
  )
  select ${letterColumns} from written union all select ${letterColumns} from replaced`;

/** SQL: the letters of `$1` for which `which` is true, and what the letters before them mean for each. */
const newLetters = (which: string): string => `
    select l.id, l.uid, l.sequence, l.attendee_email, l.method, l.occasion, l.kind, l.room_id, l.invitation_id,
      l.role, l.message_id, l.correlation_id, l.event_id, l.n,
           jsonb_set(case when gone.is_erased then ${withoutOther} else l.content end, '{to,tagKey}',
             coalesce(to_jsonb(i.reply_tag_key), to_jsonb(f.reply_tag_key), 'null')) as content,
           past.last_stamp, past.first_id, past.is_superseded,
           l.may_go and not past.waits and not past.is_superseded as goes
      from jsonb_to_recordset($1::jsonb) as l(
        id uuid, uid text, sequence int, attendee_email text, method text, occasion text, kind text, room_id uuid,
          invitation_id uuid, role attendee_role,
        content jsonb, message_id text, correlation_id text, event_id uuid, n int, may_go boolean)
      left join invitations i on i.id = l.invitation_id
      left join former_invitations f on f.id = l.invitation_id
      left join lateral (
        select true as is_erased from invitations o where o.room_id = l.room_id and ${isErasedSql('o.attendee_email')}
         limit 1) as gone on true
      cross join lateral (
        select max(p.dtstamp) as last_stamp, ${threadStart()} as first_id,
          coalesce(bool_or(${letterIn('p', 'due', 'sending')}),
          false) as waits,
               coalesce(bool_or(${supersedes('p', 'l', 'false')}), false) as is_superseded
          from letters p where p.invitation_id = l.invitation_id) as past
     where ${which} and not ${isErasedSql(`coalesce(i.attendee_email, f.attendee_email, '')`)}`;

const insertAll = `with ${insertLetters('true')}`;
const insertOfNewEvents = `
  with fresh as (
    insert into handled_events (event_id, consumer, app) select id, $4, $5 from unnest($3::uuid[]) as id order by id
      on conflict do nothing returning event_id
  ), ${insertLetters('l.event_id in (select event_id from fresh)')}`;

/**
 * A CANCEL is sent to everybody to whom a REQUEST was ever attempted. A separate statement, because it must see leases that were
 * committed while the one before waited.
 */
const dropUnneededCancels = (tx: Queryable, ids: string[], eventIds: string[]): Promise<{ method: string }[]> =>
  tx.query(
    `update letters c set state = 'superseded'
      where c.id = any($1::uuid[]) and c.event_id = any($2::uuid[]) and ${letterIn('c', 'due')} and ${isNeedlessCancel('c')}
     returning c.method`,
    [ids, eventIds],
  );

/**
 * SQL: makes a failed letter due again, with the whole time for its attempts. `attempts` stays 1 where it was tried.
 */
export const dueAgain = `state = 'due', due_at = now(), tried_since = now(), attempts = least(attempts, 1)`;

const reviveFailed = (tx: Transaction, ids: string[]): void =>
  tx.write(
    `update letters l set ${dueAgain}
      where l.id = any($1::uuid[]) and l.state = 'failed' and not exists (select 1 from letters n
        where ${supersedes('n', 'l')})`,
    [ids],
  );
