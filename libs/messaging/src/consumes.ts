// @Consumes: declares which events of which queue a controller's method handles, on RabbitMQ and in process.
// Used by the apps' consumers; both transports find the handlers by the pattern made here.
import { Catch, type RpcExceptionFilter, UseFilters, applyDecorators } from '@nestjs/common';
import { BaseRpcContext, EventPattern } from '@nestjs/microservices';
import { type Envelope, type EventName, type QueueName, isEventName, queueNames, queues } from '#contracts';

export interface Delivery {
  queue: QueueName;
  /** 1 for the first; a delivery that is repeated after a crash has the same number. */
  attempt: number;
}

/** What `@Ctx()` gives a handler: the delivery of the message. */
export class DeliveryContext extends BaseRpcContext<[Delivery]> {
  get delivery(): Delivery {
    return this.getArgs()[0];
  }
}

/** The events a queue is bound to. */
export type BoundEvent<Q extends QueueName> = (typeof queues)[Q][number];

/** The checked envelope a handler receives: a union that narrows by `name`. */
export type BoundEnvelope<N extends EventName> = N extends EventName ? Envelope<N> : never;

type Handler<N extends EventName> = (envelope: BoundEnvelope<N>, context: DeliveryContext) => Promise<unknown>;
type HandlerDecorator<N extends EventName> = <H extends Handler<N>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void;

/** Nest would put a fixed text in place of the error; the reason must reach the dead letters. */
@Catch()
class OriginalError implements RpcExceptionFilter {
  catch(error: unknown): never {
    throw error;
  }
}

/**
 * Handles the named events of the queue: `@Consumes('scheduling-api.mail', 'ReplyReceived') async onReply(envelope:
 * Envelope<'ReplyReceived'>)`.
 * A second parameter, decorated with `@Ctx()` (the first then with `@Payload()`), receives the DeliveryContext.
 * Resolving acknowledges; PermanentFault or UnreadableEvent is a dead letter at once; any other error is tried again
 * later.
 * Refuses, when compiled and again when loaded, an event the queue is not bound to.
 */
export function Consumes<Q extends QueueName, N extends BoundEvent<Q>>(
  queue: Q,
  ...names: [N, ...N[]]
): HandlerDecorator<N> {
  const bound: readonly EventName[] = queues[queue] ?? [];
  for (const name of names) {
    if (!bound.includes(name)) throw new Error(`@Consumes: queue ${queue} is not bound to ${name}`);
  }
  const patterns = names.map((name) => patternOf(queue, name));
  return applyDecorators(EventPattern<string[]>(patterns), UseFilters(OriginalError));
}

/** The Nest pattern of one queue and event. */
export const patternOf = (queue: QueueName, name: EventName): string => `${queue}/${name}`;

/** The queue and event of a pattern made by @Consumes; undefined for any other pattern. */
export function readPattern(pattern: string): { queue: QueueName; name: EventName } | undefined {
  const [head, name = ''] = pattern.split('/');
  const queue = queueNames.find((known) => known === head);
  return queue && isEventName(name) ? { queue, name } : undefined;
}
