// One connection to the broker that reconnects: declares the topology and prepares its user's channels on each connect.
// amqp-connection-manager makes the connections and chooses the node; channels and confirms are amqplib's
// (docs/decisions.md, 8).
// Opened by the publisher and by the consuming transport, one each, because the broker stops reading a connection that
// publishes too much.
import { type AmqpConnectionManager, type AmqpConnectionManagerOptions, connect } from 'amqp-connection-manager';
import type { ChannelModel } from 'amqplib';
import type { Logger } from 'pino';
import { urlsIn } from '#contracts';
import { brokerFault } from './broker-fault';
import { reasonOf } from './faults';
import { declareTopology, hasBoundQueues } from './rabbit-topology';
import { type RetryPolicy, backoffMs } from './retry-policy';
import { within } from './waiting';

export interface RabbitOptions {
  /** amqp or amqps, with user, password and virtual host; the nodes of a cluster with commas between their URLs. */
  url: string;
  /** BROKER_PREFIX. */
  prefix: string;
  /** Shown in the broker's list of connections. */
  appName: string;
  logger: Logger;
  retry?: RetryPolicy;
}

/**
 * The callbacks of a connection's user. When `prepare` (its channels, its consumers) rejects, the connection is dropped
 * and tried again later.
 */
export interface ConnectionUser {
  prepare(model: ChannelModel): Promise<void>;
  onUp(): void;
  onDown(): void;
  onBlocked(blocked: boolean): void;
}

/** Of amqplib and, below it, of Node's sockets. */
type SocketOptions = NonNullable<AmqpConnectionManagerOptions['connectionOptions']> & { signal: AbortSignal };

const heartbeatSeconds = 10;
const connectWithinMs = 5_000;
/** While another node was not tried yet. */
const connectToOneOfManyWithinMs = 2_000;
/** For so long a node that could not be used, or did not respond, comes after all others. */
const avoidedForMs = 30_000;
const closeWithinMs = 1_000;
/** After no node could be used. */
const reconnectTimeInSeconds = 1;
/**
 * Before the next node of a round, and after a loss; by chance up to half of it less, so that many processes do not
 * arrive together.
 */
const nextNodeMs = 100;

export class RabbitConnection {
  private readonly nodes: string[];
  private manager: AmqpConnectionManager | undefined;
  private model: ChannelModel | undefined;
  /** Host and port of the last attempt, for the log. */
  private node: string | undefined;
  /** Place of the last attempt's URL. */
  private place = -1;
  /** When a node could not be used or did not respond, by its place. */
  private readonly failedAt = new Map<number, number>();
  private socket = new AbortController();
  private stopping = false;
  private up = false;
  /** Whether a connection of ours has declared everything. */
  private declared = false;
  /** Attempts that ended before the connection could be used, since one could. */
  private failures = 0;
  private fault: string | undefined;
  private dropped: string | undefined;

  constructor(
    private readonly options: RabbitOptions,
    private readonly role: string,
    private readonly user: ConnectionUser,
  ) {
    this.nodes = urlsIn(options.url);
  }

  get isUp(): boolean {
    return this.up;
  }

  /** How many nodes there are to choose from. */
  get nodeCount(): number {
    return this.nodes.length;
  }

  /** URLs of the nodes but for the one of the last attempt. */
  get otherUrls(): string[] {
    return this.nodes.filter((_, place) => place !== this.place);
  }

  /** Why there is no connection, as far as known. */
  get lastFault(): string | undefined {
    return this.fault;
  }

  /** The live connection, if there is one. */
  get live(): ChannelModel | undefined {
    return this.up ? this.model : undefined;
  }

  /** Connects in the background and keeps connected until `close`; after a loss the next node comes first. */
  open(): void {
    if (this.manager) return;
    const manager = connect(null, {
      // It asks each time, since it has used all that it was given.
      findServers: () => Promise.resolve([this.nextNode()]),
      heartbeatIntervalInSeconds: heartbeatSeconds,
      reconnectTimeInSeconds,
      connectionOptions: this.socketOptions(),
    });
    this.manager = manager;
    manager.on('connect', ({ url }) => {
      this.node = hostOf(url);
      // The event's own `connection` is the same object under an older type.
      if (manager.connection) void this.begin(manager.connection);
    });
    manager.on('connectFailed', ({ err, url }) => {
      this.node = hostOf(url);
      this.failedAt.set(this.place, performance.now());
      this.failed(brokerFault(err) ?? reasonOf(err));
      manager.reconnectTimeInSeconds = this.waitSeconds();
    });
    manager.on('disconnect', ({ err }: { err?: Error }) => {
      this.end(err);
      manager.reconnectTimeInSeconds = this.waitSeconds();
    });
    manager.on('blocked', () => this.user.onBlocked(true));
    manager.on('unblocked', () => this.user.onBlocked(false));
  }

  /**
   * Cuts the connection at once, however the broker behaves; it is made again, to the next node if there are several.
   */
  drop(why: string): void {
    if (!this.model) return;
    this.dropped ??= why;
    this.socket.abort();
  }

  /** The same for a node that does not respond: the others are tried before it for some time. */
  leave(why: string): void {
    if (this.model) this.failedAt.set(this.place, performance.now());
    this.drop(why);
  }

