// `audit`, `raw_mails` and `imip_messages` become tables of months, so that what is old goes as a whole month
// (contract, section 7.6): of the audit no line is deleted one by one, and the disk of old mails is given back.
// Safe while the version before this one runs: it goes on by the same names, and the rows that are there stay in their
// table, which becomes the first partition. before-months.ts has done what reads whole tables.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  auditKey,
  beforeCheck,
  firstMonth,
  firstOf,
  lockTables,
  monthKeys,
  type MonthTable,
  monthTables,
} from '../before-months';

// The audit refuses every UPDATE, DELETE and TRUNCATE of a partition too, in whatever session.
const guardAudit = (path: string): string => `
  create function guard_audit(part text) returns void language plpgsql set search_path = ${path} as $$
  begin
    execute format('create trigger tr_audit_append_only before update or delete or truncate on %I
      for each statement execute function audit_is_append_only()', part);
    execute format('create trigger tr_audit_only_old before delete on %I
      for each row execute function audit_is_append_only()', part);
    execute format('alter table %I enable always trigger tr_audit_append_only, enable always trigger tr_audit_only_old',
      part);
  end $$`;

// A month is made before it begins. One whose rows stand in the default partition already, since nobody made it in
// time, is left there: it ages row by row. A lock that is not free is tried again with the next run.
const makeMonth = (path: string): string => `
  create function make_month(of_table text, month timestamp) returns void
    language plpgsql set search_path = ${path} as $$
  declare
    part text := of_table || to_char(month, '_YYYY_MM');
    first text;
    next text;
    is_late boolean;
  begin
    if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = of_table::regclass and (c.relname = part
          or c.relname ~ '_to_\\d{4}_\\d{2}$' and right(c.relname, 7) >= right(part, 7))) then
      return;
    end if;
    if of_table = 'audit' then
      first := ${firstOf('audit', 'month')};
      next := ${firstOf('audit', `month + interval '1 month'`)};
    else
      first := ${firstOf('raw_mails', 'month')};
      next := ${firstOf('raw_mails', `month + interval '1 month'`)};
    end if;
    execute format('select exists (select from %I where %I >= %L and %2$I < %4$L)', of_table || '_other',
      case of_table when 'audit' then 'at' else 'id' end, first, next) into is_late;
    if is_late then
      return;
    end if;
    execute format('create table %I (like %I including all excluding identity)', part, of_table);
    if of_table = 'audit' then
      perform guard_audit(part);
    end if;
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', of_table, part, first, next);
  exception when lock_not_available then
    return;
  end $$`;

// A month may go when all of it is past its time; of mails also only when no row is left in it, since those of an open
// room stay.
const oldMonths = (path: string): string => `
  create function old_months(of_table text, days int) returns text[]
    language plpgsql stable set search_path = ${path} as $$
  declare
    part text;
    parts text[] := '{}';
    is_used boolean := false;
  begin
    for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = of_table::regclass and c.relname ~ '_\\d{4}_\\d{2}$'
          and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC'
            < now() - greatest(days, 1) * interval '1 day'
          and days is not null
        order by right(c.relname, 7) loop
      if of_table <> 'audit' then
        execute format('select exists (select from %I)', part) into is_used;
      end if;
      if not is_used then
        parts := parts || part;
      end if;
    end loop;
    return parts;
  end $$`;

// Looked at once more under the lock, which is asked for and not waited for: a booking is never held up.
const keepMonths = (path: string): string => `
  create function keep_months(of_table text, days int) returns int language plpgsql set search_path = ${path} as $$
  declare
    part text;
    gone int := 0;
  begin
    if not pg_try_advisory_xact_lock(hashtext('months of ' || of_table)) then
      return 0;
    end if;
    for ahead in 0..3 loop
      perform make_month(of_table, date_trunc('month', now() at time zone 'UTC') + ahead * interval '1 month');
    end loop;
    if old_months(of_table, days) <> '{}' then
      execute format('lock table only %I in access exclusive mode', of_table);
      foreach part in array old_months(of_table, days) loop
        execute format('drop table %I', part);
        gone := gone + 1;
      end loop;
    end if;
    return gone;
  exception when lock_not_available then
    return 0;
  end $$`;

/** What the apps may call: with the owner's rights, for tables that are named here. */
const granted = (name: string, tables: readonly MonthTable[], path: string): string => `
  create function ${name}(days int) returns int
    language sql security definer set search_path = ${path} set lock_timeout = '50ms' as $$
    select ${tables.map((table) => `keep_months('${table}', days)`).join(' + ')}
  $$`;

