// The OpenAPI 3.1 document, made from the table of operations and the zod schemas that the code parses with.
// Called once by docs.controller.ts and by the tests.
import { z } from 'zod';
import { type Operation, sample } from './operation';
import { operations } from './operations';
import { problemExamples } from './problem-examples';
import { namedSchemas, refTo } from './schemas';
import { webhooksSection } from './webhooks-section';

export type Json = { [name: string]: unknown };

const words = {
  400: 'The body cannot be read.',
  401: 'No key or token, or a wrong one; the detail says what is wrong with it.',
  403: 'The scope is missing, or another site sent this.',
  404: 'Unknown or malformed id or token.',
  409: 'The state of the room does not allow it.',
  410: 'Expired.',
  413: 'Too large.',
  415: 'The content type is not supported.',
  422: 'A field is wrong; the list of errors names it.',
  429: 'Too many requests; see Retry-After.',
  503: 'Not stored; try again.',
} as Record<number, string>;

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
        'Two people agree on a meeting by calendar invitations and mail alone, without seeing each other’s ' +
        'address. Times go in as any RFC 3339 instant and come out in UTC with milliseconds.',
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Rooms', description: 'For the platform.' },
      { name: 'Letters', description: 'To send one letter on request.' },
      { name: 'Webhooks', description: 'To be notified of changes; scope webhooks.' },
      { name: 'People', description: 'A person’s data; scope operator.' },
      { name: 'Links', description: 'The pages behind the links in mails; the token is the credential.' },
      { name: 'Mail in', description: 'For mail servers; served by imip-ingestor.' },
      { name: 'Health', description: 'For probes and Prometheus; every app on its own PORT.' },
    ],
    paths,
    webhooks: webhooksSection(),
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A key of API_KEYS or OPERATOR_KEYS, or a JWT of the issuer that is set up. Scopes: rooms:read for ' +
            'GET, rooms:write for POST, operator for people.',
        },
        inbound: { type: 'http', scheme: 'bearer', description: 'INBOUND_TOKEN.' },
      },
      schemas: namedSchemas(),
    },
  };
}

function describe(operation: Operation): Json {
  const { id, tag, summary, description, opens, response } = operation;
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
      [response.status]: {
        description: response.what,
        ...(response.schema && {
          content: { [mediaTypeOf(response.schema)]: { schema: refTo(response.schema, 'output', id) } },
        }),
      },
      ...Object.fromEntries(problemsOf(operation).map((status) => [status, problem(operation, status)])),
    },
  };
}

const mediaTypeOf = (schema: z.ZodType): string =>
  schema instanceof z.ZodString
    ? ((schema.meta()?.['contentMediaType'] as string | undefined) ?? 'text/html')
    : 'application/json';

/** The endpoints for inbound mail have no rate limit. */
const common: Record<Operation['opens'], number[]> = {
  key: [401, 403, 429, 503],
  link: [429, 503],
  inbound: [401, 503],
  signature: [401, 503],
  nothing: [],
};

const problemsOf = ({ method, opens, problems, body, mail }: Operation): number[] =>
  [
    ...problems,
    ...(method === 'post' ? [400] : []),
    ...(body || mail !== undefined ? [415] : []),
    ...common[opens],
  ].sort((a, b) => a - b);

const problem = (operation: Operation, status: number): Json => ({
  description: words[status] ?? 'A problem.',
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      examples: problemExamples(operation, status),
    },
  },
});

const pathWords = {
  roomId: 'The id of the room.',
  endpointId: 'The id of the webhook endpoint.',
  id: 'The id of the mail.',
  provider: 'Whose format it is in.',
};

function parametersOf(operation: Operation): Json[] {
  const { method, opens, headers } = operation;
  const inHeader = Object.entries(headers ?? {}).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }));
  const key = method === 'post' && opens === 'key' ? [idempotencyKey] : [];
  return [...inPath(operation), ...inQuery(operation), ...inHeader, ...key];
}

function inPath({ path, providers }: Operation): Json[] {
  const required = { in: 'path', required: true };
  const ids = (['roomId', 'endpointId', 'id'] as const)
    .filter((name) => path.includes(`{${name}}`))
    .map((name) => ({
      name,
      ...required,
      description: pathWords[name],
      schema: { type: 'string', format: 'uuid' },
      example: sample[name],
    }));
  if (providers === undefined) return ids;
  const schema = { type: 'string', enum: providers };
  return [...ids, { name: 'provider', ...required, description: pathWords.provider, schema }];
}

function inQuery({ id, method, query, example }: Operation): Json[] {
  const known = query ? (refTo(query, 'input', id) as { properties?: Record<string, Json>; required?: string[] }) : {};
  return Object.entries(known.properties ?? {}).map(([name, schema]) => {
    const value = method === 'get' ? example?.[name] : undefined;
    return {
      name,
      in: 'query',
      required: known.required?.includes(name) ?? false,
      description: schema['description'],
      schema,
      ...(value === undefined ? {} : { example: value }),
    };
  });
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description: 'The same key and body get the first response; another body is a 422.',
};

function bodyOf({ id, body, mail, form, example, opens }: Operation): Json {
  if (mail !== undefined)
    return {
      requestBody: { required: true, content: { 'message/rfc822': { schema: { type: 'string' }, example: mail } } },
    };
  if (opens === 'signature') return { requestBody: { required: true, content: { '*/*': { schema: {} } } } };
  if (!body) return {};
  const schema = refTo(body, 'input', id);
  const content = {
    'application/json': { schema, ...(example ? { example } : {}) },
    ...(form ? { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } } : {}),
  };
  return { requestBody: { required: true, content } };
}
