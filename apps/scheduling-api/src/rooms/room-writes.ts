// Writes the differences between two states of rooms to their rows.
// Called by rooms.store.ts inside its transaction; contains no rule.
import { personKey } from '#contracts';
import type { Transaction } from '#persistence';
import type { Invitation, Proposal, Room, RoomEvent } from './room';

/** NOTIFY channel: a proposal may be due sooner than those before. */
export const proposalsDue = 'proposals_due';

/** The digest of an invitation's reply tag and which secret made it; null where letters carry none. */
export type TagOf = (invitation: Invitation, uid: string) => { hash: string; keyId: string } | null;

/** A change of one room, from one state to the next; `before` is null for a new room. */
interface RoomChange {
  before: Room | null;
  after: Room;
}

/**
 * Writes the changes of several rooms, no two of one, with one statement a table: a statement costs more than its rows.
 * A new invitation gets its reply tag, which never changes.
 */
export function writeRooms(tx: Transaction, changes: readonly RoomChange[], tagOf: TagOf): void {
  insertRooms(
    tx,
    changes.flatMap(({ before, after }) => (before === null ? [after] : [])),
  );
  updateRooms(
    tx,
    changes.flatMap(({ before, after }) => (before !== null && before.revision !== after.revision ? [after] : [])),
  );
  for (const { before, after } of changes) if (before) setAside(tx, before, after);
  writeInvitations(
    tx,
    changes.flatMap(({ before, after }) => {
      const known = new Map(before?.invitations.map((each) => [each.invitationId, each]));
      return after.invitations
        .filter((each) => known.get(each.invitationId) !== each)
        .map((invitation) => ({ room: after, invitation }));
    }),
    tagOf,
  );
  for (const { before, after } of changes) {
    const known = new Map(before?.proposals.map((each) => [each.proposalId, each]));
    for (const proposal of after.proposals)
      if (known.get(proposal.proposalId) !== proposal) writeProposal(tx, after, proposal);
  }
}

/** The columns of a room that may change, with their values. */
const changing = (room: Room) => ({
  ics_sequence: room.sequence,
  time_sequence: room.timeSequence,
  status: room.status,
  title: room.title,
  start_utc: room.startUtc,
  end_utc: room.endUtc,
  location: room.location,
  video_url: room.videoUrl,
  external_id: room.externalId,
  revision: room.revision,
  updated_at: room.updatedAt,
  cancelled_by: room.cancelledBy,
  cancel_reason: room.cancelReason,
});

function updateRooms(tx: Transaction, rooms: readonly Room[]): void {
  const [first] = rooms;
  if (first === undefined) return;
  const rows = rooms.map((room) => ({ id: room.roomId, ...changing(room) }));
  const set = Object.keys(changing(first)).map((column) => `${column} = n.${column}`);
  // The ids a second time: without them the planner may look through all rooms for each of the list.
  tx.write(
    `update practice_rooms r set ${set.join(', ')} from jsonb_populate_recordset(null::practice_rooms, $1::jsonb) n
      where r.id = n.id and r.id = any($2::uuid[])`,
    [JSON.stringify(rows), rows.map(({ id }) => id)],
  );
}

/** The columns of rows that all have the same ones, as SQL lists them. */
export const columnsOf = ([first = {}]: readonly object[]): string => Object.keys(first).join(', ');

