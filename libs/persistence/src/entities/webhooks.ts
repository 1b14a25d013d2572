// Endpoints of platforms, and what is delivered to them: scheduling-api registers, notification-sender delivers.
// Hot transactions lease and record messages by SQL.
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A URL of the platform that takes webhooks, and its sealed secrets. */
@Entity('webhook_endpoints')
@Check('ck_webhook_endpoints_status', "(status = ANY (ARRAY['enabled'::text, 'disabled'::text]))")
@Index('ix_webhook_endpoints_enabled', ['id'], { where: "(status = 'enabled'::text)" })
export class WebhookEndpoint {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_webhook_endpoints' })
  id!: string;

  @Column({ type: 'text' })
  url!: string;

  @Column({ type: 'text', array: true, nullable: true })
  events!: string[] | null;

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  @Column({ type: 'boolean', name: 'include_addresses', default: false })
  includeAddresses!: boolean;

  @Column({ type: 'text', default: 'enabled' })
  status!: string;

  @Column({ type: 'text', name: 'disabled_why', nullable: true })
  disabledWhy!: string | null;

  @Column({ type: 'text' })
  secret!: string;

  @Column({ type: 'text', name: 'previous_secret', nullable: true })
  previousSecret!: string | null;

  @Column({ type: 'timestamptz', name: 'previous_until', nullable: true })
  previousUntil!: Date | null;

  @Column({ type: 'timestamptz', name: 'failing_since', nullable: true })
  failingSince!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'text', name: 'created_by', nullable: true })
  createdBy!: string | null;
}

/** A webhook: its type and its data. */
@Entity('webhook_messages')
@Index('ix_webhook_messages_created', ['createdAt'])
@Index('ix_webhook_messages_room', ['roomId'], { where: '(room_id IS NOT NULL)' })
@Index('ix_webhook_messages_unfilled', ['id'], { where: '(data IS NULL)' })
export class WebhookMessage {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_webhook_messages' })
  id!: string;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'uuid', name: 'room_id', nullable: true })
  roomId!: string | null;

  @Column({ type: 'timestamptz', name: 'occurred_at' })
  occurredAt!: Date;

  @Column({ type: 'text', name: 'correlation_id', nullable: true })
  correlationId!: string | null;

  @Column({ type: 'json', nullable: true })
  data!: unknown;

  @Column({ type: 'json', nullable: true })
  detail!: unknown;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

/** A message to one endpoint: its attempts and its outcome. */
@Entity('webhook_deliveries')
@Check('ck_webhook_deliveries_status', "(status = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text]))")
@Index('ix_webhook_deliveries_due', ['endpointId', 'dueAt'], { where: "(status = 'pending'::text)" })
@Index('ix_webhook_deliveries_failed', ['endpointId', 'messageId'], { where: "(status = 'failed'::text)" })
@Index('ix_webhook_deliveries_message', ['messageId'])
export class WebhookDelivery {
  @PrimaryColumn({ type: 'uuid', name: 'endpoint_id', primaryKeyConstraintName: 'pk_webhook_deliveries' })
  endpointId!: string;

  @ForeignKey(() => WebhookMessage, { name: 'fk_webhook_deliveries_message', onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid', name: 'message_id', primaryKeyConstraintName: 'pk_webhook_deliveries' })
  messageId!: string;

  @Column({ type: 'text', default: 'pending' })
  status!: string;

  @Column({ type: 'timestamptz', name: 'due_at' })
  dueAt!: Date;

  @Column({ type: 'int', default: 0 })
  tries!: number;

  @Column({ type: 'int', default: 0 })
  step!: number;

  @Column({ type: 'jsonb', default: () => "'[]'" })
  log!: unknown;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
