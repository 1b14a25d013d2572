// /console/mail: mails that had no effect, and reading them again (contract, section 7.5).
// Reads through find-mails.ts. Requests to read again go to imip-ingestor, which owns the mails.
import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '#contracts';
import { Database } from '#persistence';
import { plural, Problem } from '#service';
import { text } from '../links/link-access';
import { confirmPage } from './confirm-act';
import {
  countMails,
  findMails,
  ignoredReasons,
  mailListOf,
  quarantinedMails,
  replayableMail,
  type ReplayableMail,
} from './find-mails';
import { ConsoleFrame } from './frame';
import { listOf, mailPath, mailsPage, replayMailAct, replayQuarantineAct } from './mails.page';
import { askForReplay, atLeastOne } from './replay-requests';

const noMail = 'There is no such mail to read again.';

@Controller('console/mail')
export class ConsoleMailsController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly db: Database,
  ) {}

  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame.page(request, reply, async () => {
      const list = mailListOf(query['list']);
      const cursor = text(query['cursor']);
      const why = list === 'ignored' ? text(query['why']) || undefined : undefined;
      const [page, counts, reasons] = await Promise.all([
        findMails(this.db, { list, why }, cursor),
        countMails(this.db),
        list === 'ignored' ? ignoredReasons(this.db) : [],
      ]);
      const asked = /^\d{1,3}$/.exec(text(query['asked']) ?? '')?.[0];
      return mailsPage({ list, why, reasons, page, counts, isFirst: !cursor, asked: asked && plural(asked, 'mail') });
    });
  }

  @Get('replay')
  async beforeAll(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.page(request, reply, async (session) =>
      confirmPage(replayQuarantineAct(atLeastOne(await quarantinedMails(this.db), noMail).length), session),
    );
  }

  @Post('replay')
  async all(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.act(request, reply, async (session) => {
      const mails = atLeastOne(await quarantinedMails(this.db), noMail);
      await askForReplay(this.db, session, 'mails', mails);
      return `${mailPath}?list=quarantined&asked=${mails.length}`;
    });
  }

  @Get(':id/replay')
  async beforeOne(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.page(request, reply, async (session) => {
      const mail = await this.replayable(id);
      return confirmPage(replayMailAct(mail), session);
    });
  }

  @Post(':id/replay')
  async one(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.act(request, reply, async (session) => {
      const mail = await this.replayable(id);
      await askForReplay(this.db, session, 'mails', [mail]);
      return `${mailPath}?list=${listOf(mail)}&asked=1`;
    });
  }

  private async replayable(id: string): Promise<ReplayableMail> {
    const mail = isUuid(id) ? await replayableMail(this.db, id) : null;
    if (mail === null) throw new Problem(404, 'not-found', noMail);
    if (mail.has_bytes) return mail;
    throw new Problem(404, 'not-found', 'The bytes of this mail are no longer stored, so it cannot be read again.');
  }
}
