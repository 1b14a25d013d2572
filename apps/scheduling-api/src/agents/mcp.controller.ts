// POST /mcp: the API for agents, by the Model Context Protocol (streamable HTTP, stateless).
// The caller is checked here and again, with the scope, by the route that a tool calls.
import { Body, Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Callers, currentCorrelation, Problem } from '#service';
import type { CallApi } from './mcp';

@Controller('mcp')
export class McpController {
  constructor(
    private readonly callers: Callers,
    private readonly host: HttpAdapterHost,
  ) {}

  @Post()
  async call(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.callers.identify(request.headers.authorization);
    // A native import would need the compiled file's name.
    const { answerMcp } = require('./mcp') as typeof import('./mcp');
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && name !== 'content-length' ? [[name, value]] : [],
    );
    const mcpRequest = new Request('http://mcp.invalid/mcp', { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await answerMcp(mcpRequest, body, this.caller(request.headers.authorization ?? ''));
    await reply
      .status(answer.status)
      .headers(Object.fromEntries(answer.headers))
      .send(Buffer.from(await answer.arrayBuffer()));
  }

  /** The server keeps no sessions, so there is no stream to open. */
  @Get()
  stream(): never {
    throw noSessions();
  }

  @Delete()
  end(): never {
    throw noSessions();
  }

  private caller(authorization: string): CallApi {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    return async ({ method, url, payload }) => {
      const answer = await server.inject({
        method,
        url,
        headers: {
          authorization,
          'x-correlation-id': currentCorrelation(),
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(payload === undefined ? {} : { payload }),
      });
      return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
    };
  }
}

const noSessions = (): Problem =>
  new Problem(405, 'method-not-allowed', 'This endpoint takes POST only: the server keeps no sessions.', {
    headers: { allow: 'POST' },
  });
