// The product's records about itself: when each app last deleted old rows, and one sample a minute for the console's
// charts.
// Written by SQL; read by the doctor and by the console.
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When an app last deleted its old rows. */
@Entity('retention_runs')
export class RetentionRun {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_retention_runs' })
  app!: string;

  @Column({ type: 'timestamptz', name: 'ran_at', default: () => 'now()' })
  ranAt!: Date;
}

/** The counts of one minute, for the console's charts. */
@Entity('operation_samples')
export class OperationSample {
  /** The minute that was counted, by its beginning. */
  @PrimaryColumn({ type: 'timestamptz', primaryKeyConstraintName: 'pk_operation_samples' })
  at!: Date;

  /** Of the audit's first line of that minute, or of the last before it: the next minute is counted from there. */
  @Column({ type: 'bigint', name: 'audit_position' })
  auditPosition!: string;

  @Column({ type: 'int', name: 'letters_sent' })
  lettersSent!: number;

  @Column({ type: 'int', name: 'letters_failed' })
  lettersFailed!: number;

  @Column({ type: 'int' })
  replies!: number;

  @Column({ type: 'int' })
  bounces!: number;

  @Column({ type: 'int', name: 'letters_waiting' })
  lettersWaiting!: number;

  @Column({ type: 'int', name: 'mails_waiting' })
  mailsWaiting!: number;

  @Column({ type: 'int', name: 'letter_age_seconds' })
  letterAgeSeconds!: number;

  @Column({ type: 'int', name: 'outbox_age_seconds' })
  outboxAgeSeconds!: number;
}
