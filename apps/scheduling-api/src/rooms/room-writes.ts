// Writes the differences between two states of a room to its rows.
// Called by rooms.store.ts inside its transaction; contains no rule.
import { personKey } from '#contracts';
import type { Transaction } from '#persistence';
import type { Invitation, Proposal, Room, RoomEvent } from './room';

/** The digest of an invitation's reply tag and which secret made it; null where letters carry none. */
export type TagOf = (invitation: Invitation, uid: string) => { hash: string; keyId: string } | null;

/**
 * `before` is null for a new room. A new invitation gets its reply tag, which never changes.
 */
export function writeRoom(tx: Transaction, before: Room | null, after: Room, tagOf: TagOf): void {
  if (before === null) insertRoom(tx, after);
  else if (before.revision !== after.revision) updateRoom(tx, after);
  if (before) setAside(tx, before, after);
  const known = new Map<string, Invitation | Proposal>();
  for (const each of before?.invitations ?? []) known.set(each.invitationId, each);
  for (const each of before?.proposals ?? []) known.set(each.proposalId, each);
  writeInvitations(
    tx,
    after,
    after.invitations.filter((each) => known.get(each.invitationId) !== each),
    tagOf,
  );
  for (const proposal of after.proposals) {
    if (known.get(proposal.proposalId) !== proposal) writeProposal(tx, after, proposal);
  }
}

/** The columns of a room that may change, with their values. */
const changing = (room: Room): Record<string, unknown> => ({
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

function updateRoom(tx: Transaction, room: Room): void {
  const columns = changing(room);
  const set = Object.keys(columns).map((column, at) => `${column} = $${at + 2}`);
  tx.write(`update practice_rooms set ${set.join(', ')} where id = $1`, [room.roomId, ...Object.values(columns)]);
}

function insertRoom(tx: Transaction, room: Room): void {
  const columns = {
    id: room.roomId,
    ics_uid: room.uid,
    ...changing(room),
    on_decline: room.policy.onDecline,
    proposals: room.policy.proposals,
    proposal_ttl_hours: room.policy.proposalTtlHours,
    created_at: room.createdAt,
  };
  const names = Object.keys(columns);
  tx.write(
    `insert into practice_rooms (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(columns),
  );
}

/** Moves a replaced invitation to former_invitations, before the new one is inserted. */
function setAside(tx: Transaction, before: Room, after: Room): void {
  const gone = before.invitations.filter((each) => !invitationIds(after).has(each.invitationId));
  if (gone.length === 0) return;
  tx.write(
    `with gone as (delete from invitations where id = any($1::uuid[])
      returning id, room_id, attendee_email, attendee_role, attendee_name, person_key, time_zone, locale,
                   last_partstat, reply_tag_hash, reply_tag_key, last_method_sent, last_message_id, delivery_state)
     insert into former_invitations (id, room_id, attendee_email, attendee_role, attendee_name, person_key, time_zone,
       locale, last_partstat, reply_tag_hash, reply_tag_key,
                   last_method_sent, last_message_id, delivery_state, cancel_sequence, replaced_at)
     select id, room_id, attendee_email, attendee_role, attendee_name, person_key, time_zone, locale, last_partstat,
       reply_tag_hash, reply_tag_key,
            last_method_sent, last_message_id, delivery_state, $2, $3 from gone`,
    [gone.map((each) => each.invitationId), before.sequence + 1, after.updatedAt],
  );
}

const invitationIds = ({ invitations }: Room): Set<string> => new Set(invitations.map((each) => each.invitationId));

function writeInvitations(tx: Transaction, room: Room, changed: Invitation[], tagOf: TagOf): void {
  if (changed.length === 0) return;
  const rows = changed.map((each) => ({
    id: each.invitationId,
    attendee_email: each.email,
    attendee_role: each.role,
    attendee_name: each.name,
    person_key: personKey(each.email),
    time_zone: each.timeZone,
    locale: each.locale,
    last_partstat: each.partstat,
    answered_sequence: each.answered?.sequence ?? null,
    answered_dtstamp: each.answered?.dtstamp ?? null,
    answered_arrived_at: each.answered?.arrivedAt ?? null,
    applied_content: each.appliedContent,
    resent_sequence: each.resent?.sequence ?? null,
    resent_at: each.resent?.at ?? null,
    reply_tag_hash: tagOf(each, room.uid)?.hash ?? null,
    reply_tag_key: tagOf(each, room.uid)?.keyId ?? null,
  }));
  tx.write(
    `insert into invitations (id, room_id, uid, attendee_email, attendee_role, attendee_name, person_key, time_zone,
      locale, last_partstat,
                              answered_sequence, answered_dtstamp, answered_arrived_at, applied_content,
                                resent_sequence, resent_at, reply_tag_hash, reply_tag_key)
     select id, $1, $2, attendee_email, attendee_role, attendee_name, person_key, time_zone, locale, last_partstat,
            answered_sequence, answered_dtstamp, answered_arrived_at, applied_content, resent_sequence, resent_at,
              reply_tag_hash, reply_tag_key
       from jsonb_populate_recordset(null::invitations, $3::jsonb)
     on conflict (id) do update set attendee_name = excluded.attendee_name, time_zone = excluded.time_zone,
       locale = excluded.locale, last_partstat = excluded.last_partstat,
       answered_sequence = excluded.answered_sequence,
       answered_dtstamp = excluded.answered_dtstamp, answered_arrived_at = excluded.answered_arrived_at,
         applied_content = excluded.applied_content,
       resent_sequence = excluded.resent_sequence, resent_at = excluded.resent_at, updated_at = now()`,
    [room.roomId, room.uid, JSON.stringify(rows)],
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
  const changing = {
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
  };
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
