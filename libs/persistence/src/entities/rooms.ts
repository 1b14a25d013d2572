// The tables of scheduling-api: rooms, invitations, proposals and magic links (PRD 6.2).
// Entities state what the migrations make: a test compares the two. Hot transactions write these tables by SQL.
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { LinkPurpose, Partstat, ProposalStatus, Role, RoomStatus } from '#contracts';

const sentMethods = ['request', 'cancel'] as const;

/** A meeting: its time, its texts and its policy. */
@Entity('practice_rooms')
@Check('ck_practice_rooms_cancelled_by', "(cancelled_by = ANY (ARRAY['platform'::text, 'host'::text, 'guest'::text]))")
@Check('ck_practice_rooms_sequence', '(ics_sequence >= 0)')
@Check('ck_practice_rooms_times', '(end_utc > start_utc)')
@Unique('uq_practice_rooms_ics_uid', ['icsUid'])
@Index('ix_practice_rooms_cancelled', ['updatedAt', 'id'], { where: "(status = 'cancelled'::room_status)" })
@Index('ix_practice_rooms_cancelled_start', ['startUtc', 'id'], { where: "(status = 'cancelled'::room_status)" })
@Index('ix_practice_rooms_external', ['externalId'], { where: '(external_id IS NOT NULL)' })
@Index('ix_practice_rooms_scheduled', ['updatedAt', 'id'], { where: "(status = 'scheduled'::room_status)" })
@Index('ix_practice_rooms_start', ['startUtc', 'id'])
@Index('ix_practice_rooms_updated', ['updatedAt', 'id'])
export class PracticeRoom {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'practice_rooms_pkey' })
  id!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'text', name: 'ics_uid' })
  icsUid!: string;

  @Column({ type: 'int', name: 'ics_sequence', default: 0 })
  icsSequence!: number;

  @Column({ type: 'timestamptz', name: 'start_utc', nullable: true })
  startUtc!: Date | null;

  @Column({ type: 'timestamptz', name: 'end_utc', nullable: true })
  endUtc!: Date | null;

  @Column({ type: 'text', default: 'Practice Session' })
  title!: string;

  @Column({ type: 'text', nullable: true })
  location!: string | null;

  @Column({ type: 'text', name: 'video_url', nullable: true })
  videoUrl!: string | null;

  @Column({ type: 'text', name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column({ type: 'text', name: 'on_decline', default: 'strict' })
  onDecline!: string;

  @Column({ type: 'text', default: 'both' })
  proposals!: string;

  @Column({ type: 'double precision', name: 'proposal_ttl_hours', default: 48 })
  proposalTtlHours!: number;

  @Column({ type: 'timestamptz', name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  @Column({ type: 'enum', enum: RoomStatus.options, enumName: 'room_status', default: 'scheduled' })
  status!: RoomStatus;

  @Column({ type: 'int', name: 'time_sequence', default: 0 })
  timeSequence!: number;

  @Column({ type: 'int', default: 1 })
  revision!: number;

  @Column({ type: 'text', name: 'cancelled_by', nullable: true })
  cancelledBy!: string | null;

  @Column({ type: 'text', name: 'cancel_reason', nullable: true })
  cancelReason!: string | null;
}

/** The columns that an invitation keeps when its address is replaced. */
abstract class Attendee {
  @Column({ type: 'text', name: 'attendee_email' })
  attendeeEmail!: string;

  @Column({ type: 'enum', enum: Role.options, enumName: 'attendee_role', name: 'attendee_role' })
  attendeeRole!: Role;

  @Column({ type: 'text', name: 'attendee_name', nullable: true })
  attendeeName!: string | null;

  @Column({ type: 'text', name: 'person_key' })
  personKey!: string;

  @Column({ type: 'text', name: 'reply_tag_hash', nullable: true })
  replyTagHash!: string | null;

  @Column({ type: 'text', name: 'reply_tag_key', nullable: true })
  replyTagKey!: string | null;

  @Column({ type: 'enum', enum: sentMethods, enumName: 'sent_method', name: 'last_method_sent', nullable: true })
  lastMethodSent!: (typeof sentMethods)[number] | null;

  @Column({ type: 'text', name: 'last_message_id', nullable: true })
  lastMessageId!: string | null;
}

/** A party of a room: who it is, what they answered, and their last letter. */
@Entity('invitations')
@Unique('uq_invitations_reply_tag', ['replyTagHash'])
@Unique('uq_invitations_room_person', ['roomId', 'personKey'])
@Unique('uq_invitations_room_role', ['roomId', 'attendeeRole'])
@Index('ix_invitations_person', ['personKey'])
export class Invitation extends Attendee {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'invitations_pkey' })
  id!: string;

  @ForeignKey(() => PracticeRoom, { name: 'fk_invitations_room' })
  @Column({ type: 'uuid', name: 'room_id' })
  roomId!: string;

  @Column({ type: 'text' })
  uid!: string;

  @Column({ type: 'text', name: 'time_zone', default: 'UTC' })
  timeZone!: string;

  @Column({ type: 'text', default: 'en' })
  locale!: string;

  @Column({
    type: 'enum',
    enum: Partstat.options,
    enumName: 'partstat',
    name: 'last_partstat',
    default: 'needs-action',
  })
  lastPartstat!: Partstat;

  @Column({ type: 'int', name: 'answered_sequence', nullable: true })
  answeredSequence!: number | null;

  @Column({ type: 'timestamptz', name: 'answered_dtstamp', nullable: true })
  answeredDtstamp!: Date | null;

  @Column({ type: 'timestamptz', name: 'answered_arrived_at', nullable: true })
  answeredArrivedAt!: Date | null;

  @Column({ type: 'text', name: 'applied_content', nullable: true })
  appliedContent!: string | null;

  @Column({ type: 'int', name: 'resent_sequence', nullable: true })
  resentSequence!: number | null;

  @Column({ type: 'timestamptz', name: 'resent_at', nullable: true })
  resentAt!: Date | null;

  @Column({ type: 'jsonb', name: 'delivery_state', default: () => '\'{"state": "pending"}\'' })
  deliveryState!: unknown;

  @Column({ type: 'timestamptz', name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

/** An invitation whose address was replaced; written once. Erasing or exporting a person's data includes this table. */
@Entity('former_invitations')
@Index('ix_former_invitations_person', ['personKey'])
@Index('ix_former_invitations_room', ['roomId'])
export class FormerInvitation extends Attendee {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'former_invitations_pkey' })
  id!: string;

  @ForeignKey(() => PracticeRoom, { name: 'fk_former_invitations_room' })
  @Column({ type: 'uuid', name: 'room_id' })
  roomId!: string;

  @Column({ type: 'text', name: 'time_zone' })
  timeZone!: string;

  @Column({ type: 'text' })
  locale!: string;

  @Column({ type: 'enum', enum: Partstat.options, enumName: 'partstat', name: 'last_partstat' })
  lastPartstat!: Partstat;

  @Column({ type: 'jsonb', name: 'delivery_state' })
  deliveryState!: unknown;

  @Column({ type: 'int', name: 'cancel_sequence' })
  cancelSequence!: number;

  @Column({ type: 'timestamptz', name: 'replaced_at' })
  replacedAt!: Date;
}

/** A request for another time, and what was decided. */
@Entity('pending_proposals')
@Check('ck_pending_proposals_held', "(held_decision = ANY (ARRAY['approve'::text, 'decline'::text]))")
@Check('ck_pending_proposals_source', "(source = ANY (ARRAY['link'::text, 'counter'::text]))")
@Check('ck_pending_proposals_times', '(proposed_end_utc > proposed_start_utc)')
@Index('ix_pending_proposals_expiry', ['expiresAt'], { where: "(status = 'pending'::proposal_status)" })
@Index('ix_pending_proposals_held', ['heldEffectiveAt'], {
  where: "((status = 'pending'::proposal_status) AND (held_decision IS NOT NULL))",
})
@Index('ix_pending_proposals_room', ['roomId'])
@Index('uq_pending_proposals_one_approval', ['roomId', 'roomSequence'], {
  unique: true,
  where: "(status = 'approved'::proposal_status)",
})
@Index('uq_pending_proposals_one_pending', ['roomId', 'proposedBy'], {
  unique: true,
  where: "(status = 'pending'::proposal_status)",
})
export class PendingProposal {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pending_proposals_pkey' })
  id!: string;

  @ForeignKey(() => PracticeRoom, { name: 'fk_pending_proposals_room' })
  @Column({ type: 'uuid', name: 'room_id' })
  roomId!: string;

  @Column({ type: 'text' })
  uid!: string;

  @Column({ type: 'int', name: 'room_sequence' })
  roomSequence!: number;

  @Column({ type: 'enum', enum: Role.options, enumName: 'attendee_role', name: 'proposed_by' })
  proposedBy!: Role;

  @Column({ type: 'text', name: 'proposer_email' })
  proposerEmail!: string;

  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'int', name: 'counter_sequence', nullable: true })
  counterSequence!: number | null;

  @Column({ type: 'timestamptz', name: 'proposed_start_utc' })
  proposedStartUtc!: Date;

  @Column({ type: 'timestamptz', name: 'proposed_end_utc' })
  proposedEndUtc!: Date;

  @Column({ type: 'text', nullable: true })
  note!: string | null;

  @Column({ type: 'enum', enum: ProposalStatus.options, enumName: 'proposal_status', default: 'pending' })
  status!: ProposalStatus;

  @Column({ type: 'text', name: 'held_decision', nullable: true })
  heldDecision!: string | null;

  @Column({ type: 'timestamptz', name: 'held_effective_at', nullable: true })
  heldEffectiveAt!: Date | null;

  @Column({ type: 'boolean', name: 'buttons_only', default: false })
  buttonsOnly!: boolean;

  @Column({ type: 'text', name: 'lapsed_why', nullable: true })
  lapsedWhy!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;

  @Column({ type: 'enum', enum: Role.options, enumName: 'attendee_role', name: 'approved_by', nullable: true })
  approvedBy!: Role | null;

  @Column({ type: 'timestamptz', name: 'decision_at', nullable: true })
  decisionAt!: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  options!: unknown;

  @Column({ type: 'uuid', name: 'chosen_option_id', nullable: true })
  chosenOptionId!: string | null;

  @Column({ type: 'uuid', name: 'held_option_id', nullable: true })
  heldOptionId!: string | null;

  @Column({ type: 'uuid', name: 'instead_of', nullable: true })
  insteadOf!: string | null;
}

