import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWhole } from './read-whole';
import { ReadingPool, type ReadingPoolOptions } from './reading-pool';

const entry = join(__dirname, '../../../../test/support/typescript-thread.cjs');
const mail = readFileSync(join(__dirname, '../../../../test/corpus/mails/google-accepted.eml'));

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

/** A thread whose parser runs away on some mails. */
function unreliable(): string {
  const file = join(folder, 'unreliable.cjs');
  writeFileSync(
    file,
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', ({ raw }) => {
       const text = Buffer.from(raw).toString();
       if (text === 'spin') for (;;);
       if (text === 'hoard') for (const all = []; ; ) all.push(new Array(100_000).fill({}));
       if (text === 'die') process.exit(3);
       parentPort.postMessage(text === 'throw' ? { fault: { name: 'TypeError', at: '    at parser (x.js:1:1)' } } : { read: { text } });
     });
     parentPort.postMessage({ ready: true });`,
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
    const threads = pool({ entry: unreliable(), millis: 1_500, heapMegabytes: 32 });
    const before = threads.read(Buffer.from('before'), null);
    const bad = threads.read(Buffer.from(word), null);
    const behind = threads.read(Buffer.from('behind'), null);
    await expect(before).resolves.toEqual({ text: 'before' });
    await expect(bad).rejects.toMatchObject({ name, message: 'a mail could not be read' });
    await expect(behind).resolves.toEqual({ text: 'behind' });
  });

  it('read in one thread while another is stuck', async () => {
    const threads = pool({ entry: unreliable(), threads: 2, millis: 4_000 });
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
      name: 'ThreadLost',
    });
  });
});
