import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWhole } from './read-whole';
import { ReadingPool, type ReadingPoolOptions } from './reading-pool';

const support = join(__dirname, '../../../../test/support');
const corpus = join(__dirname, '../../../../test/corpus/mails');
const entry = join(support, 'typescript-thread.cjs');
/** The same with a fault in it. */
const runaway = join(support, 'runaway-thread.cjs');
const mail = readFileSync(join(corpus, 'google-accepted.eml'));

jest.setTimeout(120_000);

const pools: ReadingPool[] = [];
const folder = mkdtempSync(join(tmpdir(), 'threads-'));
const pool = (options: ReadingPoolOptions): ReadingPool => {
  const made = new ReadingPool(options);
  pools.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(pools.splice(0).map((each) => each.close()));
});
afterAll(() => rm(folder, { recursive: true }));

/** A thread whose parser does not end on some mails. */
function unreliable(): string {
  const file = join(folder, 'unreliable.cjs');
  writeFileSync(
    file,
    `const { parentPort } = require('node:worker_threads');
     const cpu = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
     parentPort.on('message', ({ mails }) => {
       const outcomes = mails.map(outcomeOf);
       parentPort.postMessage({ outcomes, cpuMs: cpu() });
     });
     const outcomeOf = ({ raw }) => {
       const text = Buffer.from(raw).toString();
       if (text === 'spin') for (;;);
       if (text === 'hoard') for (const all = []; ; ) all.push(new Array(100_000).fill({}));
       if (text === 'die') process.exit(3);
       if (text.startsWith('wait')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(text.slice(4)));
       const fault = { name: 'TypeError', at: '    at parser (x.js:1:1)' };
       return text === 'throw' ? { fault } : { read: { text } };
     };
     parentPort.postMessage({ outcomes: [], cpuMs: cpu() });`,
  );
  return file;
}

describe('the reading threads', () => {
  it('read a mail as this thread would', async () => {
    const threads = pool({ entry });
    expect(await threads.read(mail, 'gil@guest.example')).toEqual(readWhole(mail, 'gil@guest.example'));
  });

  it.each([
    ['spin', 'TimedOut'],
    ['hoard', 'OutOfMemory'],
    ['die', 'ThreadLost'],
    ['throw', 'TypeError'],
  ])('give up a mail that makes the parser %s, and read the ones before and behind it', async (word, name) => {
    const threads = pool({ entry: unreliable(), cpuMs: 1_500, heapMegabytes: 32 });
    const before = threads.read(Buffer.from('before'), null);
    const bad = threads.read(Buffer.from(word), null);
    const behind = threads.read(Buffer.from('behind'), null);
    await expect(before).resolves.toEqual({ text: 'before' });
    await expect(bad).rejects.toMatchObject({ name, message: 'a mail could not be read' });
    await expect(behind).resolves.toEqual({ text: 'behind' });
  });

  it('count the CPU of a mail, not the time that its thread waits for some', async () => {
    const threads = pool({ entry: unreliable(), cpuMs: 300 });
    await expect(threads.read(Buffer.from('wait 1200'), null)).resolves.toEqual({ text: 'wait 1200' });
    const begun = performance.now();
    await expect(threads.read(Buffer.from('spin'), null)).rejects.toMatchObject({ name: 'TimedOut' });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(300);
  });

  it('distinguish a starved mail from one that used up its CPU', async () => {
    const threads = pool({ entry: unreliable(), cpuMs: 300, wallMs: 1_000 });
    const [starved, behind] = [
      threads.read(Buffer.from('wait 60000'), null),
      threads.read(Buffer.from('behind'), null),
    ];
    await expect(starved).rejects.toMatchObject({ name: 'Starved' });
    await expect(behind).resolves.toEqual({ text: 'behind' });
  });

  it.each(['hoard', 'die'])(
    'read each mail again alone where one of several makes the parser %s, and give up only that one',
    async (word) => {
      const threads = pool({ entry: unreliable(), cpuMs: 1_500, heapMegabytes: 32, sliceMs: 60_000 });
      const words = ['first', 'before', word, 'behind', 'last'];
      const outcomes = await Promise.allSettled(words.map((each) => threads.read(Buffer.from(each), null)));
      expect(outcomes.map(({ status }) => status)).toEqual(
        words.map((each) => (each === word ? 'rejected' : 'fulfilled')),
      );
    },
  );

  it('give up one mail of several after its own slice, however much of it the others had', async () => {
    const threads = pool({ entry: runaway, sliceMs: 200, cpuMs: 60_000, wallMs: 120_000 });
    threads.warm();
    const spin = Buffer.from('Subject: spin\r\n\r\n');
    const mails = [mail, mail, spin, mail, spin, mail];
    const outcomes = await Promise.allSettled(mails.map((each) => threads.read(each, 'gil@guest.example')));
    const read = readWhole(mail, 'gil@guest.example');
    expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : null))).toEqual(
      mails.map((each) => (each === spin ? null : read)),
    );
  });

  it('give a mail up after its slice and read the next in the same thread', async () => {
    const threads = pool({ entry: runaway, sliceMs: 200, cpuMs: 60_000, wallMs: 120_000 });
    const spin = threads.read(Buffer.from('Subject: spin\r\n\r\n'), null);
    const behind = threads.read(mail, 'gil@guest.example');
    await expect(spin).rejects.toMatchObject({ name: 'TimedOut' });
    expect(await behind).toEqual(readWhole(mail, 'gil@guest.example'));
  });

  it('are warmed up: the first text fits into one slice', async () => {
    const threads = pool({ entry, sliceMs: 150 });
    threads.warm();
    const text = readFileSync(join(corpus, 'text-outlook-german-header-block.eml'));
    expect(await threads.read(text, null)).toEqual(readWhole(text, null));
  });

  it('read in one thread while another is stuck', async () => {
    const threads = pool({ entry: unreliable(), threads: 2, cpuMs: 4_000 });
    const order: string[] = [];
    const stuck = threads.read(Buffer.from('spin'), null).catch(() => order.push('stuck'));
    await Promise.all(
      [1, 2, 3].map((n) => threads.read(Buffer.from(`mail ${n}`), null).then(() => order.push('read'))),
    );
    await stuck;
    expect(order).toEqual(['read', 'read', 'read', 'stuck']);
  });

  it('reject what is waiting when they are closed, and everything after', async () => {
    const threads = pool({ entry: unreliable() });
    const waiting = [threads.read(Buffer.from('spin'), null), threads.read(Buffer.from('mail'), null)];
    const outcomes = Promise.allSettled(waiting);
    await threads.close();
    expect((await outcomes).map((each) => each.status === 'rejected' && (each.reason as Error).name)).toEqual([
      'PoolClosed',
      'PoolClosed',
    ]);
    await expect(threads.read(Buffer.from('mail'), null)).rejects.toMatchObject({ name: 'PoolClosed' });
  });

  it('reject a mail when no thread can be started, instead of waiting for ever', async () => {
    await expect(pool({ entry: join(folder, 'missing.cjs') }).read(mail, null)).rejects.toMatchObject({
      name: 'NeverStarted',
    });
  });
});
