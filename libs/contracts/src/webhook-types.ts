// The types of webhooks (contract, section 7.3). A public interface: types are only added.
// Written by the stores of scheduling-api and notification-sender; registered for in endpoints.

export const webhookTypes = [
  'room.booked',
  'room.rescheduled',
  'room.updated',
  'room.cancelled',
  'attendee.replied',
  'attendee.changed',
  'proposal.created',
  'proposal.approved',
  'proposal.declined',
  'proposal.expired',
  'letter.sent',
  'letter.delivered',
  'letter.bounced',
  'letter.failed',
  'mail.unconfirmed',
  'webhook.test',
] as const;
export type WebhookType = (typeof webhookTypes)[number];

/** One message for every endpoint that asked for its type. */
export interface WebhookMessage {
  /** The `webhook-id`, a UUID of version 7; the same to every endpoint and at every try. */
  id: string;
  type: WebhookType;
  roomId: string | null;
  occurredAt: Date;
  correlationId: string;
  /** `data` of the body; null until scheduling-api, which decides the shape of a room, adds `room` before `detail`. */
  data: Record<string, unknown> | null;
  detail: Record<string, unknown>;
}
