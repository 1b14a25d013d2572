// What the outbox relay needs of a store, so that `messaging` never sees the database.
// Implemented by `persistence`, wired by each app.
import type { Envelope } from './envelope';

export interface OutboxRow {
  /** Order of writing within the database; a bigint as text. */
  position: string;
  envelope: Envelope;
  /**
   * Attempts before this one: times the event was offered to a broker or its handlers. Being taken and handed back is
   * none.
   */
  attempts: number;
}

/**
 * What became of one row: `sent` is confirmed by the broker (or handled in process); `again` waits; `dead` is set
 * aside with its reason.
 * `attempted` is false where the event was never offered to a broker or a handler, or is handed back because the
 * process stops:
 * that is no failure of the event, and what counts as one would let it die of outages and restarts.
 */
export type OutboxOutcome =
  | { position: string; outcome: 'sent' }
  | { position: string; outcome: 'again'; afterMs: number; reason: string; attempted: boolean }
  | { position: string; outcome: 'dead'; reason: string };

/** Takes rows from the commit that wrote them. */
export interface OutboxReceiver {
  /** Asked while the rows are written: whether so many more would leave at once, and no older ones wait. */
  hasRoom(count: number): boolean;
  /** Called after the commit; the rows are leased like those of `take`. */
  take(rows: OutboxRow[]): void;
}

export interface OutboxPort {
  /**
   * From now on rows that this process writes go to the taker, as long as it has room: they need not be read again.
   * Returns the way to stop.
   */
  passNewRows(taker: OutboxReceiver): () => void;
  /**
   * Leases up to `limit` of the oldest due rows (FOR UPDATE SKIP LOCKED), so that several relays never take the same
   * one at a time.
   */
  lease(limit: number): Promise<OutboxRow[]>;
  /** Records outcomes: sent rows are removed, the others keep waiting or move to the dead letters. */
  settle(outcomes: OutboxOutcome[]): Promise<void>;
  /** Prolongs the lease of rows that are still being delivered. */
  renew(positions: string[]): Promise<void>;
  /** Calls back when rows were committed (LISTEN/NOTIFY) and after each reconnect; returns the way to stop. */
  onWake(wake: () => void): Promise<() => Promise<void>>;
  /** Rows waiting and the age of the oldest in seconds (0 when empty). */
  backlog(): Promise<{ depth: number; ageSeconds: number }>;
}
