// Serves one request of the Model Context Protocol with the official SDK. It keeps no session, so every replica can
// serve every request.
// Loaded by mcp.controller.ts at the first call; the SDK is large, and most processes never need it.
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { agentTools, requestOf } from './tools';

/** Sends a request through the API's own routes, as the caller of this one. */
export type CallApi = (request: {
  method: 'GET' | 'POST';
  url: string;
  payload?: string;
}) => Promise<{ status: number; body: Record<string, unknown> }>;

const instructions =
  'Meetings of two people, a host and a guest, who are invited by mail and never see each other’s address. ' +
  'Times are RFC 3339 instants and come back in UTC. A refusal says in `detail` what was wrong.';

const tools = agentTools();

/** `body` is the parsed JSON of `request`. */
export async function answerMcp(request: Request, body: unknown, callApi: CallApi): Promise<Response> {
  const server = new Server(
    { name: 'hybrid-scheduling', version: '1.0.0' },
    { capabilities: { tools: {} }, instructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, description, inputSchema, annotations }) => ({
      name,
      description,
      inputSchema,
      annotations,
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (!tool) return failed({ code: 'unknown-tool', detail: 'There is no such tool.' });
    const { status, body: answer } = await callApi(requestOf(tool, params.arguments ?? {}));
    return status < 300 ? { content: [text(answer)], structuredContent: answer } : failed(answer);
  });
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    return await transport.handleRequest(request, { parsedBody: body });
  } finally {
    await server.close();
  }
}

const text = (value: unknown): { type: 'text'; text: string } => ({ type: 'text', text: JSON.stringify(value) });

/** A refusal is a result that an agent can read and act on. */
const failed = (problem: Record<string, unknown>) => ({ isError: true, content: [text(problem)] });
