// Events, handlers and a consuming Nest app for the tests of messaging.
// Used by the messaging-*.spec.ts files only.
import { randomUUID } from 'node:crypto';
import { Controller, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, type MicroserviceOptions, Payload } from '@nestjs/microservices';
import type { ChannelModel, GetMessage } from 'amqplib';
import { type DestinationStream, type Logger, pino } from 'pino';
import { type Envelope, type OutboxRow, envelop, queues } from '#contracts';
import {
  Consumes,
  type Delivery,
  DeliveryContext,
  RabbitPublisher,
  RabbitTransport,
  type RetryPolicy,
  type RabbitTransportOptions,
} from '#messaging';
import { brokerUrl } from '../../support/broker';

/** Short waits, three attempts. */
export const quick: RetryPolicy = { delaysMs: [300, 600], maxAttempts: 3 };

export const bounce = (messageId: string | null = null): Envelope<'BounceReceived'> =>
  envelop('BounceReceived', { ...party(), mailId: null, messageId, kind: 'hard', status: '5.1.1' }, meta());

export const refresh = (): Envelope<'RefreshReceived'> =>
  envelop('RefreshReceived', { ...party(), mailId: randomUUID() }, meta());

/** An event that no queue of ours is bound to. */
export const letterSent = (): Envelope<'LetterSent'> =>
  envelop(
    'LetterSent',
    { ...party(), letterId: randomUUID(), messageId: 'a', method: 'REQUEST', sequence: 0, occasion: '' },
    meta(),
  );

const party = () => ({ roomId: randomUUID(), invitationId: randomUUID(), role: 'guest' as const });
const meta = () => ({ id: randomUUID(), occurredAt: new Date(), correlationId: 'test' });

let position = 0;
export const rowOf = (envelope: Envelope, attempts = 0): OutboxRow => ({
  position: String((position += 1)),
  envelope,
  attempts,
});

export type Run = (envelope: Envelope, delivery: Delivery) => Promise<void>;

/** Consumes `notification-sender.deliveries`. */
export function deliveriesController(run: Run): Type {
  @Controller()
  class Deliveries {
    @Consumes('notification-sender.deliveries', 'BounceReceived')
    async onBounce(@Payload() envelope: Envelope<'BounceReceived'>, @Ctx() context: DeliveryContext): Promise<void> {
      await run(envelope, context.delivery);
    }
  }
  return Deliveries;
}

/** Consumes `scheduling-api.mail`. */
export function mailController(run: Run): Type {
  @Controller()
  class Mail {
    @Consumes('scheduling-api.mail', ...queues['scheduling-api.mail'])
    async onMail(@Payload() envelope: Envelope, @Ctx() context: DeliveryContext): Promise<void> {
      await run(envelope, context.delivery);
    }
  }
  return Mail;
}

export async function serve(strategy: MicroserviceOptions, controllers: Type[]): Promise<{ close(): Promise<void> }> {
  @Module({ controllers })
  class TestModule {}
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(TestModule, { ...strategy, logger: false });
  await app.listen();
  return app;
}

export const silent = pino({ level: 'silent' });

interface LogLine {
  level: number;
  msg: string;
  reason?: string;
  relay?: string;
}

/** A logger whose lines a test can read. */
export function listeningLogger(): { logger: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const stream: DestinationStream = { write: (line) => void lines.push(JSON.parse(line) as LogLine) };
  return { logger: pino({ level: 'debug' }, stream), lines };
}

export interface BrokerPair {
  publisher: RabbitPublisher;
  transport: RabbitTransport;
  close(): Promise<void>;
}

/** Publisher and consuming app on the real broker, both connected. */
export async function consume(
  prefix: string,
  controllers: Type[],
  more: Partial<RabbitTransportOptions> = {},
): Promise<BrokerPair> {
  const options = { url: brokerUrl(), prefix, appName: 'test', logger: silent, retry: quick, ...more };
  const publisher = new RabbitPublisher(options);
  publisher.open();
  await publisher.whenReady(AbortSignal.timeout(10_000));
  const transport = new RabbitTransport({ publisher, ...options });
  const app = await serve({ strategy: transport }, controllers);
  return {
    publisher,
    transport,
    async close() {
      await app.close();
      await publisher.close();
    },
  };
}

/** Publishes and insists on the broker's confirm. */
export async function send(publisher: RabbitPublisher, ...envelopes: Envelope[]): Promise<void> {
  const outcomes = await Promise.all(publisher.publish(envelopes.map((envelope) => rowOf(envelope))));
  expect(outcomes.map((outcome) => outcome.outcome)).toEqual(envelopes.map(() => 'sent'));
}

/** The next message of a queue, or undefined while there is none. */
export async function next(model: ChannelModel, queue: string): Promise<GetMessage | undefined> {
  const channel = await model.createChannel();
  const message = await channel.get(queue, { noAck: true });
  await channel.close();
  return message || undefined;
}

export async function depth(model: ChannelModel, queue: string): Promise<number> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  const { messageCount } = await channel.checkQueue(queue);
  await channel.close();
  return messageCount;
}
