// Runs one task again and again: at once while it finds work, else when it is woken or at the next poll.
// Used by the reader, once for each pool.

export class PollLoop {
  private stopping = false;
  private isWoken = false;
  private running: Promise<void> | undefined;
  private endIdling: () => void = () => undefined;

  /** `pass` returns how much it found, and throws nothing. `pollMs`: longest wait while there is nothing. */
  constructor(
    private readonly pass: () => Promise<number>,
    private readonly pollMs: number,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** A pass begins after this, also where one is under way. */
  wake(): void {
    this.isWoken = true;
    this.endIdling();
  }

  /** Returns when the pass under way has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.isWoken = false;
      const found = await this.pass();
      if (found === 0 && !this.isWoken) await this.idle();
    }
  }

  private idle(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.pollMs);
      this.endIdling = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
