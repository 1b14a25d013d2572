// Erasures of a person's data: what was asked for, whom it is about by ids, and how far each app is.
// scheduling-api writes the first two tables; each app writes its own row of progress.
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Role } from '#contracts';

/** An erasure that an operator asked for. */
@Entity('erasures')
@Unique('uq_erasures_person', ['personKey'])
@Index('ix_erasures_open', ['requestedAt'], { where: '(completed_at IS NULL)' })
export class Erasure {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_erasures' })
  id!: string;

  @Column({ type: 'text', name: 'person_key', nullable: true })
  personKey!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  person!: unknown;

  @Column({ type: 'int' })
  rooms!: number;

  @Column({ type: 'text', name: 'requested_by' })
  requestedBy!: string;

  @Column({ type: 'timestamptz', name: 'requested_at', default: () => 'now()' })
  requestedAt!: Date;

  @Column({ type: 'timestamptz', name: 'cancelled_at', nullable: true })
  cancelledAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'replaced_at', nullable: true })
  replacedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'completed_at', nullable: true })
  completedAt!: Date | null;
}

/** An invitation, current or former, of the person of an erasure. */
@Entity('erasure_parties')
@Index('ix_erasure_parties_room', ['roomId'])
export class ErasureParty {
  @ForeignKey(() => Erasure, { name: 'fk_erasure_parties_erasure', onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid', name: 'erasure_id', primaryKeyConstraintName: 'pk_erasure_parties' })
  erasureId!: string;

  @PrimaryColumn({ type: 'uuid', name: 'invitation_id', primaryKeyConstraintName: 'pk_erasure_parties' })
  invitationId!: string;

  @Column({ type: 'uuid', name: 'room_id' })
  roomId!: string;

  @Column({ type: 'enum', enum: Role.options, enumName: 'attendee_role' })
  role!: Role;

  @Column({ type: 'boolean', name: 'is_former' })
  isFormer!: boolean;
}

/** One app's share of an erasure, and how far it is. */
@Entity('erasure_progress')
export class ErasureProgress {
  @ForeignKey(() => Erasure, { name: 'fk_erasure_progress_erasure', onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid', name: 'erasure_id', primaryKeyConstraintName: 'pk_erasure_progress' })
  erasureId!: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_erasure_progress' })
  app!: string;

  @Column({ type: 'timestamptz', name: 'quiet_at', nullable: true })
  quietAt!: Date | null;

  @Column({ type: 'uuid', name: 'scanned_to', nullable: true })
  scannedTo!: string | null;

  @Column({ type: 'timestamptz', name: 'done_at', nullable: true })
  doneAt!: Date | null;
}
