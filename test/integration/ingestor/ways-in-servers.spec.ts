// The ways in that mail servers use, with real ones: a Dovecot that is polled, a Postfix that delivers by LMTP and by
// pipe.
// Nothing is marked, moved or confirmed before it is stored, nothing is stored twice, and after a fault of ours a mail
// stays where it was.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ImapFlow } from 'imapflow';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTransport } from 'nodemailer';
import { pino } from 'pino';
import { createHttpApp } from '#service';
import { Database } from '#persistence';
import { ImipIngestorModule } from '../../../apps/imip-ingestor/src/app.module';
import { Ingest } from '../../../apps/imip-ingestor/src/inbox/ingest';
import { openMail } from '#sealing';
import { imapAccount, ImapPoller } from '../../../apps/imip-ingestor/src/ways-in/imap';
import { inThisThread } from '../../../apps/imip-ingestor/src/inbox/read-whole';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { type Dovecot, type Postfix, startDovecot, startPostfix } from '../../support/mail-servers';

const secret = 'a-secret-of-at-least-thirty-two-characters';
const logger = pino({ level: 'silent' });
const pipe = join(__dirname, '..', '..', '..', 'apps', 'imip-ingestor', 'bin', 'pipe.mjs');

let fresh: FreshDatabase;
const nowhere = new Database({ url: 'postgres://postgres@127.0.0.1:1/none', applicationName: 'test' });
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(async () => {
  await fresh.drop();
  await nowhere.close();
});

interface StoredMail {
  way_in: string;
  envelope_from: string | null;
  envelope_to: string | null;
  state: string;
  client_address: string | null;
  raw: Buffer;
}
/** Every stored mail that contains this word. */
async function storedWith(word: string): Promise<StoredMail[]> {
  const rows = await fresh.db.query<{
    id: string;
    key_id: string;
    sealed: Buffer;
    way_in: string;
    envelope_from: string | null;
    envelope_to: string | null;
    state: string;
    client_address: string | null;
  }>(
    `select id, key_id, sealed, way_in, envelope_from, envelope_to, state, client_address from imip_messages
        join raw_mails using (id)`,
  );
  return rows
    .map(({ id, key_id: keyId, sealed, ...row }) => ({
      ...row,
      raw: openMail({ current: secret }, id, { keyId, sealed }),
    }))
    .filter(({ raw }) => raw.includes(word));
}
/** Writes each line after the reply to the one before; the replies, those of several lines by their last. */
async function speakLmtp(port: number, lines: string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  const replies: string[] = [];
  for await (const line of createInterface({ input: socket })) {
    if (!/^\d{3} /.test(line)) continue;
    replies.push(line);
    const next = lines.shift();
    if (next !== undefined) socket.write(`${next}\r\n`);
  }
  return replies;
}
const mail = (word: string, body = 'hello'): Buffer =>
  Buffer.from(`From: gil@guest.test\r\nTo: scheduling@lmtp.test\r\nSubject: ${word}\r\n\r\n${body}\r\n`);

