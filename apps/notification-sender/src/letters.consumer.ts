// Turns events into ledger rows: one transaction marks events as handled and writes their letters; then the dispatcher is woken.
// Called by the transport for every event of the queue `notification-sender.rooms`.
import { Controller, Inject } from '@nestjs/common';
import { Consumes } from '#messaging';
import type { RoomSnapshot } from '#contracts';
import { type Database, type Transaction, markAllHandled } from '#persistence';
import { Batches } from '#service';
import { type ClaimedLetter, claimLetters, leaseMs } from './claimed-letters';
import { Dispatcher } from './dispatcher';
import { app } from './letter-outcome';
import { type RoomsEvent, lettersFor } from './letters';
import { readRoom } from './rooms.reader';
import { DATABASE, SETTINGS } from './parts';
import { type OwedLetters, letterIds, writeLetters } from './sent-letters';
import type { NotificationSenderSettings } from './settings';

const queue = 'notification-sender.rooms';

@Controller()
export class LettersConsumer {
  private readonly events: Batches<RoomsEvent>;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: Pick<NotificationSenderSettings, 'ORGANIZER_EMAIL'>,
    @Inject(Dispatcher) private readonly dispatcher: Pick<Dispatcher, 'wake' | 'owner' | 'reserve' | 'take'>,
  ) {
    this.events = new Batches({ largest: 20, everyMs: 10, run: (events) => this.handle(events) });
  }

  @Consumes(
    queue,
    'RoomBooked',
    'RoomRescheduled',
    'RoomCancelled',
    'ProposalCreated',
    'ProposalDeclined',
    'ProposalExpired',
    'ResendRequested',
    'FreshLinkRequested',
    'LinkOffered',
  )
  async onEvent(event: RoomsEvent): Promise<void> {
    await this.events.add(event);
  }

  /** Letters that a hand is free for are claimed as they are written: they need not be looked for. */
  private async handle(events: RoomsEvent[]): Promise<void> {
    const places = this.dispatcher.reserve();
    const heldUntil = performance.now() + leaseMs;
    let done = { letters: 0, claimed: [] as ClaimedLetter[] };
    try {
      done = await this.db.transaction((tx) => this.write(tx, events, places));
    } finally {
      this.dispatcher.take(done.claimed, heldUntil);
    }
    if (done.claimed.length < done.letters) this.dispatcher.wake();
  }

  private async write(tx: Transaction, events: RoomsEvent[], places: number): Promise<{ letters: number; claimed: ClaimedLetter[] }> {
    const { owed, handling } = events.some(needsLook) ? { owed: await this.lookedUp(tx, events), handling: null } : { owed: events.map((event) => owedBy(event, null)), handling: { app, queue } };
    const ids = letterIds(owed);
    if (ids.length === 0 && handling) await markAllHandled(tx, app, queue, events.map(({ id }) => id));
    const [, claimed] = await Promise.all([writeLetters(tx, owed, this.settings.ORGANIZER_EMAIL, handling), places > 0 && ids.length > 0 ? claimLetters(tx, this.dispatcher.owner, places, ids) : []]);
    return { letters: ids.length, claimed };
  }

  /** What is owed by events that were not handled before, with the rooms of those that name ids only. An event that came twice is new once. */
  private async lookedUp(tx: Transaction, events: RoomsEvent[]): Promise<OwedLetters[]> {
    const [unknown, rooms] = await Promise.all([
      markAllHandled(tx, app, queue, events.map(({ id }) => id)),
      Promise.all(events.map(({ data }) => ('room' in data ? Promise.resolve(null) : readRoom(tx, data.roomId)))),
    ]);
    return events.flatMap((event, at) => (unknown.delete(event.id) ? [owedBy(event, rooms[at] ?? null)] : []));
  }
}

/** Most events carry the room; those that name ids only are read for, and what is driven again must not be so twice. */
const needsLook = ({ data }: RoomsEvent): boolean => !('room' in data);

const owedBy = (event: RoomsEvent, room: RoomSnapshot | null): OwedLetters => ({
  letters: lettersFor(event, { room }),
  eventId: event.id,
  correlationId: event.correlationId,
  revive: event.name === 'ResendRequested' && event.data.why === 'platform',
});