function insertRooms(tx: Transaction, rooms: readonly Room[]): void {
  if (rooms.length === 0) return;
  const rows = rooms.map((room) => ({
    id: room.roomId,
    ics_uid: room.uid,
    ...changing(room),
    on_decline: room.policy.onDecline,
    proposals: room.policy.proposals,
    proposal_ttl_hours: room.policy.proposalTtlHours,
    created_at: room.createdAt,
  }));
  const columns = columnsOf(rows);
  tx.write(
    `insert into practice_rooms (${columns}) select ${columns}
       from jsonb_populate_recordset(null::practice_rooms, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

const formerColumns =
  'id, room_id, attendee_email, attendee_role, attendee_name, person_key, time_zone, locale, last_partstat, ' +
  'reply_tag_hash, reply_tag_key, last_method_sent, last_message_id, delivery_state';

/** Moves a replaced invitation to former_invitations, before the new one is inserted. */
function setAside(tx: Transaction, before: Room, after: Room): void {
  const gone = before.invitations.filter((each) => !invitationIds(after).has(each.invitationId));
  if (gone.length === 0) return;
  tx.write(
    `with gone as (delete from invitations where id = any($1::uuid[]) returning ${formerColumns})
     insert into former_invitations (${formerColumns}, cancel_sequence, replaced_at)
     select ${formerColumns}, $2, $3 from gone`,
    [gone.map((each) => each.invitationId), before.sequence + 1, after.updatedAt],
  );
}

const invitationIds = ({ invitations }: Room): Set<string> => new Set(invitations.map((each) => each.invitationId));

/** The columns of an invitation that may change, with their values. */
const changingOf = (each: Invitation) => ({
  attendee_name: each.name,
  time_zone: each.timeZone,
  locale: each.locale,
  last_partstat: each.partstat,
  answered_sequence: each.answered?.sequence ?? null,
  answered_dtstamp: each.answered?.dtstamp ?? null,
  answered_arrived_at: each.answered?.arrivedAt ?? null,
  applied_content: each.appliedContent,
  resent_sequence: each.resent?.sequence ?? null,
  resent_at: each.resent?.at ?? null,
});

const invitationRow = (room: Room, each: Invitation, tagOf: TagOf) => {
  const tag = tagOf(each, room.uid);
  return {
    id: each.invitationId,
    room_id: room.roomId,
    uid: room.uid,
    attendee_email: each.email,
    attendee_role: each.role,
    person_key: personKey(each.email),
    reply_tag_hash: tag?.hash ?? null,
    reply_tag_key: tag?.keyId ?? null,
    ...changingOf(each),
  };
};

function writeInvitations(
  tx: Transaction,
  changed: readonly { room: Room; invitation: Invitation }[],
  tagOf: TagOf,
): void {
  const [first] = changed;
  if (first === undefined) return;
  const rows = changed.map(({ room, invitation }) => invitationRow(room, invitation, tagOf));
  const columns = columnsOf(rows);
  const set = Object.keys(changingOf(first.invitation)).map((column) => `${column} = excluded.${column}`);
  tx.write(
    `insert into invitations (${columns}) select ${columns}
       from jsonb_populate_recordset(null::invitations, $1::jsonb)
     on conflict (id) do update set ${set.join(', ')}, updated_at = now()`,
    [JSON.stringify(rows)],
  );
}

/** The notes are shown in the timeline only; they are not read with the room. */
export function writeAnswerNotes(tx: Transaction, roomId: string, events: readonly RoomEvent[]): void {
  for (const event of events) {
    if (event.type !== 'Answered' || !event.byLink?.note) continue;
    const { noteId, invitationId, role, text, at } = event.byLink.note;
    tx.write(
      `insert into answer_notes (id, room_id, invitation_id, attendee_role, note, written_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [noteId, roomId, invitationId, role, text, at],
    );
  }
}

/** The columns of a proposal that may change, with their values. */
const changingOfProposal = (proposal: Proposal) => ({
  proposed_start_utc: proposal.startUtc,
  proposed_end_utc: proposal.endUtc,
  chosen_option_id: proposal.chosenOptionId,
  status: proposal.status,
  held_decision: proposal.held?.decision ?? null,
  held_effective_at: proposal.held?.effectiveAt ?? null,
  held_option_id: proposal.held?.optionId ?? null,
  buttons_only: proposal.buttonsOnly,
  lapsed_why: proposal.lapsedWhy,
  approved_by: proposal.approvedBy,
  decision_at: proposal.decisionAt,
});

function writeProposal(tx: Transaction, room: Room, proposal: Proposal): void {
  const proposer = room.invitations.find((each) => each.role === proposal.proposedBy);
  const fixed = {
    id: proposal.proposalId,
    room_id: room.roomId,
    uid: room.uid,
    room_sequence: proposal.roomSequence,
    proposed_by: proposal.proposedBy,
    proposer_email: proposer?.email ?? '',
    source: proposal.source,
    counter_sequence: proposal.counterSequence,
    options: JSON.stringify(proposal.options),
    note: proposal.note,
    instead_of: proposal.insteadOf,
    created_at: proposal.createdAt,
    expires_at: proposal.expiresAt,
  };
  const changing = changingOfProposal(proposal);
  if (proposal.status === 'pending') tx.wake(proposalsDue);
  const columns = { ...fixed, ...changing };
  const names = Object.keys(columns);
  tx.write(
    `insert into pending_proposals (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})
     on conflict (id) do update set ${Object.keys(changing)
       .map((name) => `${name} = excluded.${name}`)
       .join(', ')}`,
    Object.values(columns),
  );
}
