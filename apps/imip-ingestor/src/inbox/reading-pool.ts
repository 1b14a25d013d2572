// Decides in which thread a mail is read, and ends a thread whose parse runs away in time or memory; the others go on.
// Used by IMipIngestor in production and by `npm run interpret`.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EnvelopeSender } from '../interpret/mail';
import type { MailReadings, ReadMail } from './read-whole';
import type { ReadingOrder, ReadingReport } from './reading.worker';

export interface ReadingPoolOptions {
  /** How many mails are read at once. */
  threads?: number;
  /** A mail that takes longer is given up, its thread ended. */
  millis?: number;
  /** What the objects of one thread may take. */
  heapMegabytes?: number;
  /** The compiled file of the thread. */
  entry?: string;
}

/** Why a mail was not read. `name` says it without a word of the mail; `at` is where, as far as a thread could tell. */
export class ReadingFailed extends Error {
  constructor(name: string, at = '') {
    super('a mail could not be read');
    this.name = name;
    if (at !== '') this.stack = `${name}: ${this.message}\n${at}`;
  }
}

interface Job {
  order: ReadingOrder;
  resolve: (read: ReadMail) => void;
  reject: (error: ReadingFailed) => void;
}

interface Thread {
  worker: Worker;
  isReady: boolean;
  job: Job | null;
  timer: NodeJS.Timeout | undefined;
}

const startMillis = 30_000;

export class ReadingPool implements MailReadings {
  private readonly options: Required<ReadingPoolOptions>;
  private readonly threads = new Set<Thread>();
  private readonly waiting: Job[] = [];
  private closed = false;

  constructor(options: ReadingPoolOptions = {}) {
    this.options = {
      threads: 1,
      millis: 2_000,
      heapMegabytes: 256,
      entry: join(__dirname, 'reading.worker.js'),
      ...options,
    };
  }

  /** Rejects with `ReadingFailed`: the mail took too long or too much, or reading it threw. Mails are begun in the order given. */
  read(raw: Buffer, envelopeFrom: EnvelopeSender): Promise<ReadMail> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new ReadingFailed('PoolClosed'));
      this.waiting.push({ order: { raw, envelopeFrom }, resolve, reject });
      this.assign();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.waiting.splice(0)) job.reject(new ReadingFailed('PoolClosed'));
    await Promise.all([...this.threads].map((thread) => this.end(thread, 'PoolClosed')));
  }

  private assign(): void {
    for (const thread of this.threads) if (thread.isReady && thread.job === null) this.give(thread);
    const starting = [...this.threads].filter((thread) => !thread.isReady).length;
    if (this.waiting.length > starting && this.threads.size < this.options.threads) this.start();
  }

  /** Time counts from here: neither waiting nor the start of a thread is the mail's. */
  private give(thread: Thread): void {
    const job = this.waiting.shift();
    // An idle thread keeps no process alive.
    if (!job) return thread.worker.unref();
    thread.job = job;
    thread.worker.ref();
    thread.timer = setTimeout(() => void this.end(thread, 'TimedOut'), this.options.millis);
    thread.worker.postMessage(job.order);
  }

  private start(): void {
    const { entry, heapMegabytes } = this.options;
    const worker = new Worker(entry, {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 64 },
      env: {},
      stdout: false,
      stderr: false,
    });
    const thread: Thread = { worker, isReady: false, job: null, timer: undefined };
    thread.timer = setTimeout(() => void this.end(thread, 'ThreadLost'), startMillis);
    this.threads.add(thread);
    worker.on('message', (report: ReadingReport) => this.heard(thread, report));
    worker.on(
      'error',
      (error: Error & { code?: string }) =>
        void this.end(thread, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'OutOfMemory' : 'ThreadLost'),
    );
    worker.on('exit', () => void this.end(thread, 'ThreadLost'));
    this.assign();
  }

  private heard(thread: Thread, report: ReadingReport): void {
    if (!this.threads.has(thread)) return;
    clearTimeout(thread.timer);
    const { job } = thread;
    thread.job = null;
    thread.isReady = true;
    if ('read' in report) job?.resolve(report.read);
    if ('fault' in report) job?.reject(new ReadingFailed(report.fault.name, report.fault.at));
    this.give(thread);
  }

  /** Ends a thread once; its mail is rejected with the reason. One that never came up takes a waiting mail with it, so that none waits for ever. */
  private async end(thread: Thread, reason: string): Promise<void> {
    if (!this.threads.delete(thread)) return;
    clearTimeout(thread.timer);
    const job = thread.job ?? (thread.isReady || reason === 'PoolClosed' ? undefined : this.waiting.shift());
    job?.reject(new ReadingFailed(reason));
    if (!this.closed) this.assign();
    await thread.worker.terminate();
  }
}