/** A link that was mailed; of its token only the hash is stored. */
@Entity('magic_links')
@Unique('uq_magic_links_token', ['tokenHash'])
@Index('ix_magic_links_invitation', ['invitationId', 'createdAt'])
@Index('ix_magic_links_proposal', ['proposalId'], { where: '(proposal_id IS NOT NULL)' })
export class MagicLink {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'magic_links_pkey' })
  id!: string;

  @Column({ type: 'enum', enum: LinkPurpose.options, enumName: 'link_purpose' })
  purpose!: LinkPurpose;

  @Column({ type: 'text' })
  uid!: string;

  @ForeignKey(() => PracticeRoom, { name: 'fk_magic_links_room' })
  @Column({ type: 'uuid', name: 'room_id' })
  roomId!: string;

  @Column({ type: 'uuid', name: 'invitation_id' })
  invitationId!: string;

  @ForeignKey(() => PendingProposal, { name: 'fk_magic_links_proposal' })
  @Column({ type: 'uuid', name: 'proposal_id', nullable: true })
  proposalId!: string | null;

  @Column({ type: 'text', name: 'actor_email' })
  actorEmail!: string;

  @Column({ type: 'enum', enum: Role.options, enumName: 'attendee_role', name: 'actor_role' })
  actorRole!: Role;

  @Column({ type: 'text', name: 'token_hash' })
  tokenHash!: string;

  @Column({ type: 'text', name: 'key_id' })
  keyId!: string;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'used_at', nullable: true })
  usedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'jsonb', nullable: true })
  claim!: unknown;

  @Column({ type: 'int', name: 'room_sequence', nullable: true })
  roomSequence!: number | null;

  @Column({ type: 'uuid', name: 'option_id', nullable: true })
  optionId!: string | null;
}

/** What a party wrote with an answer on the page; shown in the timeline only. */
@Entity('answer_notes')
@Index('ix_answer_notes_room', ['roomId'])
export class AnswerNote {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'answer_notes_pkey' })
  id!: string;

  @ForeignKey(() => PracticeRoom, { name: 'fk_answer_notes_room', onDelete: 'CASCADE' })
  @Column({ type: 'uuid', name: 'room_id' })
  roomId!: string;

  @Column({ type: 'uuid', name: 'invitation_id' })
  invitationId!: string;

  @Column({ type: 'enum', enum: Role.options, enumName: 'attendee_role', name: 'attendee_role' })
  attendeeRole!: Role;

  @Column({ type: 'text' })
  note!: string;

  @Column({ type: 'timestamptz', name: 'written_at' })
  writtenAt!: Date;
}
