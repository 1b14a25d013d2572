// One id for all that one request or one mail sets off: in every log line, and in the events and audit lines that
// carry it on.
// Begun by http-app.ts for a request, and by consumers, the sender and the reader for what they take up.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const current = new AsyncLocalStorage<string>();

/** Runs `work`, and whatever it starts, under the id. */
export const withCorrelation = <T>(correlationId: string, work: () => T): T => current.run(correlationId, work);

/** The id of what is being done, or a new one where nothing was begun. */
export const currentCorrelation = (): string => current.getStore() ?? randomUUID();

/** For log lines: nothing where there is none. */
export const correlationFields = (): { correlationId?: string } => {
  const id = current.getStore();
  return id === undefined ? {} : { correlationId: id };
};

/**
 * A caller's own id where it can be nothing but an id: neither an address nor a token of ours fits (both hold a
 * character that is not let in).
 */
export const givenCorrelation = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(header) ? header : undefined;
