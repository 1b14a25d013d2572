// Start and stop of the standalone process: its parts stop in reverse order on a signal or a failed start, Postgres
// last, within ten seconds.
// Used by main.ts; the parts register their stops as they come up.
import type { Logger } from 'pino';
import { endByItself } from '#service';

/** Contract, section 1: exit 0 within 10 s. The apps get most of that, then Postgres is stopped whatever they do. */
const appsWithinMs = 6_500;
const allWithinMs = 9_500;

export class StartAborted extends Error {
  override name = 'StartAborted';
}

export class ProcessLifecycle {
  private readonly stops: { stop: () => unknown; untilDone: boolean }[] = [];
  private stopping = false;
  private starting: Promise<unknown> = Promise.resolve();

  constructor(private readonly logger: () => Logger | undefined) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void this.end(0));
    // The terminal was closed. Without one, as under nohup, that is no reason to end.
    process.on('SIGHUP', () => void (process.stdin.isTTY && this.end(0)));
  }

  /** Registers how to stop what has just been started. `untilDone: true` runs to its end even when time is short. */
  onStop(stop: () => unknown, options: { untilDone?: boolean } = {}): void {
    this.stops.push({ stop, untilDone: options.untilDone ?? false });
  }

  /** Throws StartAborted when a signal came: called between the steps of a start. */
  checkNotStopped(): void {
    if (this.stopping) throw new StartAborted();
  }

  /**
   * Runs the start; when it fails, stops what had come up and ends the process with 1 and the line that `say` makes
   * of the error.
   */
  async run(start: () => Promise<void>, say: (error: unknown) => string): Promise<void> {
    const started = start();
    this.starting = started.catch(() => undefined);
    try {
      await started;
    } catch (error) {
      if (error instanceof StartAborted) return;
      process.stderr.write(`${say(error)}\n`);
      await this.end(1);
    }
  }

  private async end(code: number): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    setTimeout(() => process.exit(code), allWithinMs).unref();
    await this.starting;
    const deadline = Date.now() + appsWithinMs;
    for (const { stop, untilDone } of this.stops.reverse()) {
      const stopped = Promise.resolve()
        .then(stop)
        .catch((error: unknown) => this.logger()?.error({ err: error }, 'stop failed'));
      await (untilDone ? stopped : Promise.race([stopped, pause(deadline - Date.now())]));
    }
    endByItself(code);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)).unref());
