// What scheduling-api keeps of requests: first responses by Idempotency-Key, the counters of the rate limits, and the
// sessions of operators at the console.
// Written by SQL; responses are deleted by retention, counters and sessions by the code that writes them.
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The first response to a request with an Idempotency-Key. */
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

/** The hits of one limit in its current window. */
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

/** The session of an operator at the console. */
@Entity('console_sessions')
@Index('ix_console_sessions_expiry', ['expiresAt'])
export class ConsoleSession {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_console_sessions' })
  id!: string;

  /** The name of an operator's key, or `jwt:ISS|SUB`. */
  @Column({ type: 'text' })
  owner!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;
}