  /** Closes the connection; where the broker does not respond within a second, the socket is destroyed. */
  async close(): Promise<void> {
    this.stopping = true;
    // What is still being connected is not waited for.
    if (!this.model) this.socket.abort();
    if (this.manager) await within(closeWithinMs, this.manager.close());
    this.socket.abort();
    // The manager reports no disconnect that was asked for.
    if (this.model) this.end();
  }

  private async begin(model: ChannelModel): Promise<void> {
    this.model = model;
    this.dropped = undefined;
    try {
      writeTogether(model);
      await this.declare(model);
      await this.user.prepare(model);
    } catch (error) {
      if (this.model === model) this.drop(reasonOf(error));
      return;
    }
    // Lost while it was prepared: the next one is prepared by itself.
    if (this.model !== model || this.dropped !== undefined) return;
    this.up = true;
    this.failures = 0;
    this.fault = undefined;
    this.user.onUp();
    this.options.logger.info({ role: this.role, node: this.node }, 'broker connected');
  }

  /**
   * A binding, also one that exists, waits for every node of a cluster, and so for one that stands still or is cut off:
   * on RabbitMQ 3.10 until that one is back. A connection made anew that finds the exchange and the queues declares
   * in the background.
   */
  private async declare(model: ChannelModel): Promise<void> {
    const { prefix, retry } = this.options;
    const isThere = this.declared && (await hasBoundQueues(model, prefix));
    this.declared = isThere;
    const declaring = declareTopology(model, prefix, retry).then(() => {
      this.declared = true;
    });
    if (!isThere) return declaring;
    declaring.catch((error: unknown) => {
      if (this.model !== model) return;
      this.declared = false;
      this.drop(reasonOf(error));
    });
  }

  private end(error?: Error): void {
    const wasUp = this.up;
    this.up = false;
    this.model = undefined;
    this.user.onDown();
    if (this.stopping) return;
    // A connection that we destroy ends with an AbortError, which has no reason.
    const ofError = error && error.name !== 'AbortError' ? reasonOf(error) : undefined;
    const reason = ofError ?? this.dropped ?? 'connection lost';
    if (error?.message === 'Heartbeat timeout') this.failedAt.set(this.place, performance.now());
    if (!wasUp) return this.failed(reason);
    this.fault = reason;
    this.options.logger.warn({ role: this.role, node: this.node, reason }, 'broker connection lost');
  }

  private failed(reason: string): void {
    if (this.stopping) return;
    this.failures += 1;
    this.fault = reason;
    // At one attempt a second an outage would fill the log.
    if (this.failures > this.nodes.length && this.failures % 30 !== 0) return;
    this.options.logger.error({ role: this.role, node: this.node, reason, attempt: this.failures }, 'no broker');
  }

  /** The one after the last attempt's; those that failed come last, the longest ago first. */
  private nextNode(): string {
    const since = performance.now() - avoidedForMs;
    const avoided = (place: number): number => {
      const at = this.failedAt.get(place) ?? 0;
      return at > since ? at : 0;
    };
    const inTurn = this.nodes.map((_, step) => (this.place + 1 + step) % this.nodes.length);
    this.place = inTurn.reduce((best, place) => (avoided(place) < avoided(best) ? place : best));
    return this.nodes[this.place] as string;
  }

  private waitSeconds(): number {
    if (this.stopping) return 0;
    const roundIsOver = this.failures > 0 && this.failures % this.nodes.length === 0;
    return roundIsOver ? reconnectTimeInSeconds : backoffMs(1, nextNodeMs, nextNodeMs) / 1_000;
  }

  private socketOptions(): SocketOptions {
    const nextSignal = (): AbortSignal => {
      this.socket = new AbortController();
      if (this.stopping) this.socket.abort();
      return this.socket.signal;
    };
    const connectWithin = (): number =>
      this.failures < this.nodes.length - 1 ? connectToOneOfManyWithinMs : connectWithinMs;
    return {
      // Without it each confirm waits some 40 ms for the kernel to send a small packet.
      noDelay: true,
      keepAlive: true,
      clientProperties: { connection_name: `${this.options.appName} ${this.role}` },
      get timeout() {
        return connectWithin();
      },
      // amqplib copies these options for each connection, which gives each a signal of its own.
      get signal() {
        return nextSignal();
      },
    };
  }
}

/** Host and port, without the password. */
function hostOf(url: unknown): string {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : 'unknown';
}

/** What collects the channels' frames for the socket; amqplib has it and its types lack it. */
interface Mux {
  out: { cork(): void; uncork(): void };
  _readIncoming(): void;
}

/**
 * Writes what is sent in one turn of the event loop in one packet: by itself amqplib writes each message with a system
 * call of its own, and the broker reads each by itself.
 */
function writeTogether(model: ChannelModel): void {
  const { muxer }: { muxer?: Mux; serverProperties: object } = model.connection;
  if (!muxer) throw new Error('this version of amqplib has no connection.muxer');
  const write = muxer._readIncoming.bind(muxer);
  muxer._readIncoming = () => {
    muxer.out.cork();
    try {
      write();
    } finally {
      muxer.out.uncork();
    }
  };
}
