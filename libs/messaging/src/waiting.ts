// The waits of this lib: for a time, for work with a limit, for a wake signal, for a flag, for a channel to open or close.
// Used by the outbox publisher, the connection and the transports; each ends early at a stop.
import type { Channel, ChannelModel } from 'amqplib';

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

/** Resolves when the signal aborts; never rejects. */
export async function whenAborted(signal: AbortSignal): Promise<void> {
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

/** A flag that any number may wait for; not set at first. */
export class WaitableFlag {
  private value = false;
  private readonly waiting = new Set<() => void>();

  set(value: boolean): void {
    this.value = value;
    if (value) for (const proceed of this.waiting) proceed();
  }

  get isSet(): boolean {
    return this.value;
  }

  /** Resolves when the flag is set or the signal aborts; never rejects. */
  async whenSet(signal: AbortSignal): Promise<void> {
    if (this.value || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const proceed = (): void => {
        this.waiting.delete(proceed);
        signal.removeEventListener('abort', proceed);
        resolve();
      };
      this.waiting.add(proceed);
      signal.addEventListener('abort', proceed, { once: true });
    });
  }
}

/**
 * A channel for calls that the broker may refuse, which closes the channel: the refusal reaches the pending call; without
 * a listener it would end the process as well. Rejects where the connection is lost.
 */
export async function openChannel(model: ChannelModel): Promise<Channel> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  return channel;
}

/**
 * Resolves when the channel is closed, also when its connection was lost first; never rejects.
 * amqplib's own promise waits for the broker's response, and so for ever when that can no longer come.
 */
export function closeChannel(channel: Channel): Promise<void> {
  return new Promise((resolve) => {
    channel.once('close', () => resolve());
    channel.close().then(resolve, () => resolve());
  });
}