describe('a Dovecot that is polled', () => {
  let dovecot: Dovecot;
  const pollers: ImapPoller[] = [];
  beforeAll(async () => {
    dovecot = await startDovecot();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(pollers.splice(0).map((each) => each.stop()));
  });
  afterAll(() => dovecot.remove());

  /** Woken by the server alone, unless set otherwise. */
  const poll = (
    address: string,
    pollSeconds = 3_600,
    database: Database = fresh.db,
    onStored = (): unknown => undefined,
  ): ImapPoller => {
    const ingest = new Ingest(database, { current: secret });
    const store = ingest.store.bind(ingest);
    ingest.store = (raw, arrival) => store(raw, arrival).finally(onStored);
    const poller = new ImapPoller(ingest, { account: imapAccount(address), pollSeconds, logger });
    pollers.push(poller);
    poller.start();
    return poller;
  };

  async function asUser<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: dovecot.port,
      secure: false,
      auth: { user, pass: 'secret' },
      logger: false,
    });
    await client.connect();
    try {
      await client.mailboxOpen('INBOX');
      return await work(client);
    } finally {
      await client.logout();
    }
  }
  const flagsIn = (user: string): Promise<string[][]> =>
    asUser(user, async (client) =>
      (await client.fetchAll('1:*', { flags: true })).map(({ flags }) =>
        [...(flags ?? [])].filter((flag) => flag !== '\\Recent').sort(),
      ),
    );

  it('every mail is stored byte for byte and then marked, and new ones come by IDLE', async () => {
    const [user, word] = ['idle', randomUUID()];
    const first = Buffer.concat([mail(word), Buffer.from([0xff, 0xfe, 0x0d, 0x0a])]);
    await asUser(user, (client) => client.append('INBOX', first));
    poll(dovecot.url(user));
    expect((await eventually('the first is stored', async () => (await storedWith(word))[0])).raw.equals(first)).toBe(
      true,
    );
    await asUser(user, (client) => client.append('INBOX', mail(word, 'second')));
    await eventually('the second is stored without a poll', async () => (await storedWith(word)).length === 2);
    await eventually(
      'both are marked, and unread for a person',
      async () =>
        JSON.stringify(await flagsIn(user)) === JSON.stringify([['$SchedulingStored'], ['$SchedulingStored']]),
    );
  });

  it('three replicas at one folder store each mail once', async () => {
    const [user, word] = ['crowd', randomUUID()];
    await asUser(user, async (client) => {
      for (let n = 0; n < 25; n++) await client.append('INBOX', mail(word, `mail ${n}`));
    });
    for (let n = 0; n < 3; n++) poll(dovecot.url(user));
    await eventually('all are stored', async () => (await storedWith(word)).length >= 25);
    await eventually('all are marked', async () =>
      (await flagsIn(user)).every((flags) => flags.includes('$SchedulingStored')),
    );
    expect(await storedWith(word)).toHaveLength(25);
  });

  it('what is stored is moved where that is wanted; a mark that got lost stores nothing twice', async () => {
    const [user, word] = ['mover', randomUUID()];
    await asUser(user, async (client) => {
      await client.mailboxCreate('Done');
      await client.append('INBOX', mail(word));
    });
    poll(dovecot.url(user, 'INBOX?moveTo=Done'));
    await eventually('it is moved', async () =>
      asUser(user, async (client) => ((await client.status('Done', { messages: true })) || {}).messages === 1),
    );
    expect(await storedWith(word)).toHaveLength(1);
    const [other, otherWord] = ['forgetful', randomUUID()];
    await asUser(other, (client) => client.append('INBOX', mail(otherWord)));
    poll(dovecot.url(other), 1);
    await eventually('it is marked', async () => (await flagsIn(other))[0]?.length === 1);
    await asUser(other, (client) => client.messageFlagsRemove('1:*', ['$SchedulingStored']));
    await eventually('it is marked again', async () => (await flagsIn(other))[0]?.length === 1);
    expect(await storedWith(otherWord)).toHaveLength(1);
  });

  it('where the folder to move to does not exist, what is stored is marked, and later mails are stored too', async () => {
    const [user, word] = ['no-folder', randomUUID()];
    await asUser(user, async (client) => {
      for (let n = 0; n < 51; n++) await client.append('INBOX', mail(word, `mail ${n}`));
    });
    poll(dovecot.url(user, 'INBOX?moveTo=Missing'));
    await eventually('all are stored', async () => (await storedWith(word)).length === 51);
    await eventually('all are marked', async () =>
      (await flagsIn(user)).every((flags) => flags.includes('$SchedulingStored')),
    );
  });

  it('where nothing may be marked, later mails are stored too, each once', async () => {
    const [user, word] = ['reader', randomUUID()];
    await asUser(user, async (client) => {
      for (let n = 0; n < 51; n++) await client.append('INBOX', mail(word, `mail ${n}`));
    });
    poll(dovecot.url(user));
    await eventually('all are stored', async () => (await storedWith(word)).length === 51);
    await asUser(user, (client) => client.append('INBOX', mail(word, 'mail 51')));
    await eventually('the last is stored', async () => (await storedWith(word)).length === 52);
    expect(await flagsIn(user)).not.toContainEqual(['$SchedulingStored']);
  });

  it('nothing is marked while nothing can be stored, and a server that goes away is found again', async () => {
    const [user, word] = ['trouble', randomUUID()];
    await asUser(user, (client) => client.append('INBOX', mail(word)));
    let tried = 0;
    const broken = poll(dovecot.url(user), 1, nowhere, () => tried++);
    await eventually('the broken replica has tried', () => tried > 0);
    await broken.stop();
    expect(await flagsIn(user)).toEqual([[]]);
    await dovecot.stop();
    poll(dovecot.url(user), 1);
    await dovecot.start();
    await eventually('it is stored once the server is back', async () => (await storedWith(word)).length === 1, {
      timeoutMs: 40_000,
    });
  });

  it('a server that refuses connections is tried again after a pause', async () => {
    const warnings: number[] = [];
    const counting = pino({ level: 'warn' }, { write: () => void warnings.push(Date.now()) });
    const account = imapAccount(`imap://gil:secret@127.0.0.1:${await freePort()}`);
    const ingest = new Ingest(fresh.db, { current: secret });
    const poller = new ImapPoller(ingest, { account, pollSeconds: 1, logger: counting });
    pollers.push(poller);
    poller.start();
    await eventually('it is tried twice', () => warnings.length >= 2);
    expect((warnings[1] ?? 0) - (warnings[0] ?? 0)).toBeGreaterThanOrEqual(1_500);
  });

  it('of a mail above the limit its beginning is kept for a person', async () => {
    const [user, word] = ['large', randomUUID()];
    await asUser(user, (client) => client.append('INBOX', mail(word, 'x'.repeat(70).concat('\r\n').repeat(160_000))));
    poll(dovecot.url(user));
    expect(await eventually('it is quarantined', async () => (await storedWith(word))[0])).toMatchObject({
      state: 'quarantined',
    });
  });
});

