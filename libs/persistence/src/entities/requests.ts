// What scheduling-api keeps of requests: first responses by Idempotency-Key, and the counters of the rate limits.
// Written by SQL in the transaction of the work; aged by retention.
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('idempotency_keys')
@Index('ix_idempotency_keys_created', ['createdAt'])
export class IdempotencyKey {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_idempotency_keys' })
  owner!: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_idempotency_keys' })
  key!: string;

  @Column({ type: 'text', name: 'request_sha256' })
  requestSha256!: string;

  @Column({ type: 'int' })
  status!: number;

  @Column({ type: 'json' })
  answer!: unknown;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

@Entity('rate_limits')
@Index('ix_rate_limits_window', ['windowStart'])
export class RateLimitCounter {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_rate_limits' })
  key!: string;

  @Column({ type: 'timestamptz', name: 'window_start' })
  windowStart!: Date;

  @Column({ type: 'int' })
  hits!: number;
}
