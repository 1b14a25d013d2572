// The tables of months on real Postgres: made while the version before goes on, written across months, read by index,
// and dropped when they are old; what nobody made in time is taken all the same.
import { randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { Database } from '#persistence';
import { migrate, migrations } from '#persistence/migrate';
import { Retention, type RetentionSettings } from '#service';
import * as ingestor from '../../../apps/imip-ingestor/src/aged-rows';
import * as api from '../../../apps/scheduling-api/src/aged-rows';
import { type FreshDatabase, freshDatabase, onServer } from '../../support/database';
import { storeRoom } from '../../support/sender';
import { room } from '../../support/sender-events';

const serverUrl = process.env['DATABASE_URL'] ?? 'postgres://postgres@localhost:5432/postgres';
const random = (): string => randomBytes(6).toString('hex');
/** An id as one made at that instant. */
const idAt = (at: Date): string =>
  `${at.getTime().toString(16).padStart(12, '0')}7${randomUUID().replaceAll('-', '').slice(13)}`;
/** The 15th of the month so many months from now. */
const inMonths = (months: number): Date => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 15));
};
const nameOf = (table: string, at: Date): string => `${table}_${at.toISOString().slice(0, 7).replace('-', '_')}`;

async function storeMail(db: Pick<Database, 'query'>, id: string, state = 'read', roomId: string | null = null) {
  await db.query(`insert into raw_mails (id, key_id, sealed) values ($1, 'k', '')`, [id]);
  await db.query(
    `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, state, room_id, received_at)
     values ($1, 'x', 'webhook', 1, 'x', $2, $3, now() - interval '10 years')`,
    [id, state, roomId],
  );
}

