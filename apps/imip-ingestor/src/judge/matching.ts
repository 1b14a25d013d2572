// Finds the context of a mail: the room of its UID, the parties of its reply tags, the letter it is about, the writer's
// meetings.
// Called by the reader inside its transaction; reads any app's tables, writes none. Judging is done by judge.ts.
import { isErased, personKey, type Role, samePerson } from '#contracts';
import { storable } from '#mime';
import type { Queryable } from '#persistence';
import { hashTag, tagIn } from '#tokens';
import type { ReadingResult } from '../inbox/imip-ingestor';
import { isWrittenByAPerson } from '../interpret/reading';
import {
  type MailContext,
  type MatchedLetter,
  type RoomFacts,
  emptyContext,
  type Party,
  type TaggedParty,
  type WriterMeeting,
} from './judgement';

/** The columns that the way in stored with a mail. */
export interface ArrivalFacts {
  envelope_from: string | null;
  envelope_to: string | null;
  authentication: string | null;
}

/** The context of each mail but its room; asked for in as few round trips as the mails need. */
export async function contextsOf(
  tx: Queryable,
  mails: readonly { read: ReadingResult; mail: ArrivalFacts }[],
  organizer: string,
): Promise<Omit<MailContext, 'room'>[]> {
  const hashes = mails.map((each) => tagHashesIn(addressedTo(each), organizer));
  const [parties, beside] = await Promise.all([
    partiesOfTags(tx, hashes.flat()),
    Promise.all(mails.map(({ read }) => lettersAndMeetings(tx, read))),
  ]);
  return mails.map(({ mail }, at) => ({
    ...emptyContext,
    ...beside[at],
    tagged: (hashes[at] ?? []).flatMap((hash) => parties.get(hash) ?? []),
    authentication: mail.authentication,
    envelopeFrom: mail.envelope_from,
  }));
}

/** Every address that the mail names as its recipient; an answer names us as the organizer, too. */
const addressedTo = ({ read, mail }: { read: ReadingResult; mail: ArrivalFacts }): string[] => [
  ...listed(mail.envelope_to),
  ...read.references.deliveredTo,
  ...read.head.to,
  ...(read.reading.organizer === undefined ? [] : [read.reading.organizer]),
];

type LettersAndMeetings = Partial<Pick<MailContext, 'letter' | 'recipientParty' | 'writerMeetings'>>;

async function lettersAndMeetings(tx: Queryable, read: ReadingResult): Promise<LettersAndMeetings> {
  const { head, reading, references: traces } = read;
  const answered = head.inReplyTo === null ? head.references : [head.inReplyTo, ...head.references];
  if (isWrittenByAPerson(reading)) {
    const [writerMeetings, letter] = await Promise.all([
      head.from.length === 1 ? meetingsOf(tx, head.from[0] ?? '') : [],
      letterOfIds(tx, [...answered, ...traces.quotedIds]),
    ]);
    return { letter, writerMeetings };
  }
  if (reading.kind === 'bounce') return reportContext(tx, read);
  return reading.kind === 'auto-reply' ? { letter: await letterOfIds(tx, answered) } : {};
}

/** The letter whose Message-ID a report quotes; else the party of its recipient. */
async function reportContext(
  tx: Queryable,
  { reading, references: traces }: ReadingResult,
): Promise<Pick<MailContext, 'letter' | 'recipientParty'>> {
  const letter = await letterOfIds(tx, traces.quotedIds);
  if (letter) return { letter, recipientParty: null };
  const newest = await newestLetterTo(
    tx,
    (reading.recipients ?? []).map(({ address }) => address),
  );
  if (newest === null) return { letter, recipientParty: null };
  const { roomId, invitationId, role } = newest;
  return { letter, recipientParty: { roomId, invitationId, role } };
}

/** Several envelope recipients stand in one list. */
const listed = (envelopeTo: string | null): string[] => (envelopeTo ?? '').split(',').map((each) => each.trim());

/** The rooms that these UIDs name, by UID. */
export async function roomsOf(tx: Queryable, uids: (string | undefined)[]): Promise<Map<string, RoomFacts>> {
  const wanted = uids.flatMap((uid) => (uid === undefined ? [] : [storableUid(uid)]));
  if (wanted.length === 0) return new Map();
  const rows = await tx.query<RoomRow>(
    `select r.ics_uid as uid, r.id as room_id, i.id, i.attendee_role as role, i.attendee_email as email,
            array(select distinct floor(extract(epoch from l.dtstamp))::float8 from letters l
                   where l.invitation_id = i.id and l.dtstamp is not null) as "letterSeconds"
       from practice_rooms r left join invitations i on i.room_id = r.id where r.ics_uid = any($1::text[])`,
    [wanted],
  );
  return new Map(
    [...Map.groupBy(rows, ({ uid }) => uid)].map(([uid, of]) => [
      uid,
      {
        roomId: of[0]?.room_id ?? '',
        invitations: of.flatMap(({ id, role, email, letterSeconds }) =>
          id === null ? [] : [{ id, role, email, letterSeconds }],
        ),
      },
    ]),
  );
}

