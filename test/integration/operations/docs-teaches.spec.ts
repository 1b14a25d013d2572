// The API's description as a teacher: no field without words, an example for each problem and webhook, and all of
// them as the real ones are.
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openEnvelope, webhookTypes } from '#contracts';
import { asyncApi } from '../../../apps/scheduling-api/src/docs/asyncapi';
import { apiFields, eventFields } from '../../../apps/scheduling-api/src/docs/descriptions';
import { openApi } from '../../../apps/scheduling-api/src/docs/openapi';
import { sample } from '../../../apps/scheduling-api/src/docs/operation';
import { operations } from '../../../apps/scheduling-api/src/docs/operations';
import { letterWebhook } from '../../../apps/notification-sender/src/webhooks/letter-webhooks';
import { eventually } from '../../support/eventually';
import { type Api, type ApiBody, startApi } from '../../support/scheduling-api';
import { bookedRoom, hourAhead, proposal } from '../links/links-fixtures';

const operatorKey = 'operator-key-of-at-least-thirty-two-characters';
let api: Api;
beforeAll(async () => {
  api = await startApi({ OPERATOR_KEYS: new Map([['ops', operatorKey]]) });
});
afterAll(() => api.stop());

type Json = Record<string, unknown>;
interface Example {
  value: { status: number; code: string };
}
interface Content {
  schema: Json;
  example?: unknown;
  examples?: Record<string, Example>;
}
interface DescribedSchema {
  parameters?: { name: string; description?: string }[];
  requestBody: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
}
interface Document {
  paths: Record<string, Record<string, DescribedSchema>>;
  webhooks: Record<string, { post: DescribedSchema }>;
  components: { schemas: Record<string, Json> };
}
const document = openApi() as Json & Document;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Every property of every schema under a node, with the path to it. */
function* properties(node: unknown, path: string): Generator<[string, Json]> {
  if (!isObject(node)) return;
  if (isObject(node['properties']))
    for (const [name, each] of Object.entries(node['properties'])) yield [`${path}/${name}`, each as Json];
  for (const [name, each] of Object.entries(node))
    if (!['example', 'examples'].includes(name)) yield* properties(each, `${path}/${name}`);
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: 'urn:test:document', components: document.components });

