// Reads one raw mail from bytes to meaning: what a reading thread does, and what the same work looks like without
// threads.
// Called by the reading thread, by the pool's users in tests, and wherever one mail is read at a person's request.
import { interpret } from '../interpret/interpret';
import { type EnvelopeSender, type MailHead, readMail } from '../interpret/mail';
import type { Reading } from '../interpret/reading';
import { type Traces, tracesOf } from '../interpret/traces';

/** What reading a mail gives: plain data, so that it crosses from a thread. */
export interface ReadMail {
  head: MailHead;
  reading: Reading;
  traces: Traces;
}

/**
 * `quick`: where every mail begins. `slow`: where one is read that took too long there, so that it holds up none but
 * its like.
 */
export type Lane = 'quick' | 'slow';

/** Whoever reads mails: threads, or this thread. A rejected promise is a failed attempt at that mail, no more. */
export interface MailReadings {
  /** Gets ready for the first mail. */
  warm(): void;
  read(raw: Buffer, envelopeFrom: EnvelopeSender, lane?: Lane): Promise<ReadMail>;
  /** Ends the slow lane: its mails may take longer than a stop has time. */
  closeSlow?(): Promise<void>;
  /** Ends the threads; what is under way is rejected. */
  close(): Promise<void>;
}

export function readWhole(raw: Buffer, envelopeFrom: EnvelopeSender): ReadMail {
  const mail = readMail(raw, envelopeFrom);
  const { headers: _headers, root: _root, parts: _parts, faults: _faults, ...head } = mail;
  return { head, reading: interpret(mail), traces: tracesOf(mail) };
}

/** Without threads, and so without anything that could stop a runaway parse. */
export const inThisThread: MailReadings = {
  warm: () => undefined,
  read: async (raw, envelopeFrom) => readWhole(raw, envelopeFrom),
  close: async () => undefined,
};
