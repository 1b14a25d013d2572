// What both transports share as Nest strategies: the table of @Consumes handlers, checked at start, and how one of
// them is run.
// Extended by RabbitTransport and InProcessTransport.
import { type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { type Envelope, type EventName, type QueueName, queueNames, queues } from '#contracts';
import { PermanentFault } from './faults';
import { type Delivery, DeliveryContext, patternOf, readPattern } from './consumes';

/** The table of handlers, by queue and event. A transport calls `consumedQueues` before it takes events. */
export abstract class EventServer extends Server {
  // The transport handles failures; Nest must not log them as unhandled.
  override readonly propagatesEventHandlerErrors = true;

  /**
   * Called by Nest for every pattern it finds. Refuses a second handler for one queue and event, and whatever is not
   * made by @Consumes.
   */
  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    if (typeof pattern !== 'string' || !readPattern(pattern))
      throw new Error(`handler for ${String(pattern)} is not made by @Consumes`);
    if (this.messageHandlers.has(pattern)) throw new Error(`two handlers for ${pattern}`);
    super.addHandler(pattern, callback, isEventHandler, extras);
  }

  /**
   * The queues that have handlers. Throws when one of them lacks a handler for an event it is bound to: that event
   * would only become a dead letter there.
   */
  protected consumedQueues(): QueueName[] {
    const consumed = queueNames.filter((queue) =>
      queues[queue].some((name) => this.messageHandlers.has(patternOf(queue, name))),
    );
    for (const queue of consumed) {
      const missing = queues[queue].filter((name: EventName) => !this.messageHandlers.has(patternOf(queue, name)));
      if (missing.length > 0) throw new Error(`queue ${queue} has no handler for ${missing.join(', ')}`);
    }
    return consumed;
  }

  protected hasHandler(queue: QueueName, name: EventName): boolean {
    return this.messageHandlers.has(patternOf(queue, name));
  }

  /** Runs the handler to its end; rejects with the error the handler threw. */
  protected async handle(delivery: Delivery, envelope: Envelope): Promise<void> {
    const handler = this.messageHandlers.get(patternOf(delivery.queue, envelope.name));
    if (!handler) throw new PermanentFault(`queue ${delivery.queue} has no handler for ${envelope.name}`);
    const result: unknown = await handler(envelope, new DeliveryContext([delivery]));
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  }

  override on(): void {}

  override unwrap<T>(): T {
    throw new Error('nothing to unwrap');
  }
}
