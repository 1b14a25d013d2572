// The ledger of notification-sender: one row a letter (contract, section 6).
// Hot transactions lease and record letters by SQL; lists and exports read this entity.
import { Check, Column, Entity, Generated, Index, PrimaryColumn, Unique } from 'typeorm';
import { Role } from '#contracts';

/** The lists of the console: NOT IN as Postgres writes it. */
const only = (state: string): string =>
  `(state <> ALL (ARRAY[${['due', 'sending', 'sent', 'failed', 'superseded', 'blocked']
    .filter((each) => each !== state)
    .map((each) => `'${each}'::text`)
    .join(', ')}]))`;

/** A letter to one attendee: its content, its lease, its outcome and its delivery state. */
@Entity('letters')
@Check(
  'ck_letters_delivery',
  "(delivery = ANY (ARRAY['deferred'::text, 'delivered'::text, 'complained'::text, 'bounced'::text]))",
)
@Check(
  'ck_letters_method',
  "(method = ANY (ARRAY['REQUEST'::text, 'CANCEL'::text, 'DECLINECOUNTER'::text, 'none'::text]))",
)
@Check(
  'ck_letters_state',
  "(state = ANY (ARRAY['due'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'superseded'::text, 'blocked'::text]))",
)
@Unique('uq_letters_key', ['uid', 'sequence', 'attendeeEmail', 'method', 'occasion'])
@Index('ix_letters_deferred', ['createdAt', 'id'], {
  where: `(${only('due')} AND (last_error IS NOT NULL))`,
})
@Index('ix_letters_due', ['dueAt'], { where: "(state = ANY (ARRAY['due'::text, 'sending'::text]))" })
@Index('ix_letters_failed', ['createdAt', 'id'], { where: only('failed') })
@Index('ix_letters_given_up', ['state', 'position'], {
  where: "(state = ANY (ARRAY['failed'::text, 'blocked'::text]))",
})
@Index('ix_letters_invitation', ['invitationId'])
@Index('ix_letters_message_id', ['messageId'])
@Index('ix_letters_stopped', ['createdAt', 'id'], { where: only('blocked') })
@Index('ix_letters_waiting', ['createdAt', 'id'], { where: `(${only('due')} AND (last_error IS NULL))` })
export class Letter {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'letters_pkey' })
  id!: string;

  // TypeORM's type of @Generated lacks the strategy that its own PrimaryGeneratedColumn knows.
  @Generated('identity' as 'increment')
  @Column({ type: 'bigint', generatedIdentity: 'ALWAYS', insert: false, update: false })
  position!: string;

  @Column({ type: 'text' })
  uid!: string;

  @Column({ type: 'int' })
  sequence!: number;

  @Column({ type: 'text', name: 'attendee_email' })
  attendeeEmail!: string;

  @Column({ type: 'text' })
  method!: string;

  @Column({ type: 'text', default: '' })
  occasion!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'uuid', name: 'room_id' })
  roomId!: string;

  @Column({ type: 'uuid', name: 'invitation_id' })
  invitationId!: string;

  @Column({ type: 'enum', enum: Role.options, enumName: 'attendee_role' })
  role!: Role;

  @Column({ type: 'jsonb' })
  content!: unknown;

  @Column({ type: 'text', default: 'due' })
  state!: string;

  @Column({ type: 'int', default: 0 })
  attempts!: number;

  @Column({ type: 'timestamptz', name: 'due_at', default: () => 'now()' })
  dueAt!: Date;

  @Column({ type: 'text', name: 'lease_owner', nullable: true })
  leaseOwner!: string | null;

  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column({ type: 'text', name: 'message_id' })
  messageId!: string;

  @Column({ type: 'timestamptz', nullable: true })
  dtstamp!: Date | null;

  @Column({ type: 'timestamptz', name: 'claimed_at', nullable: true })
  claimedAt!: Date | null;

  @Column({ type: 'text', name: 'content_sha256', nullable: true })
  contentSha256!: string | null;

  @Column({ type: 'timestamptz', name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  response!: string | null;

  @Column({ type: 'text', name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column({ type: 'text', name: 'correlation_id' })
  correlationId!: string;

  @Column({ type: 'uuid', name: 'event_id' })
  eventId!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'text', nullable: true })
  delivery!: string | null;

  @Column({ type: 'timestamptz', name: 'tried_since', nullable: true })
  triedSince!: Date | null;

  @Column({ type: 'int', name: 'put_off', default: 0 })
  putOff!: number;
}
