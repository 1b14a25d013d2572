// Why a mail was not read, and whose fault that is: what the reader does about it depends on nothing else.
// Thrown by the reading threads, decided upon by the reader.

/** `name` tells it without a word of the mail; `at` is where, as far as a thread could tell. */
export class ReadingFailed extends Error {
  constructor(name: string, at = '') {
    super('a mail could not be read');
    this.name = name;
    if (at !== '') this.stack = `${name}: ${this.message}\n${at}`;
  }
}

/**
 * `mail`: it takes too much time or memory. `machine`: nothing is known of the mail. `reader`: reading it threw, or
 * its raw bytes are gone.
 */
export type Blame = 'mail' | 'machine' | 'reader';

const blames: Record<string, Blame> = {
  TimedOut: 'mail',
  OutOfMemory: 'mail',
  ThreadLost: 'mail',
  Starved: 'machine',
  NeverStarted: 'machine',
  PoolClosed: 'machine',
};

/** Whose fault it is that a mail was not read. */
export const blameFor = (error: unknown): Blame =>
  error instanceof ReadingFailed ? (blames[error.name] ?? 'reader') : 'reader';
