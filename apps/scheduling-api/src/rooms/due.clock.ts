// Applies pending decisions that are due, and expires proposals.
// Runs in every replica, woken by the commit that writes a pending proposal. A race is harmless, because decide checks
// the time again under the room's lock.
import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { longestRestMs, untilDueMs } from '#persistence';
import { PollLoop, withCorrelation } from '#service';
import { LOGGER, type SchedulingApiSettings, SETTINGS } from '../settings';
import { Refusal } from './refusal';
import { countEvents } from './rooms.metrics';
import { proposalsDue } from './room-writes';
import { type CommandCause, RoomsStore } from './rooms.store';

/** Contract, section 4: what is due is applied within 2 s. */
const [everyMs, appliedWithinMs] = [500, 1_500];
const batch = 100;

const held = `status = 'pending' and held_decision is not null`;
const open = `status = 'pending' and held_decision is null`;
const nextDue = `select least((select min(held_effective_at) from pending_proposals where ${held}),
  (select min(expires_at) from pending_proposals where ${open}))`;

@Injectable()
export class DueClock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: PollLoop;
  private stopListening: (() => void) | undefined;

  constructor(
    private readonly rooms: RoomsStore,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SETTINGS) { DECISION_HOLD_SECONDS }: Pick<SchedulingApiSettings, 'DECISION_HOLD_SECONDS'>,
  ) {
    // A decision waits for so long at least: one that nobody announced is found in that time too.
    const atMostMs = Math.min(longestRestMs, DECISION_HOLD_SECONDS * 1_000 + appliedWithinMs);
    this.loop = new PollLoop({
      pass: () => this.pass(),
      pollMs: everyMs,
      untilDueMs: () => untilDueMs(rooms.db, { channel: proposalsDue, nextDue, atMostMs }),
    });
  }

  onApplicationBootstrap(): void {
    void this.rooms.db.listen(proposalsDue, () => this.loop.wake()).then((stop) => (this.stopListening = stop));
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopListening?.();
    await this.loop.stop();
  }

  /** Always 0, so that the loop waits after every pass: a room whose decision fails is found again each time. */
  private async pass(): Promise<number> {
    try {
      await this.applyDue();
    } catch (error) {
      this.logger.warn({ err: error }, 'due decisions could not be applied');
    }
    return 0;
  }

  private async applyDue(): Promise<void> {
    const due = await this.rooms.db.query<{ id: string; room_id: string }>(
      `select id, room_id, held_effective_at as due_at from pending_proposals where ${held}
        and held_effective_at <= clock_timestamp()
       union all
       select id, room_id, expires_at from pending_proposals where ${open}
         and expires_at <= clock_timestamp()
       order by due_at limit ${batch}`,
    );
    // Oldest first: of two pending approvals the first one due wins.
    for (const { id, room_id } of due) {
      const correlationId = randomUUID();
      await withCorrelation(correlationId, () => this.settle(room_id, id, { actor: 'clock', correlationId }));
    }
  }

  private async settle(roomId: string, proposalId: string, meta: CommandCause): Promise<void> {
    try {
      const changed = await this.rooms.transaction((tx) =>
        this.rooms.change(tx, roomId, { type: 'SettleDue', proposalId }, meta),
      );
      if (!(changed instanceof Refusal)) countEvents(changed.events);
    } catch (error) {
      // A fault of one room must not block the others; it is tried again with the next pass.
      this.logger.error({ err: error, roomId, proposalId }, 'a due decision could not be applied');
    }
  }
}