/** Where a value does not fit a schema that refers to the document. */
function misfits(schema: Json, value: unknown): string[] {
  const { $ref } = schema;
  const validate = ajv.compile({ $ref: `urn:test:document${String($ref)}` });
  return validate(value) ? [] : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message}`);
}

describe('a field', () => {
  it.each([
    ['openapi.json', () => document as unknown],
    ['asyncapi.json', () => asyncApi() as unknown],
  ])('of %s is described, whatever schema it stands in', (_, make) => {
    const all = [...properties(make(), '')];
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter(([, each]) => !/\w{2}/.test(String(each['description'] ?? ''))).map(([path]) => path)).toEqual(
      [],
    );
  });

  it('has words that are used: none is left of a field that is gone', () => {
    const used = new Set([...properties([document, asyncApi()], '')].map(([, each]) => each['description']));
    for (const { parameters = [] } of Object.values(document.paths).flatMap((each) => Object.values(each)))
      for (const { description } of parameters) used.add(description);
    const words = Object.entries({ ...apiFields, ...eventFields });
    expect(words.filter(([, text]) => !used.has(text)).map(([name]) => name)).toEqual([]);
  });

  it('is described where it is a parameter', () => {
    const parameters = Object.values(document.paths)
      .flatMap((each) => Object.values(each))
      .flatMap((each) => each.parameters ?? []);
    expect(parameters.length).toBeGreaterThan(30);
    expect(parameters.filter((each) => !/\w{2}/.test(each.description ?? ''))).toEqual([]);
  });
});

describe('a problem', () => {
  const declared = operations.flatMap(({ id, path, method }) =>
    Object.entries(document.paths[path]?.[method]?.responses ?? {})
      .filter(([status]) => Number(status) >= 400)
      .map(([status, each]) => ({ id, status: Number(status), content: each.content?.['application/problem+json'] })),
  );
  const examples = (path: string, method: string, status: number): unknown[] =>
    Object.values(
      document.paths[path]?.[method]?.responses[String(status)]?.content?.['application/problem+json']?.examples ?? {},
    ).map(({ value }) => value);

  it('has an example for each status of each operation, and each fits', () => {
    expect(declared.length).toBeGreaterThan(150);
    for (const { id, status, content } of declared) {
      const all = Object.values(content?.examples ?? {});
      expect([id, status, all.length > 0]).toEqual([id, status, true]);
      for (const { value } of all)
        expect([id, value.status, misfits(content?.schema ?? {}, value)]).toEqual([id, status, []]);
    }
  });

  const posts = operations.filter(
    ({ opens, body, method, path }) => opens === 'key' && body && method === 'post' && !path.includes('{'),
  );
  it.each(posts.map((each) => [each.id, each] as const))(
    'of %s is answered with the words of the example',
    async (_, { path, example, tag }) => {
      const wrongKey = await api.post(path, example, { authorization: 'Bearer another' });
      const wrongType = await fetch(`${api.url}${path}`, { method: 'POST', body: 'title=x' });
      const as = tag === 'People' ? { authorization: `Bearer ${operatorKey}` } : {};
      const wrongBody = await api.post(path, '[]', as);
      expect(examples(path, 'post', 401)).toContainEqual(wrongKey.body);
      expect(examples(path, 'post', 415)).toContainEqual(await wrongType.json());
      expect(examples(path, 'post', 400)).toContainEqual(wrongBody.body);
      if (example?.['roomId'] === undefined) return;
      const unknown = await api.post(path, { ...example, roomId: '00000000-0000-4000-8000-000000000000' });
      expect(examples(path, 'post', 404)).toContainEqual(unknown.body);
    },
  );
});

describe('a webhook', () => {
  const bodyOf = (type: string): Content =>
    document.webhooks[type]?.post.requestBody.content['application/json'] ?? { schema: { not: {} } };

  it('is described for every type, with an example that fits, and headers that verify it', () => {
    expect(Object.keys(document.webhooks)).toEqual([...webhookTypes]);
    for (const type of webhookTypes) {
      const { schema, example } = bodyOf(type);
      expect([type, misfits(schema, example)]).toEqual([type, []]);
      expect(example).toMatchObject({ type });
      expect(document.webhooks[type]?.post.parameters?.map(({ name }) => name)).toEqual([
        'webhook-id',
        'webhook-timestamp',
        'webhook-signature',
      ]);
    }
  });

  it('is as described when it is real', async () => {
    const endpoint = await api.post('/api/webhooks/endpoints', { url: 'http://127.0.0.1:1/' });
    await api.post(`/api/webhooks/endpoints/${String(endpoint.body['endpointId'])}/test`, {});
    await roomsLife();
    const room = await bookedRoom(api);
    const letter = letterWebhook('letter.sent', { ...letterFacts, roomId: room.roomId }, null, new Date());
    const seen = await eventually('ten types', async () => {
      const rows = await api.database.db.query<{ type: string; at: Date; data: Json }>(
        'select type, occurred_at as at, data from webhook_messages where data is not null',
      );
      return new Set(rows.map(({ type }) => type)).size >= 10 ? rows : undefined;
    });
    const real = [
      ...seen.map(({ type, at, data }) => ({ type, timestamp: at.toISOString(), data })),
      {
        type: 'letter.sent',
        timestamp: letter.occurredAt.toISOString(),
        data: { room: (await api.get(`/api/practice-room/${room.roomId}`)).body, ...letter.detail },
      },
    ];
    for (const body of real) expect([body.type, misfits(bodyOf(body.type).schema, body)]).toEqual([body.type, []]);
  });
});

const letterFacts = {
  role: 'guest',
  letterId: sample.roomId,
  messageId: '<a@meet.example>',
  method: 'REQUEST',
  sequence: 0,
  correlationId: sample.roomId,
} as const;

/** Causes every event of a room that needs no mail. */
async function roomsLife(): Promise<void> {
  const approved = await proposal(api, await bookedRoom(api), 'guest', hourAhead(20));
  await api.post('/approve', { token: approved.approve });
  const declined = await proposal(api, await bookedRoom(api), 'guest', hourAhead(20));
  await api.post('/decline', { token: declined.decline });
  const room: ApiBody = await bookedRoom(api);
  await proposal(api, room, 'guest', hourAhead(20));
  const { roomId } = room;
  const times = { startUtc: '2031-05-09T14:00:00Z', endUtc: '2031-05-09T15:00:00Z' };
  await api.post('/api/practice-room/reschedule', { roomId, ...times });
  await api.post('/api/practice-room/update', { roomId, location: 'Room 4' });
  await api.post('/api/practice-room/attendee', { roomId, role: 'guest', email: 'gill@example.org' });
  await api.post('/api/practice-room/delete', { roomId, reason: 'ill' });
}

it('has an example of every event on the broker, which a consumer can open', () => {
  const { components } = asyncApi() as {
    components: { messages: Record<string, { examples: { payload: { name: string } }[] }> };
  };
  for (const [name, { examples }] of Object.entries(components.messages))
    expect(openEnvelope(examples[0]?.payload).name).toBe(name);
});