// Of the audit's months no line goes by itself: only those of before the first month, and of the default partition.
const ageAudit = (path: string): string => `
  create or replace function age_audit(of_app text, days int, most int) returns int
    language plpgsql security definer set search_path = ${path} as $$
  declare
    part text;
    deleted int;
    gone int := 0;
  begin
    perform set_config('scheduling.audit_retention_days', greatest(days, 1)::text, true);
    for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'audit'::regclass and c.relname !~ '^audit_\\d{4}_\\d{2}$' order by 1 desc loop
      execute format('delete from %I where position = any(array(
        select position from (select position, app, at from %1$I order by position limit $3 * 10) as oldest
         where app = $1 and at < now() - greatest($2, 1) * interval ''1 day'' limit $3))', part)
        using of_app, days, most - gone;
      get diagnostics deleted = row_count;
      gone := gone + deleted;
    end loop;
    perform set_config('scheduling.audit_retention_days', '', true);
    return gone;
  end $$`;

const grantee = `case acl.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(acl.grantee)) end`;

/** Statements that give the new table what the old one has: checks, indexes, row policies, rights, owner. */
const toRepeat = (table: MonthTable): string => `
  select 1 as step, format('alter table ${table} add constraint %I %s', conname, pg_get_constraintdef(oid)) as sql
    from pg_constraint where conrelid = '${table}'::regclass and contype = 'c' and conname <> '${beforeCheck}'
  union all select 2, pg_get_indexdef(indexrelid) from pg_index
   where indrelid = '${table}'::regclass and not indisprimary and indexrelid is distinct from to_regclass('${auditKey}')
  union all select 3, 'alter table ${table} enable row level security' from pg_class
   where oid = '${table}'::regclass and relrowsecurity
  union all select 4, format('create policy %I on ${table} as %s for %s to %s', policyname, permissive, cmd,
      (select string_agg(case role when 'public' then role else quote_ident(role) end, ', ')
         from unnest(roles::text[]) as named(role)))
    || coalesce(' using (' || qual || ')', '') || coalesce(' with check (' || with_check || ')', '')
    from pg_policies where schemaname = current_schema() and tablename = '${table}'
  union all select 5, format('grant %s on ${table} to %s', acl.privilege_type, ${grantee})
    from pg_class c, aclexplode(c.relacl) as acl where c.oid = '${table}'::regclass and acl.grantee <> c.relowner
  union all select 6, format('grant %s (%I) on ${table} to %s', acl.privilege_type, attname, ${grantee})
    from pg_attribute, aclexplode(attacl) as acl where attrelid = '${table}'::regclass
  union all select 7, format('alter table ${table} owner to %I', pg_get_userbyid(relowner))
    from pg_class where oid = '${table}'::regclass and pg_get_userbyid(relowner) <> current_user
  order by step`;

/** Statements that free the names of the old table's indexes, and take the rights of others on it. */
const toSetAside = (table: MonthTable, suffix: string): string => `
  select format('alter index %I rename to %I', i.relname, i.relname || '${suffix}') as sql
    from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = '${table}'::regclass
  union select format('revoke all on ${table} from %s', ${grantee})
    from pg_class c, aclexplode(c.relacl) as acl where c.oid = '${table}'::regclass and acl.grantee <> c.relowner`;

type Row = Record<string, string>;
const rowsOf = (db: QueryRunner, sql: string): Promise<Row[]> => db.query(sql) as Promise<Row[]>;
const valueOf = async (db: QueryRunner, sql: string): Promise<string> => (await rowsOf(db, sql))[0]?.['value'] ?? '';

