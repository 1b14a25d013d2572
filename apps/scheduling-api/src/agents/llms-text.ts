// GET /llms.txt: the API as Markdown links, for programs that read before they call (llmstxt.org).
// Pure; served by docs.controller.ts.
import { operations } from '../docs/operations';

const kinds = ['Rooms', 'Letters', 'Webhooks', 'People'] as const;

export function llmsText(): string {
  const calls = kinds.flatMap((tag) => [
    `## ${tag}`,
    '',
    ...operations
      .filter((each) => each.tag === tag)
      .map((each) => `- [${each.method.toUpperCase()} ${each.path}](/docs#${each.id}): ${each.summary}`),
    '',
  ]);
  return [
    '# Hybrid Scheduling',
    '',
    '> Two people, a host and a guest, agree on a meeting by calendar invitations and mail alone, and never ' +
      'see each other’s address. Platforms create, book, move and cancel rooms by HTTP.',
    '',
    'Every call carries `Authorization: Bearer` with an API key or a token. Times go in as RFC 3339 instants ' +
      'and come out in UTC. Every POST takes an `Idempotency-Key`. Errors are `application/problem+json` with a stable `code`.',
    '',
    '## Descriptions',
    '',
    '- [OpenAPI](/openapi.json): every call, with schemas and examples',
    '- [AsyncAPI](/asyncapi.json): the events on the broker',
    '- [Documentation page](/docs): the same for people, with forms to try it',
    '- [MCP server](/mcp): the same calls as tools of the Model Context Protocol, by POST',
    '',
    ...calls,
  ].join('\n');
}
