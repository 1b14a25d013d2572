// Several hosts in DATABASE_URL: a real primary and its standby; the one that is not in recovery is used, by statements
// and by LISTEN, and after a failover the other.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { isOutage } from '#contracts';
import { Database } from '#persistence';
import { migrate } from '#persistence/migrate';
import { databaseCheck } from '#service';
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../apps/standalone/src/embedded-postgres';
import { leaseLetters, ledgerOutlook, renewLeases } from '../../../apps/notification-sender/src/ledger/lease-letters';
import type { LeasedLetter } from '../../../apps/notification-sender/src/ledger/leased-letter';
import { eventually } from '../../support/eventually';
import { sender, storeRoom } from '../../support/sender';
import { event, room } from '../../support/sender-events';
import { SmtpSink } from '../../support/smtp-sink';
import { freePort } from '../../support/free-port';

const folder = mkdtempSync(join(tmpdir(), 'hosts-'));
const [ofPrimary, ofStandby] = [join(folder, 'primary'), join(folder, 'standby')];
const start = (of: string): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ folder: of, database: 'scheduling', durable: false });
let primary: EmbeddedPostgres;
let standby: EmbeddedPostgres;
let db: Database;

beforeAll(async () => {
  execFileSync('chmod', ['755', folder]);
  const first = await start(ofPrimary);
  await first.stop();
  execFileSync('cp', ['-a', realpathSync(ofPrimary), ofStandby]);
  primary = await start(ofPrimary);
  const { port, password } = new URL(primary.url);
  const data = realpathSync(join(ofStandby, 'data'));
  writeFileSync(join(data, 'standby.signal'), '');
  appendFileSync(
    join(data, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres password=${password}'\n`,
  );
  standby = await start(ofStandby);
}, 60_000);

afterAll(async () => {
  await db.close();
  for (const each of [ofPrimary, ofStandby]) await removeEmbeddedPostgres(each);
  rmSync(folder, { recursive: true, force: true });
});

const both = (): string => `${standby.url}, ${primary.url}`;
const portOf = async (from: Database): Promise<string> =>
  (await from.query<{ port: string }>(`select current_setting('port') as port`))[0]?.port ?? '';
const onStandby = async (sql: string): Promise<void> => {
  const client = new Client({ connectionString: standby.url });
  await client.connect();
  await client.query(sql);
  await client.end();
};

it('the primary is used though the standby stands first: for migrations, statements and LISTEN', async () => {
  expect((await migrate(both(), 'example.test')).length).toBeGreaterThan(0);
  db = new Database({ url: both(), applicationName: 'hosts', poolSize: 3 });
  expect(await portOf(db)).toBe(new URL(primary.url).port);
  expect(await db.misfits()).toEqual([]);
});

it('an app whose only host is a standby is not ready, for it cannot write there', async () => {
  const only = new Database({ url: standby.url, applicationName: 'one standby' });
  expect(await databaseCheck(only).check()).toEqual({ status: 'down', detail: { why: 'in recovery' } });
  expect(await databaseCheck(db).check()).toEqual({ status: 'ok' });
  await only.close();
});

it('standbys alone are an outage: no write is tried there', async () => {
  const away = new URL(standby.url);
  away.port = String(await freePort());
  const only = new Database({ url: `${standby.url},${away.href}`, applicationName: 'only standbys' });
  const error: unknown = await only.query('select 1').catch((thrown: unknown) => thrown);
  expect(String(error)).toContain('no host of DATABASE_URL can be written to');
  expect(isOutage(error)).toBe(true);
  await only.close();
  const listens = new Database({ url: both(), listenUrl: `${standby.url},${away.href}`, applicationName: 'listens' });
  await expect(listens.listenMisfits()).rejects.toThrow('no host of DATABASE_LISTEN_URL can be written to');
  await listens.close();
});

it('a login that every host refuses is reported as such', async () => {
  const wrong = both().replaceAll(/:[^:@]+@/g, ':wrong@');
  const refused = new Database({ url: wrong, applicationName: 'refused' });
  await expect(refused.query('select 1')).rejects.toMatchObject({ code: '28P01' });
  await refused.close();
});

let held: LeasedLetter[] = [];
const sink = new SmtpSink();

it('two letters are leased before the failover, and none was noticed', async () => {
  const made = sender(db, await sink.start());
  await made.handle(event('RoomBooked', { room: await storeRoom(db, room()) }));
  held = await leaseLetters(db, 'alive', 10);
  expect(held).toHaveLength(2);
  expect((await ledgerOutlook(db)).failoverAt).toBeNull();
});

it('after the primary is lost and the standby promoted, statements and LISTEN go there', async () => {
  let wakes = 0;
  await db.listen('bell', () => (wakes += 1));
  await db.query('create table kept (n int)');
  await db.query('insert into kept values (1)');
  await eventually('the standby has it', () =>
    onStandby('select 1 / count(*) from kept').then(
      () => true,
      () => false,
    ),
  );
  await primary.stop();
  await onStandby('select pg_promote()');
  await eventually('a write is taken', () =>
    db.query('insert into kept values (2)').then(
      () => true,
      () => false,
    ),
  );
  expect(await portOf(db)).toBe(new URL(standby.url).port);
  await eventually('LISTEN is there', async () => {
    const before = wakes;
    await onStandby(`select pg_notify('bell', '')`);
    return eventually('a wake', () => wakes > before, { timeoutMs: 500 }).catch(() => false);
  });
  const rows = await db.query<{ n: number }>('select n from kept order by n');
  expect(rows.map(({ n }) => n)).toEqual(expect.arrayContaining([1, 2]));
});

it('a lease from before is left to its owner, though the clock of the new primary has passed it', async () => {
  const [kept, lost] = held.map(({ facts }) => facts.letterId);
  const other = sender(db, await sink.start());
  await db.query(`update letters set lease_until = lease_until - interval '1 minute'`);
  await eventually(
    'the new primary has run for longer than a lease',
    async () => (await db.query(`select where now() > pg_postmaster_start_time() + interval '10 seconds'`)).length > 0,
    { timeoutMs: 20_000, everyMs: 200 },
  );
  const { failoverAt: failover } = await ledgerOutlook(db);
  expect(failover).toMatch(/^20\d\d-/);
  for (const spared of [null, '2020-01-01 00:00:00+00'])
    expect(await leaseLetters(db, 'another', 10, { spared })).toEqual([]);
  const renew = () => renewLeases(db, 'alive', [kept ?? '']);
  expect(await renew()).toEqual([kept]);
  other.dispatcher.start();
  const owners = await eventually(
    'a sender that has begun since sends what nobody renews',
    async () => {
      await renew();
      const rows = await db.query<{ id: string; owner: string | null; state: string }>(
        'select id, lease_owner as owner, state from letters',
      );
      return rows.some(({ state }) => state === 'sent') && new Map(rows.map(({ id, owner }) => [id, owner]));
    },
    { timeoutMs: 40_000, everyMs: 200 },
  );
  expect(owners).toEqual(new Map([kept, lost].map((id) => [id, id === kept ? 'alive' : null])));
  await other.stop();
  await sink.close();
}, 90_000);
