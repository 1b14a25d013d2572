// Turns events into ledger rows: one transaction marks events as handled and writes their letters; then the dispatcher is woken.
// Called by the transport for every event of the queue `notification-sender.rooms`.
import { Controller, Inject } from '@nestjs/common';
import { Consumes } from '#messaging';
import { type Database, markAllHandled } from '#persistence';
import { Batches } from '#service';
import { Dispatcher } from './dispatcher';
import { app } from './letter-outcome';
import { type LetterContext, type RoomsEvent, lettersFor } from './letters';
import { readRoom, readTagKeys } from './rooms.reader';
import { DATABASE, SETTINGS } from './parts';
import { type OwedLetters, writeLetters } from './sent-letters';
import type { NotificationSenderSettings } from './settings';

const queue = 'notification-sender.rooms';

@Controller()
export class LettersConsumer {
  private readonly events: Batches<RoomsEvent>;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: Pick<NotificationSenderSettings, 'ORGANIZER_EMAIL'>,
    @Inject(Dispatcher) private readonly dispatcher: Pick<Dispatcher, 'wake'>,
  ) {
    this.events = new Batches({ largest: 20, run: (events) => this.write(events) });
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
    this.dispatcher.wake();
  }

  private async write(events: RoomsEvent[]): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [unknown, rooms, tagKeys] = await Promise.all([
        markAllHandled(tx, app, queue, events.map(({ id }) => id)),
        Promise.all(events.map(({ data }) => ('room' in data ? Promise.resolve(null) : readRoom(tx, data.roomId)))),
        readTagKeys(tx, events.map(roomIdOf)),
      ]);
      // An event that came twice is new once.
      const owed = events.flatMap((event, at) => (unknown.delete(event.id) ? [this.owed(event, { room: rooms[at] ?? null, tagKeys })] : []));
      await writeLetters(tx, owed, this.settings.ORGANIZER_EMAIL);
    });
  }

  private owed(event: RoomsEvent, context: LetterContext): OwedLetters {
    const revive = event.name === 'ResendRequested' && event.data.why === 'platform';
    return { letters: lettersFor(event, context), eventId: event.id, correlationId: event.correlationId, revive };
  }
}

const roomIdOf = ({ data }: RoomsEvent): string => ('room' in data ? data.room.roomId : data.roomId);
