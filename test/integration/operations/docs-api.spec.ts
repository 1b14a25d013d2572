// The API's description held against the API: a valid OpenAPI document, every route in it, every example sent to the
// real thing, every answer as described; and the events' description held against the AsyncAPI schema and real events.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { events } from '#contracts';
import { asyncApi } from '../../../apps/scheduling-api/src/docs/asyncapi';
import { type Operation, sample } from '../../../apps/scheduling-api/src/docs/operation';
import { operations } from '../../../apps/scheduling-api/src/docs/operations';
import { type Api, type ApiAnswer, type ApiBody, apiKey, startApi } from '../../support/scheduling-api';
import { confirmToken } from '../links/confirm-fixtures';
import { bookedRoom, browser, hourAhead, proposal, tokenFor } from '../links/links-fixtures';

const operatorKey = 'operator-key-of-at-least-thirty-two-characters';
let api: Api;
beforeAll(async () => {
  api = await startApi({ OPERATOR_KEYS: new Map([['ops', operatorKey]]) });
});
afterAll(() => api.stop());

interface DescribedSchema {
  responses: Record<string, { content: Record<string, { schema: unknown }> }>;
}
interface OpenApiDocument {
  openapi: string;
  paths: Record<string, Record<string, DescribedSchema>>;
  components: { schemas: Record<string, unknown> };
}
const document = async (): Promise<OpenApiDocument> =>
  JSON.parse((await api.get('/openapi.json')).text) as OpenApiDocument;
const described = async ({ path, method }: { path: string; method: string }): Promise<DescribedSchema> =>
  (await document()).paths[path]?.[method] ?? { responses: {} };

