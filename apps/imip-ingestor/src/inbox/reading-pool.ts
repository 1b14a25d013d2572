// Reads mails in threads, and ends a thread whose mail takes too much time or memory; the other threads continue.
// Used by ReadingPools in production and by `npm run interpret`.
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
   * Wall time that a mail may take. A thread that gets no CPU proves nothing about its mail, but must not be waited for
   * without limit.
   */
  wallMillis?: number;
  /** CPU time after which the thread itself gives the mail up and stays alive; no such limit where it is missing. */
  sliceMillis?: number;
  /** The heap limit of one thread. */
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
  /** Ends a start or a mail that takes too much wall time. */
  deadline: NodeJS.Timeout | undefined;
  /** Looks at the CPU of the mail. */
  watch: NodeJS.Timeout | undefined;
}

/** A start compiles and warms up what reads; on a busy machine that takes a while. */
const startMillis = 120_000;
/** The shortest interval between two checks of a thread's CPU time. */
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

  /** Time is counted from here: waiting and the start of a thread do not count for the mail. */
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

  /** CPU time never exceeds wall time, so the first check is due after the mail's whole CPU limit. */
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
   * Ends a thread once; its mail is rejected with the reason. A thread that never started also rejects one waiting
   * mail, so that none waits for ever.
   */
  private async end(thread: Thread, reason: string): Promise<void> {
    if (!this.threads.delete(thread)) return;
    clearTimeout(thread.deadline);
    clearTimeout(thread.watch);
    const job = thread.job ?? (thread.isReady || reason === 'PoolClosed' ? undefined : this.waiting.shift());
    thread.job = null;
    job?.reject(new ReadingFailed(reason));
    // Replaces the thread at once, so that the next mail finds it warm.
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
