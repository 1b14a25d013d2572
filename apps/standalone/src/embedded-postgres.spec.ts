// The real server, killed in the ways machines kill: what was committed must be there again.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../../../test/support/eventually';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';

const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client
    .query(sql)
    .then((result) => result.rows as unknown[])
    .finally(() => client.end());
};

describe('the embedded Postgres', () => {
  const parent = mkdtempSync(join(tmpdir(), 'embedded-'));
  chmodSync(parent, 0o755);
  const folder = join(parent, 'postgres');
  const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ folder, database: 'scheduling' });
  const serverPid = (): number => Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  afterAll(() => rmSync(parent, { recursive: true }));

  it('keeps what was committed over a stop and a start', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 1 as n');
    await first.stop();
    const second = await start();
    expect(await ask(second.url, 'select * from kept')).toEqual([{ n: 1 }]);
    await second.stop();
  });

  it('is durable, knows letters of all languages and lets nobody in without the password', async () => {
    const server = await start();
    expect(
      await ask(
        server.url,
        `select lower('ÄŁ') as l, current_setting('fsync') as f, current_setting('synchronous_commit') as s`,
      ),
    ).toEqual([{ l: 'äł', f: 'on', s: 'on' }]);
    const open = new URL(server.url);
    open.password = 'guess';
    await expect(ask(open.href, 'select 1')).rejects.toThrow(/password/);
    await server.stop();
  });

  it('takes over from a server that a killed process left running', async () => {
    const left = await start();
    await ask(left.url, 'insert into kept values (2)');
    const before = serverPid();
    const again = await start();
    expect(serverPid()).not.toBe(before);
    expect(await ask(again.url, 'select * from kept order by n')).toEqual([{ n: 1 }, { n: 2 }]);
    await again.stop();
  });

  it('recovers when the server itself was killed', async () => {
    const server = await start();
    await ask(server.url, 'insert into kept values (3)');
    process.kill(serverPid(), 'SIGKILL');
    const again = await start();
    expect(await ask(again.url, 'select count(*)::int as n from kept')).toEqual([{ n: 3 }]);
    await again.stop();
  });

  it('comes back by itself on the same port when it is killed and kept up', async () => {
    const server = await start();
    server.keepUp();
    await ask(server.url, 'insert into kept values (4)');
    process.kill(serverPid(), 'SIGKILL');
    const rows = await eventually(
      'the server answers again',
      () => ask(server.url, 'select count(*)::int as n from kept'),
      { timeoutMs: 40_000 },
    );
    expect(rows).toEqual([{ n: 4 }]);
    await server.stop();
    expect(existsSync(join(folder, 'data', 'postmaster.pid'))).toBe(false);
  });

  it('starts although the process id left behind now belongs to another program, and leaves that alone', async () => {
    const server = await start();
    const pidFile = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8');
    await server.stop();
    const other = spawn('sleep', ['60']);
    const write = spawn(process.execPath, [
      '-e',
      `require('fs').writeFileSync(${JSON.stringify(join(folder, 'data', 'postmaster.pid'))}, ` +
        `${JSON.stringify(pidFile.replace(/^\d+/, String(other.pid)))})`,
    ]);
    await new Promise((resolve) => write.on('exit', resolve));
    const again = await start();
    expect(other.exitCode).toBeNull();
    other.kill();
    await again.stop();
  });

  it('finds a place for its data where root keeps the folder to itself', async () => {
    const closed = join(parent, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const lines: string[] = [];
    const inside = {
      folder: join(closed, 'postgres'),
      database: 'scheduling',
      say: (line: string) => void lines.push(line),
    };
    const server = await startEmbeddedPostgres(inside);
    await ask(server.url, 'create table kept as select 1 as n');
    await server.stop();
    const again = await startEmbeddedPostgres(inside);
    expect(await ask(again.url, 'select * from kept')).toEqual([{ n: 1 }]);
    await again.stop();
    const place = realpathSync(join(closed, 'postgres', 'data'));
    expect(lines).toHaveLength(place.startsWith(realpathSync(closed)) ? 0 : 1);
    rmSync(place, { recursive: true });
  });
});
