// The PRD's tables and columns (6.2), what the design adds, and the backfill of PRD 14.1 for rooms that were there
// before.
// Additive and safe while the old version runs: new columns have defaults or are filled here before they become NOT
// NULL.
import type { MigrationInterface, QueryRunner } from 'typeorm';

const enums = `
  create type room_status as enum ('scheduled', 'cancelled');
  create type attendee_role as enum ('host', 'guest');
  create type partstat as enum ('needs-action', 'accepted', 'declined', 'tentative');
  create type sent_method as enum ('request', 'cancel');
  create type proposal_status as enum ('pending', 'approved', 'declined', 'expired');
  create type link_purpose as enum ('propose', 'approve', 'decline');
`;

const rooms = `
  alter table practice_rooms
    add column if not exists created_at timestamptz not null default now(),
    add column if not exists ics_uid text,
    add column if not exists ics_sequence int not null default 0,
    add column if not exists start_utc timestamptz,
    add column if not exists end_utc timestamptz,
    add column if not exists title text not null default 'Practice Session',
    add column if not exists location text,
    add column if not exists video_url text,
    add column if not exists external_id text,
    add column if not exists on_decline text not null default 'strict',
    add column if not exists proposals text not null default 'both',
    add column if not exists proposal_ttl_hours double precision not null default 48,
    add column if not exists updated_at timestamptz not null default now();
  do $$ begin
    if not exists (select from information_schema.columns where table_name = 'practice_rooms'
      and table_schema = current_schema() and column_name = 'status') then
      alter table practice_rooms add column status room_status not null default 'scheduled';
    end if;
  end $$;
`;

/** One UID for ever per room, in the form every new room gets; an old sequence is kept where there was one. */
const backfill = `
  update practice_rooms
     set ics_uid = coalesce(nullif(ics_uid, ''), id::text || '@' || current_setting('scheduling.organizer_domain')),
         ics_sequence = coalesce(ics_sequence, 0)
   where ics_uid is null or ics_uid = '' or ics_sequence is null;
  alter table practice_rooms alter column ics_uid set not null;
  alter table practice_rooms alter column ics_sequence set not null;
  alter table practice_rooms add constraint uq_practice_rooms_ics_uid unique (ics_uid);
  alter table practice_rooms add constraint ck_practice_rooms_sequence check (ics_sequence >= 0);
  alter table practice_rooms add constraint ck_practice_rooms_times check (end_utc > start_utc) not valid;
  create index ix_practice_rooms_start on practice_rooms (start_utc, id);
`;

const invitations = `
  create table invitations (
    id uuid primary key,
    room_id uuid not null constraint fk_invitations_room references practice_rooms,
    uid text not null,
    attendee_email text not null,
    attendee_role attendee_role not null,
    attendee_name text,
    person_key text not null,
    time_zone text not null default 'UTC',
    locale text not null default 'en',
    last_partstat partstat not null default 'needs-action',
    answered_sequence int,
    answered_dtstamp timestamptz,
    resent_sequence int,
    resent_at timestamptz,
    last_method_sent sent_method,
    last_message_id text,
    delivery_state jsonb not null default '{"state":"pending"}',
    updated_at timestamptz not null default now(),
    constraint uq_invitations_room_role unique (room_id, attendee_role),
    constraint uq_invitations_room_person unique (room_id, person_key)
  );
  create index ix_invitations_person on invitations (person_key);
  create index ix_invitations_uid on invitations (uid);
`;

const proposals = `
  create table pending_proposals (
    id uuid primary key,
    room_id uuid not null constraint fk_pending_proposals_room references practice_rooms,
    uid text not null,
    room_sequence int not null,
    proposed_by attendee_role not null,
    proposer_email text not null,
    source text not null constraint ck_pending_proposals_source check (source in ('link', 'counter')),
    counter_sequence int,
    proposed_start_utc timestamptz not null,
    proposed_end_utc timestamptz not null,
    note text,
    status proposal_status not null default 'pending',
    held_decision text constraint ck_pending_proposals_held check (held_decision in ('approve', 'decline')),
    held_effective_at timestamptz,
    buttons_only boolean not null default false,
    lapsed_why text,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    approved_by attendee_role,
    decision_at timestamptz,
    constraint ck_pending_proposals_times check (proposed_end_utc > proposed_start_utc)
  );
  create index ix_pending_proposals_room on pending_proposals (room_id);
  create index ix_pending_proposals_expiry on pending_proposals (expires_at) where status = 'pending';
  create index ix_pending_proposals_held on pending_proposals (held_effective_at) where status = 'pending'
    and held_decision is not null;
  create unique index uq_pending_proposals_one_pending on pending_proposals (room_id, proposed_by)
    where status = 'pending';
  create unique index uq_pending_proposals_one_approval on pending_proposals (room_id, room_sequence)
    where status = 'approved';
`;

