// Turns events into ledger rows: one transaction marks events as handled and writes their letters; then the
// dispatcher is woken.
// Called by the transport for every event of the queue `notification-sender.rooms`.
import { Controller, Inject } from '@nestjs/common';
import { Consumes } from '#messaging';
import { queues, type RoomSnapshot } from '#contracts';
import { Database, type Transaction, markAllHandled } from '#persistence';
import { Batches } from '#service';
import { Dispatcher } from '../sending/dispatcher';
import { type LeasedLetter, leaseMs } from '../ledger/leased-letter';
import { lettersDue } from '../ledger/lease-letters';
import { app } from '../ledger/record-outcome';
import { type RoomsEvent, lettersFor } from './letters';
import { readRoom } from './rooms.reader';
import { type EventLetters, type LeaseRequest, writeLetters } from '../ledger/write-letters';
import { type NotificationSenderSettings, SETTINGS } from '../settings';

const queue = 'notification-sender.rooms';

@Controller()
export class LettersConsumer {
  private readonly events: Batches<RoomsEvent>;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: Pick<NotificationSenderSettings, 'ORGANIZER_EMAIL'>,
    @Inject(Dispatcher)
    private readonly dispatcher: Pick<Dispatcher, 'wake' | 'owner' | 'whenFree' | 'reserveSlots' | 'accept'>,
  ) {
    // No two events of one room in one batch: the second must see the first one's letters.
    this.events = new Batches({ largest: 20, everyMs: 10, keyOf: roomOf, run: (events) => this.handle(events) });
  }

  @Consumes(queue, ...queues[queue])
  async onEvent(event: RoomsEvent): Promise<void> {
    await this.events.add(event);
  }

  /** Leases new letters in the transaction that inserts them while there are slots; saves the lease query. */
  private async handle(events: RoomsEvent[]): Promise<void> {
    await this.dispatcher.whenFree(events.length * 2);
    const request = { owner: this.dispatcher.owner, most: this.dispatcher.reserveSlots() };
    const leasedUntil = performance.now() + leaseMs;
    let done = { letters: 0, leased: [] as LeasedLetter[] };
    try {
      done = await this.db.transaction((tx) => this.write(tx, events, request));
    } finally {
      this.dispatcher.accept(done.leased, leasedUntil);
    }
    if (done.leased.length < done.letters) this.dispatcher.wake();
  }

  private async write(
    tx: Transaction,
    events: RoomsEvent[],
    request: LeaseRequest,
  ): Promise<{ letters: number; leased: LeasedLetter[] }> {
    const someHaveIdsOnly = events.some(hasIdsOnly);
    const owed = someHaveIdsOnly ? await this.withRooms(tx, events) : events.map((event) => owedBy(event, null));
    const leased = await writeLetters(
      tx,
      owed,
      this.settings.ORGANIZER_EMAIL,
      someHaveIdsOnly ? { leaseFor: request } : { leaseFor: request, consumer: { app, queue } },
    );
    const letters = owed.flatMap((each) => each.letters).length;
    if (leased.length < letters) tx.wake(lettersDue);
    return { letters, leased };
  }

  /**
   * The letters of events that were not handled before, with the rooms of events that contain ids only. Of an event
   * that occurs twice, only the first counts.
   */
  private async withRooms(tx: Transaction, events: RoomsEvent[]): Promise<EventLetters[]> {
    const [unknown, rooms] = await Promise.all([
      markAllHandled(
        tx,
        app,
        queue,
        events.map(({ id }) => id),
      ),
      Promise.all(events.map(({ data }) => ('room' in data ? Promise.resolve(null) : readRoom(tx, data.roomId)))),
    ]);
    return events.flatMap((event, at) => (unknown.delete(event.id) ? [owedBy(event, rooms[at] ?? null)] : []));
  }
}

const roomOf = ({ data }: RoomsEvent): string => ('room' in data ? data.room.roomId : data.roomId);

/** Whether an event contains ids only: then its room is read, and it must not be handled twice. */
const hasIdsOnly = ({ data }: RoomsEvent): boolean => !('room' in data);

const owedBy = (event: RoomsEvent, room: RoomSnapshot | null): EventLetters => ({
  letters: lettersFor(event, { room }),
  eventId: event.id,
  correlationId: event.correlationId,
  revive: event.name === 'ResendRequested' && event.data.why === 'platform',
});
