// One letter at /console/letters/:id, one mail at /console/mail/:id, and the HTML of each for its frame.
// Every view of one is written to the audit.
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '#contracts';
import { Problem } from '#service';
import { ConsoleFrame } from './frame';
import { framePolicy, letterPage, mailPage } from './messages.page';
import { framedHtml, readableMessage } from './readable-message';
import type { Session } from './sessions';
import { StoredMessages } from './stored-messages';

@Controller('console')
export class MessagesController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly messages: StoredMessages,
  ) {}

  @Get('letters/:id')
  async letter(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.page(request, reply, async () => {
      const { letter, bytes } = found(await this.messages.letter(idOf(id)));
      return letterPage(letter, bytes && (await readableMessage(bytes)));
    });
  }

  @Get('letters/:id/html')
  async letterHtml(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.file(request, reply, async (session) => {
      const { letter, bytes } = found(await this.messages.letter(idOf(id)));
      await this.framed(session, reply, bytes, { verdict: 'letter-rendered', roomId: letter.roomId });
    });
  }

  @Get('mail/:id')
  async mail(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.page(request, reply, async () => {
      const { mail, bytes } = found(await this.messages.mail(idOf(id)));
      const outcomes = mail.roomId === null ? undefined : await this.messages.outcomesOf(mail.roomId, [mail]);
      return mailPage(mail, outcomes?.get(mail.id) ?? [], bytes && (await readableMessage(bytes)));
    });
  }

  @Get('mail/:id/html')
  async mailHtml(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.file(request, reply, async (session) => {
      const { mail, bytes } = found(await this.messages.mail(idOf(id)));
      await this.framed(session, reply, bytes, { verdict: 'mail-rendered', roomId: mail.roomId });
    });
  }

  private async framed(
    session: Session,
    reply: FastifyReply,
    bytes: Buffer | null,
    look: { verdict: string; roomId: string | null },
  ): Promise<void> {
    const document = found(bytes && (await framedHtml(bytes)));
    await this.frame.note(session, look);
    await reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': framePolicy,
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
      })
      .send(document);
  }
}

function found<T>(message: T | null): T {
  if (message === null) throw new Problem(404, 'not-found', 'There is no such message, or it is no longer stored.');
  return message;
}

/** A malformed id gets the same response as an unknown one. */
const idOf = (text: string): string => (isUuid(text) ? text.toLowerCase() : found<string>(null));
