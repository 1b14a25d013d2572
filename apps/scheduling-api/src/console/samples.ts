// Writes one sample a minute for the charts of the Overview: events are counted from the audit, queues from their tables.
// Every replica runs it; the first row of a minute wins. Nothing is counted where the console is off.
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database, type Queryable } from '#persistence';
import { PollLoop } from '#service';
import { LOGGER } from '../settings';

const keptDays = 8;
/** Lines of a minute may be committed some seconds after their instant. */
const settledSeconds = 20;
const everyMs = 20_000;

@Injectable()
export class Samples implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop = new PollLoop({ pass: () => this.pass(), pollMs: everyMs });

  constructor(
    @Inject(Database) private readonly db: Queryable,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  /** Writes the sample of the last whole minute unless it is there; true where this call wrote it. */
  async take(): Promise<boolean> {
    const rows = await this.db.query(sample, [settledSeconds]);
    if (rows.length === 0) return false;
    await this.db.query(`delete from operation_samples where at < now() - interval '${keptDays} days'`);
    return true;
  }

  private async pass(): Promise<number> {
    await this.take().catch((error: unknown) =>
      this.logger.warn({ err: error }, 'the sample for the console could not be written'),
    );
    return 0;
  }
}

// A minute is counted from the audit position where the previous sample began, so that little of the audit is read.
// The first sample, and one after a pause of more than an hour, starts with the last 1,000 lines of the audit.
const sample = `
  with minute as (
    select date_trunc('minute', now() - $1::int * interval '1 second') - interval '1 minute' as at
  ), missing as (
    select m.at from minute m where not exists (select 1 from operation_samples s where s.at = m.at)
  ), begins as (
    select coalesce(
      (select s.audit_position from operation_samples s, missing m
        where s.at < m.at and s.at > m.at - interval '1 hour' order by s.at desc limit 1),
      (select max(position) - 1000 from audit), 0) as position
  ), lines as (
    select a.position, a.kind, a.verdict, a.why from audit a, begins b, missing m
     where a.position >= b.position and a.at >= m.at and a.at < m.at + interval '1 minute'
  )
  insert into operation_samples (at, audit_position, letters_sent, letters_failed, replies, bounces, letters_waiting,
    mails_waiting, letter_age_seconds, outbox_age_seconds)
  select m.at, coalesce((select min(position) from lines), b.position),
         (select count(*) from lines where kind = 'letter' and verdict = 'sent'),
         (select count(*) from lines where kind = 'letter' and verdict = 'failed'),
         (select count(*) from lines where kind = 'mail' and verdict = 'event' and why ~ '^(reply|counter|refresh|text)'
           or kind = 'decision' and verdict = 'applied'),
         (select count(*) from lines where kind = 'mail' and verdict = 'event' and why ~ '^(hard|soft)'),
         (select count(*) from letters where state in ('due', 'sending')),
         (select count(*) from imip_messages where state = 'stored'),
         (select coalesce(greatest(extract(epoch from now() - min(due_at)), 0), 0) from letters
           where state in ('due', 'sending') and due_at <= now()),
         (select coalesce(extract(epoch from now() - min(created_at)), 0) from outbox)
    from missing m, begins b
  on conflict (at) do nothing returning at`;
