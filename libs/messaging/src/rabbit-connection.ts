// One connection to the broker that comes back by itself: declares the topology, prepares its user's channels, and starts over on any loss.
// Opened by the publisher and by the consuming transport, one each, because the broker stops reading a connection that publishes too much.
import { type ChannelModel, type SocketOptions, connect } from 'amqplib';
import type { Logger } from 'pino';
import { reasonOf } from './faults';
import { declareTopology } from './rabbit-topology';
import { type RetryPolicy, backoffMs } from './retry-policy';
import { pause, within } from './waiting';

export interface RabbitOptions {
  /** amqp or amqps, with user, password and virtual host. */
  url: string;
  /** BROKER_PREFIX. */
  prefix: string;
  /** Shown in the broker's list of connections. */
  appName: string;
  logger: Logger;
  retry?: RetryPolicy;
}

/** What the user of a connection is told. When `prepare` (its channels, its consumers) rejects, the connection is dropped and tried again later. */
export interface ConnectionUser {
  prepare(model: ChannelModel): Promise<void>;
  onUp(): void;
  onDown(): void;
  onBlocked(blocked: boolean): void;
}

const heartbeatSeconds = 10;
const connectWithinMs = 5_000;

export class RabbitConnection {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;
  private model: ChannelModel | undefined;
  private socket = new AbortController();
  private up = false;
  private fault: string | undefined;

  constructor(
    private readonly options: RabbitOptions,
    private readonly role: string,
    private readonly user: ConnectionUser,
  ) {}

  get isUp(): boolean {
    return this.up;
  }

  /** Why there is no connection, as far as known. */
  get lastFault(): string | undefined {
    return this.fault;
  }

  /** The live connection, if there is one. */
  get live(): ChannelModel | undefined {
    return this.up ? this.model : undefined;
  }

  /** Connects in the background and keeps connected until `close`. */
  open(): void {
    this.loop ??= this.keepUp();
  }

  /** Cuts the connection at once, however the broker behaves; it is made again. */
  drop(why: string): void {
    this.fault ??= why;
    this.socket.abort();
  }

  /** Says goodbye to the broker; what it does not answer within a second is cut. */
  async close(): Promise<void> {
    this.stopping.abort();
    if (this.model) await within(1_000, this.model.close());
    this.socket.abort();
    await this.loop;
  }

  private async keepUp(): Promise<void> {
    for (let attempt = 1; !this.stopping.signal.aborted; attempt += 1) {
      this.socket = new AbortController();
      try {
        await this.connectOnce(() => (attempt = 0));
      } catch (error) {
        this.fault = reasonOf(error);
      }
      this.socket.abort();
      if (this.stopping.signal.aborted) return;
      const afterMs = backoffMs(attempt + 1, 100, 10_000);
      this.options.logger[attempt === 0 ? 'warn' : 'error'](
        { role: this.role, reason: this.fault, attempt, afterMs },
        'no broker',
      );
      await pause(afterMs, this.stopping.signal);
    }
  }

  /** One connection's whole life: made, prepared, used, lost. Rejects when it never came into use. */
  private async connectOnce(cameUp: () => void): Promise<void> {
    const model = await connect(withHeartbeat(this.options.url), this.socketOptions());
    this.fault = undefined;
    const lost = new Promise<void>((resolve) => {
      model.on('close', (error?: Error) => {
        if (error) this.fault ??= reasonOf(error);
        resolve();
      });
    });
    // Every loss ends in 'close'; without a listener the 'error' before it would end the process.
    model.on('error', (error: Error) => (this.fault ??= reasonOf(error)));
    model.on('blocked', () => this.user.onBlocked(true));
    model.on('unblocked', () => this.user.onBlocked(false));
    this.model = model;
    try {
      // Not every call of amqplib's settles when the connection ends under it.
      await Promise.race([
        this.prepare(model),
        lost.then(() => Promise.reject(new Error(this.fault ?? 'connection lost'))),
      ]);
      this.up = true;
      this.user.onUp();
      cameUp();
      this.options.logger.info({ role: this.role }, 'broker connected');
      await lost;
    } finally {
      this.up = false;
      this.model = undefined;
      this.user.onDown();
    }
  }

  private async prepare(model: ChannelModel): Promise<void> {
    await declareTopology(model, this.options.prefix, this.options.retry);
    await this.user.prepare(model);
  }

  private socketOptions(): SocketOptions & { signal: AbortSignal } {
    return {
      // Without it each confirm waits some 40 ms for the kernel to send a small packet.
      noDelay: true,
      keepAlive: true,
      timeout: connectWithinMs,
      signal: this.socket.signal,
      clientProperties: { connection_name: `${this.options.appName} ${this.role}` },
    };
  }
}

function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', String(heartbeatSeconds));
  return parsed.href;
}
