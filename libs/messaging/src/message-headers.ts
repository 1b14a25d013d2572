// The headers that travel with an event that failed: how often, why, when and where.
// Written and read by the consumers and the dead-letter tools.
import type { Message, MessageProperties, Options } from 'amqplib';
import type { QueueName } from '#contracts';

type Headers = Record<string, string | number>;

export const header = {
  /** Number of the attempt this delivery is; absent on the first. */
  attempt: 'x-attempt',
  retryReason: 'x-retry-reason',
  firstFailedAt: 'x-first-failed-at',
  deadReason: 'x-dead-reason',
  deadAt: 'x-dead-at',
  deadQueue: 'x-dead-queue',
  deadAttempts: 'x-dead-attempts',
  replays: 'x-replays',
  /** W3C Trace Context: the span that published the event. */
  traceparent: 'traceparent',
} as const;

/** The number of a delivery's attempt, 1 for the first; an unreadable value counts as 1. */
export const attemptOf = (message: Message): number => countOf(message, header.attempt) || 1;

export const replaysOf = (message: Message): number => countOf(message, header.replays);

function countOf(message: Message, name: string): number {
  const value: unknown = message.properties.headers?.[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

export const textOf = (message: Message, name: string): string | undefined => {
  const value: unknown = message.properties.headers?.[name];
  return typeof value === 'string' ? value : undefined;
};

export function retryHeaders(message: Message, attempt: number, reason: string): Headers {
  return {
    ...carried(message),
    [header.attempt]: attempt + 1,
    [header.retryReason]: reason,
    [header.firstFailedAt]: textOf(message, header.firstFailedAt) ?? new Date().toISOString(),
  };
}

export function deadHeaders(message: Message, queue: QueueName, attempts: number, reason: string): Headers {
  const failedAt = textOf(message, header.firstFailedAt);
  return {
    ...carried(message),
    ...(failedAt === undefined ? {} : { [header.firstFailedAt]: failedAt }),
    [header.deadReason]: reason,
    [header.deadAt]: new Date().toISOString(),
    [header.deadQueue]: queue,
    [header.deadAttempts]: attempts,
  };
}

function carried(message: Message): Headers {
  const traceparent = textOf(message, header.traceparent);
  return {
    ...(replaysOf(message) > 0 ? { [header.replays]: replaysOf(message) } : {}),
    ...(traceparent === undefined ? {} : { [header.traceparent]: traceparent }),
  };
}

/**
 * The properties of a copy: the original's as far as they are text, and headers of ours only (a copied `x-death`
 * would look like a cycle to the broker).
 */
export function propertiesOf(
  message: Message,
  headers: Headers,
): Pick<Options.Publish, 'headers' | 'messageId' | 'type' | 'correlationId' | 'contentType' | 'appId' | 'timestamp'> {
  const { messageId, type, correlationId, contentType, appId, timestamp } = message.properties as Record<
    keyof MessageProperties,
    unknown
  >;
  const texts = Object.entries({ messageId, type, correlationId, contentType, appId }).filter(
    (entry) => typeof entry[1] === 'string',
  );
  return { ...Object.fromEntries(texts), ...(typeof timestamp === 'number' ? { timestamp } : {}), headers };
}
