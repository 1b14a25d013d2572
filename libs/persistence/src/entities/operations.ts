// What the product keeps about its own running: when each app last deleted old rows.
// Written by SQL; read by the doctor.
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('retention_runs')
export class RetentionRun {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_retention_runs' })
  app!: string;

  @Column({ type: 'timestamptz', name: 'ran_at', default: () => 'now()' })
  ranAt!: Date;
}
