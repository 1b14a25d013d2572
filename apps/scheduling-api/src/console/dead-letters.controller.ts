// /console/dead-letters: events that were given up, and handling them again (contract, section 7.5).
// Those of the database go back through the outbox, those of the broker into their queue, as by `npm run replay`.
import { Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid, type QueueName, queueNames } from '#contracts';
import { drainDead, listDead, type QueuesOnBroker } from '#messaging';
import { Database, replayable, reviveDeadLetters } from '#persistence';
import { Problem } from '#service';
import { text } from '../links/link-access';
import { confirmPage } from './confirm-act';
import {
  type DeadChoice,
  type DeadQueue,
  deadLettersPage,
  deadLettersPath,
  replayDeadAct,
  type StoredDead,
} from './dead-letters.page';
import { ConsoleFrame } from './frame';
import { type KeysetPage, pageOf } from './keyset';

export const QUEUES = Symbol('queues on the broker, or null');
/** Listed of one queue: listing takes the messages out and puts them back. */
const mostOfQueue = 20;

@Controller('console/dead-letters')
export class ConsoleDeadLettersController {
  constructor(
    private readonly frame: ConsoleFrame,
    private readonly db: Database,
    @Inject(QUEUES) private readonly queues: QueuesOnBroker | null,
  ) {}

  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame.page(request, reply, async () => {
      const cursor = text(query['cursor']);
      const done = /^\d{1,6}$/.exec(text(query['done']) ?? '')?.[0];
      const stored = await storedDead(this.db, cursor);
      return deadLettersPage({ stored, queues: await this.onBroker(), isFirst: !cursor, done });
    });
  }

  @Get('replay')
  async before(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame.page(request, reply, (session) =>
      Promise.resolve(confirmPage(replayDeadAct(choiceOf(query)), session)),
    );
  }

  @Post('replay')
  async replay(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.frame.act(request, reply, async (session) => {
      const choice = choiceOf(query);
      const moved = 'id' in choice ? await this.revive(choice.id) : await this.drain(choice.queue, choice.event);
      const where = 'id' in choice ? 'the database' : choice.queue;
      const why = `dead-letters: ${moved} of ${where}`;
      await this.frame.note(session, { roomId: null, verdict: 'dead-letters-replayed', why });
      return `${deadLettersPath}?done=${moved}`;
    });
  }

  private async onBroker(): Promise<DeadQueue[] | string | null> {
    if (this.queues === null) return null;
    const { publisher, prefix } = this.queues;
    try {
      const found: DeadQueue[] = [];
      for (const queue of queueNames) found.push({ queue, ...(await listDead(publisher, prefix, queue, mostOfQueue)) });
      return found;
    } catch (error) {
      return error instanceof Error ? error.message : 'it does not respond';
    }
  }

  /** Throws a 409 Problem for another app's row where each app has a database role of its own. */
  private async revive(id: string): Promise<number> {
    try {
      return await reviveDeadLetters(this.db, [id]);
    } catch (error) {
      // insufficient_privilege
      if ((error as { code?: unknown }).code !== '42501') throw error;
      const why = 'This row is of another app, which alone may move it: run npm run replay -- --dead as the owner.';
      throw new Problem(409, 'another-apps-row', why);
    }
  }

  private async drain(queue: QueueName, event: string | undefined): Promise<number> {
    if (this.queues === null) throw new Problem(404, 'not-found', 'There is no broker.');
    const { publisher, prefix } = this.queues;
    return drainDead(publisher, prefix, queue, ({ eventId }) => event === undefined || eventId === event);
  }
}

export const storedDead = (db: Database, cursor: string | undefined): Promise<KeysetPage<StoredDead>> =>
  pageOf(
    db,
    {
      columns: `app, envelope ->> 'name' as event, event_id, reason, died_at, ${replayable} as replayable`,
      from: 'dead_letters',
      conditions: [],
      params: [],
      at: 'died_at',
      id: 'id',
      idType: 'uuid',
    },
    cursor,
  );

function choiceOf(query: Record<string, unknown>): DeadChoice {
  const [id, event] = [text(query['id']), text(query['event'])];
  if (id !== undefined && isUuid(id)) return { id };
  const queue = queueNames.find((each) => each === query['queue']);
  if (queue === undefined) throw new Problem(404, 'not-found', 'There is no such dead letter.');
  return event === undefined ? { queue } : { queue, event };
}
