// Login and logout of the console, and its one script (contract, section 7.5).
// A login form asks for a key or token. Attempts are counted and logged; the session is a cookie.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Callers, Problem } from '#service';
import { LOGGER } from '../settings';
import { RateLimits } from '../http/rate-limits';
import { fieldsOf, text } from '../links/link-access';
import { ConsoleFrame, sendPage } from './frame';
import { pages } from './layout';
import { loginPage } from './login.page';

const script = readFileSync(join(__dirname, 'live.mjs'), 'utf8');

@Controller('console')
export class LoginController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly callers: Callers,
    private readonly limits: RateLimits,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get()
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.file(request, reply, async () => redirect(reply, pages[0].path));
  }

  @Get('live.mjs')
  async script(@Res() reply: FastifyReply): Promise<void> {
    await reply.type('text/javascript; charset=utf-8').send(script);
  }

  @Get('login')
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.open(request, reply, () => sendPage(reply, 200, loginPage({ next: '/console' })));
  }

  @Post('login')
  async login(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.open(request, reply, async () => {
      const fields = fieldsOf(body);
      const next = ownPath(text(fields['next']));
      try {
        await this.limits.login(request.ip);
        const caller = await this.callers.identify(`Bearer ${(text(fields['key']) ?? '').trim()}`);
        this.callers.allow(caller, 'operator');
        const cookie = await this.frame.sessions.open(caller);
        this.logger.info({ by: caller.owner.startsWith('jwt:') ? 'token' : caller.name }, 'console login');
        await redirect(reply.header('set-cookie', cookie), next);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        this.logger.warn({ code: error.code }, 'console login refused');
        const { status, code, detail, headers } = error;
        const fault = code === 'unauthorized' ? 'This is not the key or token of an operator.' : detail;
        await sendPage(reply.headers(headers), status, loginPage({ next, fault }));
      }
    });
  }

  @Post('logout')
  async logout(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.act(request, reply, async (session) => {
      void reply.header('set-cookie', await this.frame.sessions.end(session));
      return '/console';
    });
  }
}

const redirect = async (reply: FastifyReply, path: string): Promise<void> =>
  void (await reply.status(303).header('location', path).send());

/** A login leads to a page of the console and nowhere else. */
const ownPath = (given: string | undefined): string =>
  given !== undefined && /^\/console(?:[/?][\w/?&=%.~+@:-]*)?$/.test(given) ? given : '/console';
