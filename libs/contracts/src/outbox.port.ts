// The store as the outbox publisher sees it, so that `messaging` does not depend on the database.
// Implemented by `persistence`, wired by each app.
import type { Envelope } from './envelope';

export interface OutboxRow {
  /** Order of writing within the database; a bigint as text. */
  position: string;
  envelope: Envelope;
  /**
   * Attempts before this one: times the event was offered to a broker or its handlers. A lease that is returned does
   * not count.
   */
  attempts: number;
}

/**
 * The outcome of one row: `sent` is confirmed by the broker (or handled in process); `again` is retried later; `dead`
 * moves to the dead letters with its reason.
 * `attempted` is false where the event was never offered to a broker or a handler, or is returned because the process
 * stops: that is no failure of the event; outages and restarts must not make it dead.
 */
export type OutboxOutcome =
  | { position: string; outcome: 'sent' }
  | { position: string; outcome: 'again'; afterMs: number; reason: string; attempted: boolean }
  | { position: string; outcome: 'dead'; reason: string };

/** Receives new rows at the commit that wrote them. */
export interface OutboxReceiver {
  /** Called while rows are written: whether it could publish so many more at once, and no older ones wait. */
  hasRoom(count: number): boolean;
  /** Called after the commit; the rows are already leased. */
  take(rows: OutboxRow[]): void;
}

export interface OutboxPort {
  /**
   * From now on new rows of this process are passed to `receiver`, as long as it has room: they need not be read again.
   * Returns a function that ends this.
   */
  passNewRows(receiver: OutboxReceiver): () => void;
  /**
   * Leases up to `limit` of the oldest due rows (FOR UPDATE SKIP LOCKED), so that several processes never lease the
   * same row.
   */
  lease(limit: number): Promise<OutboxRow[]>;
  /** Records outcomes: sent rows are removed, the others keep waiting or move to the dead letters. */
  settle(outcomes: OutboxOutcome[]): Promise<void>;
  /** Prolongs the lease of rows that are still being delivered. */
  renew(positions: string[]): Promise<void>;
  /**
   * Milliseconds until the next row may be due, for a publisher that found none; 0 where one is due, or where commits
   * are not announced now: then it polls. Never rejects.
   */
  untilDueMs(): Promise<number>;
  /** Calls back when rows were committed (LISTEN/NOTIFY) and after each reconnect; returns the way to stop. */
  onWake(wake: () => void): Promise<() => Promise<void>>;
  /** Rows waiting and the age of the oldest in seconds (0 when empty). */
  backlog(): Promise<{ depth: number; ageSeconds: number }>;
}
