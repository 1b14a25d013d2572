// Consumes the events of the ingestor: each becomes one command on its room.
// A Refusal is recorded, and the event is acknowledged.
import { Controller, Inject } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Envelope } from '#contracts';
import { Consumes } from '#messaging';
import { Batches, withCorrelation } from '#service';
import { LOGGER } from '../settings';
import { commandOf, offerOf } from './mail-commands';
import { offersBefore } from './offers';
import { withSentRequests } from './sent-requests';
import { Refusal } from './refusal';
import { countEvents, countMailOutcome } from './rooms.metrics';
import { type RoomCommand, type ChangedRoom, type CommandCause, RoomsStore } from './rooms.store';

const queue = 'scheduling-api.mail';

@Controller()
export class MailConsumer {
  /** Two answers to one room are decided one after the other. */
  private readonly answers = new Batches<MailCommand>({
    largest: 40,
    everyMs: 25,
    keyOf: ({ ask }) => ask.roomId,
    run: (answers) => this.decide(answers),
  });

  constructor(
    private readonly rooms: RoomsStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Consumes(queue, 'ReplyReceived', 'CounterReceived', 'RefreshReceived')
  async onAnswer(envelope: AnswerEnvelope): Promise<void> {
    const command = commandOf(envelope);
    const answer: MailCommand = {
      ask: { roomId: envelope.data.roomId, command, meta: metaOf(envelope) },
      changed: null,
    };
    await this.answers.add(answer);
    if (answer.changed === null) return;
    this.logOutcome(envelope, answer.changed);
    countMailOutcome(command, answer.changed);
  }

  @Consumes(queue, 'ReplyHeld', 'TextReplyReceived')
  async onOffer(envelope: OfferEnvelope): Promise<void> {
    const { roomId, role } = envelope.data;
    const asked = envelope.name === 'ReplyHeld' ? ({ why: 'held', claim: envelope.data.claim } as const) : byText;
    const changed = await this.rooms.transaction(async (tx) => {
      const before = await offersBefore(tx, roomId, role, asked);
      return this.rooms.change(tx, roomId, offerOf(envelope, before), metaOf(envelope));
    });
    this.logOutcome(envelope, changed);
    if (!(changed instanceof Refusal)) countEvents(changed.events);
  }

  private async decide(answers: MailCommand[]): Promise<void> {
    const changed = await this.rooms.transaction(async (tx) =>
      this.rooms.changeEach(
        tx,
        await withSentRequests(
          tx,
          answers.map(({ ask }) => ask),
        ),
      ),
    );
    answers.forEach((answer, at) => (answer.changed = changed[at] ?? null));
  }

  private logOutcome(envelope: MailEnvelope, changed: ChangedRoom | Refusal): void {
    const { name, id, data, correlationId } = envelope;
    const outcome = changed instanceof Refusal ? [changed.code] : changed.events.map((each) => each.type);
    withCorrelation(correlationId, () =>
      this.logger.info({ event: name, eventId: id, roomId: data.roomId, outcome }, 'mail decided'),
    );
  }
}

/** One mail's command, and what came of it. */
interface MailCommand {
  ask: RoomCommand & { roomId: string };
  changed: ChangedRoom | Refusal | null;
}

type AnswerEnvelope = Envelope<'ReplyReceived'> | Envelope<'CounterReceived'> | Envelope<'RefreshReceived'>;
type OfferEnvelope = Envelope<'ReplyHeld'> | Envelope<'TextReplyReceived'>;
type MailEnvelope = AnswerEnvelope | OfferEnvelope;
const metaOf = ({ id, data, correlationId }: MailEnvelope): CommandCause => ({
  actor: data.role,
  source: 'mail',
  correlationId,
  cause: { eventId: id, consumer: queue },
});

const byText = { why: 'text' } as const;