describe('a mail server that delivers', () => {
  let app: NestFastifyApplication | undefined;
  let postfix: Postfix;
  let [lmtpPort, httpPort] = [0, 0];
  const settings = () =>
    ({
      ORGANIZER_EMAIL: 'scheduling@lmtp.test',
      INBOUND_TOKEN: secret,
      TOKEN_SECRET: secret,
      INBOUND_TRUST: 'lenient',
      LMTP_PORT: lmtpPort,
    }) as const;
  const startIngestor = async (database: Database = fresh.db): Promise<void> => {
    app = await createHttpApp({
      imports: [ImipIngestorModule.with({ settings: settings(), database, logger, readings: inThisThread })],
      checks: [],
      logger,
    });
    await app.listen(httpPort, '127.0.0.1');
  };
  const stopIngestor = async (): Promise<void> => {
    await app?.close();
    app = undefined;
  };

  beforeAll(async () => {
    [lmtpPort, httpPort] = [await freePort(), await freePort()];
    postfix = await startPostfix({
      lmtpPort,
      pipe,
      pipeOptions: ['--url', `http://127.0.0.1:${httpPort}`],
      token: secret,
    });
    await startIngestor();
  }, 60_000);
  afterAll(async () => {
    await postfix.remove();
    await stopIngestor();
  }, 60_000);

  const smtp = async (
    from: string,
    to: string | string[],
    raw: Buffer,
    via: { port: number; lmtp?: boolean } = postfix,
  ): Promise<number[]> => {
    const transport = createTransport({
      host: '127.0.0.1',
      port: via.port,
      ignoreTLS: true,
      ...(via.lmtp ? { lmtp: true } : {}),
    });
    try {
      const { rejectedErrors = [] } = await transport.sendMail({ envelope: { from, to }, raw });
      // In LMTP a refusal after DATA concerns one recipient, and the others not.
      return rejectedErrors.map((error) => error.responseCode ?? 0);
    } finally {
      transport.close();
    }
  };

  it.each(['lmtp', 'pipe'])('Postfix by %s: stored with its envelope, the null sender as well', async (way) => {
    const [word, other] = [randomUUID(), randomUUID()];
    await smtp('gil@guest.test', `scheduling+tag@${way}.test`, mail(word));
    expect(await eventually('it is stored', async () => (await storedWith(word))[0])).toMatchObject({
      way_in: way === 'lmtp' ? 'lmtp' : 'webhook',
      envelope_from: 'gil@guest.test',
      envelope_to: `scheduling+tag@${way}.test`,
      client_address: '127.0.0.1',
    });
    await smtp('', `scheduling@${way}.test`, mail(other));
    expect(await eventually('it is stored', async () => (await storedWith(other))[0])).toMatchObject({
      envelope_from: '',
    });
    expect(postfix.log()).toMatch(new RegExp(`relay=${way === 'lmtp' ? '127' : 'ingest'}.*status=sent`));
  });

  it.each(['lmtp', 'pipe'])(
    'Postfix by %s keeps a mail while the ingestor is away or cannot store, and delivers it once afterwards',
    async (way) => {
      const word = randomUUID();
      await stopIngestor();
      await smtp('gil@guest.test', `scheduling@${way}.test`, mail(word));
      const deferrals = (): number => [...postfix.log().matchAll(/status=(deferred|bounced)/g)].length;
      const before = await eventually('it is deferred', () => /status=deferred/.test(postfix.log()) && deferrals());
      await startIngestor(nowhere);
      await eventually('it is deferred again', () => deferrals() > before, { timeoutMs: 40_000 });
      await stopIngestor();
      await startIngestor();
      await eventually('it is stored', async () => (await storedWith(word)).length === 1, { timeoutMs: 40_000 });
      expect(postfix.log()).not.toContain('status=bounced');
      expect(await storedWith(word)).toHaveLength(1);
    },
    60_000,
  );

  it('LMTP answers each recipient, refuses what is too large for good and what cannot be stored for now', async () => {
    const [word, via] = [randomUUID(), { port: lmtpPort, lmtp: true }];
    await smtp('gil@guest.test', ['scheduling@lmtp.test', 'scheduling+b@lmtp.test'], mail(word), via);
    expect(await storedWith(word)).toMatchObject([{ envelope_to: 'scheduling@lmtp.test, scheduling+b@lmtp.test' }]);
    expect(
      await smtp('gil@guest.test', 'scheduling@lmtp.test', Buffer.alloc(10 * 1024 * 1024 + 100, 'a\r\n'), via),
    ).toEqual([552]);
    await stopIngestor();
    await startIngestor(nowhere);
    expect(await smtp('gil@guest.test', ['scheduling@lmtp.test', 'scheduling+b@lmtp.test'], mail(word), via)).toEqual([
      451, 451,
    ]);
    await stopIngestor();
    await startIngestor();
  });

  it.each(['"gil..guest"@guest.test', 'gil..guest@guest.test', 'gil.@guest.test', 'gil@mail_out.guest.test'])(
    'LMTP takes a mail of %s',
    async (sender) => {
      const word = randomUUID();
      const lines = [
        'LHLO guest.test',
        `MAIL FROM:<${sender}>`,
        'RCPT TO:<scheduling@lmtp.test>',
        'DATA',
        `${mail(word)}.`,
      ];
      expect((await speakLmtp(lmtpPort, [...lines, 'QUIT'])).at(-2)).toMatch(/^250 /);
      expect(await storedWith(word)).toMatchObject([{ envelope_from: sender }]);
    },
  );

  it('LMTP answers twice where a recipient is given twice (RFC 2033 4.2)', async () => {
    const word = randomUUID();
    const lines = ['LHLO guest.test', 'MAIL FROM:<gil@guest.test>'];
    const twice = ['RCPT TO:<scheduling@lmtp.test>', 'RCPT TO:<Scheduling@lmtp.test>'];
    const replies = await speakLmtp(lmtpPort, [...lines, ...twice, 'DATA', `${mail(word)}.`, 'QUIT']);
    expect(replies.slice(-4)).toEqual([
      expect.stringMatching(/^354 /),
      expect.stringMatching(/^250 2.0.0 stored/),
      expect.stringMatching(/^250 2.0.0 stored/),
      expect.stringMatching(/^221 /),
    ]);
    expect(await storedWith(word)).toMatchObject([{ envelope_to: 'scheduling@lmtp.test, Scheduling@lmtp.test' }]);
  });

  const runPipe = async (args: string[], input: Buffer, env: Record<string, string> = {}): Promise<number | null> => {
    const child = spawn(process.execPath, [pipe, ...args], { env, stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    return new Promise((resolve) => child.once('exit', resolve));
  };

  it('the pipe ends with 0 or, whatever goes wrong, with 75', async () => {
    const [word, url] = [randomUUID(), `http://127.0.0.1:${httpPort}`];
    expect(
      await runPipe(['--url', url, '--from', '', '--to', 'scheduling@pipe.test'], mail(word), {
        INBOUND_TOKEN: secret,
      }),
    ).toBe(0);
    expect(await storedWith(word)).toMatchObject([{ envelope_from: '', envelope_to: 'scheduling@pipe.test' }]);
    for (const [args, env] of [
      [['--url', url], {}],
      [['--url', url], { INBOUND_TOKEN: 'another' }],
      [['--url', 'http://127.0.0.1:1'], { INBOUND_TOKEN: secret }],
      [['--url', 'no address'], { INBOUND_TOKEN: secret }],
      [['--url', url, '--token-file', '/does/not/exist'], {}],
      [['--colour', 'red'], { INBOUND_TOKEN: secret }],
    ] as [string[], Record<string, string>][])
      expect(await runPipe(args, mail(word), env)).toBe(75);
    expect(await runPipe(['--url', url], Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), { INBOUND_TOKEN: secret })).toBe(65);
    expect(await storedWith(word)).toHaveLength(1);
  });
});