async function divide(db: QueryRunner, table: MonthTable): Promise<void> {
  const first = await valueOf(db, `select (${firstOf(table, firstMonth)})::text as value`);
  const last = await valueOf(db, `select to_char(${firstMonth} - interval '1 month', '_to_YYYY_MM') as value`);
  const [old, other] = [table + last, `${table}_other`];
  const again = await rowsOf(db, toRepeat(table));
  for (const { sql = '' } of await rowsOf(db, toSetAside(table, last))) await db.query(sql);
  await db.query(`alter table ${table} rename to ${old}`);
  const number = table === 'audit' ? await rekeyAudit(db, old, last) : '';
  await db.query(`
    create table ${table} (like ${old} including all excluding indexes excluding constraints excluding identity)
      partition by range (${monthKeys[table]})`);
  const key = table === 'audit' ? 'position, at' : 'id';
  await db.query(`alter table ${table} add constraint ${table}_pkey primary key (${key})`);
  for (const { sql = '' } of again) await db.query(sql);
  await db.query(`create table ${other} (like ${table} including all)`);
  await moveLater(db, { table, old, other, first });
  await db.query(`alter table ${table} attach partition ${old} for values from (minvalue) to ('${first}')`);
  await db.query(`alter table ${old} drop constraint if exists ${beforeCheck}`);
  await db.query(`alter table ${table} attach partition ${other} default`);
  if (table !== 'audit') return;
  await db.query('alter table audit alter position add generated always as identity');
  await db.query(`select setval(pg_get_serial_sequence('audit', 'position'), ${number})`);
  await db.query(`select guard_audit('${other}')`);
  await db.query(`
    create trigger tr_audit_append_only before update or delete or truncate on audit
      for each statement execute function audit_is_append_only();
    alter table audit enable always trigger tr_audit_append_only`);
}

/**
 * A partition has no numbers of its own (Postgres 17), and a key that holds the instant. Returns where its numbers go
 * on: the last one, and whether it was used.
 */
async function rekeyAudit(db: QueryRunner, old: string, suffix: string): Promise<string> {
  const sequence = await valueOf(db, `select pg_get_serial_sequence('${old}', 'position') as value`);
  const number = await valueOf(db, `select last_value || ', ' || is_called as value from ${sequence}`);
  await db.query(`alter table ${old} alter position drop identity`);
  await db.query(`alter table ${old} drop constraint audit_pkey${suffix}`);
  const made = `${auditKey}${suffix}`;
  const isValid = await valueOf(
    db,
    `select indisvalid::text as value from pg_index where indexrelid = to_regclass('${made}')`,
  );
  if (isValid === 'false') await db.query(`drop index ${made}`);
  await db.query(
    `alter table ${old} add constraint audit_pkey${suffix} primary key ` +
      (isValid === 'true' ? `using index ${made}` : '(position, at)'),
  );
  return number;
}

/** Rows whose time is later than the first month: of a clock that was wrong, or with an id that says no time. */
async function moveLater(
  db: QueryRunner,
  { table, old, other, first }: { table: MonthTable; old: string; other: string; first: string },
): Promise<void> {
  const isChecked = await valueOf(
    db,
    `select 'yes' as value from pg_constraint
      where conrelid = '${old}'::regclass and conname = '${beforeCheck}' and convalidated`,
  );
  if (isChecked) return;
  await db.query(`alter table ${old} drop constraint if exists ${beforeCheck}`);
  const isLater = `${monthKeys[table]} >= '${first}'`;
  if (!(await valueOf(db, `select 'yes' as value from ${old} where ${isLater} limit 1`))) return;
  const triggers = table === 'audit' ? ['tr_audit_append_only', 'tr_audit_only_old'] : [];
  for (const trigger of triggers) await db.query(`alter table ${old} disable trigger ${trigger}`);
  const columns = await valueOf(
    db,
    `select string_agg(quote_ident(attname), ', ') as value from pg_attribute
      where attrelid = '${old}'::regclass and attnum > 0 and not attisdropped`,
  );
  await db.query(`insert into ${other} (${columns}) select ${columns} from ${old} where ${isLater}`);
  await db.query(`delete from ${old} where ${isLater}`);
  for (const trigger of triggers) await db.query(`alter table ${old} enable always trigger ${trigger}`);
}

export class Months1763002500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const schema = await valueOf(db, 'select quote_ident(current_schema()) as value');
    const path = `${schema}, pg_temp`;
    await lockTables(db, monthTables);
    for (const sql of [
      guardAudit(path),
      makeMonth(path),
      oldMonths(path),
      keepMonths(path),
      granted('keep_audit_months', ['audit'], path),
      granted('keep_mail_months', ['raw_mails', 'imip_messages'], path),
      `revoke execute on function guard_audit(text), make_month(text, timestamp), keep_months(text, int),
        keep_audit_months(int), keep_mail_months(int) from public`,
    ])
      await db.query(sql);
    for (const table of monthTables) await divide(db, table);
    await db.query(ageAudit(path));
    await db.query('select keep_audit_months(null), keep_mail_months(null)');
  }

  async down(): Promise<void> {}
}
