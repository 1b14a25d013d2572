// The quarantine for operators: lists mails that could not be read, with the reason, and reads them again after a fix.
// For callers with INBOUND_TOKEN, and for operators; `npm run replay` may use it too. No text and no address of a mail
// is shown.
import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { isUuid } from '#contracts';
import { Database, ImipMessage } from '#persistence';
import { bearerName, Callers, Problem } from '#service';
import { INBOUND_TOKEN } from '../ways-in/inbound-token';
import { readAgain } from './quarantined-mails';

const mostAtATime = 500;

@Controller('api/imip/quarantine')
export class QuarantineController {
  private readonly keys: ReadonlyMap<string, string>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(INBOUND_TOKEN) token: string,
    private readonly callers: Callers,
  ) {
    this.keys = new Map([['inbound', token]]);
  }

  /** The oldest first; `after` is the last id of the page before. */
  @Get()
  async list(
    @Headers('authorization') authorization?: string,
    @Query('after') after?: string,
  ): Promise<{ items: Record<string, unknown>[] }> {
    await this.allow(authorization);
    const page = (await this.database.entities())
      .createQueryBuilder(ImipMessage, 'mail')
      .where(`mail.state = 'quarantined'`);
    if (after !== undefined)
      page.andWhere('(mail.receivedAt, mail.id) > (select received_at, id from imip_messages where id = :after)', {
        after: idOf(after),
      });
    const rows = await page.orderBy({ 'mail.receivedAt': 'ASC', 'mail.id': 'ASC' }).limit(mostAtATime).getMany();
    const items = rows.map((row) => ({
      id: row.id,
      receivedAt: row.receivedAt.toISOString(),
      wayIn: row.wayIn,
      why: row.why,
      attempts: row.attempts,
      sizeBytes: row.sizeBytes,
      sha256: row.sha256,
    }));
    return { items };
  }

  /** Reads one again, as if it had come now; 404 where it is not (or no longer) in quarantine. */
  @Post(':id/replay')
  @HttpCode(202)
  async replay(
    @Param('id') id: string,
    @Headers('authorization') authorization?: string,
  ): Promise<{ replayed: number }> {
    const actor = await this.allow(authorization);
    const replayed = await readAgain(this.database, { quarantined: [idOf(id)] }, { actor, source: 'api' });
    if (replayed === 0) throw new Problem(404, 'not-found', 'There is no such mail in quarantine.');
    return { replayed };
  }

  @Post('replay')
  @HttpCode(202)
  async replayAll(@Headers('authorization') authorization?: string): Promise<{ replayed: number }> {
    const actor = await this.allow(authorization);
    return { replayed: await readAgain(this.database, { quarantined: 'all' }, { actor, source: 'api' }) };
  }

  /** Returns who asks, for the audit. */
  private async allow(authorization: string | undefined): Promise<string> {
    const name = bearerName(authorization, this.keys);
    if (name !== null) return name;
    const caller = await this.callers.identify(authorization);
    this.callers.allow(caller, 'operator');
    return caller.name;
  }
}

/** A malformed id gets the same response as an unknown one. */
function idOf(text: string): string {
  if (!isUuid(text)) throw new Problem(404, 'not-found', 'There is no such mail in quarantine.');
  return text;
}
