// The quarantine for operators: lists mails that could not be read, with the reason, and reads them again after a fix.
// For whoever holds INBOUND_TOKEN, and for operators; `npm run replay` may use it too. No words and no address of a
// mail are shown.
import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Database, ImipMessage } from '#persistence';
import { bearerName, Callers, Problem } from '#service';
import { INBOUND_TOKEN } from '../ways-in/inbound-gate';
import { inboundChannel } from './ingest';

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
    await this.allow(authorization);
    const replayed = await this.again([idOf(id)]);
    if (replayed === 0) throw new Problem(404, 'not-found', 'There is no such mail in quarantine.');
    return { replayed };
  }

  @Post('replay')
  @HttpCode(202)
  async replayAll(@Headers('authorization') authorization?: string): Promise<{ replayed: number }> {
    await this.allow(authorization);
    return { replayed: await this.again(null) };
  }

  private async again(ids: string[] | null): Promise<number> {
    const rows = await this.database.query(
      `update imip_messages set state = 'stored', attempts = 0, is_slow = false, lease_until = null, read_at = null,
        verdict = null, why = null
        where state = 'quarantined' and ($1::uuid[] is null or id = any($1::uuid[])) returning id`,
      [ids],
    );
    await this.database.query(`select pg_notify('${inboundChannel}', '')`);
    return rows.length;
  }

  private async allow(authorization: string | undefined): Promise<void> {
    if (bearerName(authorization, this.keys) !== null) return;
    this.callers.allow(await this.callers.identify(authorization), 'operator');
  }
}

/** A malformed id is answered like an unknown one. */
function idOf(text: string): string {
  if (!/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text))
    throw new Problem(404, 'not-found', 'There is no such mail in quarantine.');
  return text;
}
