// The interface through which the outbox publisher publishes: to the broker, or in process.
// Implemented by RabbitPublisher and InProcessTransport, called by OutboxPublisher.
import type { OutboxOutcome, OutboxRow } from '#contracts';

export interface EventPublisher {
  /** How many rows may be unconfirmed at a time. */
  readonly window: number;
  /** Whether a delivery can be tried now. */
  readonly isReady: boolean;
  /** Resolves once a delivery can be tried, or when the signal aborts. Never rejects. */
  whenReady(signal: AbortSignal): Promise<void>;
  /**
   * Starts the delivery of the rows in their order and returns one promise a row, in the same order.
   * None of them rejects; a lost connection is the outcome `again`. A handler may take as long as it needs: the outbox
   * publisher renews the lease.
   */
  publish(rows: readonly OutboxRow[]): Promise<OutboxOutcome>[];
}
