// Reads mails in threads, and ends a thread whose mail takes too much time or memory; the other threads continue.
// Where a thread ends while it has several mails, each is read again alone, so that only the bad one is given up.
// Used by ReadingPools in production and by `npm run interpret`.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EnvelopeSender } from '../interpret/mail';
import type { RawMailReader, ReadingResult } from './read-whole';
import { ReadingError } from './reading-error';
import type { MailToRead, ReadingOrder, ReadingOutcome, ReadingReport } from './reading.worker';

export interface ReadingPoolOptions {
  /** How many mails are read at once. */
  threads?: number;
  /** CPU of its thread that a mail may take, in milliseconds; then its thread is ended. */
  cpuMs?: number;
  /**
   * Wall time that a mail may take. A thread that gets no CPU proves nothing about its mail, but must not be waited for
   * without limit.
   */
  wallMs?: number;
  /** CPU time after which the thread itself gives the mail up and stays alive; no such limit where it is missing. */
  sliceMs?: number;
  /** The heap limit of one thread. */
  heapMegabytes?: number;
  /** The compiled file of the thread. */
  entry?: string;
}

interface Job {
  raw: Buffer;
  envelopeFrom: EnvelopeSender;
  /** It was in a thread that ended: no other mail is read with it. */
  isAlone: boolean;
  resolve: (read: ReadingResult) => void;
  reject: (error: ReadingError) => void;
}

interface Thread {
  worker: Worker;
  isReady: boolean;
  /** Empty while it is idle. */
  jobs: readonly Job[];
  /** CPU of the thread, in milliseconds, before it began its mail. */
  cpuBefore: number;
  /** Ends a start or a mail that takes too much wall time. */
  deadline: NodeJS.Timeout | undefined;
  /** Looks at the CPU of the mail. */
  watch: NodeJS.Timeout | undefined;
}

/** A thread compiles and warms up its code when it starts; on a busy machine that takes long. */
const startMs = 120_000;
/** A thread gets up to so many mails at once: they share the cost of one message and one time limit. */
const mostAtOnce = 16;
/** The shortest interval between two checks of a thread's CPU time. */
const shortestWatch = 10;

export class ReadingPool implements RawMailReader {
  private readonly options: Required<Omit<ReadingPoolOptions, 'sliceMs'>>;
  private readonly sliceMs: number | null;
  private readonly threads = new Set<Thread>();
  private readonly waiting: Job[] = [];
  private isAssigning = false;
  private closed = false;

