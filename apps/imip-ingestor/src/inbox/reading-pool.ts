// Decides in which thread a mail is read, and ends a thread whose parse runs away in time or memory; the others go on.
// Used by the reading lanes in production and by `npm run interpret`.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EnvelopeSender } from '../interpret/mail';
import type { MailReadings, ReadMail } from './read-whole';
import { ReadingFailed } from './reading-failed';
import type { ReadingOrder, ReadingReport } from './reading.worker';

export interface ReadingPoolOptions {
  /** How many mails are read at once. */
  threads?: number;
  /** CPU of its thread that a mail may take, in milliseconds; then its thread is ended. */
  cpuMillis?: number;
  /**
   * Wall time that a mail may take: a thread that gets no CPU says nothing about its mail, but must not be waited for
   * without end.
   */
  wallMillis?: number;
  /** CPU after which the thread gives the mail up by itself and stays; none where it is missing. */
  sliceMillis?: number;
  /** What the objects of one thread may take. */
  heapMegabytes?: number;
  /** The compiled file of the thread. */
  entry?: string;
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
  /** CPU of the thread, in milliseconds, before it began its mail. */
  cpuBefore: number;
  /** Ends what lasts too long by the clock: a start, or a mail. */
  deadline: NodeJS.Timeout | undefined;
  /** Looks at the CPU of the mail. */
  watch: NodeJS.Timeout | undefined;
}

/** A start compiles and warms up what reads; on a busy machine that takes a while. */
const startMillis = 120_000;
/** The least wait before a thread's CPU is looked at again. */
const shortestWatch = 10;

export class ReadingPool implements MailReadings {
  private readonly options: Required<Omit<ReadingPoolOptions, 'sliceMillis'>>;
  private readonly sliceMillis: number | null;
  private readonly threads = new Set<Thread>();
  private readonly waiting: Job[] = [];
  private closed = false;

  constructor({ sliceMillis, ...options }: ReadingPoolOptions = {}) {
    this.sliceMillis = sliceMillis ?? null;
    this.options = {
      threads: 1,
      cpuMillis: 2_000,
      wallMillis: 10_000,
      heapMegabytes: 256,
      entry: join(__dirname, 'reading.worker.js'),
      ...options,
    };
  }

  /** Starts every thread now, so that the first mail finds it warm. */
  warm(): void {
    while (!this.closed && this.threads.size < this.options.threads) this.start();
  }

  /**
   * Rejects with `ReadingFailed`: the mail took too long or too much, or reading it threw. Mails are begun in the
   * order given.
   */
  read(raw: Buffer, envelopeFrom: EnvelopeSender): Promise<ReadMail> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new ReadingFailed('PoolClosed'));
      this.waiting.push({ order: { raw, envelopeFrom, sliceMillis: this.sliceMillis }, resolve, reject });
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
    thread.deadline = setTimeout(() => void this.end(thread, 'Starved'), this.options.wallMillis);
    this.watchCpu(thread, job, this.options.cpuMillis);
    thread.worker.postMessage(job.order);
  }

  /** No thread has had more CPU than time has passed, so the first look is due after as long as the mail may take. */
  private watchCpu(thread: Thread, job: Job, millis: number): void {
    const look = async (): Promise<void> => {
      // A thread that has ended meanwhile is reported by its exit.
      const used = await thread.worker.cpuUsage().then(cpuMillisOf, () => 0);
      if (thread.job !== job) return;
      const left = this.options.cpuMillis - (used - thread.cpuBefore);
      if (left <= 0) await this.end(thread, 'TimedOut');
      else this.watchCpu(thread, job, Math.max(shortestWatch, left));
    };
    thread.watch = setTimeout(() => void look(), millis);
  }

  private start(): void {
    const { entry, heapMegabytes } = this.options;
    const worker = new Worker(entry, {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 64 },
      env: {},
      stdout: false,
      stderr: false,
    });
    const thread: Thread = { worker, isReady: false, job: null, cpuBefore: 0, deadline: undefined, watch: undefined };
    thread.deadline = setTimeout(() => void this.end(thread, 'NeverStarted'), startMillis);
    this.threads.add(thread);
    worker.on('message', (report: ReadingReport) => this.onReport(thread, report));
    worker.on('error', (error: Error & { code?: string }) => void this.end(thread, lossOf(thread, error.code)));
    worker.on('exit', () => void this.end(thread, lossOf(thread)));
    this.assign();
  }

  private onReport(thread: Thread, report: ReadingReport): void {
    if (!this.threads.has(thread)) return;
    clearTimeout(thread.deadline);
    clearTimeout(thread.watch);
    const { job } = thread;
    thread.job = null;
    thread.isReady = true;
    thread.cpuBefore = report.cpuMillis;
    if ('read' in report) job?.resolve(report.read);
    if ('fault' in report) job?.reject(new ReadingFailed(report.fault.name, report.fault.at));
    if ('ranOut' in report) job?.reject(new ReadingFailed('TimedOut'));
    this.give(thread);
  }

  /**
   * Ends a thread once; its mail is rejected with the reason. One that never came up takes a waiting mail with it, so
   * that none waits for ever.
   */
  private async end(thread: Thread, reason: string): Promise<void> {
    if (!this.threads.delete(thread)) return;
    clearTimeout(thread.deadline);
    clearTimeout(thread.watch);
    const job = thread.job ?? (thread.isReady || reason === 'PoolClosed' ? undefined : this.waiting.shift());
    thread.job = null;
    job?.reject(new ReadingFailed(reason));
    // The next mail should find a warm thread, as this one did.
    if (!this.closed && thread.isReady) this.warm();
    else if (!this.closed) this.assign();
    await thread.worker.terminate();
  }
}

const cpuMillisOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

const lossOf = (thread: Thread, code?: string): string => {
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'OutOfMemory';
  return thread.isReady ? 'ThreadLost' : 'NeverStarted';
};
