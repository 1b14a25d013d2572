// The operations of webhook endpoints: register, change, rotate, test, replay, and what was sent.
// Read by operations.ts; the schemas of requests are the ones that the code itself parses with.
import { z } from 'zod';
import { Instant, webhookTypes } from '#contracts';
import { EndpointChange, EndpointRequest, MessagesQuery, NoFields, ReplayRequest } from '../webhooks/requests';
import type { Operation } from './operation';

const endpoint = {
  endpointId: z.uuid(),
  url: z.string(),
  events: z.array(z.enum(webhookTypes)).meta({ description: 'The types that it gets; by default all.' }),
  description: z.string().nullable(),
  includeAddresses: z.boolean().meta({ description: 'Whether its messages contain names and addresses.' }),
  status: z.enum(['enabled', 'disabled']),
  createdAt: Instant,
};

export const EndpointResponse = z.strictObject(endpoint);
export const EndpointSecretResponse = z.strictObject({
  ...endpoint,
  secret: z.string().meta({ description: 'Signs what is sent (Standard Webhooks); shown here and never again.' }),
});
export const EndpointsResponse = z.strictObject({ items: z.array(EndpointResponse) });

export const WebhookMessagesResponse = z.strictObject({
  items: z.array(
    z.strictObject({
      messageId: z.uuid().meta({ description: 'The `webhook-id`, the same at each try.' }),
      type: z.enum(webhookTypes),
      roomId: z.uuid().nullable(),
      status: z.enum(['pending', 'delivered', 'failed']),
      attempts: z.array(
        z.strictObject({
          at: Instant,
          httpStatus: z.number().int().nullable(),
          ms: z.number().int(),
          error: z.string().nullable(),
        }),
      ),
      nextAttemptAt: Instant.nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const path = '/api/webhooks/endpoints';
const common = { tag: 'Webhooks', opens: 'key' } as const;

export const webhooks: Operation[] = [
  {
    ...common,
    method: 'post',
    path,
    id: 'createWebhookEndpoint',
    body: EndpointRequest,
    summary: 'Register an endpoint for messages about changes',
    description: 'Scope `webhooks`. The secret in the response is shown once.',
    example: {
      url: 'https://platform.invalid/hooks',
      events: ['room.booked', 'room.cancelled'],
      description: 'orders',
    },
    response: { status: 201, what: 'The endpoint with its secret.', schema: EndpointSecretResponse },
    problems: [409, 413, 422],
  },
  {
    ...common,
    method: 'get',
    path,
    id: 'listWebhookEndpoints',
    summary: 'List the endpoints',
    response: { status: 200, what: 'All endpoints.', schema: EndpointsResponse },
    problems: [],
  },
  {
    ...common,
    method: 'get',
    path: `${path}/{endpointId}`,
    id: 'readWebhookEndpoint',
    summary: 'Read an endpoint',
    response: { status: 200, what: 'The endpoint.', schema: EndpointResponse },
    problems: [404],
  },
  {
    ...common,
    method: 'patch',
    path: `${path}/{endpointId}`,
    id: 'changeWebhookEndpoint',
    body: EndpointChange,
    summary: 'Change an endpoint, or disable and enable it',
    example: { events: null, status: 'enabled' },
    response: { status: 200, what: 'The endpoint.', schema: EndpointResponse },
    problems: [400, 404, 413, 422],
  },
  {
    ...common,
    method: 'delete',
    path: `${path}/{endpointId}`,
    id: 'deleteWebhookEndpoint',
    summary: 'Delete an endpoint and its pending messages',
    response: { status: 204, what: 'Deleted.', schema: null },
    problems: [404],
  },
  {
    ...common,
    method: 'post',
    path: `${path}/{endpointId}/rotate-secret`,
    id: 'rotateWebhookSecret',
    body: NoFields,
    summary: 'Make a new secret',
    description: 'The old one signs beside it for 24 hours.',
    response: { status: 200, what: 'The endpoint with its new secret.', schema: EndpointSecretResponse },
    problems: [404, 422],
  },
  {
    ...common,
    method: 'post',
    path: `${path}/{endpointId}/test`,
    id: 'testWebhookEndpoint',
    body: NoFields,
    summary: 'Send a `webhook.test` now',
    response: { status: 202, what: 'The id of the message.', schema: z.strictObject({ messageId: z.uuid() }) },
    problems: [404, 409, 422],
  },
  {
    ...common,
    method: 'post',
    path: `${path}/{endpointId}/replay`,
    id: 'replayWebhooks',
    body: ReplayRequest,
    summary: 'Send messages again, under their ids',
    description: 'Those that were given up, or all; of a time, or some by their ids.',
    example: { status: 'all', since: '2031-05-01T00:00:00Z' },
    response: {
      status: 202,
      what: 'How many will be sent again.',
      schema: z.strictObject({ count: z.number().int().nonnegative() }),
    },
    problems: [404, 413, 422],
  },
  {
    ...common,
    method: 'get',
    path: `${path}/{endpointId}/messages`,
    id: 'listWebhookMessages',
    query: MessagesQuery,
    summary: 'What was sent to an endpoint, the newest first',
    example: { status: 'failed', limit: '20' },
    response: { status: 200, what: 'One page; `nextCursor` is null on the last.', schema: WebhookMessagesResponse },
    problems: [404, 422],
  },
];
