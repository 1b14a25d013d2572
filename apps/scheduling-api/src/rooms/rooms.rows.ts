// How a room stands in the tables: reading the rows of one room, writing what changed between two states of it.
// Called by rooms.store.ts inside its transaction; holds no rule.
import type { DeliveryState, Partstat, Policy, ProposalSource, ProposalStatus, Role, RoomStatus } from '#contracts';
import type { Queryable, Transaction } from '#persistence';
import type { Decision, Invitation, Proposal, Room } from './room';
import { personKey } from '#contracts';

/** What the sender knows of an invitation; its columns are read here and never written. */
export interface Delivery {
  lastMethodSent: 'request' | 'cancel' | null;
  state: { state: DeliveryState } & Record<string, unknown>;
}

export interface StoredRoom {
  room: Room;
  deliveries: Map<string, Delivery>;
}

interface RoomRow {
  id: string;
  ics_uid: string;
  ics_sequence: number;
  time_sequence: number;
  status: RoomStatus;
  title: string;
  start_utc: Date;
  end_utc: Date;
  location: string | null;
  video_url: string | null;
  external_id: string | null;
  on_decline: Policy['onDecline'];
  proposals: Policy['proposals'];
  proposal_ttl_hours: number;
}

interface InvitationRow {
  id: string;
  room_id: string;
  attendee_role: Role;
  attendee_email: string;
  attendee_name: string | null;
  time_zone: string;
  locale: string;
  last_partstat: Partstat;
  answered_sequence: number | null;
  answered_dtstamp: Date | null;
  resent_sequence: number | null;
  resent_at: Date | null;
  last_method_sent: 'request' | 'cancel' | null;
  delivery_state: { state: DeliveryState } & Record<string, unknown>;
}

interface ProposalRow {
  id: string;
  room_id: string;
  room_sequence: number;
  proposed_by: Role;
  source: ProposalSource;
  counter_sequence: number | null;
  proposed_start_utc: Date;
  proposed_end_utc: Date;
  note: string | null;
  status: ProposalStatus;
  held_decision: Decision | null;
  held_effective_at: Date | null;
  buttons_only: boolean;
  lapsed_why: string | null;
  created_at: Date;
  expires_at: Date;
  decision_at: Date | null;
  approved_by: Role | null;
}

const roomColumns =
  'id, ics_uid, ics_sequence, time_sequence, status, title, start_utc, end_utc, location, video_url, external_id, on_decline, proposals, proposal_ttl_hours';
const invitationColumns =
  'id, room_id, attendee_role, attendee_email, attendee_name, time_zone, locale, last_partstat, answered_sequence, answered_dtstamp, resent_sequence, resent_at, last_method_sent, delivery_state';
const proposalColumns =
  'id, room_id, room_sequence, proposed_by, source, counter_sequence, proposed_start_utc, proposed_end_utc, note, status, held_decision, held_effective_at, buttons_only, lapsed_why, created_at, expires_at, decision_at, approved_by';

/** Reads whole rooms by id, in the order asked for; unknown ids are left out. A room without times (from before the migration) is left out too. */
export async function readRooms(db: Queryable, roomIds: string[]): Promise<StoredRoom[]> {
  if (roomIds.length === 0) return [];
  // In one breath: within a transaction they travel together, and in this order.
  const [rooms, invitations, proposals] = await Promise.all([
    db.query<RoomRow>(
      `select ${roomColumns} from practice_rooms where id = any($1::uuid[]) and start_utc is not null and end_utc is not null`,
      [roomIds],
    ),
    db.query<InvitationRow>(
      `select ${invitationColumns} from invitations where room_id = any($1::uuid[]) order by attendee_role`,
      [roomIds],
    ),
    db.query<ProposalRow>(
      `select ${proposalColumns} from pending_proposals where room_id = any($1::uuid[]) order by created_at, id`,
      [roomIds],
    ),
  ]);
  const byId = new Map(rooms.map((row) => [row.id, row]));
  return roomIds.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const invited = invitations.filter((each) => each.room_id === id);
    const deliveries = new Map(
      invited.map((each) => [each.id, { lastMethodSent: each.last_method_sent, state: each.delivery_state }]),
    );
    return [
      {
        room: toRoom(row, invited.map(toInvitation), proposals.filter((each) => each.room_id === id).map(toProposal)),
        deliveries,
      },
    ];
  });
}

const toRoom = (row: RoomRow, invitations: Invitation[], proposals: Proposal[]): Room => ({
  roomId: row.id,
  uid: row.ics_uid,
  sequence: row.ics_sequence,
  timeSequence: row.time_sequence,
  status: row.status,
  title: row.title,
  startUtc: row.start_utc,
  endUtc: row.end_utc,
  location: row.location,
  videoUrl: row.video_url,
  externalId: row.external_id,
  policy: { onDecline: row.on_decline, proposals: row.proposals, proposalTtlHours: row.proposal_ttl_hours },
  invitations,
  proposals,
});

