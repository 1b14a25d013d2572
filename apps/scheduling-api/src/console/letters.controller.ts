// /console/letters: letters that are not sent, and sending again those that were given up (contract, section 7.5).
// Reads through find-letters.ts. Requests to send again go to notification-sender, which owns the ledger.
import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '#contracts';
import { Database } from '#persistence';
import { plural } from '#service';
import { text } from '../links/link-access';
import { confirmPage } from './confirm-act';
import { countLetters, failedLetters, failureCodes, findLetters, letterListOf } from './find-letters';
import { ConsoleFrame } from './frame';
import { lettersPage, lettersPath, replayCodeAct, replayLetterAct } from './letters.page';
import { askForReplay, atLeastOne } from './replay-requests';

type Query = Record<string, unknown>;

@Controller('console/letters')
export class ConsoleLettersController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly db: Database,
  ) {}

  @Get()
  async list(@Query() query: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.page(request, reply, async () => {
      const list = letterListOf(query['list']);
      const cursor = text(query['cursor']);
      const [page, counts, codes] = await Promise.all([
        findLetters(this.db, list, cursor),
        countLetters(this.db),
        list === 'failed' ? failureCodes(this.db) : [],
      ]);
      const asked = /^\d{1,3}$/.exec(text(query['asked']) ?? '')?.[0];
      return lettersPage({ list, page, counts, codes, isFirst: !cursor, asked: asked && plural(asked, 'letter') });
    });
  }

  @Get('replay')
  async beforeMany(@Query() query: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.page(request, reply, async (session) => {
      const code = text(query['code']) ?? '';
      return confirmPage(replayCodeAct(code, (await this.failed({ code })).length), session);
    });
  }

  @Post('replay')
  async many(@Query() query: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.act(request, reply, async (session) => {
      const letters = await this.failed({ code: text(query['code']) ?? '' });
      await askForReplay(this.db, session, 'letters', letters);
      return `${lettersPath}?list=failed&asked=${letters.length}`;
    });
  }

  @Get(':id/replay')
  async beforeOne(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.page(request, reply, async (session) => {
      const [letter] = await this.failed({ id });
      return confirmPage(replayLetterAct(id.toLowerCase(), [['Room', letter?.room_id ?? null]]), session);
    });
  }

  @Post(':id/replay')
  async one(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.frame.act(request, reply, async (session) => {
      await askForReplay(this.db, session, 'letters', await this.failed({ id }));
      return `${lettersPath}?list=failed&asked=1`;
    });
  }

  /** Letters that can be sent again: those that failed for the same reason, or one. */
  private async failed(which: { code: string } | { id: string }): Promise<{ id: string; room_id: string }[]> {
    // A malformed id gets the same response as an unknown one.
    const letters = 'code' in which || isUuid(which.id) ? await failedLetters(this.db, which) : [];
    return atLeastOne(letters, 'There is no failed letter with this id or reason.');
  }
}