const links = `
  create table magic_links (
    id uuid primary key,
    purpose link_purpose not null,
    uid text not null,
    room_id uuid not null constraint fk_magic_links_room references practice_rooms,
    invitation_id uuid not null constraint fk_magic_links_invitation references invitations,
    proposal_id uuid constraint fk_magic_links_proposal references pending_proposals,
    actor_email text not null,
    actor_role attendee_role not null,
    token_hash text not null constraint uq_magic_links_token unique,
    key_id text not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now()
  );
  create index ix_magic_links_invitation on magic_links (invitation_id, created_at);
  create index ix_magic_links_proposal on magic_links (proposal_id) where proposal_id is not null;
`;

const inbound = `
  create table raw_mails (
    id uuid primary key,
    key_id text not null,
    sealed bytea not null
  );
  create table imip_messages (
    id uuid primary key,
    uid text,
    method text,
    sequence int,
    attendee_email text,
    partstat text,
    raw_pointer text not null,
    received_at timestamptz not null default now(),
    way_in text not null,
    envelope_from text,
    envelope_to text,
    size_bytes int not null,
    sha256 text not null,
    message_id text,
    dtstamp timestamptz,
    kind text,
    verdict text,
    why text,
    room_id uuid,
    invitation_id uuid,
    role attendee_role,
    state text not null default 'stored' constraint ck_imip_messages_state check (state in ('stored', 'read',
      'quarantined')),
    attempts int not null default 0,
    lease_until timestamptz,
    read_at timestamptz
  );
  create index ix_imip_messages_waiting on imip_messages (received_at) where state = 'stored';
  create index ix_imip_messages_quarantined on imip_messages (received_at) where state = 'quarantined';
  create index ix_imip_messages_room on imip_messages (room_id) where room_id is not null;
  -- What was already read, by either of the two dedupe keys; the first mail keeps the key.
  create table imip_seen (
    key text primary key,
    mail_id uuid not null,
    seen_at timestamptz not null default now()
  );
`;

const ledger = `
  create table letters (
    id uuid primary key,
    position bigint generated always as identity,
    uid text not null,
    sequence int not null,
    attendee_email text not null,
    method text not null constraint ck_letters_method check (method in ('REQUEST', 'CANCEL', 'DECLINECOUNTER',
      'none')),
    occasion text not null default '',
    kind text not null,
    room_id uuid not null,
    invitation_id uuid not null,
    role attendee_role not null,
    content jsonb not null,
    state text not null default 'due' constraint ck_letters_state check (state in ('due', 'sending', 'sent', 'failed',
      'superseded', 'blocked')),
    attempts int not null default 0,
    due_at timestamptz not null default now(),
    lease_owner text,
    lease_until timestamptz,
    message_id text not null,
    dtstamp timestamptz,
    claimed_at timestamptz,
    content_sha256 text,
    sent_at timestamptz,
    response text,
    last_error text,
    correlation_id text not null,
    event_id uuid not null,
    created_at timestamptz not null default now(),
    constraint uq_letters_key unique (uid, sequence, attendee_email, method, occasion)
  );
  create index ix_letters_waiting on letters (invitation_id, position) where state in ('due', 'sending');
  create index ix_letters_due on letters (due_at) where state in ('due', 'sending');
  create index ix_letters_invitation on letters (invitation_id);
`;

const plumbing = `
  create table outbox (
    position bigint generated always as identity primary key,
    app text not null,
    event_id uuid not null constraint uq_outbox_event unique,
    envelope jsonb not null,
    attempts int not null default 0,
    due_at timestamptz not null default now(),
    last_error text,
    created_at timestamptz not null default now()
  );
  create index ix_outbox_due on outbox (app, due_at, position);
  create table dead_letters (
    id uuid primary key default gen_random_uuid(),
    app text not null,
    event_id uuid not null,
    envelope jsonb not null,
    reason text not null,
    died_at timestamptz not null default now()
  );
  create table handled_events (
    event_id uuid not null,
    consumer text not null,
    app text not null,
    handled_at timestamptz not null default now(),
    constraint pk_handled_events primary key (event_id, consumer)
  );
  create index ix_handled_events_at on handled_events (handled_at);
  create table idempotency_keys (
    owner text not null,
    key text not null,
    request_sha256 text not null,
    status int not null,
    -- json, not jsonb: the first answer comes again byte for byte
    answer json not null,
    created_at timestamptz not null default now(),
    constraint pk_idempotency_keys primary key (owner, key)
  );
  -- Append-only: what happened to a room, why, and where its bytes are.
  create table audit (
    position bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    app text not null,
    room_id uuid,
    kind text not null,
    role attendee_role,
    method text,
    sequence int,
    verdict text,
    why text,
    message_id text,
    sha256 text,
    raw_pointer text,
    actor text,
    correlation_id text
  );
  create index ix_audit_room on audit (room_id, position);
`;

export class HybridScheduling1763000100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const part of [enums, rooms, backfill, invitations, proposals, links, inbound, ledger, plumbing])
      await db.query(part);
  }

  async down(): Promise<void> {}
}
