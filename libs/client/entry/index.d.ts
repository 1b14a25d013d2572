import type { Client } from 'openapi-fetch';
import type { ClientOptions } from './client.js';
import type { components, paths } from './schema.js';
import type { WebhookHeaders } from './verify-webhook.js';

export type { ClientOptions } from './client.js';
export { pages, take } from './client.js';
export { SchedulingProblem } from './problem.js';
export { WebhookRefused } from './verify-webhook.js';
export type { components, paths } from './schema.js';

export type Room = components['schemas']['Room'];
export type SchedulingClient = Client<paths>;

/** A typed client: `client.POST('/api/practice-room/create', { body })`. */
export declare function createClient(options: ClientOptions): SchedulingClient;

/** The room of a webhook: without `email` and `name` unless the endpoint asked for them. */
export type WebhookRoom = Omit<Room, 'invitations'> & {
  invitations: (Omit<Room['invitations'][number], 'email' | 'name'> & { email?: string; name?: string | null })[];
};

export interface WebhookEvent {
  type: components['schemas']['WebhookMessages']['items'][number]['type'];
  timestamp: string;
  data: { room?: WebhookRoom; [field: string]: unknown };
}

/** Checks time and signature of a webhook against its raw body. Throws WebhookRefused. */
export declare function verifyWebhook(
  headers: WebhookHeaders,
  body: string | Uint8Array,
  secrets: string | readonly string[],
): WebhookEvent;
