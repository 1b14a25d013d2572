// Erasures of a person's data, whom each is about, and how far each app is (contract, section 7.6).
// Additive: new tables and a function; the version before this one knows neither.
import type { MigrationInterface, QueryRunner } from 'typeorm';

// `person`: the spellings of the address and the names, until it is done. `person_key` keeps two from running at once.
const tables = `
  create table erasures (
    id uuid constraint pk_erasures primary key,
    person_key text constraint uq_erasures_person unique,
    person jsonb,
    rooms int not null,
    requested_by text not null,
    requested_at timestamptz not null default now(),
    cancelled_at timestamptz,
    replaced_at timestamptz,
    completed_at timestamptz
  );
  create index ix_erasures_open on erasures (requested_at) where completed_at is null;
  create table erasure_parties (
    erasure_id uuid not null constraint fk_erasure_parties_erasure references erasures on delete cascade,
    invitation_id uuid not null,
    room_id uuid not null,
    role attendee_role not null,
    is_former boolean not null,
    constraint pk_erasure_parties primary key (erasure_id, invitation_id)
  );
  create index ix_erasure_parties_room on erasure_parties (room_id);
  create table erasure_progress (
    erasure_id uuid not null constraint fk_erasure_progress_erasure references erasures on delete cascade,
    app text not null,
    quiet_at timestamptz,
    scanned_to uuid,
    done_at timestamptz,
    constraint pk_erasure_progress primary key (erasure_id, app)
  );
`;

// Rows of `invitations` have an address for good, but for this: it becomes the one that stands for nobody.
// What the sender writes of an invitation stays the sender's, but for the relay's words about the address.
const replace = (schema: string): string => `
  create function erase_invitations(erasure uuid, rooms uuid[]) returns void
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    update ${schema}.invitations i
       set attendee_email = 'erased-' || i.id || '@erased.invalid', person_key = 'erased-' || i.id || '@erased.invalid',
           attendee_name = null, time_zone = 'UTC', locale = 'en', applied_content = null,
           delivery_state = i.delivery_state - 'detail', updated_at = now()
      from ${schema}.erasure_parties p
     where p.erasure_id = erasure and p.room_id = any(rooms) and i.id = p.invitation_id and i.room_id = p.room_id;
    update ${schema}.former_invitations i
       set attendee_email = 'erased-' || i.id || '@erased.invalid', person_key = 'erased-' || i.id || '@erased.invalid',
           attendee_name = null, time_zone = 'UTC', locale = 'en', delivery_state = i.delivery_state - 'detail'
      from ${schema}.erasure_parties p
     where p.erasure_id = erasure and p.room_id = any(rooms) and i.id = p.invitation_id and i.room_id = p.room_id;
  $$`;

export class Erasures1763002000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(tables);
    const [row] = (await db.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    await db.query(replace(row.schema));
    await db.query('revoke execute on function erase_invitations(uuid, uuid[]) from public');
  }

  async down(): Promise<void> {}
}
