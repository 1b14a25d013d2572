// Reads one raw mail from bytes to its meaning; a reading thread runs this, and so do callers without threads.
// Called by the reading thread, by the pool's users in tests, and wherever one mail is read at a person's request.
import { interpret } from '../interpret/interpret';
import { type EnvelopeSender, type MailHead, readMail } from '../interpret/mail';
import type { Reading } from '../interpret/reading';
import { type MailReferences, mailReferencesOf } from '../interpret/mail-references';

/** The result of reading a mail: plain data, so that a thread can send it. */
export interface ReadingResult {
  head: MailHead;
  reading: Reading;
  references: MailReferences;
}

/**
 * `quick`: every mail is read here first. `slow`: for a mail that took too long there, so that it delays only other
 * slow mails.
 */
export type PoolName = 'quick' | 'slow';

/** Reads mails, in threads or in this thread. A rejected promise is a failed attempt at that mail. */
export interface RawMailReader {
  /** Gets ready for the first mail. */
  warm(): void;
  read(raw: Buffer, envelopeFrom: EnvelopeSender, pool?: PoolName): Promise<ReadingResult>;
  /** Ends the slow pool: its mails may take longer than a stop may wait. */
  closeSlow?(): Promise<void>;
  /** Ends the threads; mails that are being read are rejected. */
  close(): Promise<void>;
}

export function readWhole(raw: Buffer, envelopeFrom: EnvelopeSender): ReadingResult {
  const mail = readMail(raw, envelopeFrom);
  const { headers: _headers, root: _root, parts: _parts, faults: _faults, ...head } = mail;
  return { head, reading: interpret(mail), references: mailReferencesOf(mail) };
}

/** Without threads; nothing stops a mail that takes too long. */
export const inThisThread: RawMailReader = {
  warm: () => undefined,
  read: async (raw, envelopeFrom) => readWhole(raw, envelopeFrom),
  close: async () => undefined,
};
