// One correlation id for everything that a request or a mail causes: in log lines, events and audit entries.
// Set by http-app.ts for a request, and by consumers, the sender and the reader for each event, letter and mail.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const current = new AsyncLocalStorage<string>();

/** Runs `work`, and whatever it starts, under the id. */
export const withCorrelation = <T>(correlationId: string, work: () => T): T => current.run(correlationId, work);

/** The current id, or a new one where none was set. */
export const currentCorrelation = (): string => current.getStore() ?? randomUUID();

/** The fields for log lines; empty where no id is set. */
export const correlationFields = (): { correlationId?: string } => {
  const id = current.getStore();
  return id === undefined ? {} : { correlationId: id };
};

/**
 * A caller's own id where it can be nothing but an id: neither an address nor a token of ours fits (both contain a
 * character that is not let in).
 */
export const givenCorrelation = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(header) ? header : undefined;
