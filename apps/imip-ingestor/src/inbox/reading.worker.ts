// A thread that reads mails, one at a time, until it is ended from outside.
// Started by the reading pool only; knows no database, no setting and no network.
import { parentPort } from 'node:worker_threads';
import type { EnvelopeSender } from '../interpret/mail';
import { readWhole, type ReadMail } from './read-whole';

/** To the thread. */
export interface ReadingOrder {
  raw: Uint8Array;
  envelopeFrom: EnvelopeSender;
}

/** From the thread: `ready` once; then one outcome an order. A fault's message may quote the mail, so only name and places leave. */
export type ReadingReport = { ready: true } | { read: ReadMail } | { fault: { name: string; at: string } };

const faultOf = (error: unknown): { name: string; at: string } =>
  error instanceof Error
    ? {
        name: error.name,
        at: (error.stack ?? '')
          .split('\n')
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 12)
          .join('\n'),
      }
    : { name: 'fault', at: '' };

function outcomeOf({ raw, envelopeFrom }: ReadingOrder): ReadingReport {
  try {
    return { read: readWhole(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), envelopeFrom) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

parentPort?.on('message', (order: ReadingOrder) => parentPort?.postMessage(outcomeOf(order)));
parentPort?.postMessage({ ready: true } satisfies ReadingReport);
