// The waits of this lib: for a time, for work with a limit, for a wake signal, for a gate, for a channel to close.
// Used by the outbox publisher, the connection and the transports; each ends early at a stop.
import type { Channel } from 'amqplib';

/** Resolves after `ms`, or at once when the signal aborts; never rejects. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** Resolves to true when the work settles within `ms`, to false when it does not; its failure is not reported here. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const settled = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A signal that stays set until it is cleared, so that none is lost between a search for work and the wait. One waiter
 * at a time.
 */
export class WakeSignal {
  private isSet = false;
  private wake: () => void = () => undefined;

  set(): void {
    this.isSet = true;
    this.wake();
  }

  /** Call before a search for work. */
  clear(): void {
    this.isSet = false;
  }

  /** Resolves when the signal was set since the last `clear`, or after `ms`. */
  async wait(ms: number): Promise<void> {
    if (this.isSet) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }
}

/** Closed until opened; any number may wait for it. */
export class Gate {
  private open = false;
  private readonly waiting = new Set<() => void>();

  set(open: boolean): void {
    this.open = open;
    if (open) for (const pass of this.waiting) pass();
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Resolves when the gate is open or the signal aborts; never rejects. */
  async whenOpen(signal: AbortSignal): Promise<void> {
    if (this.open || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const pass = (): void => {
        this.waiting.delete(pass);
        signal.removeEventListener('abort', pass);
        resolve();
      };
      this.waiting.add(pass);
      signal.addEventListener('abort', pass, { once: true });
    });
  }
}

/**
 * Resolves when the channel is closed, also when its connection was lost first; never rejects.
 * amqplib's own promise waits for the broker's answer and so for ever when that can no longer come.
 */
export function closeChannel(channel: Channel): Promise<void> {
  return new Promise((resolve) => {
    channel.once('close', () => resolve());
    channel.close().then(resolve, () => resolve());
  });
}
