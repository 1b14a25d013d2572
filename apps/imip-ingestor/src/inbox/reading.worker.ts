// A thread that reads mails, one at a time, until the pool ends it.
// Started by the reading pool only; has no database, no settings and no network.
import { Script } from 'node:vm';
import { parentPort } from 'node:worker_threads';
import type { EnvelopeSender } from '../interpret/mail';
import { readWhole, type ReadMail } from './read-whole';
import { warmUp } from './warm-up';

/** To the thread. `sliceMillis`: CPU time after which it gives the mail up; null for no limit. */
export interface ReadingOrder {
  raw: Uint8Array;
  envelopeFrom: EnvelopeSender;
  sliceMillis: number | null;
}

/**
 * From the thread: `ready` once, when it is warm; then one outcome an order. A fault's message may quote the mail, so
 * only its name and stack are reported.
 * `cpuMillis` is the CPU of the thread so far.
 */
export type ReadingReport = Outcome & { cpuMillis: number };
type Outcome = { ready: true } | { read: ReadMail } | { fault: { name: string; at: string } } | { ranOut: true };

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

function outcomeOf({ raw, envelopeFrom }: ReadingOrder): Outcome {
  try {
    return { read: readWhole(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), envelopeFrom) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

const cpuMillis = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** Input and result of the script below, because a script takes no arguments. */
const task: { order: ReadingOrder | null; outcome: Outcome } = { order: null, outcome: { ranOut: true } };
const readTask = (): void => {
  if (task.order !== null) task.outcome = outcomeOf(task.order);
};
Object.defineProperty(globalThis, 'readTask', { value: readTask });
// Only a script can be interrupted without ending its thread. Replacing a thread takes as long as reading a hundred
// mails.
const slice = new Script('readTask()');

/** A script ends by wall time: where the thread had less CPU than the mail may take, it is tried again with more. */
function outcomeWithin(order: ReadingOrder, sliceMillis: number): Outcome {
  Object.assign(task, { order, outcome: { ranOut: true } });
  for (let timeout = sliceMillis; ; timeout *= 2) {
    const begin = cpuMillis();
    try {
      slice.runInThisContext({ timeout });
      return task.outcome;
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') return { fault: faultOf(error) };
    }
    // The CPU of a thread is counted in ticks of a few milliseconds.
    if (cpuMillis() - begin >= 0.9 * sliceMillis) return { ranOut: true };
  }
}

const report = (outcome: Outcome): void =>
  parentPort?.postMessage({ ...outcome, cpuMillis: cpuMillis() } satisfies ReadingReport);

parentPort?.on('message', (order: ReadingOrder) =>
  report(order.sliceMillis === null ? outcomeOf(order) : outcomeWithin(order, order.sliceMillis)),
);
warmUp();
report({ ready: true });
