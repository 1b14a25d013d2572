// Puts the room into webhook messages that another app wrote: this app alone decides the shape of a room.
// Runs in every replica, woken by the commit that wrote such messages; a row is taken by one of them.
import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { untilDueMs, webhooksDue, webhooksUnfilled } from '#persistence';
import { PollLoop } from '#service';
import { roomView } from '../rooms/room-view';
import { RoomsStore } from '../rooms/rooms.store';
import { LOGGER } from '../settings';

const pollMs = 2_000;
/** Under load one batch then has several messages; a letter's webhook may be this much later. */
const everyMs = 200;
const largest = 200;
/** SQL: such a message is due at once. */
const nextDue = 'select min(created_at) from (select created_at from webhook_messages where data is null limit 1) m';

interface MessageWithoutRoom {
  id: string;
  room_id: string | null;
  detail: Record<string, unknown>;
}

@Injectable()
export class RoomFiller implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop = new PollLoop({
    pass: () => this.pass(),
    pollMs,
    untilDueMs: () => untilDueMs(this.rooms.db, { channel: webhooksUnfilled, nextDue }),
  });
  private stopListening: (() => void) | undefined;

  constructor(
    private readonly rooms: RoomsStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.rooms.db.listen(webhooksUnfilled, () => this.loop.wake()).then((stop) => (this.stopListening = stop));
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopListening?.();
    await this.loop.stop();
  }

  /** One batch, and after one that was not full a pause. Never rejects. */
  private async pass(): Promise<number> {
    const filled = await this.fill().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'webhook messages could not be filled');
      return 0;
    });
    if (filled > 0 && filled < largest) await wait(everyMs);
    return filled;
  }

  /** One batch; returns how many there were. */
  private fill(): Promise<number> {
    return this.rooms.transaction(async (tx) => {
      const rows = await tx.query<MessageWithoutRoom>(
        `select id, room_id, detail from webhook_messages where data is null order by id limit $1
          for update skip locked`,
        [largest],
      );
      if (rows.length === 0) return 0;
      const ids = [...new Set(rows.flatMap(({ room_id }) => room_id ?? []))];
      const views = new Map((await this.rooms.read(ids, tx)).map((stored) => [stored.room.roomId, roomView(stored)]));
      const data = rows.map(({ id, room_id, detail }) => ({
        id,
        data: { room: views.get(room_id ?? '') ?? null, ...detail },
      }));
      tx.write(
        `update webhook_messages m set data = g.data from json_to_recordset($1::json) as g(id uuid, data json)
          where m.id = g.id`,
        [JSON.stringify(data)],
      );
      tx.write(
        `update webhook_deliveries set due_at = now() where message_id = any($1::uuid[]) and due_at = 'infinity'`,
        [rows.map(({ id }) => id)],
      );
      tx.wake(webhooksDue);
      return rows.length;
    });
  }
}
