// The standalone app as a newcomer meets it: a real process with its own Postgres, killed and started again. Once
// through npm.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMail, textOf } from '../../../apps/imip-ingestor/src/interpret/mail';
import { eventually } from '../../support/eventually';
import { brokerUrl, dropPrefix, freshPrefix } from '../../support/broker';
import { freshDatabase } from '../../support/database';
import { freePort } from '../../support/free-port';
import { type Standalone, startStandalone } from '../../support/standalone';

interface Mail {
  to: string;
  subject: string;
  raw: string;
}

const mailsTo = async (app: Standalone, to: string): Promise<Mail[]> => {
  const answer = await fetch(`${app.url}/dev/mails?to=${encodeURIComponent(to)}`);
  return ((await answer.json()) as { items: Mail[] }).items;
};

const book = async (app: Standalone, name: string): Promise<Response> => {
  const start = Date.now() + 48 * 3_600_000;
  const [startUtc, endUtc] = [start, start + 3_600_000].map((at) => new Date(at).toISOString());
  const body = {
    startUtc,
    endUtc,
    host: { email: `${name}-host@example.com` },
    guest: { email: `${name}-guest@example.org` },
  };
  return fetch(`${app.url}/api/practice-room/create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
};

/** What differs from run to run in the README's first five minutes and in what is really printed. */
const timeless = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(/http:\/\/localhost:\d+/g, 'ADDRESS')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')
    .replaceAll(/[\w-]{22}\.[\w-]{43}/g, 'TOKEN')
    // Not `\b`: a key may begin or end with a hyphen.
    .replaceAll(/(?<![\w-])[\w-]{43}(?![\w-])/g, 'KEY')
    .replaceAll(/(?<=Data {7})\S+/g, 'FOLDER')
    .replaceAll(/\d{4}-\d\d-\d\dT|20\d{6}T|\w+day, \d+ \w+ 20\d\d/g, 'DAY ')
    .replaceAll(/(?<!T)\d\d:\d\d to \d\d:\d\d|UTC−0[45]:00/g, 'HOURS');

/**
 * The status of a request as a page sends it whose own name leads to this machine: the connection is to `url`, the
 * Host header says `host`.
 */
const asHost = (url: string, host: string, method = 'GET'): Promise<number> =>
  new Promise((resolve, reject) =>
    request(url, { method, headers: { host, 'content-type': 'application/json' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end(method === 'POST' ? '{}' : undefined),
  );

/**
 * Whether something listens there; 127.0.0.2 leads to this machine and is not the loopback address that is listened
 * on.
 */
const listens = (host: string, port: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(port), host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

const isAlive = (pid: number): boolean => {
  // A process that ended and was not waited for yet does nothing any more.
  const state = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] : 'Z';
  return state !== 'Z';
};

jest.setTimeout(120_000);

describe('npm start', () => {
  const parent = mkdtempSync(join(tmpdir(), 'standalone-'));
  // Open, so that a Postgres that root hands to another user keeps its data in here.
  chmodSync(parent, 0o755);
  let running: Standalone[] = [];
  const start = async (env: Record<string, string> = {}, command?: [string, ...string[]]): Promise<Standalone> => {
    const app = await startStandalone(
      { PORT: String(await freePort()), DATA_DIR: join(parent, 'data'), ...env },
      command,
    );
    running.push(app);
    return app;
  };
  const stop = async (app: Standalone): Promise<number | NodeJS.Signals | null> => {
    app.process.kill('SIGTERM');
    return app.ended;
  };
  const postgresPid = (): number =>
    Number(readFileSync(join(parent, 'data', 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

  afterEach(async () => {
    for (const app of running) await stop(app);
    running = [];
  });
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('does the main job with nothing but the command it prints', async () => {
    const app = await start();
    const curl = /curl (\S+) [^]*Bearer ([\w-]+)"[^]*-d '(.*)'/.exec(app.output());
    const [, url = '', key, body = ''] = curl ?? [];
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
    });
    const room = await answer.text();
    expect([answer.status, JSON.parse(room)]).toEqual([
      201,
      expect.objectContaining({ status: 'scheduled', sequence: 0 }),
    ]);
    for (const [to, other] of [
      ['host@example.com', 'guest@example.org'],
      ['guest@example.org', 'host@example.com'],
    ] as const) {
      const [mail, ...more] = await eventually(
        `the invitation to ${to}`,
        async () => (await mailsTo(app, to)).length > 0 && mailsTo(app, to),
      );
      expect([mail?.subject, more]).toEqual(['Practice Session — Invitation', []]);
      expect(mail?.raw).not.toContain(other);
    }
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);

    const [mail] = await mailsTo(app, 'guest@example.org');
    const { parts } = readMail(Buffer.from(mail?.raw ?? ''));
    const part = (type: string): string =>
      parts.filter((each) => each.type === type).map((each) => textOf(each))[0] ?? '';
    const printed = [app.output(), room, part('text/plain'), part('text/calendar')];
    const [, section = ''] =
      /^## The first five minutes$(.*?)^## /ms.exec(readFileSync(join(__dirname, '../../../README.md'), 'utf8')) ?? [];
    const shown = [...section.matchAll(/^```(?:text|json)\n(.*?)^```/gms)].map(([, block = '']) => block.trim());
    expect(shown).toHaveLength(printed.length);
    for (const [at, block] of shown.entries())
      expect(timeless(printed[at] ?? '')).toMatch(
        new RegExp(
          timeless(block)
            .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
            .replaceAll('…', '[^]*?'),
        ),
      );
  });

  it('listens on loopback, and elsewhere where HOST says so', async () => {
    const quiet = await start();
    const { port } = new URL(quiet.url);
    expect([await listens('127.0.0.1', port), await listens('127.0.0.2', port)]).toEqual([true, false]);
    await stop(quiet);
    const open = await start({ HOST: '0.0.0.0', PORT: port });
    expect([await listens('127.0.0.1', port), await listens('127.0.0.2', port)]).toEqual([true, true]);
    await stop(open);
    const one = await start({ HOST: '127.0.0.2', PORT: port });
    expect([await listens('127.0.0.1', port), await listens('127.0.0.2', port)]).toEqual([false, true]);
    expect(one.output()).toContain(`http://127.0.0.2:${port}/dev/mails`);
    // The demo goes through the product's own HTTP.
    const page = `http://127.0.0.2:${port}`;
    expect((await fetch(page)).status).toBe(200);
    const booked = await fetch(`${page}/demo/rooms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([200, 201]).toContain(booked.status);
    await stop(one);
    const foreign = await start({ HOST: '192.0.2.1' });
    expect([await foreign.ended, foreign.output()]).toEqual([
      1,
      'cannot start: 192.0.2.1 is not an address of this machine: set HOST to one of its addresses, or to 0.0.0.0 for all\n',
    ]);
    const name = await start({ HOST: 'laptop' });
    expect([await name.ended, name.output()]).toEqual([
      1,
      'cannot start: HOST: must be an IP address of this machine, 0.0.0.0 for all of them, or localhost\n',
    ]);
  });

  it('shows the demo and the mailbox under no foreign name, whoever asks', async () => {
    const app = await start({ HOST: '0.0.0.0', PUBLIC_URL: 'http://Scheduling.example:8080/under' });
    const { port } = new URL(app.url);
    const paths = ['/', '/demo/page.mjs', '/demo/rooms', '/dev/mails', '/dev/mails?format=json', '/%64ev/mails/'];
    const statuses = async (host: string): Promise<number[]> =>
      Promise.all([
        ...paths.map((path) => asHost(`${app.url}${path}`, host)),
        asHost(`${app.url}/demo/rooms`, host, 'POST').then((status) => (status === 201 ? 200 : status)),
      ]);
    for (const own of [
      'localhost',
      `localhost:${port}`,
      'LOCALHOST',
      '127.0.0.1:1',
      '[::1]:3000',
      'scheduling.example',
    ])
      expect([own, ...(await statuses(own))]).toEqual([own, ...Array.from({ length: paths.length + 1 }, () => 200)]);
    for (const foreign of [
      'attacker.example',
      `attacker.example:${port}`,
      'localhost.attacker.example',
      'attacker.example.localhost',
      '127.0.0.1.nip.example',
      'localhost:80@attacker.example',
      '127.0.0.2',
      '[::2]',
      'scheduling.example.attacker.example',
    ])
      expect([foreign, ...(await statuses(foreign))]).toEqual([
        foreign,
        ...Array.from({ length: paths.length + 1 }, () => 403),
      ]);
    expect(await mailsTo(app, 'nobody@example.org')).toEqual([]);
    // The product itself is asked by whatever name its gateway uses.
    expect(await asHost(`${app.url}/health/live`, 'attacker.example')).toBe(200);
  });

  it('ends with 0 on SIGTERM within ten seconds, Postgres last, and keeps key, rooms and mails', async () => {
    const first = await start();
    const room = (await (await book(first, 'kept')).json()) as { roomId: string };
    await eventually(
      'both mails',
      async () =>
        (await mailsTo(first, 'kept-host@example.com')).length === 1 &&
        (await mailsTo(first, 'kept-guest@example.org')).length === 1,
    );
    const postgres = postgresPid();
    const since = Date.now();
    expect(await stop(first)).toBe(0);
    expect(Date.now() - since).toBeLessThan(10_000);
    expect(isAlive(postgres)).toBe(false);

    const second = await start();
    expect(second.key).toBe(first.key);
    const again = await fetch(`${second.url}/api/practice-room/${room.roomId}`, {
      headers: { authorization: `Bearer ${second.key}` },
    });
    expect(await again.json()).toMatchObject({ roomId: room.roomId });
    expect(await mailsTo(second, 'kept-guest@example.org')).toHaveLength(1);
  });

  it('loses nothing that it had promised when it is killed, and sends nothing twice', async () => {
    const first = await start();
    const names = Array.from({ length: 10 }, (_, index) => `killed-${index}`);
    const answers = await Promise.all(names.map((name) => book(first, name)));
    process.kill(-(first.process.pid ?? 0), 'SIGKILL');
    await first.ended;
    expect(answers.map((answer) => answer.status)).toEqual(names.map(() => 201));

    const second = await start();
    for (const to of names.flatMap((name) => [`${name}-host@example.com`, `${name}-guest@example.org`])) {
      const mails = await eventually(
        `the invitation to ${to}`,
        async () => (await mailsTo(second, to)).length > 0 && mailsTo(second, to),
        { timeoutMs: 30_000 },
      );
      // A mail that had left when the kill came may be repeated: the same mail, by its Message-ID.
      expect(new Set(mails.map((mail) => /^Message-ID: (.*)$/im.exec(mail.raw)?.[1])).size).toBe(1);
    }
  });

  it('starts again when Postgres was killed with it', async () => {
    const first = await start();
    const room = (await (await book(first, 'both')).json()) as { roomId: string };
    process.kill(-(first.process.pid ?? 0), 'SIGKILL');
    process.kill(postgresPid(), 'SIGKILL');
    await first.ended;
    const second = await start();
    const again = await fetch(`${second.url}/api/practice-room/${room.roomId}`, {
      headers: { authorization: `Bearer ${second.key}` },
    });
    expect(again.status).toBe(200);
  });

  it('stops when npm gets the signal', async () => {
    const app = await start({ npm_config_loglevel: 'error' }, ['npm', 'start']);
    const postgres = postgresPid();
    expect(await stop(app)).toBe(0);
    expect(isAlive(postgres)).toBe(false);
  });

  it('names in one line the folder or port that it cannot use', async () => {
    const one = await start();
    const sameFolder = await start();
    expect([await sameFolder.ended, sameFolder.output()]).toEqual([
      1,
      `cannot start: DATA_DIR ${join(parent, 'data')} is in use by another running instance: stop it, or set ` +
        `DATA_DIR to another folder\n`,
    ]);

    const samePort = await start({ PORT: new URL(one.url).port, DATA_DIR: join(parent, 'other') });
    expect([await samePort.ended, samePort.output()]).toEqual([
      1,
      `cannot start: port ${new URL(one.url).port} is in use: set PORT to another, or stop the process that listens there\n`,
    ]);

    writeFileSync(join(parent, 'file'), '');
    const noFolder = await start({ DATA_DIR: join(parent, 'file') });
    expect([await noFolder.ended, noFolder.output()]).toEqual([
      1,
      `cannot start: the folder ${join(parent, 'file')} cannot be used (EEXIST): choose another with DATA_DIR\n`,
    ]);

    const badPort = await start({ PORT: 'eighty', LOG_LEVEL: 'loud' });
    expect(await badPort.ended).toBe(1);
    expect(badPort.output()).toMatch(/LOG_LEVEL: [^\n]*\n\s*PORT: must be a whole number\n$/);
    expect(badPort.output()).not.toContain('eighty');
  });

  it('prints its own key and no given secret', async () => {
    const secrets = {
      API_KEYS: 'shop:the-key-of-the-shop',
      INBOUND_TOKEN: 'the-inbound-token',
      TOKEN_SECRET: 'the-token-secret',
    };
    const app = await start({ ...secrets, LOG_LEVEL: 'trace' });
    expect(app.output()).toContain('Bearer $API_KEY"');
    app.key = 'the-key-of-the-shop';
    expect((await book(app, 'given')).status).toBe(201);
    await eventually('the mail', async () => (await mailsTo(app, 'given-guest@example.org')).length === 1);
    await stop(app);
    for (const secret of ['the-key-of-the-shop', 'the-inbound-token', 'the-token-secret'])
      expect(app.output()).not.toContain(secret);
    expect(statSync(join(parent, 'data', 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('has no mailbox where mails really leave', async () => {
    const relay = createServer((socket) => socket.end('554 no\r\n'));
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    const address = relay.address();
    try {
      const app = await start({ SMTP_URL: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` });
      expect((await fetch(`${app.url}/dev/mails`)).status).toBe(404);
      expect(app.output()).not.toContain('dev/mails');
      await stop(app);
    } finally {
      relay.close();
    }
  });

  it('makes nothing up in production', async () => {
    const missing = await start({ NODE_ENV: 'production', LOG_LEVEL: 'loud', DATA_DIR: join(parent, 'production') });
    expect(await missing.ended).toBe(1);
    const faults = ['API_KEYS', 'INBOUND_TOKEN', 'LOG_LEVEL', 'TOKEN_SECRET'].map((name) =>
      name === 'LOG_LEVEL' ? expect.stringMatching(/^LOG_LEVEL: must be one of/) : `${name}: must be set in production`,
    );
    expect(
      missing
        .output()
        .replace('cannot start: ', '')
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(faults);
    expect(existsSync(join(parent, 'production'))).toBe(false);
  });

  it('works on a given Postgres and RabbitMQ and leaves its own out', async () => {
    const database = await freshDatabase();
    const prefix = freshPrefix();
    const folder = join(parent, 'given');
    const app = await start({
      DATABASE_URL: database.url,
      RABBITMQ_URL: brokerUrl(),
      BROKER_PREFIX: prefix,
      DATA_DIR: folder,
    });
    expect((await book(app, 'outside')).status).toBe(201);
    await eventually(
      'both mails',
      async () =>
        (await mailsTo(app, 'outside-host@example.com')).length === 1 &&
        (await mailsTo(app, 'outside-guest@example.org')).length === 1,
    );
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
    expect(await database.db.query('select count(*)::int as rooms from practice_rooms')).toEqual([{ rooms: 1 }]);
    expect(await stop(app)).toBe(0);
    await dropPrefix(prefix);
    await database.drop();
  });
});
