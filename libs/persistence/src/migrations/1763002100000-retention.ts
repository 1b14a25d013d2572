// How old rows go that no app may delete (contract, section 7.6): lines of the audit, and rooms long over. Functions of
// the owner's, so that the apps' roles stay without the right; each deletes a small batch and only what is old.
// Additive; the version before this one deletes neither.
import type { MigrationInterface, QueryRunner } from 'typeorm';

// The audit still refuses every UPDATE, DELETE and TRUNCATE but one: of rows that are older than the setting of the
// transaction says, which `age_audit` makes. TG_LEVEL tells the two triggers apart.
const guard = `
  create or replace function audit_is_append_only() returns trigger language plpgsql as $$
  declare
    days text := coalesce(current_setting('scheduling.audit_retention_days', true), '');
  begin
    if tg_op = 'DELETE' and days <> '' then
      if tg_level = 'STATEMENT' then
        return null;
      elsif old.at < now() - greatest(days::int, 1) * interval '1 day' then
        return old;
      end if;
    end if;
    raise exception 'the audit is append-only' using errcode = 'insufficient_privilege';
  end $$;
  create trigger tr_audit_only_old before delete on audit for each row execute function audit_is_append_only();
  alter table audit enable always trigger tr_audit_only_old;
`;

// Lines are written in the order of `position`: the oldest are looked at and no others, however large the table is.
const ageAudit = (path: string): string => `
  create function age_audit(of_app text, days int, most int) returns int
    language plpgsql security definer set search_path = ${path} as $$
  declare
    gone int;
  begin
    perform set_config('scheduling.audit_retention_days', greatest(days, 1)::text, true);
    delete from audit where position = any(array(
      select position from (select position, app, at from audit order by position limit most * 10) as oldest
       where app = of_app and at < now() - greatest(days, 1) * interval '1 day' limit most));
    get diagnostics gone = row_count;
    perform set_config('scheduling.audit_retention_days', '', true);
    return gone;
  end $$`;

// A room goes after its letters, which are another app's, and never while an erasure is at work on it.
const forgetRooms = (path: string): string => `
  create function forget_rooms(days int, most int) returns int
    language plpgsql security definer set search_path = ${path} as $$
  declare
    gone uuid[];
  begin
    gone := array(
      select r.id from practice_rooms r
       where r.start_utc < now() - greatest(days, 1) * interval '1 day'
         and r.end_utc < now() - greatest(days, 1) * interval '1 day'
         and not exists (select 1 from invitations i join letters l on l.invitation_id = i.id where i.room_id = r.id)
         and not exists (select 1 from former_invitations i join letters l on l.invitation_id = i.id
               where i.room_id = r.id)
         and not exists (select 1 from erasure_parties p join erasures e on e.id = p.erasure_id
               where p.room_id = r.id and e.completed_at is null)
       order by r.start_utc, r.id limit most for update of r skip locked);
    delete from magic_links where invitation_id = any(array(
      select id from invitations where room_id = any(gone)
      union all select id from former_invitations where room_id = any(gone)));
    delete from pending_proposals where room_id = any(gone);
    delete from invitations where room_id = any(gone);
    delete from former_invitations where room_id = any(gone);
    delete from answer_notes where room_id = any(gone);
    delete from practice_rooms where id = any(gone);
    return cardinality(gone);
  end $$`;

export class Retention1763002100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const [row] = (await db.query('select quote_ident(current_schema()) as schema')) as [{ schema: string }];
    const path = `pg_catalog, ${row.schema}, pg_temp`;
    await db.query(guard);
    await db.query(ageAudit(path));
    await db.query(forgetRooms(path));
    await db.query('revoke execute on function age_audit(text, int, int), forget_rooms(int, int) from public');
  }

  async down(): Promise<void> {}
}
