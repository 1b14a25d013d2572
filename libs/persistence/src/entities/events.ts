// The tables to which every app appends: the outbox, dead letters, handled events, the audit.
// Hot transactions write these tables by SQL.
import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Role } from '#contracts';

/** An event that is committed and not yet published. */
@Entity('outbox')
@Unique('uq_outbox_event', ['eventId'])
@Index('ix_outbox_due', ['app', 'dueAt'])
export class OutboxEvent {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'outbox_pkey',
  })
  position!: string;

  @Column({ type: 'text' })
  app!: string;

  @Column({ type: 'uuid', name: 'event_id' })
  eventId!: string;

  @Column({ type: 'jsonb' })
  envelope!: unknown;

  @Column({ type: 'int', default: 0 })
  attempts!: number;

  @Column({ type: 'timestamptz', name: 'due_at', default: () => 'now()' })
  dueAt!: Date;

  @Column({ type: 'text', name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

/** An event that failed in every attempt, or a letter that the privacy gate stopped. */
@Entity('dead_letters')
@Index('ix_dead_letters_died', ['diedAt', 'id'])
export class DeadLetter {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'dead_letters_pkey' })
  id!: string;

  @Column({ type: 'text' })
  app!: string;

  @Column({ type: 'uuid', name: 'event_id' })
  eventId!: string;

  @Column({ type: 'jsonb' })
  envelope!: unknown;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'timestamptz', name: 'died_at', default: () => 'now()' })
  diedAt!: Date;
}

/** An event that a consumer has handled: a redelivery has no effect. */
@Entity('handled_events')
@Index('ix_handled_events_at', ['handledAt'])
export class HandledEvent {
  @PrimaryColumn({ type: 'uuid', name: 'event_id', primaryKeyConstraintName: 'pk_handled_events' })
  eventId!: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_handled_events' })
  consumer!: string;

  @Column({ type: 'text' })
  app!: string;

  @Column({ type: 'timestamptz', name: 'handled_at', default: () => 'now()' })
  handledAt!: Date;
}

/** One line of the history; only appended. */
@Entity('audit')
@Index('ix_audit_room', ['roomId', 'position'])
export class AuditLine {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'audit_pkey',
  })
  position!: string;

  /** Of the key too: the table is divided into months by it. */
  @PrimaryColumn({ type: 'timestamptz', primaryKeyConstraintName: 'audit_pkey', default: () => 'clock_timestamp()' })
  at!: Date;

  @Column({ type: 'text' })
  app!: string;

  @Column({ type: 'uuid', name: 'room_id', nullable: true })
  roomId!: string | null;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'enum', enum: Role.options, enumName: 'attendee_role', nullable: true })
  role!: Role | null;

  @Column({ type: 'text', nullable: true })
  method!: string | null;

  @Column({ type: 'int', nullable: true })
  sequence!: number | null;

  @Column({ type: 'text', nullable: true })
  verdict!: string | null;

  @Column({ type: 'text', nullable: true })
  why!: string | null;

  @Column({ type: 'text', name: 'message_id', nullable: true })
  messageId!: string | null;

  @Column({ type: 'text', nullable: true })
  sha256!: string | null;

  @Column({ type: 'text', name: 'raw_pointer', nullable: true })
  rawPointer!: string | null;

  @Column({ type: 'text', nullable: true })
  actor!: string | null;

  @Column({ type: 'text', name: 'correlation_id', nullable: true })
  correlationId!: string | null;

  @Column({ type: 'text', nullable: true })
  source!: string | null;
}
