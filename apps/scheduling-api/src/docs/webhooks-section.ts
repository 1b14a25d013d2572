// The `webhooks` section of the OpenAPI document: every type, as a request to the endpoint of the platform.
// Called by openapi.ts.
import { type WebhookType, webhookTypes } from '#contracts';
import { webhookExample, whenSent } from './webhook-schemas';

type Json = { [name: string]: unknown };

/** The name of a type's schema: `room.booked` is `WebhookRoomBooked`. */
export const schemaNameOf = (type: WebhookType): string =>
  `Webhook${type
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;

const header = (name: string, description: string, example: string): Json => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

const headers = [
  header(
    'webhook-id',
    'The id of the message, the same at each try: remember it, and take a message once.',
    '0199f6c2-5d1e-7c3a-9a4b-2f1d6e8c7b90',
  ),
  header('webhook-timestamp', 'When this try was signed, in seconds since 1970.', '1935565200'),
  header(
    'webhook-signature',
    'One or more signatures with blanks between, each `v1,` and the base64 of an HMAC-SHA256 over ' +
      '`id.timestamp.body`. One that fits is enough: while a secret is rotated both sign.',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
];

const responses = {
  '2XX': { description: 'Taken; it must come within 15 seconds.' },
  '410': { description: 'The endpoint is gone: it is disabled.' },
  default: {
    description: 'Anything else is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h.',
  },
};

export const webhooksSection = (): Record<string, Json> =>
  Object.fromEntries(
    webhookTypes.map((type) => [
      type,
      {
        post: {
          operationId: schemaNameOf(type),
          tags: ['Webhooks'],
          summary: whenSent[type],
          security: [],
          parameters: headers,
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { $ref: `#/components/schemas/${schemaNameOf(type)}` },
                example: webhookExample(type),
              },
            },
          },
          responses,
        },
      },
    ]),
  );
