// A thread that reads mails, some in one message and one after the other, until the pool ends it.
// Started by the reading pool only; has no database, no settings and no network.
import { Script } from 'node:vm';
import { parentPort } from 'node:worker_threads';
import type { EnvelopeSender } from '../interpret/mail';
import { readWhole, type ReadingResult } from './read-whole';
import { warmUp } from './warm-up';

/** To the thread. `sliceMs`: CPU time after which it gives a mail up; null for no limit. */
export interface ReadingOrder {
  mails: MailToRead[];
  sliceMs: number | null;
}
export interface MailToRead {
  /** With memory of its own, which goes to the thread. */
  raw: Uint8Array;
  envelopeFrom: EnvelopeSender;
}

/**
 * From the thread: no outcome once, when it is warm; then those of an order's mails, in its order. A fault's message may
 * quote the mail, so only its name and stack are reported.
 * `cpuMs` is the CPU of the thread so far.
 */
export interface ReadingReport {
  outcomes: ReadingOutcome[];
  cpuMs: number;
}
export type ReadingOutcome = { read: ReadingResult } | { fault: { name: string; at: string } } | { ranOut: true };

const faultOf = (error: unknown): { name: string; at: string } =>
  error instanceof Error
    ? {
        name: error.name,
        at: (error.stack ?? '')
          .split('\n')
          .filter((line) => /^\s{1,20}at /.test(line))
          .slice(0, 12)
          .join('\n'),
      }
    : { name: 'fault', at: '' };

function outcomeOf({ raw, envelopeFrom }: MailToRead): ReadingOutcome {
  try {
    return { read: readWhole(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), envelopeFrom) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** Input and results of the script below, because a script takes no arguments. */
const task: { mails: readonly MailToRead[]; outcomes: ReadingOutcome[] } = { mails: [], outcomes: [] };
const readTask = (): void => {
  for (const mail of task.mails.slice(task.outcomes.length)) task.outcomes.push(outcomeOf(mail));
};
Object.defineProperty(globalThis, 'readTask', { value: readTask });
// Only a script can be interrupted without ending its thread. Replacing a thread takes as long as reading a hundred
// mails. Its timeout is a thread of its own, which costs as much as parsing a calendar: one serves all mails of an order.
const slice = new Script('readTask()');

/** Null where all mails have an outcome; else what interrupted the script. */
function interruption(timeout: number): unknown {
  try {
    slice.runInThisContext({ timeout });
    return null;
  } catch (error) {
    return error;
  }
}

const isTimeout = (error: unknown): boolean => (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** A script ends by wall time: where the thread had less CPU than the mail may take, it is tried again with more. */
function outcomeWithin(mail: MailToRead, sliceMs: number): ReadingOutcome {
  for (let timeout = sliceMs; ; timeout *= 2) {
    Object.assign(task, { mails: [mail], outcomes: [] });
    const begin = cpuMs();
    const error = interruption(timeout);
    if (error !== null && !isTimeout(error)) return { fault: faultOf(error) };
    // An interruption right after the last mail does not affect its outcome.
    if (task.outcomes[0]) return task.outcomes[0];
    if (isUsedUp(sliceMs, begin)) return { ranOut: true };
  }
}

/** The CPU of a thread is counted in ticks of a few milliseconds. */
const isUsedUp = (sliceMs: number, begin: number): boolean => cpuMs() - begin >= 0.9 * sliceMs;

/**
 * The mails share one slice. The one at which it ends may have had little of it, so it is read again with a slice of its
 * own; then the others go on.
 */
function outcomesWithin(mails: readonly MailToRead[], sliceMs: number): ReadingOutcome[] {
  const outcomes: ReadingOutcome[] = [];
  for (;;) {
    const left = mails.slice(outcomes.length);
    const [alone] = left;
    if (!alone) return outcomes;
    if (left.length > 1) {
      Object.assign(task, { mails: left, outcomes: [] });
      const begin = cpuMs();
      const error = interruption(sliceMs);
      outcomes.push(...task.outcomes);
      if (error === null) return outcomes;
      // The first had the whole slice.
      if (task.outcomes.length === 0 && isTimeout(error) && isUsedUp(sliceMs, begin)) {
        outcomes.push({ ranOut: true });
        continue;
      }
    }
    const next = mails[outcomes.length];
    if (next) outcomes.push(outcomeWithin(next, sliceMs));
  }
}

const report = (outcomes: ReadingOutcome[]): void =>
  parentPort?.postMessage({ outcomes, cpuMs: cpuMs() } satisfies ReadingReport);

parentPort?.on('message', ({ mails, sliceMs }: ReadingOrder) =>
  report(sliceMs === null ? mails.map(outcomeOf) : outcomesWithin(mails, sliceMs)),
);
warmUp();
report([]);
