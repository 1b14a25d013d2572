// What a sender knows of outages of the database: after one, other senders could not renew their leases either.
// Kept by the dispatcher, which leaves letters to their owners for a while after an outage.
import { leaseMs } from '../ledger/leased-letter';

/** Without a response of the database for so long, others may have had none either, and could not renew. */
const outageMs = 5_000;

export class Outages {
  /** When the last statement began that the database answered. */
  private answeredAt = performance.now();
  /** Until then letters whose lease has expired are left to their owner: it may be alive, and renews them first. */
  private sparingUntil = -Infinity;
  /** The last failover of the database, and when this process noticed it. */
  private failover: { at: string | null; noticedAt: number } = { at: null, noticedAt: -Infinity };

  /** How a lease query that begins at `begun` treats expired leases: options of `leaseLetters`. */
  before(begun: number): { sparing: boolean; spared: string | null } {
    // After an outage that no start of Postgres tells, as of the network.
    if (begun > this.answeredAt + outageMs) this.sparingUntil = begun + leaseMs;
    const { at, noticedAt } = this.failover;
    return { sparing: begun < this.sparingUntil, spared: begun > noticedAt + leaseMs ? at : null };
  }

  /** The database has answered the statement, a lease query or a look at the ledger, that began at `begun`. */
  answered(begun: number): void {
    this.before(begun);
    this.answeredAt = Math.max(begun, this.answeredAt);
  }

  /** The same for the renewal of leases, which does not end an outage: the next lease query notices it. */
  renewed(begun: number): void {
    if (begun <= this.answeredAt + outageMs) this.answeredAt = Math.max(begun, this.answeredAt);
  }

  /** `at`: the failover to the present primary. */
  noteFailover(at: string | null): void {
    if (at !== this.failover.at) this.failover = { at, noticedAt: performance.now() };
  }
}
