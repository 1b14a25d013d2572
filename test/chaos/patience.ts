// How long the people of a chaos run wait: not by the clock, which a busy machine would break, but until nothing is on
// its way any more, or nothing moves.
// Gets from chaos.ts what waits in the product; asked by the driver and the platform.

/** What waits where, without the places where nothing does. */
export type Waiting = Record<string, number>;

/**
 * With nothing on its way for so long, what did not come is lost. Longer than a node that is cut off keeps what its
 * consumers are working on, which no queue counts: 60 s.
 */
const usualLostAfterMs = 90_000;
/** With something on its way that does not move for so long, it is stuck. */
export const stuckAfterSeconds = 150;

export class Patience {
  private seen = '';
  private movedAt: number;
  private quietSince: number | undefined;
  private left: Waiting = {};
  private ended = false;

  private readonly lostAfterMs: number;

  /** Times are milliseconds on this process's clock; with a shorter `stuckSeconds` letters are lost as soon. */
  constructor(
    private lookedAt: number,
    private readonly stuckSeconds = stuckAfterSeconds,
  ) {
    this.movedAt = lookedAt;
    this.lostAfterMs = Math.min(usualLostAfterMs, stuckSeconds * 1_000);
  }

  /** One look: `left` is undefined where it could not be seen; `happened` grows with everything that comes about. */
  look(at: number, left: Waiting | undefined, happened: number): void {
    // A time in which nobody could look is no time of quiet.
    if (!left && this.quietSince !== undefined) this.quietSince += at - this.lookedAt;
    if (left) this.quietSince = Object.keys(left).length > 0 ? undefined : (this.quietSince ?? at);
    if (left) this.left = left;
    const seen = `${happened} ${JSON.stringify(this.left)}`;
    if (seen !== this.seen) [this.seen, this.movedAt] = [seen, at];
    this.lookedAt = at;
  }

  /** Nobody looks any more: all waits are over, so that the process can end. */
  end(): void {
    this.ended = true;
  }

  /** Why waiting for a letter since then is over; undefined while it may come. */
  overForLetter(since: number): string | undefined {
    if (this.quietSince === undefined || this.lookedAt - Math.max(since, this.quietSince) < this.lostAfterMs)
      return this.overForCall(since);
    return `lost, nothing is on its way`;
  }

  /** Why asking again since then is over; undefined while there may be an answer. */
  overForCall(since: number): string | undefined {
    if (this.ended) return 'the run has ended';
    if (this.lookedAt - Math.max(since, this.movedAt) < this.stuckSeconds * 1_000) return undefined;
    const left = Object.entries(this.left).map(([what, count]) => `${what} ${count}`);
    return `stuck, nothing moves; waiting: ${left.join(', ') || 'nothing'}`;
  }
}