interface RoomRow {
  uid: string;
  room_id: string;
  /** null: a room without anybody. */
  id: string | null;
  role: Role;
  email: string;
  letterSeconds: number[];
}

/** A UID as a column could contain it. */
export const storableUid = (uid: string): string => storable(uid).slice(0, 1_000);

/** Digests of the tags in those of the addresses that are ours. */
const tagHashesIn = (addresses: string[], organizer: string): string[] => {
  const tags = addresses.flatMap((address) => {
    const tag = tagIn(address);
    return tag !== null && samePerson(address.replaceAll(/%2b/gi, '+'), organizer) ? [tag] : [];
  });
  return [...new Set(tags)].map(hashTag);
};

/** By the digest of the tag. */
async function partiesOfTags(tx: Queryable, hashes: string[]): Promise<Map<string, TaggedParty[]>> {
  if (hashes.length === 0) return new Map();
  const rows = await tx.query<Party & { email: string; hash: string }>(
    `select room_id as "roomId", id as "invitationId", attendee_role as role, attendee_email as email,
            reply_tag_hash as hash
       from invitations where reply_tag_hash = any($1::text[])`,
    [[...new Set(hashes)]],
  );
  const parties = rows.map(({ email, ...party }) => (isErased(email) ? { ...party, isErased: true } : party));
  return new Map(
    [...Map.groupBy(parties, ({ hash }) => hash)].map(([hash, those]) => [
      hash,
      those.map(({ hash: _hash, ...party }) => party),
    ]),
  );
}

const letterColumns =
  'l.room_id as "roomId", l.invitation_id as "invitationId", l.role, l.message_id as "messageId", ' +
  'coalesce(i.attendee_email, l.attendee_email) as email';

/** The newest of our letters with one of these Message-IDs (without angle brackets). */
export async function letterOfIds(tx: Queryable, ids: string[]): Promise<MatchedLetter | null> {
  if (ids.length === 0) return null;
  const wanted = ids.slice(0, 100).map((id) => `<${storable(id)}>`);
  // Letter case in a domain means nothing, and our ids are lower case.
  const rows = await tx.query<MatchedLetter>(
    `select ${letterColumns} from letters l left join invitations i on i.id = l.invitation_id
      where l.message_id = any($1::text[]) order by l.position desc limit 1`,
    [[...new Set([...wanted, ...wanted.map((id) => id.toLowerCase())])]],
  );
  return rows[0] ?? null;
}

/**
 * A report that quotes nothing can only be about a recent letter to that person: mail systems give up within five days.
 */
export async function newestLetterTo(tx: Queryable, addresses: string[]): Promise<MatchedLetter | null> {
  if (addresses.length === 0) return null;
  const rows = await tx.query<MatchedLetter>(
    `select ${letterColumns} from letters l join invitations i on i.id = l.invitation_id
      where i.person_key = any($1::text[]) and l.attempts > 0 and l.claimed_at > now() - interval '6 days'
        order by l.claimed_at desc, l.position desc limit 1`,
    [addresses.slice(0, 50).map((address) => storable(personKey(address)))],
  );
  return rows[0] ?? null;
}

// The writer's rooms as an array, which is computed once: with a join and a limit the planner would rather look at all
// rooms by their start. Not cancelled instead of scheduled, so that Postgres 15 without statistics does not take the
// index of all scheduled rooms.
export const meetingsOf = (tx: Queryable, email: string): Promise<WriterMeeting[]> =>
  tx.query<WriterMeeting>(
    `select i.room_id as "roomId", i.id as "invitationId", i.attendee_role as role, i.attendee_email as email,
            r.start_utc as "startUtc", r.end_utc as "endUtc", i.time_zone as "timeZone"
       from practice_rooms r join invitations i on i.room_id = r.id and i.person_key = $1
      where r.id = any(array(select room_id from invitations where person_key = $1))
        and r.status <> 'cancelled' and r.end_utc > clock_timestamp()
        and exists (select from invitations other where other.room_id = r.id and other.id <> i.id)
      order by r.start_utc limit 50`,
    [storable(personKey(email))],
  );
