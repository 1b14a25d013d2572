// The types of webhooks (contract, section 7.3). A public interface: types are only added.
// Written by the stores of scheduling-api and notification-sender; an endpoint is registered for some of them.

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

/** A webhook message; it is sent to every endpoint that is registered for its type. */
export interface WebhookMessage {
  /** The `webhook-id`, a UUID of version 7; the same for every endpoint and at every attempt. */
  id: string;
  type: WebhookType;
  roomId: string | null;
  occurredAt: Date;
  correlationId: string;
  /**
   * `data` of the body. Null until scheduling-api, which alone decides the JSON of a room, sets it to `room` and the
   * fields of `detail`.
   */
  data: Record<string, unknown> | null;
  detail: Record<string, unknown>;
}
