// GET /docs, /openapi.json, /asyncapi.json, /llms.txt: the descriptions of the API and of its events, and a page to try
// the API.
// Open to everybody: nothing here is about a room, and the page acts with the key that its reader types in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '#service';
import { llmsText } from '../agents/llms-text';
import { palette } from '../links/style';
import { asyncApi } from './asyncapi';
import { openApi } from './openapi';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none';" +
  " form-action 'none'; frame-ancestors 'none'";

const files: Record<string, string> = {
  'docs.mjs': 'text/javascript; charset=utf-8',
  'docs.css': 'text/css; charset=utf-8',
};

@Controller()
export class DocsController {
  // Written when first asked for: a tenth of a second of CPU that most processes never spend.
  private openApi?: Buffer;
  private asyncApi?: Buffer;

  @Get('openapi.json')
  async describeApi(@Res() reply: FastifyReply): Promise<void> {
    this.openApi ??= Buffer.from(JSON.stringify(openApi()));
    await sendDocument(reply, 'application/json', this.openApi);
  }

  @Get('asyncapi.json')
  async describeEvents(@Res() reply: FastifyReply): Promise<void> {
    this.asyncApi ??= Buffer.from(JSON.stringify(asyncApi()));
    await sendDocument(reply, 'application/json', this.asyncApi);
  }

  @Get('llms.txt')
  async forAgents(@Res() reply: FastifyReply): Promise<void> {
    await sendDocument(reply, 'text/plain; charset=utf-8', llmsText());
  }

  @Get('docs')
  async page(@Res() reply: FastifyReply): Promise<void> {
    await send(reply, 'docs.html', 'text/html; charset=utf-8');
  }

  @Get('docs/:name')
  async asset(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const type = Object.hasOwn(files, name) ? files[name] : undefined;
    if (type === undefined) throw new Problem(404, 'not-found', 'There is nothing at this address.');
    await send(reply, name, type);
  }
}

/** For programs. */
async function sendDocument(reply: FastifyReply, type: string, content: string | Buffer): Promise<void> {
  await reply.type(type).header('cache-control', 'no-cache').send(content);
}

async function send(reply: FastifyReply, file: string, type: string): Promise<void> {
  const text = readFileSync(join(__dirname, 'page', file), 'utf8');
  await reply
    .headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    })
    .type(type)
    .send(file === 'docs.css' ? `${palette}\n${text}` : text);
}
