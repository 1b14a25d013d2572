// Reads the rows of rooms. They are written by room-writes.ts.
// Called by rooms.store.ts inside its transaction; contains no rule.
import type { DeliveryState, Partstat, Policy, ProposalSource, ProposalStatus, Role, RoomStatus } from '#contracts';
import type { Queryable } from '#persistence';
import type { Decision, Invitation, Proposal, ProposalOption, Room } from './room';

/** The delivery columns of an invitation. notification-sender writes them; they are only read here. */
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
  revision: number;
  created_at: Date;
  updated_at: Date;
  cancelled_by: Room['cancelledBy'];
  cancel_reason: string | null;
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
  answered_arrived_at: Date | null;
  applied_content: string | null;
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
  /** Null in rows of the version that knew one time a proposal. */
  options: { optionId: string; startUtc: string; endUtc: string }[] | null;
  chosen_option_id: string | null;
  note: string | null;
  status: ProposalStatus;
  held_decision: Decision | null;
  held_effective_at: Date | null;
  held_option_id: string | null;
  buttons_only: boolean;
  lapsed_why: string | null;
  created_at: Date;
  expires_at: Date;
  decision_at: Date | null;
  approved_by: Role | null;
  /** Null in rows of the version before this column. */
  instead_of: string | null;
}

const roomColumns =
  'id, ics_uid, ics_sequence, time_sequence, status, title, start_utc, end_utc, location, video_url, ' +
  'external_id, on_decline, proposals, proposal_ttl_hours, revision, created_at, updated_at, cancelled_by, cancel_reason';
const invitationColumns =
  'id, room_id, attendee_role, attendee_email, attendee_name, time_zone, locale, last_partstat, ' +
  'answered_sequence, answered_dtstamp, answered_arrived_at, applied_content, resent_sequence, resent_at, ' +
  'last_method_sent, delivery_state';
const proposalColumns =
  'id, room_id, room_sequence, proposed_by, source, counter_sequence, proposed_start_utc, proposed_end_utc, options, ' +
  'chosen_option_id, note, status, held_decision, held_effective_at, held_option_id, buttons_only, lapsed_why, ' +
  'created_at, expires_at, decision_at, approved_by, instead_of';

/**
 * Reads whole rooms by id, in the order asked for; unknown ids are left out. A room without times (from before the
 * migration) is left out too.
 */
export async function readRooms(db: Queryable, roomIds: string[]): Promise<StoredRoom[]> {
  if (roomIds.length === 0) return [];
  // Inside a transaction the three statements are sent in one round trip, in this order.
  const [rooms, invitations, proposals] = await Promise.all([
    db.query<RoomRow>(
      `select ${roomColumns} from practice_rooms where id = any($1::uuid[]) and start_utc is not null
        and end_utc is not null`,
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
  revision: row.revision,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  cancelledBy: row.cancelled_by,
  cancelReason: row.cancel_reason,
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
      : {
          sequence: row.answered_sequence,
          dtstamp: row.answered_dtstamp,
          arrivedAt: row.answered_arrived_at ?? row.answered_dtstamp,
        },
  appliedContent: row.applied_content,
  resent:
    row.resent_sequence === null || row.resent_at === null
      ? null
      : { sequence: row.resent_sequence, at: row.resent_at },
});

/**
 * The first option is what the two columns say, until another one is chosen. A proposal of the version that knew one
 * time has that one, under the proposal's own id.
 */
function optionsOf(row: ProposalRow): ProposalOption[] {
  const first = { startUtc: row.proposed_start_utc, endUtc: row.proposed_end_utc };
  if (row.options === null) return [{ optionId: row.id, ...first }];
  return row.options.map(({ optionId, startUtc, endUtc }, order) => ({
    optionId,
    ...(order === 0 && row.chosen_option_id === null
      ? first
      : { startUtc: new Date(startUtc), endUtc: new Date(endUtc) }),
  }));
}

const toProposal = (row: ProposalRow): Proposal => ({
  proposalId: row.id,
  proposedBy: row.proposed_by,
  source: row.source,
  counterSequence: row.counter_sequence,
  roomSequence: row.room_sequence,
  startUtc: row.proposed_start_utc,
  endUtc: row.proposed_end_utc,
  options: optionsOf(row),
  chosenOptionId: row.chosen_option_id,
  note: row.note,
  status: row.status,
  held:
    row.held_decision === null || row.held_effective_at === null
      ? null
      : { decision: row.held_decision, optionId: heldOption(row), effectiveAt: row.held_effective_at },
  buttonsOnly: row.buttons_only,
  lapsedWhy: row.lapsed_why,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  decisionAt: row.decision_at,
  approvedBy: row.approved_by,
  insteadOf: row.instead_of,
});

/** A pending approval of the version with one time approves that one. */
const heldOption = (row: ProposalRow): string | null =>
  row.held_decision === 'decline' ? null : (row.held_option_id ?? optionsOf(row)[0]?.optionId ?? null);
