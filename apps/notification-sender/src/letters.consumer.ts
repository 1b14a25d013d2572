// Turns events into ledger rows: one transaction marks the event as handled and writes its letters; then the dispatcher is woken.
// Called by the transport for every event of the queue `notification-sender.rooms`.
import { Controller, Inject } from '@nestjs/common';
import { Consumes } from '#messaging';
import { type Database, type Transaction, markHandled } from '#persistence';
import { Dispatcher } from './dispatcher';
import { app } from './letter-outcome';
import { type LetterContext, type RoomsEvent, lettersFor } from './letters';
import { readRoom, readTagKeys } from './rooms.reader';
import { DATABASE, SETTINGS } from './parts';
import { writeLetters } from './sent-letters';
import type { NotificationSenderSettings } from './settings';

const queue = 'notification-sender.rooms';

@Controller()
export class LettersConsumer {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: Pick<NotificationSenderSettings, 'ORGANIZER_EMAIL'>,
    @Inject(Dispatcher) private readonly dispatcher: Pick<Dispatcher, 'wake'>,
  ) {}

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
    await this.db.transaction(async (tx) => {
      const [isNew, context] = await Promise.all([markHandled(tx, app, queue, event.id), contextOf(tx, event)]);
      if (!isNew) return;
      const letters = lettersFor(event, context);
      await writeLetters(tx, letters, {
        eventId: event.id,
        correlationId: event.correlationId,
        organizerEmail: this.settings.ORGANIZER_EMAIL,
        revive: event.name === 'ResendRequested' && event.data.why === 'platform',
      });
    });
    this.dispatcher.wake();
  }
}

/** Most events carry the room; those that name ids only are read for. Which tags there are is read for all: no event tells it. */
async function contextOf(tx: Transaction, { data }: RoomsEvent): Promise<LetterContext> {
  const [room, tagKeys] = await Promise.all(['room' in data ? null : readRoom(tx, data.roomId), readTagKeys(tx, 'room' in data ? data.room.roomId : data.roomId)]);
  return { room, tagKeys };
}
