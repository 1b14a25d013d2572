// Why a mail could not be read, and what caused it: the cause alone decides what the reader does next.
// Thrown by the reading threads, decided upon by the reader.

/** `name` is the reason, without any text of the mail; `at` is the stack, where a thread reported one. */
export class ReadingError extends Error {
  constructor(name: string, at = '') {
    super('a mail could not be read');
    this.name = name;
    if (at !== '') this.stack = `${name}: ${this.message}\n${at}`;
  }
}

/**
 * `mail`: the mail takes too much time or memory. `machine`: the mail was not read, and nothing is known of it.
 * `reader`: reading it threw, or its raw bytes are missing.
 */
export type FailureCause = 'mail' | 'machine' | 'reader';

const causes: Record<string, FailureCause> = {
  TimedOut: 'mail',
  OutOfMemory: 'mail',
  ThreadLost: 'mail',
  Starved: 'machine',
  NeverStarted: 'machine',
  PoolClosed: 'machine',
};

/** What caused the failure to read a mail. */
export const causeOf = (error: unknown): FailureCause =>
  error instanceof ReadingError ? (causes[error.name] ?? 'reader') : 'reader';
