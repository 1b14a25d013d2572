// Which queue of which app is bound to which events, and the names on the broker.
// The topology declares from it, the consumers name their queue from it, the in-process transport routes by it.
import type { EventName } from './events';

export const exchange = 'scheduling';

export type AppName = 'scheduling-api' | 'notification-sender' | 'imip-ingestor';

/** Queue → the events it is bound to. One queue per consuming app and concern (contract, section 5). */
export const queues = {
  /** Changes of rooms that cause letters. */
  'notification-sender.rooms': [
    'RoomBooked',
    'RoomRescheduled',
    'RoomUpdated',
    'AttendeeChanged',
    'RoomCancelled',
    'ProposalCreated',
    'ProposalDeclined',
    'ProposalExpired',
    'ResendRequested',
    'FreshLinkRequested',
    'LinkOffered',
  ],
  /** Mails that may change a room. */
  'scheduling-api.mail': ['ReplyReceived', 'CounterReceived', 'RefreshReceived', 'ReplyHeld', 'TextReplyReceived'],
  /** Delivery reports of sent letters: they change the sender's own ledger only. */
  'notification-sender.deliveries': ['BounceReceived'],
  /** Requests to erase a person's data: each app erases its own tables (contract, section 7.6). */
  'scheduling-api.people': ['PersonErasureRequested'],
  'notification-sender.people': ['PersonErasureRequested'],
  'imip-ingestor.people': ['PersonErasureRequested'],
  /** Requests of an operator at the console: each app acts on its own tables. */
  'notification-sender.operator': ['LettersReplayRequested'],
  'imip-ingestor.operator': ['MailsReplayRequested'],
} as const satisfies Record<string, readonly EventName[]>;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];

/** The app that consumes a queue: the part of its name before the first dot. */
export const appOf = (queue: QueueName): AppName => queue.slice(0, queue.indexOf('.')) as AppName;

/** The queues that take events of this name; none for an event that only subscribers outside take. */
export const queuesFor = (name: EventName): QueueName[] =>
  queueNames.filter((queue) => (queues[queue] as readonly EventName[]).includes(name));