  constructor({ sliceMs, ...options }: ReadingPoolOptions = {}) {
    this.sliceMs = sliceMs ?? null;
    this.options = {
      threads: 1,
      cpuMs: 2_000,
      wallMs: 10_000,
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
   * Rejects with `ReadingError`: the mail took too long or too much, or reading it threw. Mails are begun in the
   * order given.
   */
  read(raw: Buffer, envelopeFrom: EnvelopeSender): Promise<ReadingResult> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new ReadingError('PoolClosed'));
      this.waiting.push({ raw, envelopeFrom, isAlone: false, resolve, reject });
      this.assignSoon();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.waiting.splice(0)) job.reject(new ReadingError('PoolClosed'));
    await Promise.all([...this.threads].map((thread) => this.end(thread, 'PoolClosed')));
  }

  /** The mails of one commit come one by one in the same turn of the event loop: they are given together. */
  private assignSoon(): void {
    if (this.isAssigning) return;
    this.isAssigning = true;
    setImmediate(() => {
      this.isAssigning = false;
      this.assign();
    });
  }

  private assign(): void {
    if (this.closed) return;
    for (const thread of this.threads) if (thread.isReady && thread.jobs.length === 0) this.give(thread);
    const starting = [...this.threads].filter((thread) => !thread.isReady).length;
    if (this.waiting.length > starting && this.threads.size < this.options.threads) this.start();
  }

  /** Time is counted from here: waiting and the start of a thread do not count for the mail. */
  private give(thread: Thread): void {
    const jobs = this.nextJobs();
    // An idle thread keeps no process alive.
    if (jobs.length === 0) return thread.worker.unref();
    thread.jobs = jobs;
    thread.worker.ref();
    thread.deadline = setTimeout(() => void this.end(thread, 'Starved'), this.options.wallMs);
    this.watchCpu(thread, jobs);
    // Copied, because a small Buffer shares its memory with others, all of which a message would carry.
    const mails = jobs.map(({ raw, envelopeFrom }): MailToRead => ({ raw: new Uint8Array(raw), envelopeFrom }));
    const order: ReadingOrder = { mails, sliceMs: this.sliceMs };
    thread.worker.postMessage(
      order,
      mails.map(({ raw }) => raw.buffer as ArrayBuffer),
    );
  }

  /** Several only where the thread itself gives up the one that takes too long. */
  private nextJobs(): Job[] {
    const alone = this.waiting.findIndex((job) => job.isAlone);
    const most = this.sliceMs === null || alone === 0 ? 1 : mostAtOnce;
    return this.waiting.splice(0, alone > 0 ? Math.min(alone, most) : most);
  }

  /**
   * CPU time never exceeds wall time, so the first check is due after the whole CPU limit: of several mails, which the
   * thread itself gives up sooner, the sum of theirs.
   */
  private watchCpu(thread: Thread, jobs: readonly Job[], millis = this.options.cpuMs * jobs.length): void {
    const check = async (): Promise<void> => {
      // A thread that has ended meanwhile is reported by its exit.
      const used = await thread.worker.cpuUsage().then(cpuMsOf, () => 0);
      if (thread.jobs !== jobs) return;
      const left = this.options.cpuMs * jobs.length - (used - thread.cpuBefore);
      if (left <= 0) await this.end(thread, 'TimedOut');
      else this.watchCpu(thread, jobs, Math.max(shortestWatch, left));
    };
    thread.watch = setTimeout(() => void check(), millis);
  }

  private start(): void {
    const { entry, heapMegabytes } = this.options;
    const worker = new Worker(entry, {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 64 },
      env: {},
      stdout: false,
      stderr: false,
    });
    const thread: Thread = { worker, isReady: false, jobs: [], cpuBefore: 0, deadline: undefined, watch: undefined };
    thread.deadline = setTimeout(() => void this.end(thread, 'NeverStarted'), startMs);
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
    const { jobs } = thread;
    thread.jobs = [];
    thread.isReady = true;
    thread.cpuBefore = report.cpuMs;
    jobs.forEach((job, at) => settle(job, report.outcomes[at]));
    this.give(thread);
  }

  /**
   * Ends a thread once; its mail is rejected with the reason, of several each is read again alone. A thread that never
   * started also rejects one waiting mail, so that none waits for ever.
   */
  private async end(thread: Thread, reason: string): Promise<void> {
    if (!this.threads.delete(thread)) return;
    clearTimeout(thread.deadline);
    clearTimeout(thread.watch);
    const jobs = thread.isReady || reason === 'PoolClosed' ? thread.jobs : this.waiting.splice(0, 1);
    thread.jobs = [];
    if (jobs.length > 1 && !this.closed) this.waiting.unshift(...jobs.map((job) => ({ ...job, isAlone: true })));
    else for (const job of jobs) job.reject(new ReadingError(reason));
    // Replaces the thread at once, so that the next mail finds it warm.
    if (!this.closed && thread.isReady) this.warm();
    else if (!this.closed) this.assign();
    await thread.worker.terminate();
  }
}

function settle({ resolve, reject }: Job, outcome: ReadingOutcome | undefined): void {
  if (outcome === undefined || 'ranOut' in outcome) reject(new ReadingError('TimedOut'));
  else if ('fault' in outcome) reject(new ReadingError(outcome.fault.name, outcome.fault.at));
  else resolve(outcome.read);
}

const cpuMsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

const lossOf = (thread: Thread, code?: string): string => {
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'OutOfMemory';
  return thread.isReady ? 'ThreadLost' : 'NeverStarted';
};
