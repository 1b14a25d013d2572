// The JSON schemas of the description, made from the zod schemas that the code parses with, each field with its
// description.
// Called by openapi.ts.
import { z } from 'zod';
import { Policy } from '#contracts';
import { ProposeRequest } from '../links/propose-request';
import { AttendeeRequest, RescheduleRequest, UpdateRequest } from '../rooms/change-requests';
import {
  BookRequest,
  CreateRequest,
  DeleteRequest,
  Email,
  InstantInput,
  PersonInput,
  PolicyInput,
  SendCancelRequest,
  SendRequest,
} from '../rooms/requests';
import {
  InvitationResponse,
  LetterResponse,
  ProblemResponse,
  ProposalResponse,
  RoomResponse,
  RoomsResponse,
  TimelineResponse,
} from './response-schemas';
import { describeFields } from './describe-fields';
import { apiFields } from './descriptions';
import { EraseResponse, ExportResponse } from './operations-people';
import {
  EndpointResponse,
  EndpointsResponse,
  EndpointSecretResponse,
  WebhookMessagesResponse,
} from './operations-webhooks';
import { EraseRequest, ExportRequest } from '../people/person';
import { EndpointChange, EndpointRequest, ReplayRequest } from '../webhooks/requests';
import { WebhookRoom, webhookBodies } from './webhook-schemas';
import { schemaNameOf } from './webhooks-section';

type Json = { [name: string]: unknown };

const inputs = {
  Person: PersonInput,
  PolicyInput,
  CreateRequest,
  BookRequest,
  DeleteRequest,
  RescheduleRequest,
  UpdateRequest,
  AttendeeRequest,
  SendRequest,
  SendCancelRequest,
  ProposeRequest,
  EndpointRequest,
  EndpointChange,
  ReplayRequest,
  ExportRequest,
  EraseRequest,
};
const outputs = {
  Room: RoomResponse,
  Rooms: RoomsResponse,
  Invitation: InvitationResponse,
  Proposal: ProposalResponse,
  Policy,
  Timeline: TimelineResponse,
  Letter: LetterResponse,
  Endpoint: EndpointResponse,
  EndpointWithSecret: EndpointSecretResponse,
  Endpoints: EndpointsResponse,
  WebhookMessages: WebhookMessagesResponse,
  PersonExport: ExportResponse,
  Erasure: EraseResponse,
  Problem: ProblemResponse,
  WebhookRoom,
  ...Object.fromEntries([...webhookBodies].map(([type, body]) => [schemaNameOf(type), body])),
};

/** Fields whose rule is code: what a reader needs to know of it. */
const hints: Record<string, Json> = {
  name: { maxLength: 200 },
  title: { minLength: 1, maxLength: 200, default: 'Practice Session' },
  location: { maxLength: 500 },
  externalId: { maxLength: 200 },
  reason: { maxLength: 300 },
  note: { maxLength: 500 },
  timeZone: { default: 'UTC' },
  locale: { default: 'en' },
};

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

const override: Override = ({ zodSchema, jsonSchema }) => {
  if (zodSchema === InstantInput) Object.assign(jsonSchema, { format: 'date-time' });
  if (zodSchema === Email) Object.assign(jsonSchema, { format: 'email' });
  const { properties = {} } = jsonSchema;
  for (const [name, hint] of Object.entries(hints)) {
    const property = properties[name];
    if (typeof property === 'object' && !('$ref' in property)) Object.assign(property, hint);
  }
};

/** Named schemas refer to each other by `#/components/schemas/…`. */
function schemasOf(named: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
    ...(io === 'input' ? { override } : {}),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [
      id,
      describeFields(schema, id, apiFields) as Json,
    ]),
  );
}

const nameOf = (schema: z.ZodType): string | undefined =>
  Object.entries({ ...inputs, ...outputs }).find(([, each]) => each === schema)?.[0];

/** A reference to a named schema, else the schema itself, its fields described as those of `place`. */
export function refTo(schema: z.ZodType, io: 'input' | 'output', place: string): Json {
  const name = nameOf(schema);
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  const { $schema: _, ...inline } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override });
  return describeFields(inline, place, apiFields);
}

/** Every named schema, by its name. */
export const namedSchemas = (): Record<string, Json> => ({
  ...schemasOf(inputs, 'input'),
  ...schemasOf(outputs, 'output'),
});
