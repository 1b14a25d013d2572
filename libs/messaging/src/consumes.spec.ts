// Handlers are tied to queue and event when compiled, when loaded and when the app starts.
import { Controller, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, type MicroserviceOptions } from '@nestjs/microservices';
import { pino } from 'pino';
import type { Envelope } from '#contracts';
import { Consumes, patternOf, readPattern } from './consumes';
import { InProcessTransport } from './in-process-transport';

async function start(...controllers: Type[]): Promise<void> {
  @Module({ controllers })
  class TestModule {}
  const strategy = new InProcessTransport({ logger: pino({ level: 'silent' }) });
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(TestModule, { strategy, logger: false });
  try {
    await app.listen();
  } finally {
    await app.close();
  }
}

@Controller()
class Bounces {
  @Consumes('notification-sender.deliveries', 'BounceReceived')
  async onBounce(envelope: Envelope<'BounceReceived'>): Promise<void> {
    await Promise.resolve(envelope);
  }
}

it('an app whose queues are handled fully starts', async () => {
  await expect(start(Bounces)).resolves.toBeUndefined();
});

it('an event the queue is not bound to is refused when compiled and when loaded', () => {
  // @ts-expect-error RoomBooked is not bound to this queue
  expect(() => Consumes('scheduling-api.mail', 'RoomBooked')).toThrow(
    '@Consumes: queue scheduling-api.mail is not bound to RoomBooked',
  );
  // @ts-expect-error no such queue
  expect(() => Consumes('scheduling-api.post', 'ReplyReceived')).toThrow(
    '@Consumes: queue scheduling-api.post is not bound to ReplyReceived',
  );
});

it('a handler that takes another event than it is said to consume is refused when compiled', () => {
  class Wrong {
    // @ts-expect-error the handler wants ReplyReceived
    @Consumes('notification-sender.deliveries', 'BounceReceived')
    async onBounce(envelope: Envelope<'ReplyReceived'>): Promise<void> {
      await Promise.resolve(envelope);
    }
  }
  expect(new Wrong()).toBeInstanceOf(Wrong);
});

it('a queue of which one event has no handler keeps the app from starting', async () => {
  @Controller()
  class Half {
    @Consumes('scheduling-api.mail', 'ReplyReceived', 'CounterReceived')
    async onSome(): Promise<void> {}
  }
  await expect(start(Half)).rejects.toThrow(/^queue scheduling-api\.mail has no handler for .*RefreshReceived/);
});

it('two handlers for one queue and event keep the app from starting', async () => {
  @Controller()
  class Again {
    @Consumes('notification-sender.deliveries', 'BounceReceived')
    async onBounce(): Promise<void> {}
  }
  await expect(start(Bounces, Again)).rejects.toThrow('two handlers for notification-sender.deliveries/BounceReceived');
});

it('a handler not made by @Consumes keeps the app from starting', async () => {
  @Controller()
  class Foreign {
    @EventPattern<string>('room.booked')
    async onBooked(): Promise<void> {}
  }
  await expect(start(Foreign)).rejects.toThrow('handler for room.booked is not made by @Consumes');
});

it('a pattern is read back as its queue and event, and nothing else is', () => {
  expect(readPattern(patternOf('scheduling-api.mail', 'ReplyReceived'))).toEqual({
    queue: 'scheduling-api.mail',
    name: 'ReplyReceived',
  });
  for (const other of ['', '/', 'scheduling-api.mail', 'scheduling-api.mail/constructor', 'toString/ReplyReceived']) {
    expect(readPattern(other)).toBeUndefined();
  }
});
