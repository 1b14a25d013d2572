// Names of a test's own on the RabbitMQ at RABBITMQ_URL, their removal afterwards, and a proxy to it that can be broken.
// Used by every test on the real broker.
import { randomBytes } from 'node:crypto';
import { type AddressInfo, type Socket, connect as connectSocket, createServer } from 'node:net';
import { type ChannelModel, connect } from 'amqplib';
import { queueNames, urlsIn } from '#contracts';
import { exchangeOn, namesOf } from '#messaging';

export const brokerUrl = (): string => process.env['RABBITMQ_URL'] ?? 'amqp://guest:guest@localhost:5672';

/** A BROKER_PREFIX nobody else uses, below the one this run was given. */
export const freshPrefix = (): string => `${process.env['BROKER_PREFIX'] ?? ''}test-${randomBytes(6).toString('hex')}.`;

/** Deletes the exchange and every queue under the prefix, whatever is in them. */
export async function dropPrefix(prefix: string): Promise<void> {
  if (!/test-[0-9a-f]{12}\.$/.test(prefix)) throw new Error(`${prefix} is not a test's own prefix`);
  await onBroker(async (model) => {
    const channel = await model.createChannel();
    for (const queue of queueNames) {
      const { main, retry, dead } = namesOf(prefix, queue);
      for (const name of [main, ...retry, dead]) await channel.deleteQueue(name);
    }
    await channel.deleteExchange(exchangeOn(prefix));
  });
}

/** Runs `work` on a plain connection of its own. */
export async function onBroker<T>(work: (model: ChannelModel) => Promise<T>): Promise<T> {
  const model = await connect(brokerUrl());
  model.on('error', () => undefined);
  try {
    return await work(model);
  } finally {
    await model.close().catch(() => undefined);
  }
}

/**
 * A proxy to the broker that a test can break: the network between us and it, with nothing of the broker or the client
 * replaced.
 */
export interface TcpProxy {
  /** Use instead of brokerUrl(). */
  url: string;
  /** Cuts every connection at once, without the close of the protocol. */
  cut(): void;
  /** From now on bytes of both directions are swallowed; connections stay open. */
  swallow(on: boolean): void;
  /**
   * While on, what the broker sends is kept back and what the client sends passes; off lets all of it through, in its
   * order.
   */
  withhold(on: boolean): void;
  /** While shut, new connections are cut as soon as they are made. */
  shut(on: boolean): void;
  /** Cuts every connection as soon as the client sends this method (AMQP class and method number), once. */
  cutAt(classId: number, methodId: number): void;
  /** From now on what the client asks by this method never reaches the broker, and so gets no answer. */
  ignore(classId: number, methodId: number): void;
  /** From now on what the broker sends by this method comes later by so many milliseconds, as does all that follows. */
  slow(classId: number, methodId: number, ms: number): void;
  /**
   * A channel that publishes with this routing key stands still from then on: nothing that the client sends on it reaches
   * the broker.
   */
  stall(key: string): void;
  /**
   * Puts a frame of the broker's kind into every connection, as if the broker had sent it. Only between frames: when
   * all is quiet.
   */
  inject(frame: Buffer): void;
  connections(): number;
  close(): Promise<void>;
}

/**
 * What passes on a publisher's connection; `ready`: it may publish from now on; `lost`: that connection is gone. `tried`:
 * a connection begins, of a publisher or of anything else.
 */
export type Passing = 'tried' | 'ready' | 'published' | 'confirmed' | 'lost';

/**
 * AMQP 0-9-1: basic.publish (60, 40); of the broker, to publishers alone, confirm.select-ok (85, 11) and basic.ack
 * (60, 80).
 */
const publishMethod = Buffer.from([0, 60, 0, 40]);
const selectOkMethod = Buffer.from([0, 85, 0, 11]);
const ackMethod = Buffer.from([0, 60, 0, 80]);

