// Endpoints of platforms, what they are to be told, and how far each telling is (contract, section 7.3). Additive:
// new tables only.
import type { MigrationInterface, QueryRunner } from 'typeorm';

// `events` null: all types, also those to come. Secrets are sealed under TOKEN_SECRET, bound to the endpoint.
const endpoints = `
  create table webhook_endpoints (
    id uuid constraint pk_webhook_endpoints primary key,
    url text not null,
    events text[],
    description text,
    include_addresses boolean not null default false,
    status text not null default 'enabled' constraint ck_webhook_endpoints_status check (status in ('enabled',
      'disabled')),
    disabled_why text,
    secret text not null,
    previous_secret text,
    previous_until timestamptz,
    failing_since timestamptz,
    created_at timestamptz not null default now(),
    created_by text
  )`;

// json, not jsonb: the body has its fields in the order of the API, the same at each try. data is null until the room
// is in it.
const messages = `
  create table webhook_messages (
    id uuid constraint pk_webhook_messages primary key,
    type text not null,
    room_id uuid,
    occurred_at timestamptz not null,
    correlation_id text,
    data json,
    detail json,
    created_at timestamptz not null default now()
  )`;

// No key to the endpoint: its check would lock the endpoint's row in every booking. What belongs to none is not sent,
// and goes with its message.
// due_at is also the lease: a claim moves it ahead. step: tries since it was written or replayed; log: the last tries.
const deliveries = `
  create table webhook_deliveries (
    endpoint_id uuid not null,
    message_id uuid not null constraint fk_webhook_deliveries_message references webhook_messages on delete cascade,
    status text not null default 'pending' constraint ck_webhook_deliveries_status check (status in ('pending',
      'delivered', 'failed')),
    due_at timestamptz not null,
    tries int not null default 0,
    step int not null default 0,
    log jsonb not null default '[]',
    created_at timestamptz not null default now(),
    constraint pk_webhook_deliveries primary key (endpoint_id, message_id)
  )`;

export class Webhooks1763001200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(endpoints);
    await db.query(`create index ix_webhook_endpoints_enabled on webhook_endpoints (id) where status = 'enabled'`);
    await db.query(messages);
    await db.query('create index ix_webhook_messages_unfilled on webhook_messages (id) where data is null');
    await db.query('create index ix_webhook_messages_room on webhook_messages (room_id) where room_id is not null');
    await db.query('create index ix_webhook_messages_created on webhook_messages (created_at)');
    await db.query(deliveries);
    await db.query(
      `create index ix_webhook_deliveries_due on webhook_deliveries (endpoint_id, due_at) where status = 'pending'`,
    );
    await db.query('create index ix_webhook_deliveries_message on webhook_deliveries (message_id)');
  }

  async down(): Promise<void> {}
}
