// The API for agents: the official client of the Model Context Protocol books, finds, reads, explains and cancels;
// /llms.txt leads to all there is.
import { randomUUID } from 'node:crypto';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { agentTools } from '../../../apps/scheduling-api/src/agents/tools';
import { operations } from '../../../apps/scheduling-api/src/docs/operations';
import { type Api, type ApiBody, apiKey, startApi } from '../../support/scheduling-api';

let [first, second]: Api[] = [];
beforeAll(async () => {
  const operator = new Map([['olga', 'operator-key-of-thirty-two-characters']]);
  first = await startApi({ OPERATOR_KEYS: operator });
  second = await startApi({ OPERATOR_KEYS: operator }, first.database);
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

const urlOf = (api: Api | undefined): URL => new URL(`${api?.url ?? ''}/mcp`);

interface ToolAnswer {
  isError?: boolean;
  content: { type: string; text: string }[];
  structuredContent?: ApiBody;
}

async function connected(api: Api | undefined, key: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(urlOf(api), {
    requestInit: { headers: { authorization: `Bearer ${key}` } },
  });
  await client.connect(transport);
  return client;
}
const use = async (client: Client, name: string, input: Record<string, unknown>): Promise<ToolAnswer> =>
  (await client.callTool({ name, arguments: input }, undefined)) as Partial<ToolAnswer> as ToolAnswer;

const room = (): Record<string, unknown> => ({
  startUtc: '2031-05-06T14:00:00Z',
  endUtc: '2031-05-06T15:00:00Z',
  host: { email: `hana-${randomUUID().slice(0, 8)}@example.com` },
});

it('offers a tool for each thing, with the schema of the API itself', async () => {
  const client = await connected(first, apiKey);
  const { tools } = await client.listTools();
  const names = ['create_room', 'book_room', 'find_rooms', 'read_room', 'cancel_room', 'explain_room'];
  expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  const canMove = operations.some(({ path }) => path === '/api/practice-room/reschedule');
  expect(tools.some(({ name }) => name === 'move_room')).toBe(canMove);
  const create = tools.find(({ name }) => name === 'create_room');
  expect(create?.inputSchema.required).toEqual(expect.arrayContaining(['startUtc', 'endUtc', 'host']));
  expect(JSON.stringify(create?.inputSchema)).not.toContain('#/components/');
  for (const { name, inputSchema } of tools)
    expect([name, inputSchema]).toEqual([name, agentTools().find((each) => each.name === name)?.inputSchema]);
  await client.close();
});

it('creates, books, finds, reads, explains and cancels, on whichever replica', async () => {
  const [one, other] = [await connected(first, apiKey), await connected(second, apiKey)];
  const made = await use(one, 'create_room', room());
  const roomId = made.structuredContent?.roomId ?? '';
  expect([made.isError, JSON.parse(made.content[0]?.text ?? '')]).toEqual([undefined, made.structuredContent]);
  const guest = { email: 'gil@example.org', timeZone: 'America/New_York' };
  const booked = await use(other, 'book_room', { roomId, guest });
  expect(booked.structuredContent?.invitations).toHaveLength(2);
  const found = await use(one, 'find_rooms', { email: 'gil@example.org', limit: '200' });
  expect(found.structuredContent?.items.map((each) => each.roomId)).toContain(roomId);
  expect((await use(other, 'read_room', { roomId })).structuredContent).toMatchObject({ roomId, status: 'scheduled' });
  const cancelled = await use(one, 'cancel_room', { roomId, reason: 'the agent was asked to' });
  expect(cancelled.structuredContent).toMatchObject({ status: 'cancelled' });
  const explained = await use(other, 'explain_room', { roomId });
  const verdicts = explained.structuredContent?.items.map((each) => each['verdict']);
  expect(verdicts).toEqual(expect.arrayContaining(['created', 'booked', 'cancelled']));
  expect(explained.structuredContent?.items[0]).toMatchObject({ actor: 'tests' });
  await Promise.all([one.close(), other.close()]);
});

it('hands refusals on as results that can be read', async () => {
  const client = await connected(first, apiKey);
  const wrong = await use(client, 'create_room', { startUtc: 'soon' });
  expect([wrong.isError, JSON.parse(wrong.content[0]?.text ?? '')]).toMatchObject([true, { code: 'invalid-field' }]);
  for (const roomId of [randomUUID(), '../practice-room', 'a?b#c']) {
    const missing = await use(client, 'read_room', { roomId });
    expect([missing.isError, missing.content[0]?.text]).toEqual([true, expect.stringContaining('room-not-found')]);
  }
  expect((await use(client, 'drop_tables', {})).isError).toBe(true);
  await client.close();
});

it('lets in the callers of the API and nobody else, and keeps no session', async () => {
  await expect(connected(first, 'wrong-key')).rejects.toThrow();
  const post = (headers: Record<string, string>, body: unknown): Promise<Response> =>
    fetch(urlOf(first), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify(body),
    });
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
  const refused = await post({}, list);
  expect([refused.status, refused.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
  const answer = await post({ authorization: `Bearer ${apiKey}` }, list);
  expect([answer.status, answer.headers.get('mcp-session-id')]).toEqual([200, null]);
  expect((await fetch(urlOf(first), { headers: { authorization: `Bearer ${apiKey}` } })).status).toBe(405);
});

it('/llms.txt names everything a program may call', async () => {
  const answer = await fetch(`${first?.url ?? ''}/llms.txt`);
  const text = await answer.text();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(text).toMatch(/^# Hybrid Scheduling\n\n> /);
  for (const path of ['/openapi.json', '/asyncapi.json', '/docs', '/mcp']) expect(text).toContain(`](${path})`);
  for (const { path, opens } of operations.filter((each) => each.opens === 'key'))
    expect([opens, text]).toEqual(['key', expect.stringContaining(path)]);
});
