// Takes a person out of the texts that scheduling-api keeps: rooms and proposals, webhook messages, kept responses.
// Called by erase-rooms.ts; what a text holds is decided by libs/privacy (erase-person.ts).
import { type ErasedPerson, erasedAddressSql } from '#contracts';
import type { Database, Queryable, Transaction } from '#persistence';
import { holdsPerson, withoutPerson } from '#privacy';
import { defaultTitle } from '../rooms/change-requests';
import type { PartyRow } from './person';

interface RoomTexts {
  id: string;
  title: string;
  location: string | null;
  external_id: string | null;
}

interface ProposalTexts {
  id: string;
  room_id: string;
  proposed_by: string;
  proposer_email: string;
  note: string | null;
}

/** Title, place and name of a room where they name the person; their notes and the reason of a cancel whatever they say. */
export async function eraseRoomTexts(
  tx: Transaction,
  person: ErasedPerson,
  parties: readonly PartyRow[],
  at: Date,
): Promise<void> {
  const roomIds = [...new Set(parties.map(({ room_id }) => room_id))];
  const rooms = await tx.query<RoomTexts>(
    'select id, title, location, external_id from practice_rooms where id = any($1::uuid[])',
    [roomIds],
  );
  const withoutThem = (text: string | null): string | null =>
    text !== null && holdsPerson(text, person) ? null : text;
  const rows = rooms.map(({ id, title, location, external_id }) => ({
    id,
    title: withoutThem(title) ?? defaultTitle,
    location: withoutThem(location),
    external_id: withoutThem(external_id),
  }));
  // The room looks different now, so it has another revision.
  tx.write(
    `update practice_rooms r set title = g.title, location = g.location, external_id = g.external_id,
       cancel_reason = null, revision = r.revision + 1, updated_at = greatest(r.updated_at, $2)
       from jsonb_to_recordset($1::jsonb) as g(id uuid, title text, location text, external_id text)
      where r.id = g.id`,
    [JSON.stringify(rows), at],
  );
  await eraseProposals(tx, person, parties, roomIds);
  await eraseNotes(tx, person, parties, roomIds);
}

/** What they wrote with a decline, and what another wrote where it names them. */
async function eraseNotes(
  tx: Transaction,
  person: ErasedPerson,
  parties: readonly PartyRow[],
  roomIds: string[],
): Promise<void> {
  const notes = await tx.query<{ id: string; invitation_id: string; note: string }>(
    'select id, invitation_id, note from answer_notes where room_id = any($1::uuid[])',
    [roomIds],
  );
  const theirs = new Set(parties.map(({ invitation_id }) => invitation_id));
  const gone = notes.filter((each) => theirs.has(each.invitation_id) || holdsPerson(each.note, person));
  if (gone.length > 0) tx.write('delete from answer_notes where id = any($1::uuid[])', [gone.map(({ id }) => id)]);
}

/** `invitation_id` where the proposal is theirs: its address becomes the one of that invitation. */
interface ErasedProposal {
  id: string;
  note: null;
  invitation_id: string | null;
}

async function eraseProposals(
  tx: Transaction,
  person: ErasedPerson,
  parties: readonly PartyRow[],
  roomIds: string[],
): Promise<void> {
  const proposals = await tx.query<ProposalTexts>(
    `select id, room_id, proposed_by, proposer_email, note from pending_proposals where room_id = any($1::uuid[])`,
    [roomIds],
  );
  const rows = proposals.flatMap(({ id, room_id, proposed_by, proposer_email, note }): ErasedProposal[] => {
    const theirs = holdsPerson(proposer_email, { ...person, names: [] });
    const party = parties.find((each) => each.room_id === room_id && each.role === proposed_by);
    if (theirs) return [{ id, note: null, invitation_id: party?.invitation_id ?? id }];
    return note !== null && holdsPerson(note, person) ? [{ id, note: null, invitation_id: null }] : [];
  });
  if (rows.length === 0) return;
  tx.write(
    `update pending_proposals p set note = g.note, proposer_email =
       coalesce(${erasedAddressSql('g.invitation_id')}, p.proposer_email)
       from jsonb_to_recordset($1::jsonb) as g(id uuid, note text, invitation_id uuid) where p.id = g.id`,
    [JSON.stringify(rows)],
  );
}

/** What is still to be delivered is delivered without them. */
export async function eraseWebhooks(
  db: Database,
  erasureId: string,
  person: ErasedPerson,
  roomIds: string[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const parties = await tx.query<PartyRow>(
      'select invitation_id, room_id, role from erasure_parties where erasure_id = $1 and room_id = any($2::uuid[])',
      [erasureId, roomIds],
    );
    const messages = await tx.query<{ id: string; room_id: string; data: unknown; detail: unknown }>(
      'select id, room_id, data, detail from webhook_messages where room_id = any($1::uuid[]) order by id for update',
      [roomIds],
    );
    const rows = messages.map(({ id, room_id, data, detail }) => {
      const invitationId = parties.find((party) => party.room_id === room_id)?.invitation_id ?? room_id;
      const without = (value: unknown): unknown => withoutPerson(value, { ...person, invitationId });
      return { id, data: without(data), detail: without(detail) };
    });
    if (rows.length === 0) return;
    tx.write(
      `update webhook_messages m set data = g.data, detail = g.detail
         from json_to_recordset($1::json) as g(id uuid, data json, detail json) where m.id = g.id`,
      [JSON.stringify(rows)],
    );
  });
}

/** Rows of `idempotency_keys` that are looked at by one statement. */
const responsesAtATime = 2_000;

/** Responses kept for a repeated request that show one of the rooms; found by reading all, which are of some days. */
export async function eraseResponses(db: Queryable, roomIds: string[], signal: AbortSignal): Promise<void> {
  for (let from: string | null = '-infinity'; from !== null && !signal.aborted;) {
    const [page]: { until: string | null; rows: number }[] = await db.query(
      `with looked as (
         select owner, key, created_at, answer ->> 'roomId' as room from idempotency_keys
          where created_at >= $1::text::timestamptz order by created_at, owner, key limit ${responsesAtATime}
       ), gone as (
         delete from idempotency_keys k using looked l
          where k.owner = l.owner and k.key = l.key and l.room = any($2::text[]) returning 1
       )
       select max(created_at)::text as until, (select count(*)::int from looked) as rows from looked`,
      [from, roomIds],
    );
    from = page?.until && page.rows === responsesAtATime && page.until !== from ? page.until : null;
  }
}
