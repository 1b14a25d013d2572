// Mails that take too long to read, by a real fault planted in the reading threads: they delay no other mail, are read
// once more in a pool of their own, and end in quarantine; an overloaded machine is not a mail's fault.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pino } from 'pino';
import { IMipIngestor } from '../../../apps/imip-ingestor/src/inbox/imip-ingestor';
import { Ingest } from '../../../apps/imip-ingestor/src/inbox/ingest';
import { inThisThread, type RawMailReader } from '../../../apps/imip-ingestor/src/inbox/read-whole';
import { MailReader } from '../../../apps/imip-ingestor/src/inbox/reader';
import { ReadingError } from '../../../apps/imip-ingestor/src/inbox/reading-error';
import { ReadingPools } from '../../../apps/imip-ingestor/src/inbox/reading-pools';
import { freshDatabase, type FreshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

const secrets = { current: 'a-secret-of-at-least-thirty-two-characters' };
const logger = pino({ level: 'silent' });
const trust = { organizer: 'scheduling@meet.example', authservId: null, mode: 'lenient' } as const;

jest.setTimeout(240_000);

let fresh: FreshDatabase;
let ingest: Ingest;
let reader: MailReader;
let readings: RawMailReader;

beforeEach(async () => {
  fresh = await freshDatabase({ organizerDomain: 'meet.example' });
  ingest = new Ingest(fresh.db, secrets);
});
afterEach(async () => {
  await reader.stop();
  await readings.close();
  await fresh.drop();
});

function start(by: RawMailReader): void {
  readings = by;
  reader = new MailReader(fresh.db, new IMipIngestor(trust, by), { secrets, logger, pollMs: 100 });
  reader.start();
}

const store = (subject: string): Promise<string> =>
  ingest.store(
    Buffer.from(`From: gil@guest.example\r\nSubject: ${subject}\r\nMessage-ID: <${randomUUID()}@x>\r\n\r\nHello\r\n`),
    {
      wayIn: 'webhook',
      envelopeFrom: null,
      envelopeTo: null,
    },
  );

interface Row {
  state: string;
  why: string | null;
  attempts: number;
  is_slow: boolean;
}
const rowOf = async (id: string): Promise<Row | undefined> =>
  (await fresh.db.query<Row>('select state, why, attempts, is_slow from imip_messages where id = $1', [id]))[0];
const readRow = (id: string): Promise<Row> =>
  eventually(
    'the mail is read or quarantined',
    async () => {
      const row = await rowOf(id);
      return row !== undefined && row.state !== 'stored' && row;
    },
    { timeoutMs: 120_000 },
  );

it(
  'eight mails that would be read for ever delay a later reply by no more than their slices, and are ' +
    'quarantined after one more attempt each',
  async () => {
    const pools = new ReadingPools({
      entry: join(__dirname, '../../support/runaway-thread.cjs'),
      sliceMs: 50,
      cpuMs: 600,
      wallMs: 60_000,
    });
    pools.warm();
    const slow = [];
    for (let n = 0; n < 8; n += 1) slow.push(await store('spin'));
    const good = await store('an answer');
    start(pools);
    expect(await readRow(good)).toMatchObject({ state: 'read', attempts: 1, is_slow: false });
    // In order they would have had to end before it; the slow pool may have had the time for a few.
    const waiting = await fresh.db.query(`select id from imip_messages where state = 'stored' and is_slow`);
    expect(waiting.length).toBeGreaterThanOrEqual(4);
    for (const id of slow)
      expect(await readRow(id)).toEqual({
        state: 'quarantined',
        why: 'unreadable: TimedOut',
        attempts: 2,
        is_slow: true,
      });
  },
);

it('a mail that fills the memory is quarantined likewise, and the thread that it ended is replaced', async () => {
  const pools = new ReadingPools({
    entry: join(__dirname, '../../support/runaway-thread.cjs'),
    sliceMs: 60_000,
    cpuMs: 60_000,
    wallMs: 100_000,
    heapMegabytes: 64,
  });
  const [hoard, good] = [await store('hoard'), await store('an answer')];
  start(pools);
  expect(await readRow(good)).toMatchObject({ state: 'read', attempts: 1 });
  expect(await readRow(hoard)).toMatchObject({ state: 'quarantined', why: 'unreadable: OutOfMemory', attempts: 2 });
});

it.each(['Starved', 'NeverStarted'])(
  'a mail that was not read because the machine could not (%s) is read later, its attempt uncounted',
  async (name) => {
    let failures = 0;
    start({
      ...inThisThread,
      read: (...mail) => (failures++ < 7 ? Promise.reject(new ReadingError(name)) : inThisThread.read(...mail)),
    });
    expect(await readRow(await store('an answer'))).toMatchObject({ state: 'read', attempts: 1, is_slow: false });
    expect(failures).toBe(8);
  },
);

it('a stop waits for no mail of the slow pool, and returns it uncounted', async () => {
  const pools = new ReadingPools({
    entry: join(__dirname, '../../support/runaway-thread.cjs'),
    cpuMs: 600_000,
    wallMs: 600_000,
  });
  const id = await store('spin');
  start(pools);
  await eventually(
    'the slow pool has it',
    async () => {
      const row = await rowOf(id);
      return row?.is_slow === true && row.attempts === 2;
    },
    { timeoutMs: 120_000 },
  );
  const begun = performance.now();
  await reader.stop();
  expect(performance.now() - begun).toBeLessThan(30_000);
  expect(await rowOf(id)).toMatchObject({ state: 'stored', attempts: 1, is_slow: true });
});