/** Checks a value against a schema of the document itself. */
async function fits(schema: unknown, value: unknown): Promise<string[]> {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const { components } = await document();
  const validate = ajv.compile({ ...(schema as object), components });
  return validate(value) ? [] : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message}`);
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 and refers to nothing that is not in it', async () => {
    const spec = await document();
    expect(spec.openapi).toBe('3.1.0');
    expect(await new Validator().validate({ ...structuredClone(spec) })).toMatchObject({ valid: true });
    for (const [, name = ''] of JSON.stringify(spec).matchAll(/#\/components\/schemas\/(\w+)/g))
      expect(Object.keys(spec.components.schemas)).toContain(name);
  });

  it('has every route that the controllers have, and no other', async () => {
    const source = [
      'rooms/rooms.controller.ts',
      'rooms/changes.controller.ts',
      'rooms/letters.controller.ts',
      'links/links.controller.ts',
      'links/answer.controller.ts',
      'confirm/confirm.controller.ts',
      'webhooks/endpoints.controller.ts',
      'people/people.controller.ts',
    ];
    const routes = source.flatMap((file) => {
      const text = readFileSync(join(__dirname, '..', '..', '..', 'apps', 'scheduling-api', 'src', file), 'utf8');
      const base = /@Controller\('?([^')]*)'?\)/.exec(text)?.[1] ?? '';
      return [...text.matchAll(/@(Get|Post|Patch|Delete)\('?([^')]*)'?\)/g)].map(([, method = '', path = '']) =>
        `${method.toLowerCase()} /${[base, path].filter(Boolean).join('/')}`.replaceAll(/:(\w+)/g, '{$1}'),
      );
    });
    const table = operations
      .filter((each) => each.tag !== 'Mail in' && each.tag !== 'Health')
      .map((each) => `${each.method} ${each.path}`);
    // Behind a page and for it alone: asking for a fresh link.
    const pagesOnly = ['post /reschedule/fresh'];
    expect(table.sort()).toEqual(routes.filter((each) => !pagesOnly.includes(each)).sort());
    expect(
      readdirSync(join(__dirname, '..', '..', '..', 'apps', 'scheduling-api', 'src'), {
        recursive: true,
        encoding: 'utf8',
      }).filter((file) => file.endsWith('.controller.ts') && !file.startsWith('console/')).length,
    ).toBe(source.length + 2);
  });

  it('has the routes of the other apps, as the contract names them', async () => {
    const { paths } = await document();
    for (const path of [
      '/api/imip/inbound',
      '/api/imip/inbound/{provider}',
      '/api/hooks/email-status',
      '/api/hooks/email-status/{provider}',
      '/api/imip/quarantine',
      '/api/imip/quarantine/{id}/replay',
      '/api/imip/quarantine/replay',
      '/health/live',
      '/health/ready',
      '/metrics',
    ]) {
      expect([path, Object.keys(paths)]).toEqual([path, expect.arrayContaining([path])]);
    }
  });

  // Those of imip-ingestor: docs-commands.spec.ts.
  const withExample = operations.filter((each) => each.tag !== 'Mail in').map((each) => [each.id, each] as const);
  it.each(withExample)('the example of %s is answered as described', async (_, operation) => {
    const answer = await send(operation, await real(operation));
    expect([answer.status, answer.text]).toEqual([operation.response.status, expect.anything()]);
    const { responses } = await described(operation);
    const [content] = Object.values(responses[String(answer.status)]?.content ?? {});
    expect(await fits(content?.schema, answer.text.startsWith('{') ? answer.body : answer.text)).toEqual([]);
  });

  it('describes the problems too', async () => {
    const bad = await api.post('/api/practice-room/create', { startUtc: 'soon' });
    expect([bad.status, await fits({ $ref: '#/components/schemas/Problem' }, bad.body)]).toEqual([422, []]);
    const { responses } = await described({ path: '/api/practice-room/create', method: 'post' });
    expect(Object.keys(responses)).toEqual(['201', '400', '401', '403', '413', '415', '422', '429', '503']);
  });

  it('refuses what the API refuses: unknown fields and missing ones', async () => {
    const schema = { $ref: '#/components/schemas/CreateRequest' };
    const { example } = operations.find((each) => each.id === 'createRoom') ?? {};
    expect(await fits(schema, example)).toEqual([]);
    expect(await fits(schema, { ...example, colour: 'red' })).not.toEqual([]);
    expect(await fits(schema, { ...example, host: undefined })).not.toEqual([]);
  });
});

/** Values of a real room in place of the samples: each operation gets a room in the state it needs. */
async function real(operation: Operation): Promise<Map<string, string>> {
  const needs = ['bookRoom', 'sendCancel'].includes(operation.id) ? operation.id : 'booked';
  const times = { startUtc: '2031-05-06T14:00:00Z', endUtc: '2031-05-06T15:00:00Z' };
  const people = {
    host: { email: sample.host },
    ...(needs === 'bookRoom' ? { guest: null } : { guest: { email: sample.guest } }),
  };
  const room = await bookedRoom(api, { ...times, ...people });
  if (needs === 'sendCancel') await api.post('/api/practice-room/delete', { roomId: room.roomId });
  const values = new Map<string, string>([
    [sample.endpointId, await endpoint(operation)],
    [sample.uid, room.uid],
    [sample.roomId, room.roomId],
  ]);
  if (operation.opens === 'link') for (const [name, token] of await tokens(room, operation)) values.set(name, token);
  return values;
}

/** An endpoint of the operation's own; a test needs one that is enabled. */
async function endpoint({ path }: Operation): Promise<string> {
  if (!path.includes('{endpointId}')) return sample.endpointId;
  return String((await api.post('/api/webhooks/endpoints', { url: 'http://127.0.0.1:1/' })).body['endpointId']);
}

async function tokens(room: ApiBody, operation: Operation): Promise<[string, string][]> {
  if (['openReschedule', 'propose'].includes(operation.id))
    return [[sample.proposeToken, await tokenFor(api.database.db, room.roomId, 'guest', 'propose')]];
  if (operation.id.toLowerCase().includes('confirm'))
    return [[sample.confirmToken, await confirmToken(api.database.db, room, 'guest', 'tentative')]];
  if (['openAnswer', 'answer', 'readCalendar'].includes(operation.id))
    return [[sample.answerToken, await tokenFor(api.database.db, room.roomId, 'guest', 'answer')]];
  const made = await proposal(api, room, 'host', hourAhead(20));
  if (operation.id === 'undo') await api.get(`/approve?t=${made.approve}`, browser);
  return [[sample.decideToken, operation.id.toLowerCase().includes('decline') ? made.decline : made.approve]];
}

async function send(operation: Operation, values: Map<string, string>): Promise<ApiAnswer> {
  const put = (text: string): string => [...values].reduce((all, [given, now]) => all.replaceAll(given, now), text);
  const path = put(operation.path.replace('{roomId}', sample.roomId).replace('{endpointId}', sample.endpointId));
  const example =
    operation.example ??
    (operation.opens === 'link' ? { [operation.method === 'get' ? 't' : 'token']: sample.decideToken } : {});
  if (operation.method === 'patch' || operation.method === 'delete')
    return api.send(operation.method, path, operation.body ? put(JSON.stringify(example)) : undefined);
  const as = operation.tag === 'People' ? { authorization: `Bearer ${operatorKey}` } : {};
  if (operation.method === 'post') return api.post(path, put(JSON.stringify(example)), as);
  const query = put(
    new URLSearchParams(
      Object.entries(example).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString(),
  );
  return api.get(query === '' ? path : `${path}?${query}`, operation.opens === 'link' ? { accept: 'text/html' } : as);
}

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3 and served as such', async () => {
    const spec = (await api.get('/asyncapi.json')).body;
    expect(spec).toEqual(JSON.parse(JSON.stringify(asyncApi())));
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile(
      JSON.parse(readFileSync(require.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json'), 'utf8')),
    );
    expect(validate(spec) ? [] : validate.errors?.slice(0, 5)).toEqual([]);
  });

  it('has every event of the contracts, and real events fit it', async () => {
    const spec = asyncApi() as { components: { messages: Record<string, { payload: object }> } };
    expect(Object.keys(spec.components.messages).sort()).toEqual(Object.keys(events).sort());
    for (const [, path = ''] of JSON.stringify(spec).matchAll(/"\$ref":"#([^"]+)"/g)) {
      const target = path
        .split('/')
        .slice(1)
        .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], spec);
      expect([path, typeof target]).toEqual([path, 'object']);
    }
    const made = await proposal(api, await bookedRoom(api), 'guest', hourAhead(20));
    await api.post('/approve', { token: made.approve });
    const seen = await api.events();
    expect(seen.map((each) => each.name)).toEqual(
      expect.arrayContaining(['RoomBooked', 'ProposalCreated', 'ProposalApproved', 'RoomRescheduled']),
    );
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    for (const event of seen) {
      const validate = ajv.compile({ ...spec.components.messages[event.name]?.payload, components: spec.components });
      expect([event.name, validate(event) ? [] : validate.errors]).toEqual([event.name, []]);
    }
  });
});

describe('the page', () => {
  it('loads nothing from elsewhere and lets only its own script run', async () => {
    const page = await api.get('/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/);
    for (const file of ['docs.html', 'docs.mjs', 'docs.css'])
      expect(readFileSync(join(__dirname, '../../../apps/scheduling-api/src/docs/page', file), 'utf8')).not.toMatch(
        /https?:\/\//,
      );
    for (const name of ['docs.mjs', 'docs.css']) expect((await fetch(`${api.url}/docs/${name}`)).status).toBe(200);
    for (const name of ['..%2fdocs.controller.js', 'constructor', 'docs.html'])
      expect((await fetch(`${api.url}/docs/${name}`)).status).toBe(404);
  });

  it('needs no key, and gives nobody one', async () => {
    for (const path of ['/docs', '/openapi.json', '/asyncapi.json']) {
      const answer = await fetch(`${api.url}${path}`);
      expect([answer.status, (await answer.text()).includes(apiKey)]).toEqual([200, false]);
    }
  });
});
