// Names of a test's own on the RabbitMQ at RABBITMQ_URL, their removal afterwards, and a road to it that can be broken.
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
 * A road to the broker that a test can break: the network between us and it, with nothing of the broker or the client
 * replaced.
 */
export interface Road {
  /** Use instead of brokerUrl(). */
  url: string;
  /** Cuts every connection at once, without a goodbye. */
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
  /**
   * Puts a frame of the broker's kind into every connection, as if the broker had sent it. Only between frames: when
   * all is quiet.
   */
  inject(frame: Buffer): void;
  connections(): number;
  close(): Promise<void>;
}

export async function openRoad(to = brokerUrl()): Promise<Road> {
  const target = new URL(to);
  const pairs = new Set<[Socket, Socket]>();
  let swallowing = false;
  let withheld: (() => void)[] | undefined;
  let closed = false;
  let trap: Buffer | undefined;
  const server = createServer((near) => {
    const far = connectSocket(Number(target.port || 5672), target.hostname);
    const pair: [Socket, Socket] = [near, far];
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    pairs.add(pair);
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.on('error', end).on('close', end);
    far.on('error', end).on('close', end);
    near.on('data', (chunk) => {
      if (trap && chunk.includes(trap)) {
        trap = undefined;
        cut();
      } else if (!swallowing) far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (withheld) withheld.push(() => near.write(chunk));
      else if (!swallowing) near.write(chunk);
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
    inject: (frame) => pairs.forEach(([near]) => near.write(frame)),
    connections: () => pairs.size,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One road to each node of a cluster, broken all at once; `url` names them with commas. */
export async function openRoads(to: string): Promise<Road> {
  const roads = await Promise.all(urlsIn(to).map((url) => openRoad(url)));
  return {
    url: roads.map(({ url }) => url).join(','),
    cut: () => roads.forEach((road) => road.cut()),
    swallow: (on) => roads.forEach((road) => road.swallow(on)),
    withhold: (on) => roads.forEach((road) => road.withhold(on)),
    shut: (on) => roads.forEach((road) => road.shut(on)),
    cutAt: (classId, methodId) => roads.forEach((road) => road.cutAt(classId, methodId)),
    inject: (frame) => roads.forEach((road) => road.inject(frame)),
    connections: () => roads.reduce((sum, road) => sum + road.connections(), 0),
    close: async () => void (await Promise.all(roads.map((road) => road.close()))),
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
