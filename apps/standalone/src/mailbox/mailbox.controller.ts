// GET /dev/mails: the caught mails as a page, or as JSON for programs. Exists only where no mail leaves
// (mailbox.module.ts).
// Read by people trying the product out and by tests.
import { Controller, Get, Headers, Param, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type ParsedMail, simpleParser } from 'mailparser';
import { prefersPage, Problem } from '#service';
import { OwnHostGuard } from '../own-host';
import { type CaughtMail, MailStore } from './mail-store';
import { framePolicy, listPage, mailPage, pagePolicy, sendPage } from './pages';

@Controller('dev/mails')
@UseGuards(OwnHostGuard)
export class MailboxController {
  constructor(private readonly store: MailStore) {}

  @Get()
  async list(
    @Res() reply: FastifyReply,
    @Headers('accept') accept: string | undefined,
    @Query('to') recipient?: string,
    @Query('format') format?: string,
    @Query('q') words?: string,
    @Query('page') page?: string,
  ): Promise<void> {
    // An unescaped plus arrives as a space, which no address contains.
    const to = recipient?.trim().replaceAll(' ', '+') || undefined;
    const q = words?.trim() ?? '';
    const mails = q === '' ? this.store.list(to) : this.store.search(q, to);
    // Without a preference it is a program: a browser names text/html.
    if (format !== 'json' && prefersPage(accept) === true)
      return sendPage(reply, pagePolicy, listPage(mails, { to, q, page: Number(page) || 1 }));
    const items = await Promise.all(
      mails.map(async (mail) => ({ ...mail, raw: (await this.store.raw(mail)).toString() })),
    );
    await reply.header('cache-control', 'no-store').send({ items });
  }

  @Get(':id')
  async one(@Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const { mail, raw, parsed } = await this.open(id);
    return sendPage(reply, pagePolicy, mailPage(mail, parsed, raw.toString()));
  }

  @Get(':id/html')
  async content(@Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const { parsed } = await this.open(id);
    return sendPage(
      reply,
      framePolicy,
      `<!doctype html><meta charset="utf-8"><base target="_blank">${parsed.html || ''}`,
    );
  }

  @Get(':id/raw')
  async raw(@Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const { raw } = await this.open(id);
    await reply
      .type('text/plain; charset=utf-8')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(raw);
  }

  private async open(id: string): Promise<{ mail: CaughtMail; raw: Buffer; parsed: ParsedMail }> {
    const mail = this.store.find(id);
    if (!mail) throw new Problem(404, 'not-found', 'There is no such mail.');
    const raw = await this.store.raw(mail);
    return { mail, raw, parsed: await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true }) };
  }
}
