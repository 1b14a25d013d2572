// `npm run demo` and `npm run sim` against a running `npm start`, as real commands; and that neither they nor the
// page are there where mail leaves.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { freePort } from '../../support/free-port';
import { type Standalone, startStandalone } from '../../support/standalone';

const root = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'demo-shell-'));
let database: FreshDatabase;
let app: Standalone;
jest.setTimeout(60_000);

beforeAll(async () => {
  database = await freshDatabase();
  app = await startStandalone({ PORT: String(await freePort()), DATA_DIR: folder, DATABASE_URL: database.url });
}, 120_000);
afterAll(async () => {
  app.process.kill('SIGTERM');
  await app.ended;
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function run(
  script: 'demo' | 'sim',
  args: string[],
  dataDir = folder,
): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [`apps/standalone/bin/${script}.mjs`, ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir },
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}

it('books a room and prints both mails', async () => {
  const { code, out } = await run('demo', []);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`Watch it +${app.url}/\\?room=[0-9a-f-]{36}`));
  for (const role of ['host', 'guest']) expect(out).toContain(`To the ${role}: `);
  expect(out.match(/METHOD:REQUEST/g)).toHaveLength(2);
  expect(out).toContain('npm run sim -- accept guest --as google');
});

it('answers in the newest room, one command after the other', async () => {
  expect(await run('sim', ['accept', 'guest', '--as', 'google'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/google sent: Accepted.*guest accepted\n$/s),
  });
  expect((await run('sim', ['counter', 'host', '+1d', '--as', 'outlook'])).out).toContain(
    'mail to the guest: Approve new time for Practice Session?',
  );
  expect((await run('sim', ['scanner'])).out).toContain('Every link was opened; nothing moved.');
  for (const act of ['bounce', 'ooo']) expect((await run('sim', [act])).out).toMatch(/sent: .*scheduled, sequence 0/s);
  expect((await run('sim', ['text', 'can we do 3pm?'])).out).toContain('sent: Re: ');
  expect((await run('sim', ['decline', 'guest', '--as', 'apple'])).out).toMatch(
    /mail to the host: Practice Session — Cancelled.*cancelled, sequence 1/s,
  );
  expect((await run('sim', ['timeline'])).out).toMatch(/COUNTER +event +counter: believed.*CANCEL +sent/s);
});

it('says what is wrong in words', async () => {
  expect(await run('sim', ['dance'])).toMatchObject({
    code: 1,
    out: expect.stringContaining('npm run sim -- accept guest --as google'),
  });
  expect((await run('sim', ['accept', '--who', 'guest'])).out).toMatch(/^Unknown option '--who'\.\n\nAnswer it/);
  expect((await run('sim', ['counter', 'host', '--as', 'thunderbird'])).out).toContain('thunderbird has no button');
  expect((await run('sim', ['timeline', '--room', 'nope'])).out).toContain('There is no such room.');
  expect(await run('sim', ['timeline'], join(folder, 'elsewhere'))).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^Nothing is running .*npm start first.*DATA_DIR/),
  });
});

it('does not mind a reader that leaves', async () => {
  const command = `${process.execPath} apps/standalone/bin/sim.mjs timeline | true; exit "\${PIPESTATUS[0]}"`;
  const child = spawn('bash', ['-c', command], { cwd: root, env: { ...process.env, DATA_DIR: folder } });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  expect([await new Promise((resolve) => child.on('close', resolve)), output]).toEqual([0, '']);
});

it('is not there where mail really leaves', async () => {
  const elsewhere = join(folder, 'real');
  const real = await startStandalone({
    PORT: String(await freePort()),
    DATA_DIR: elsewhere,
    DATABASE_URL: database.url,
    SMTP_URL: 'smtp://127.0.0.1:9',
  });
  for (const path of ['/', '/demo/rooms', '/demo/page.mjs'])
    expect((await fetch(`${real.url}${path}`)).status).toBe(404);
  expect(real.output()).not.toContain('Demo ');
  expect((await run('sim', ['timeline'], elsewhere)).out).toContain('it sends real mail');
  real.process.kill('SIGTERM');
  expect(await real.ended).toBe(0);
  expect(existsSync(join(elsewhere, 'address'))).toBe(false);
});
