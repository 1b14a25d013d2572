// Large bodies without a credential, sixteen at a time: what is refused before it is read, and how much of the rest is
// in memory at most.
// On real sockets against the ingestor's own HTTP side; the client's bytes are one shared buffer, so that memory is
// the server's.
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpApp } from '#service';
import { ImipIngestorModule } from '../../../apps/imip-ingestor/src/app.module';
import { inThisThread } from '../../../apps/imip-ingestor/src/inbox/read-whole';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

const mebibyte = 1024 * 1024;
const secret = 'a-secret-of-at-least-thirty-two-characters';
const body = Buffer.alloc(14 * mebibyte, 'a');

let fresh: FreshDatabase;
let app: NestFastifyApplication;
let url: URL;

beforeAll(async () => {
  fresh = await freshDatabase();
  const settings = {
    ORGANIZER_EMAIL: 'scheduling@meet.example',
    INBOUND_TOKEN: secret,
    TOKEN_SECRET: secret,
    INBOUND_TRUST: 'lenient',
    MAILGUN_SIGNING_KEY: 'key-mailgun',
    POSTMARK_WEBHOOK_AUTH: 'post:mark',
  } as const;
  const logger = pino({ level: 'silent' });
  const module = ImipIngestorModule.with({ settings, database: fresh.db, logger, readings: inThisThread });
  app = await createHttpApp({ imports: [module], checks: [], logger });
  await app.listen(0, '127.0.0.1');
  url = new URL(await app.getUrl());
});
afterAll(async () => {
  await app.close();
  await fresh.drop();
});

interface Answer {
  status: number;
  head: string;
}

/** Sends the whole body whatever is answered meanwhile; `chunked`: without saying how long it is. */
function send(
  path: string,
  headers: Record<string, string>,
  { bytes = body, chunked = false, atOnce = false } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), '127.0.0.1');
    let response = '';
    socket.on('data', (chunk) => {
      response += chunk.toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(response)?.[1];
      if (!response.includes('\r\n\r\n') || status === undefined) return;
      resolve({ status: Number(status), head: response.slice(0, response.indexOf('\r\n\r\n')) });
      socket.destroy();
    });
    // A server that has answered may close while the rest is still on its way (EPIPE): what counts is the answer.
    socket.on('error', () => undefined);
    socket.on('close', () => reject(new Error('closed without an answer')));
    const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(bytes.length) };
    const lines = Object.entries({ host: 'x', ...length, ...headers }).map(([name, value]) => `${name}: ${value}`);
    socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    if (chunked) socket.write(`${bytes.length.toString(16)}\r\n`);
    // In one write the answer is read even where the server closes behind it.
    const end = chunked ? '\r\n0\r\n\r\n' : '';
    if (!atOnce) return void pour(socket, bytes, end);
    socket.write(bytes);
    socket.write(end);
  });
}

/** Piece by piece, as the other side takes them: the sender shares this thread and must not be what blocks it. */
async function pour(socket: Socket, bytes: Buffer, end: string): Promise<void> {
  for (let at = 0; at < bytes.length && !socket.destroyed; at += 128 * 1024)
    if (!socket.write(bytes.subarray(at, at + 128 * 1024)))
      await new Promise<void>((resolve) => {
        socket.once('drain', resolve);
        socket.once('close', resolve);
      });
  if (!socket.destroyed) socket.write(end);
}

/** Bodies that are expensive to read before their sender is known. */
const forms = [
  ['multipart/form-data; boundary=x', 'a'],
  ['multipart/form-data; boundary=x', '--x\r\n\r\n'],
  ['application/x-www-form-urlencoded', 'a=%41&'],
  ['application/x-www-form-urlencoded', '%41'],
].map(([type = '', fill = '']) => ({ type, bytes: Buffer.alloc(body.length, fill) }));

interface Strain {
  answers: Answer[];
  /** Most bytes that buffers took above what they took before. */
  peakBytes: number;
  /**
   * Longest time in which the health page could not be answered, in milliseconds of CPU: what a busy machine adds
   * does not count.
   */
  longestBlockMs: number;
}

/** The least strain of up to three runs, ended by the first that blocks for less than `blockMs`: compiling is not it. */
async function leastStrain(one: (n: number) => Promise<Answer>, blockMs: number): Promise<Strain> {
  let least = await sixteen(one);
  for (let again = 0; again < 2 && least.longestBlockMs >= blockMs; again += 1) least = await sixteen(one);
  return least;
}

