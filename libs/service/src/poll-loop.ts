// Runs one task again and again: at once while it finds work, else when it is woken, when its next row is due, or at
// the next poll.
// Used by the mail reader for each pool, by the sender for letters and for webhooks, by the filler of webhooks, by the
// erasures and by the clock of decisions.

export interface PollLoopOptions {
  /** One pass; resolves with how much it found, and never rejects. */
  pass: () => Promise<number>;
  /** The longest wait after a pass that found nothing, in milliseconds; a function is asked after the pass. */
  pollMs: number | (() => number);
  /**
   * Asked after a pass that found nothing: milliseconds until the next row may be due. The loop then rests for so long
   * instead of polling, and asks again before the next pass. 0: it polls. Never rejects.
   */
  untilDueMs?: () => Promise<number>;
  /** Asked before each pass: the shortest time until the next pass begins, in milliseconds; 0 unless given. */
  minIntervalMs?: () => number;
}

/** Passes run one after the other, from `start` to `stop`. */
export class PollLoop {
  private stopping = false;
  private isWoken = false;
  private running: Promise<void> | undefined;
  private endIdling: () => void = () => undefined;
  private endPause: () => void = () => undefined;

  constructor(private readonly options: PollLoopOptions) {}

  /** Begins to run; a second call changes nothing. */
  start(): void {
    this.running ??= this.run();
  }

  /** A pass begins after this call, also where one is running now. */
  wake(): void {
    this.isWoken = true;
    this.endIdling();
  }

  /** Resolves when the current pass has ended; none begins after it. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    this.endPause();
    await this.running;
  }

  private async run(): Promise<void> {
    const { pass, minIntervalMs = () => 0 } = this.options;
    while (!this.stopping) {
      this.isWoken = false;
      const next = performance.now() + minIntervalMs();
      const found = await pass();
      if (found === 0) await this.rest();
      // A timer may fire up to a millisecond early.
      for (let early = next - performance.now(); early > 0 && !this.stopping; early = next - performance.now())
        await sleep(Math.ceil(early), (end) => (this.endPause = end));
    }
  }

  /** Until it is woken, or a row may be due. What is due and was not taken by the pass waits for the next poll. */
  private async rest(): Promise<void> {
    const { pollMs, untilDueMs = () => Promise.resolve(0) } = this.options;
    const ask = (): Promise<number> => (this.isWoken ? Promise.resolve(0) : untilDueMs());
    let dueMs = await ask();
    if (dueMs <= 0) return this.idle(typeof pollMs === 'number' ? pollMs : pollMs());
    for (; dueMs > 0; dueMs = await ask()) await this.idle(dueMs);
  }

  private async idle(ms: number): Promise<void> {
    if (!this.isWoken) await sleep(ms, (end) => (this.endIdling = end));
  }
}

/** Resolves after `ms`, or when the function given to `onStart` is called. */
function sleep(ms: number, onStart: (end: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    onStart(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