/** `onPassing` is called with what passes, also while it is swallowed; a method that two packets share is missed. */
export async function openProxy(to = brokerUrl(), onPassing?: (what: Passing) => void): Promise<TcpProxy> {
  const target = new URL(to);
  const pairs = new Set<[Socket, Socket]>();
  let swallowing = false;
  let withheld: (() => void)[] | undefined;
  let closed = false;
  let trap: Buffer | undefined;
  let ignored: Buffer | undefined;
  let stalling: string | undefined;
  let slowed: { method: Buffer; ms: number } | undefined;
  const server = createServer((near) => {
    onPassing?.('tried');
    const far = connectSocket(Number(target.port || 5672), target.hostname);
    const pair: [Socket, Socket] = [near, far];
    let publishes = false;
    const stalled = new Set<number>();
    const isStalled = (frame: Buffer): boolean => {
      const channel = frame.readUInt16BE(1);
      if (stalling !== undefined && frame.includes(publishMethod) && frame.includes(stalling)) stalled.add(channel);
      return stalled.has(channel);
    };
    const end = (): void => {
      if (pairs.delete(pair) && publishes) onPassing?.('lost');
      near.destroy();
      far.destroy();
    };
    pairs.add(pair);
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.on('error', end).on('close', end);
    far.on('error', end).on('close', end);
    near.on('data', (chunk: Buffer) => {
      if (onPassing && chunk.includes(publishMethod)) {
        publishes = true;
        onPassing('published');
      }
      if (trap && chunk.includes(trap)) {
        trap = undefined;
        cut();
      } else if (!swallowing)
        far.write(ignored || stalling ? without((frame) => isOf(ignored, frame) || isStalled(frame), chunk) : chunk);
    });
    let passing = Promise.resolve();
    far.on('data', (chunk: Buffer) => {
      if (slowed) {
        const ms = chunk.includes(slowed.method) ? slowed.ms : 0;
        passing = passing.then(async () => {
          if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
          near.write(chunk);
        });
      } else if (withheld) withheld.push(() => near.write(chunk));
      else if (!swallowing) {
        near.write(chunk);
        if (onPassing && chunk.includes(selectOkMethod)) onPassing('ready');
        if (onPassing && chunk.includes(ackMethod)) onPassing('confirmed');
      }
    });
    if (closed) end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target.href);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => pairs.forEach(([near, far]) => [near, far].forEach((socket) => socket.resetAndDestroy()));
  return {
    url: url.href,
    cut,
    swallow: (on) => (swallowing = on),
    withhold: (on) => {
      withheld?.forEach((pass) => pass());
      withheld = on ? [] : undefined;
    },
    shut: (on) => (closed = on),
    cutAt: (classId, methodId) => (trap = Buffer.from([0, classId, 0, methodId])),
    ignore: (classId, methodId) => (ignored = Buffer.from([0, classId, 0, methodId])),
    slow: (classId, methodId, ms) => (slowed = { method: Buffer.from([0, classId, 0, methodId]), ms }),
    stall: (key) => (stalling = key),
    inject: (frame) => pairs.forEach(([near]) => near.write(frame)),
    connections: () => pairs.size,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const isOf = (method: Buffer | undefined, frame: Buffer): boolean =>
  method !== undefined && frame.subarray(7, 11).equals(method);

/** The frames of a packet but for these. AMQP 0-9-1, 2.3.5: type, channel, size, payload, end. */
function without(these: (frame: Buffer) => boolean, packet: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at + 7 < packet.length;) {
    const end = at + 7 + packet.readUInt32BE(at + 3) + 1;
    if (end > packet.length) return packet;
    const frame = packet.subarray(at, end);
    if (!these(frame)) kept.push(frame);
    at = end;
  }
  return Buffer.concat(kept);
}

/**
 * One proxy to each node of a cluster, broken all at once; `url` names them with commas, `onPassing` is also called with the place of
 * the node among them.
 */
export async function openProxies(to: string, onPassing: (what: Passing, node: number) => void): Promise<TcpProxy> {
  const proxies = await Promise.all(urlsIn(to).map((url, node) => openProxy(url, (what) => onPassing(what, node))));
  return {
    url: proxies.map(({ url }) => url).join(','),
    cut: () => proxies.forEach((proxy) => proxy.cut()),
    swallow: (on) => proxies.forEach((proxy) => proxy.swallow(on)),
    withhold: (on) => proxies.forEach((proxy) => proxy.withhold(on)),
    shut: (on) => proxies.forEach((proxy) => proxy.shut(on)),
    cutAt: (classId, methodId) => proxies.forEach((proxy) => proxy.cutAt(classId, methodId)),
    ignore: (classId, methodId) => proxies.forEach((proxy) => proxy.ignore(classId, methodId)),
    slow: (classId, methodId, ms) => proxies.forEach((proxy) => proxy.slow(classId, methodId, ms)),
    stall: (key) => proxies.forEach((proxy) => proxy.stall(key)),
    inject: (frame) => proxies.forEach((proxy) => proxy.inject(frame)),
    connections: () => proxies.reduce((sum, proxy) => sum + proxy.connections(), 0),
    close: async () => void (await Promise.all(proxies.map((proxy) => proxy.close()))),
  };
}

/**
 * AMQP 0-9-1, 1.4.2: connection.blocked (10, 60) with a reason, as RabbitMQ sends it when memory or disk runs short.
 */
export const blockedFrame = methodFrame(60, Buffer.from('\x0blow on disk', 'latin1'));
/** connection.unblocked (10, 61). */
export const unblockedFrame = methodFrame(61, Buffer.alloc(0));

function methodFrame(method: number, fields: Buffer): Buffer {
  const payload = Buffer.concat([Buffer.from([0, 10, 0, method]), fields]);
  const head = Buffer.from([1, 0, 0, 0, 0, 0, payload.length]);
  return Buffer.concat([head, payload, Buffer.from([0xce])]);
}