/** Sixteen at a time, while the health page is asked over and over. */
async function sixteen(one: (n: number) => Promise<Answer>): Promise<Strain> {
  const before = process.memoryUsage().arrayBuffers;
  let [peakBytes, longestBlockMs, over] = [0, 0, false];
  let usage = process.threadCpuUsage();
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().arrayBuffers - before);
    const { user, system } = process.threadCpuUsage(usage);
    longestBlockMs = Math.max(longestBlockMs, (user + system) / 1_000);
    usage = process.threadCpuUsage();
  }, 5);
  const asking = (async () => {
    while (!over) {
      expect((await fetch(new URL('/health/live', url))).status).toBe(200);
    }
  })();
  const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => one(n)));
  over = true;
  await asking;
  clearInterval(watch);
  return { answers, peakBytes, longestBlockMs };
}

const bearer = { authorization: `Bearer ${secret}` };
const mail = { 'content-type': 'message/rfc822' };

describe('a body that is not accepted is refused before it is read', () => {
  it.each<[string, string, Record<string, string>, number]>([
    ['to a provider that is off', '/api/imip/inbound/sendgrid', {}, 404],
    ['to a provider that there is not', '/api/imip/inbound/pigeon/mime', mail, 404],
    ['with events of a provider that is off', '/api/hooks/email-status/ses', {}, 404],
    ['without the provider\u2019s password', '/api/imip/inbound/postmark', { 'content-type': 'application/json' }, 401],
    ['to the raw webhook without its token', '/api/imip/inbound', mail, 401],
    ['as another type than a mail', '/api/imip/inbound', { ...bearer, 'content-type': 'text/plain' }, 415],
    [
      'as a mail to a route that takes none, in any case',
      '/api/hooks/email-status',
      { ...bearer, 'content-type': 'MESSAGE/RFC822' },
      415,
    ],
    ['without a type', '/api/hooks/email-status', bearer, 415],
    ['to an address that there is not', '/api/nothing', mail, 404],
  ])('%s', async (_what, path, headers, status) => {
    // Every other one does not say how long it is.
    const { answers, peakBytes, longestBlockMs } = await leastStrain(
      (n) => send(path, headers, { chunked: n % 2 === 1 }),
      1_500,
    );
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
    // Chunks that were thrown away stay until the next collection; sixteen bodies would be 224 MiB.
    expect(peakBytes).toBeLessThan(96 * mebibyte);
    expect(longestBlockMs).toBeLessThan(1_500);
  });
});

describe('bodies whose sender is known only when they are read', () => {
  it.each([false, true])(
    'are in memory up to a cap, beyond which they are refused with 503 (chunked: %p)',
    async (chunked) => {
      const { answers, peakBytes, longestBlockMs } = await leastStrain((n) => {
        const { type, bytes } = forms[n % forms.length] ?? { type: '', bytes: body };
        return send('/api/imip/inbound/mailgun', { 'content-type': type }, { bytes, chunked, atOnce: true });
      }, 1_500);
      const refused = answers.filter(({ status }) => status === 503);
      expect(answers.filter(({ status }) => status !== 503).map(({ status }) => status)).toEqual(
        answers.slice(refused.length).map(() => 401),
      );
      // How many depends on how far apart a busy machine lets them arrive; the bytes below show the cap.
      expect(refused.length).toBeGreaterThanOrEqual(1);
      for (const { head } of refused) expect(head).toMatch(/^retry-after: [1-9]/im);
      // What is held, and the copies that each whole body becomes; without a cap more than 448 MiB.
      expect(peakBytes).toBeLessThan(224 * mebibyte);
      expect(longestBlockMs).toBeLessThan(1_500);
    },
  );

  it('leave room for bodies with a valid credential, and release their own', async () => {
    const slow = new Set<Socket>();
    const beginSlowly = (): void => {
      const socket = connect(Number(url.port), '127.0.0.1');
      slow.add(socket);
      socket.on('error', () => undefined);
      // Refused itself where one of the others below was read first.
      socket.on('data', () => slow.delete(socket));
      socket.write(
        `POST /api/imip/inbound/mailgun HTTP/1.1\r\nhost: x\r\ncontent-type: a/b\r\ncontent-length: ${body.length}\r\n\r\n`,
      );
      socket.write(body.subarray(0, 7.5 * mebibyte));
    };
    const tried = (): Promise<Answer> =>
      send('/api/imip/inbound/mailgun', { 'content-type': 'a/b' }, { bytes: body.subarray(0, 5 * mebibyte) });
    try {
      await eventually('bodies without a credential have used up their share', async () => {
        while (slow.size < 4) beginSlowly();
        return (await tried()).status === 503;
      });
      const raw = Buffer.from(`Message-ID: <${randomUUID()}@guest.example>\r\n\r\n${'a'.repeat(2 * mebibyte)}`);
      expect((await send('/api/imip/inbound', { ...bearer, ...mail }, { bytes: raw })).status).toBe(202);
    } finally {
      for (const socket of slow) socket.destroy();
    }
    await eventually('their share is free again', async () => (await tried()).status === 401);
  });
});
