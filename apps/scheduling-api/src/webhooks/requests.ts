// The shapes of requests about webhook endpoints, field by field, and the refusal of an unknown one.
// Read by endpoints.controller.ts, the console and the OpenAPI page.
import { z } from 'zod';
import { webhookTypes } from '#contracts';
import { Problem } from '#service';
import { InstantInput, isPlainText } from '../rooms/requests';

const text = (max: number): z.ZodString =>
  z.string().max(max, `must be at most ${max} characters`).refine(isPlainText, 'must not contain control characters');

/** `null` and a list that is left out mean every type, also those to come. */
const eventTypes = z
  .array(z.enum(webhookTypes, `must be one of ${webhookTypes.join(', ')}`))
  .min(1, 'must name at least one type, or be left out for all')
  .max(webhookTypes.length, 'must name no type twice')
  .transform((types) => [...new Set(types)]);

const fields = {
  url: text(2_000).meta({ description: 'https, without credentials, at a public address' }),
  events: eventTypes.nullable().optional().meta({ description: 'Which types; left out or null: all' }),
  description: text(300).nullable().optional(),
  includeAddresses: z
    .boolean()
    .nullable()
    .optional()
    .meta({ description: 'Whether messages contain the parties’ names and addresses; false unless given' }),
};

export const EndpointRequest = z.strictObject(fields);
export const EndpointChange = z.strictObject({
  ...fields,
  url: fields.url.optional(),
  status: z.enum(['enabled', 'disabled'], 'must be enabled or disabled').optional(),
});
/** For calls that take nothing but their path. */
export const NoFields = z.strictObject({});

export const ReplayRequest = z.strictObject({
  since: InstantInput.nullable().optional(),
  until: InstantInput.nullable().optional(),
  status: z.enum(['failed', 'all'], 'must be failed or all').nullable().optional(),
  messageIds: z.array(z.uuid('must be ids of messages')).min(1, 'must not be empty').max(1_000).nullable().optional(),
});

export const MessagesQuery = z.strictObject({
  status: z.enum(['pending', 'delivered', 'failed'], 'must be pending, delivered or failed').optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number from 1 to 200')
    .transform(Number)
    .pipe(z.number().min(1, 'must be a number from 1 to 200').max(200, 'must be a number from 1 to 200'))
    .default(50),
  cursor: z.uuid('must be the nextCursor of an earlier page').optional(),
});

export const endpointNotFound = (): Problem =>
  new Problem(404, 'endpoint-not-found', 'There is no such webhook endpoint.');
