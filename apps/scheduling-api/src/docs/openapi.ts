// The OpenAPI 3.1 document, made from the table of operations and the zod schemas that the code parses with.
// Called once by docs.controller.ts and by the tests.
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
  InvitationAnswer,
  LetterAnswer,
  ProblemAnswer,
  ProposalAnswer,
  RoomAnswer,
  RoomsAnswer,
  TimelineAnswer,
} from './answers';
import { type Operation, sample } from './operation';
import { operations } from './operations';
import { EndpointAnswer, EndpointsAnswer, EndpointSecretAnswer, WebhookMessagesAnswer } from './operations-webhooks';
import { EndpointChange, EndpointRequest, ReplayRequest } from '../webhooks/requests';

export type Json = { [name: string]: unknown };

const words = {
  400: 'The body cannot be read.',
  401: 'No key or token, or a wrong one; the detail says what is wrong with it.',
  403: 'The scope is missing, or another site sent this.',
  404: 'Unknown or malformed id or token.',
  409: 'The state forbids it.',
  410: 'Expired.',
  413: 'Too large.',
  422: 'A field is wrong; the list of errors names it.',
  429: 'Too many requests; see Retry-After.',
  503: 'Not stored; try again.',
} as Record<number, string>;

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
};
const outputs = {
  Room: RoomAnswer,
  Rooms: RoomsAnswer,
  Invitation: InvitationAnswer,
  Proposal: ProposalAnswer,
  Policy,
  Timeline: TimelineAnswer,
  Letter: LetterAnswer,
  Endpoint: EndpointAnswer,
  EndpointWithSecret: EndpointSecretAnswer,
  Endpoints: EndpointsAnswer,
  WebhookMessages: WebhookMessagesAnswer,
  Problem: ProblemAnswer,
};

/** Fields whose rule is code: what a reader needs to know of it. */
const hints: Record<string, Json> = {
  name: { maxLength: 200 },
  title: { minLength: 1, maxLength: 200, default: 'Practice Session' },
  location: { maxLength: 500 },
  externalId: { maxLength: 200 },
  reason: { maxLength: 300 },
  note: { maxLength: 500 },
  timeZone: { description: 'IANA name', default: 'UTC' },
  locale: { description: 'BCP 47', default: 'en' },
};

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

const override: Override = ({ zodSchema, jsonSchema }) => {
  if (zodSchema === InstantInput)
    Object.assign(jsonSchema, { format: 'date-time', description: 'Any RFC 3339 instant' });
  if (zodSchema === Email) Object.assign(jsonSchema, { format: 'email', description: 'One bare address' });
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
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]));
}

const nameOf = (schema: z.ZodType): string | undefined =>
  Object.entries({ ...inputs, ...outputs }).find(([, each]) => each === schema)?.[0];

function refTo(schema: z.ZodType, io: 'input' | 'output'): Json {
  const name = nameOf(schema);
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  const { $schema: _, ...inline } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override });
  return inline;
}

export function openApi(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hybrid Scheduling',
      version: '1.0.0',
      description:
        'Two people agree on a meeting by calendar invitations and mail alone, without seeing each other’s address. Times go in as any RFC 3339 instant and come out in UTC with milliseconds.',
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Rooms', description: 'For the platform.' },
      { name: 'Letters', description: 'To send one letter by hand.' },
      { name: 'Webhooks', description: 'To be told of changes; scope webhooks.' },
      { name: 'Links', description: 'Behind the links in mails; the token is the authority.' },
      { name: 'Mail in', description: 'For mail servers; served by imip-ingestor.' },
      { name: 'Health', description: 'For probes and Prometheus; every app on its own PORT.' },
    ],
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A key of API_KEYS or OPERATOR_KEYS, or a JWT of the issuer that is set up. Scopes: rooms:read for GET, rooms:write for POST.',
        },
        inbound: { type: 'http', scheme: 'bearer', description: 'INBOUND_TOKEN.' },
      },
      schemas: { ...schemasOf(inputs, 'input'), ...schemasOf(outputs, 'output') },
    },
  };
}

function describe(operation: Operation): Json {
  const { id, tag, summary, description, opens, answer } = operation;
  const parameters = parametersOf(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: opens === 'key' || opens === 'inbound' ? [{ [opens]: [] }] : [],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(operation),
    responses: {
      [answer.status]: {
        description: answer.what,
        ...(answer.schema && {
          content: { [mediaTypeOf(answer.schema)]: { schema: refTo(answer.schema, 'output') } },
        }),
      },
      ...Object.fromEntries(problemsOf(operation).map((status) => [status, problem(status)])),
    },
  };
}

const mediaTypeOf = (schema: z.ZodType): string =>
  schema instanceof z.ZodString
    ? ((schema.meta()?.['contentMediaType'] as string | undefined) ?? 'text/html')
    : 'application/json';

/** Whoever may hand in mail is never turned away for its number. */
const common: Record<Operation['opens'], number[]> = {
  key: [401, 403, 429, 503],
  link: [429, 503],
  inbound: [401, 503],
  signature: [401, 503],
  nothing: [],
};

const problemsOf = ({ method, opens, problems }: Operation): number[] =>
  [...problems, ...(method === 'post' ? [400] : []), ...common[opens]].sort((a, b) => a - b);

const problem = (status: number): Json => ({
  description: words[status] ?? 'A problem.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function parametersOf({ path, method, opens, query, headers, example, providers }: Operation): Json[] {
  const inPath = [
    ...(['roomId', 'endpointId'] as const)
      .filter((name) => path.includes(`{${name}}`))
      .map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string', format: 'uuid' },
        example: sample[name],
      })),
    ...(providers
      ? [{ name: 'provider', in: 'path', required: true, schema: { type: 'string', enum: providers } }]
      : []),
  ];
  const known = query ? (refTo(query, 'input') as { properties?: Record<string, Json>; required?: string[] }) : {};
  const inQuery = Object.entries(known.properties ?? {}).map(([name, schema]) => {
    const value = method === 'get' ? example?.[name] : undefined;
    return {
      name,
      in: 'query',
      required: known.required?.includes(name) ?? false,
      schema,
      ...(value === undefined ? {} : { example: value }),
    };
  });
  const inHeader = Object.entries(headers ?? {}).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }));
  return [...inPath, ...inQuery, ...inHeader, ...(method === 'post' && opens === 'key' ? [idempotencyKey] : [])];
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description: 'The same key and body get the first answer; another body is a 422.',
};

function bodyOf({ body, mail, form, example, opens }: Operation): Json {
  if (mail !== undefined)
    return {
      requestBody: { required: true, content: { 'message/rfc822': { schema: { type: 'string' }, example: mail } } },
    };
  if (opens === 'signature') return { requestBody: { required: true, content: { '*/*': { schema: {} } } } };
  if (!body) return {};
  const schema = refTo(body, 'input');
  const content = {
    'application/json': { schema, ...(example ? { example } : {}) },
    ...(form ? { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } } : {}),
  };
  return { requestBody: { required: true, content } };
}