describe('while the version before runs', () => {
  const name = `test_${random()}`;
  const role = `test_role_${random()}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const asRole = new URL(url);
  [asRole.username, asRole.password] = [role, 'secret'];
  let owner: Database;
  let old: Database;

  beforeAll(async () => {
    await onServer(`create database ${name}`);
    const source = await new DataSource({
      type: 'postgres',
      url: url.href,
      migrations: migrations.slice(0, -1),
      migrationsTableName: 'schema_migrations',
      installExtensions: false,
      extra: { max: 1, options: '-c scheduling.organizer_domain=acme.test' },
    }).initialize();
    await source.runMigrations({ transaction: 'all' });
    await source.destroy();
    owner = new Database({ url: url.href, applicationName: 'owner' });
    await onServer(`create role ${role} login password 'secret'`);
    for (const sql of [
      `grant usage on schema public to ${role}`,
      `grant select, insert on audit to ${role}`,
      `grant select, insert, update, delete on imip_messages to ${role}`,
      `grant select, insert, delete on raw_mails to ${role}`,
      'alter table audit enable row level security',
      `create policy reads on audit for select to ${role} using (true)`,
      `create policy writes on audit to ${role} using (app = 'x') with check (app = 'x')`,
      `grant update (key_id) on raw_mails to ${role}`,
    ])
      await owner.query(sql);
    old = new Database({ url: asRole.href, applicationName: 'old', poolSize: 3 });
  }, 60_000);
  afterAll(async () => {
    await old.close();
    await owner.close();
    await onServer(`drop database if exists ${name} with (force)`);
    await onServer(`drop role if exists ${role}`);
  });

  /** What the version before does with one mail, in its own statements. */
  async function work(): Promise<void> {
    const id = randomUUIDv7();
    await old.transaction(async (tx) => {
      await tx.query(`insert into raw_mails (id, key_id, sealed) values ($1, 'k', '')`, [id]);
      await tx.query(
        `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256) values ($1, 'x', 'webhook', 1, 'x')
         returning received_at`,
        [id],
      );
    });
    const [leased] = await old.query(
      `with leased as (update imip_messages set attempts = attempts + 1 where id = any(array(
         select id from imip_messages where id = $1 and state = 'stored' for update skip locked)) returning id)
       select l.id, r.sealed from leased l left join raw_mails r on r.id = l.id`,
      [id],
    );
    expect(leased).toBeDefined();
    await old.transaction(async (tx) => {
      await tx.query(`update imip_messages set state = 'read' where id = $1`, [id]);
      await tx.query(`insert into audit (app, kind, message_id) values ('x', 'mail', $1)`, [id]);
    });
    expect(await old.query('select 1 from audit where message_id = $1', [id])).toHaveLength(1);
  }

  it('nothing of its work fails, and every row is there afterwards, with its number', async () => {
    // Of a release whose ids said no time.
    await storeMail(owner, 'ffffffff-ffff-4fff-bfff-ffffffffffff');
    let isOver = false;
    let done = 0;
    const workers = [1, 2, 3].map(async () => {
      while (!isOver) {
        await work();
        done += 1;
      }
    });
    while (done < 20) await new Promise(setImmediate);
    expect(await migrate(url.href, 'acme.test')).toHaveLength(1);
    const before = done;
    while (done < before + 20) await new Promise(setImmediate);
    isOver = true;
    await Promise.all(workers);
    expect(await migrate(url.href, 'acme.test')).toEqual([]);
    const [counted] = await owner.query<Record<string, number>>(
      `select (select count(*)::int from raw_mails) as raws, (select count(*)::int from imip_messages) as mails,
         (select count(*)::int from audit) as lines, (select count(distinct position)::int from audit) as numbers,
         (select max(position)::int from audit) as last`,
    );
    const rows = done + 1;
    expect(counted).toEqual({ raws: rows, mails: rows, lines: done, numbers: done, last: done });
    expect(await owner.query(`select relname as name from pg_class where relkind = 'p' order by 1`)).toEqual(
      ['audit', 'imip_messages', 'raw_mails'].map((each) => ({ name: each })),
    );
  }, 60_000);

  it('its role keeps its rights and its row policies, and gets none on a month', async () => {
    await work();
    await expect(old.query(`insert into audit (app, kind) values ('y', 'mail')`)).rejects.toThrow('row-level security');
    const months = await owner.query<{ name: string }>(
      `select relname as name from pg_class where relispartition and relkind = 'r'`,
    );
    expect(months.length).toBeGreaterThan(8);
    for (const { name: month } of months) {
      await expect(old.query(`select 1 from ${month}`)).rejects.toThrow('permission denied');
      await expect(old.query(`drop table ${month}`)).rejects.toThrow('must be owner');
    }
    await old.query(`update raw_mails set key_id = 'k2'`);
    await expect(old.query(`update raw_mails set sealed = ''`)).rejects.toThrow('permission denied');
    for (const name of ['keep_audit_months(1)', 'keep_mail_months(1)', `keep_months('audit', 1)`])
      await expect(old.query(`select ${name}`)).rejects.toThrow('permission denied');
  });
});

describe('once they are there', () => {
  let fresh: FreshDatabase;
  const query = <Row>(sql: string, params: unknown[] = []) => fresh.db.query<Row>(sql, params);
  const logger = pino({ level: 'silent' });
  const parts = async (table: string): Promise<string[]> =>
    (
      await query<{ name: string }>(
        `select inhrelid::regclass::text as name from pg_inherits where inhparent = '${table}'::regclass order by 1`,
      )
    ).map(({ name }) => name);
  const sweep = (settings: RetentionSettings): Promise<number[]> =>
    Promise.all(
      [api, ingestor].map(({ agedRows }) => new Retention(fresh.db, 'off', [], logger, agedRows(settings)).sweep()),
    );
  /** A month that is long past, as there will be. */
  async function pastMonth(table: string, months: number): Promise<string> {
    const at = inMonths(-months);
    const [first, next] = [-months, 1 - months].map((n) => {
      const month = inMonths(n);
      month.setUTCDate(1);
      return table === 'audit' ? month.toISOString() : idAt(month).slice(0, 12).padEnd(32, '0');
    });
    const [legacy = ''] = (await parts(table)).filter((name) => name.includes('_to_'));
    if (legacy) await query(`drop table ${legacy}`);
    await query(`create table ${nameOf(table, at)} (like ${table} including all excluding identity)`);
    if (table === 'audit') await query(`select guard_audit('${nameOf(table, at)}')`);
    await query(
      `alter table ${table} attach partition ${nameOf(table, at)} for values from ('${first}') to ('${next}')`,
    );
    return nameOf(table, at);
  }

  beforeEach(async () => {
    fresh = await freshDatabase();
  });
  afterEach(() => fresh.drop());

  it('rows go to their month, what has none is taken by the default, and both are found and changed', async () => {
    const ids = [0, 2, 3, 30].map((months) => idAt(inMonths(months)));
    for (const id of ids) await storeMail(fresh.db, id);
    const [thisOne, second, third, far] = (
      await query<{ part: string }>(
        'select tableoid::regclass::text as part from imip_messages where id = any($1) order by id',
        [ids],
      )
    ).map(({ part }) => part);
    expect(thisOne).toMatch(/^imip_messages_to_/);
    expect([second, third, far]).toEqual([
      nameOf('imip_messages', inMonths(2)),
      nameOf('imip_messages', inMonths(3)),
      'imip_messages_other',
    ]);
    expect(await query(`update imip_messages set why = 'x' where id = any($1) returning 1`, [ids])).toHaveLength(4);
    expect(await query('delete from raw_mails where id = any($1) returning 1', [ids])).toHaveLength(4);
  });

  it('a mail is looked up in its own month by its key, by the generic plan of the apps', async () => {
    await fresh.db.transaction(async (tx) => {
      await tx.query('prepare one (uuid) as select * from imip_messages where id = $1');
      const plan = await tx.query<{ 'QUERY PLAN': string }>(`explain (costs off) execute one ('${randomUUIDv7()}')`);
      const text = plan.map((line) => line['QUERY PLAN']).join('\n');
      expect(text).toMatch(/Subplans Removed: \d/);
      expect(text.match(/Scan/g)).toHaveLength(1);
      expect(text).toContain('Index Scan');
    });
  });

  it('whole months of the audit are dropped when they are past their time, and no line of a younger one goes', async () => {
    const gone = await pastMonth('audit', 40);
    const youngMonth = nameOf('audit', inMonths(-24));
    await query(`select make_month('audit', date_trunc('month', now() at time zone 'UTC') - interval '24 months')`);
    const line = (months: number) =>
      query(`insert into audit (app, kind, at) values ('scheduling-api', 'call', $1)`, [inMonths(-months)]);
    for (const months of [40, 40, 24, 0]) await line(months);
    await sweep({ RETENTION_AUDIT_DAYS: 'off' });
    expect(await parts('audit')).toContain(gone);
    await sweep({ RETENTION_AUDIT_DAYS: 730 });
    expect(await parts('audit')).toEqual(expect.arrayContaining([youngMonth]));
    expect(await parts('audit')).not.toContain(gone);
    expect(await query('select 1 from audit')).toHaveLength(2);
    for (const sql of [
      `delete from ${youngMonth}`,
      `truncate ${youngMonth}`,
      `update ${youngMonth} set why = 'x'`,
      'delete from audit',
    ])
      await expect(query(sql)).rejects.toThrow('append-only');
  });

  it('a month of mails goes with its last row, which stays while its room is open', async () => {
    const [messages, raws] = [await pastMonth('imip_messages', 5), await pastMonth('raw_mails', 5)];
    const open = await storeRoom(fresh.db, room());
    await query(`update practice_rooms set start_utc = now() + interval '1 day', end_utc = now() + interval '2 days'`);
    await storeMail(fresh.db, idAt(inMonths(-5)));
    await storeMail(fresh.db, idAt(inMonths(-5)), 'read', open.roomId);
    await sweep({ RETENTION_RAW_MAIL_DAYS: 30 });
    expect([await parts('raw_mails'), await parts('imip_messages')]).toEqual([
      expect.not.arrayContaining([raws]),
      expect.arrayContaining([messages]),
    ]);
    expect(await query('select 1 from imip_messages')).toHaveLength(1);
    await query(`update practice_rooms set status = 'cancelled'`);
    await sweep({ RETENTION_RAW_MAIL_DAYS: 30 });
    expect(await parts('imip_messages')).not.toContain(messages);
  });

  it('months are made ahead; one that nobody made in time stays in the default, and ages there', async () => {
    for (const months of [2, 3]) await query(`drop table ${nameOf('audit', inMonths(months))}`);
    await query(`insert into audit (app, kind, at) values ('scheduling-api', 'call', $1)`, [inMonths(2)]);
    await sweep({ RETENTION_AUDIT_DAYS: 'off' });
    expect(await parts('audit')).toContain(nameOf('audit', inMonths(3)));
    expect(await parts('audit')).not.toContain(nameOf('audit', inMonths(2)));
    await query(`insert into audit_other (position, app, kind, at) overriding system value
      values (0, 'scheduling-api', 'call', now() + interval '9 years')`);
    expect(await query(`select age_audit('scheduling-api', 1, 10) as rows`)).toEqual([{ rows: 0 }]);
    expect(await query('select 1 from audit')).toHaveLength(2);
  });

  it('while somebody reads a table for long, nothing is dropped and nobody waits', async () => {
    const gone = await pastMonth('audit', 40);
    await fresh.db.transaction(async (reader) => {
      await reader.query('select count(*) from audit');
      await sweep({ RETENTION_AUDIT_DAYS: 730 });
      expect(await parts('audit')).toContain(gone);
    });
    await sweep({ RETENTION_AUDIT_DAYS: 730 });
    expect(await parts('audit')).not.toContain(gone);
  });
});
