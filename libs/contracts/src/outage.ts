// Recognizes an outage of the database, after which failed work may be tried again unchanged, and one of the SMTP relay.
// Called by the HTTP filter, the consumers, the mail reader, the ledger and the doctor.

/**
 * SQLSTATE classes and system codes of a lost, refused or overloaded connection, of transactions that Postgres itself
 * ended, and of a standby, which cannot be written to.
 */
const outages = /^(08|53|57P0|57014|55P03|25P03|25006|40001|40P01|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/;
const words =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|query read timeout/i;

/** True for faults of the database or of the network to it. */
export function isOutage(error: unknown): boolean {
  const { code, message, errors } = (error ?? {}) as { code?: unknown; message?: unknown; errors?: unknown };
  return (
    outages.test(String(code ?? '')) ||
    words.test(String(message ?? '')) ||
    (Array.isArray(errors) && errors.some(isOutage))
  );
}

/**
 * SQL and JavaScript: whether a letter's `last_error` is about the SMTP relay itself (no connection, TLS, credentials) and
 * not about the letter.
 */
export const relayTrouble = '^(E[A-Z]|53[0458])';

/**
 * Whether a letter's code (an SMTP reply code such as `451`, or `ECONNECTION`) is about the SMTP relay, by
 * `relayTrouble`.
 */
export const isRelayTrouble = (code: string): boolean => new RegExp(relayTrouble).test(code);