const toInvitation = (row: InvitationRow): Invitation => ({
  invitationId: row.id,
  role: row.attendee_role,
  email: row.attendee_email,
  name: row.attendee_name,
  timeZone: row.time_zone,
  locale: row.locale,
  partstat: row.last_partstat,
  answered:
    row.answered_sequence === null || row.answered_dtstamp === null
      ? null
      : { sequence: row.answered_sequence, dtstamp: row.answered_dtstamp },
  resent:
    row.resent_sequence === null || row.resent_at === null
      ? null
      : { sequence: row.resent_sequence, at: row.resent_at },
});

const toProposal = (row: ProposalRow): Proposal => ({
  proposalId: row.id,
  proposedBy: row.proposed_by,
  source: row.source,
  counterSequence: row.counter_sequence,
  roomSequence: row.room_sequence,
  startUtc: row.proposed_start_utc,
  endUtc: row.proposed_end_utc,
  note: row.note,
  status: row.status,
  held:
    row.held_decision === null || row.held_effective_at === null
      ? null
      : { decision: row.held_decision, effectiveAt: row.held_effective_at },
  buttonsOnly: row.buttons_only,
  lapsedWhy: row.lapsed_why,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  decisionAt: row.decision_at,
  approvedBy: row.approved_by,
});

/** The digest of an invitation's reply tag and which secret made it; null where letters carry none. */
export type TagOf = (invitation: Invitation, uid: string) => { hash: string; keyId: string } | null;

/** Writes what differs between two states of a room; `before` is null for a new one. A new invitation gets its reply tag, for ever. */
export function writeRoom(tx: Transaction, before: Room | null, after: Room, tagOf: TagOf): void {
  if (before === null) insertRoom(tx, after);
  else if (
    before.sequence !== after.sequence ||
    before.status !== after.status ||
    before.startUtc !== after.startUtc ||
    before.endUtc !== after.endUtc
  ) {
    tx.write(
      'update practice_rooms set ics_sequence = $2, time_sequence = $3, status = $4, start_utc = $5, end_utc = $6, updated_at = now() where id = $1',
      [after.roomId, after.sequence, after.timeSequence, after.status, after.startUtc, after.endUtc],
    );
  }
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

function insertRoom(tx: Transaction, room: Room): void {
  tx.write(
    `insert into practice_rooms (id, ics_uid, ics_sequence, time_sequence, status, title, start_utc, end_utc, location, video_url, external_id, on_decline, proposals, proposal_ttl_hours)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
    [
      room.roomId,
      room.uid,
      room.sequence,
      room.timeSequence,
      room.status,
      room.title,
      room.startUtc,
      room.endUtc,
      room.location,
      room.videoUrl,
      room.externalId,
      room.policy.onDecline,
      room.policy.proposals,
      room.policy.proposalTtlHours,
    ],
  );
}

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
    resent_sequence: each.resent?.sequence ?? null,
    resent_at: each.resent?.at ?? null,
    reply_tag_hash: tagOf(each, room.uid)?.hash ?? null,
    reply_tag_key: tagOf(each, room.uid)?.keyId ?? null,
  }));
  tx.write(
    `insert into invitations (id, room_id, uid, attendee_email, attendee_role, attendee_name, person_key, time_zone, locale, last_partstat,
                              answered_sequence, answered_dtstamp, resent_sequence, resent_at, reply_tag_hash, reply_tag_key)
     select id, $1, $2, attendee_email, attendee_role, attendee_name, person_key, time_zone, locale, last_partstat,
            answered_sequence, answered_dtstamp, resent_sequence, resent_at, reply_tag_hash, reply_tag_key
       from jsonb_populate_recordset(null::invitations, $3::jsonb)
     on conflict (id) do update set last_partstat = excluded.last_partstat, answered_sequence = excluded.answered_sequence,
       answered_dtstamp = excluded.answered_dtstamp, resent_sequence = excluded.resent_sequence, resent_at = excluded.resent_at, updated_at = now()`,
    [room.roomId, room.uid, JSON.stringify(rows)],
  );
}

function writeProposal(tx: Transaction, room: Room, proposal: Proposal): void {
  const proposer = room.invitations.find((each) => each.role === proposal.proposedBy);
  tx.write(
    `insert into pending_proposals (id, room_id, uid, room_sequence, proposed_by, proposer_email, source, counter_sequence, proposed_start_utc, proposed_end_utc,
       note, status, held_decision, held_effective_at, buttons_only, lapsed_why, created_at, expires_at, approved_by, decision_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)
     on conflict (id) do update set status = excluded.status, held_decision = excluded.held_decision, held_effective_at = excluded.held_effective_at,
       buttons_only = excluded.buttons_only, lapsed_why = excluded.lapsed_why, approved_by = excluded.approved_by, decision_at = excluded.decision_at`,
    [
      proposal.proposalId,
      room.roomId,
      room.uid,
      proposal.roomSequence,
      proposal.proposedBy,
      proposer?.email ?? '',
      proposal.source,
      proposal.counterSequence,
      proposal.startUtc,
      proposal.endUtc,
      proposal.note,
      proposal.status,
      proposal.held?.decision ?? null,
      proposal.held?.effectiveAt ?? null,
      proposal.buttonsOnly,
      proposal.lapsedWhy,
      proposal.createdAt,
      proposal.expiresAt,
      proposal.approvedBy,
      proposal.decisionAt,
    ],
  );
}
