// The tools for agents: each one is an operation of the API, with the schema of that operation.
// Read by mcp.ts. Calls go through the routes of the API, so callers, scopes, limits and refusals are the same.
import { type Json, openApi } from '../docs/openapi';
import type { Operation } from '../docs/operation';
import { operations } from '../docs/operations';

/** Name, method, route and description of each tool. */
const table = [
  [
    'create_room',
    'post',
    '/api/practice-room/create',
    'Create a meeting room, and invite both people where a guest is given.',
  ],
  ['book_room', 'post', '/api/practice-room/book', 'Book an open room for a guest: both are invited by mail.'],
  ['find_rooms', 'get', '/api/practice-room', 'Find rooms by state, time, person or your own id. Pages by cursor.'],
  ['read_room', 'get', '/api/practice-room/{roomId}', 'Read one room: its time, who has accepted, what is proposed.'],
  ['move_room', 'post', '/api/practice-room/reschedule', 'Move a meeting to another time: both parties get a mail.'],
  ['cancel_room', 'post', '/api/practice-room/delete', 'Cancel a meeting: both parties get a mail. Cannot be undone.'],
  ['explain_room', 'get', '/api/practice-room/{roomId}/timeline', 'Everything that happened in a room, and why.'],
] as const;

export interface AgentTool {
  name: string;
  description: string;
  inputSchema: { type: 'object'; [field: string]: unknown };
  annotations: { readOnlyHint: boolean; destructiveHint: boolean };
  operation: Operation;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: Json;
}

/** References into the document become definitions of the tool's own schema. */
function selfContained(schema: Json, schemas: Record<string, Json>): AgentTool['inputSchema'] {
  const used: Record<string, unknown> = {};
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref } = node as { $ref?: unknown };
    const name = typeof $ref === 'string' ? /^#\/components\/schemas\/(\w+)$/.exec($ref)?.[1] : undefined;
    if (name !== undefined) {
      if (!(name in used)) {
        used[name] = {};
        used[name] = walk(schemas[name]);
      }
      return { $ref: `#/$defs/${name}` };
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
  };
  const { $ref } = schema;
  const own = typeof $ref === 'string' ? (schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {}) : schema;
  const walked = walk(own) as Json;
  return { ...walked, type: 'object', ...(Object.keys(used).length > 0 ? { $defs: used } : {}) };
}

function inputOf(operation: Operation, document: Json): AgentTool['inputSchema'] {
  const { schemas } = document['components'] as { schemas: Record<string, Json> };
  const paths = document['paths'] as Record<string, Record<string, Json>>;
  const described = paths[operation.path]?.[operation.method] ?? {};
  const body = described['requestBody'] as { content: { 'application/json': { schema: Json } } } | undefined;
  if (body) return selfContained(body.content['application/json'].schema, schemas);
  const asked = ((described['parameters'] ?? []) as Parameter[]).filter((each) => each.in !== 'header');
  const properties = Object.fromEntries(asked.map(({ name, schema }) => [name, schema]));
  const required = asked.filter((each) => each.required).map(({ name }) => name);
  return selfContained({ type: 'object', properties, required, additionalProperties: false }, schemas);
}

/** All tools, in the order in which they are listed to an agent. */
export function agentTools(): AgentTool[] {
  const document = openApi();
  return table.flatMap(([name, method, path, description]) => {
    const operation = operations.find((each) => each.method === method && each.path === path);
    if (!operation) return [];
    const annotations = { readOnlyHint: method === 'get', destructiveHint: name === 'cancel_room' };
    return [{ name, description, inputSchema: inputOf(operation, document), annotations, operation }];
  });
}

/** The API request for one call of a tool. */
export function requestOf(
  { operation }: AgentTool,
  input: Readonly<Record<string, unknown>>,
): { method: 'GET' | 'POST'; url: string; payload?: string } {
  if (operation.method === 'post') return { method: 'POST', url: operation.path, payload: JSON.stringify(input) };
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(input[name])));
  const query = Object.entries(input).filter(
    ([name, value]) => !inPath.includes(name) && value !== undefined && value !== null,
  );
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, textOf(value)])).toString();
  return { method: 'GET', url: search === '' ? path : `${path}?${search}` };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
