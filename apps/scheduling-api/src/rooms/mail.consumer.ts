// Every way in by mail: what the ingestor believed becomes a command on its room, once an event.
// A Refusal is an answer here too: it is recorded by decide and acknowledged.
import { Controller, Inject } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Envelope, EventPayload, Role } from '#contracts';
import { Consumes } from '#messaging';
import { Batches, withCorrelation } from '#service';
import type { MailAnswer } from './decide-answers';
import type { Command } from './decide';
import type { Queryable } from '#persistence';
import { LOGGER } from '../http/caller.guard';
import { offersBefore } from './offers';
import { withSentRequests } from './sent-requests';
import { Refusal } from './refusal';
import { countEvents, countMailOutcome } from './rooms.metrics';
import { type RoomCommand, type ChangedRoom, type CommandCause, RoomsStore } from './rooms.store';

const queue = 'scheduling-api.mail';
type MailEvent = EventPayload<'ReplyReceived'> | EventPayload<'CounterReceived'>;

@Controller()
export class MailConsumer {
  /** Two answers to one room are decided one after the other. */
  private readonly answers = new Batches<MailCommand>({
    largest: 20,
    everyMs: 15,
    keyOf: ({ ask }) => ask.roomId,
    run: (answers) => this.decide(answers),
  });

  constructor(
    private readonly rooms: RoomsStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Consumes(queue, 'ReplyReceived')
  async onReply(envelope: Envelope<'ReplyReceived'>): Promise<void> {
    await this.apply(envelope, { type: 'Reply', answer: answerOf(envelope.data), partstat: envelope.data.partstat });
  }

  @Consumes(queue, 'CounterReceived')
  async onCounter(envelope: Envelope<'CounterReceived'>): Promise<void> {
    const { startUtc, endUtc, note } = envelope.data;
    const times = { startUtc: new Date(startUtc), endUtc: endUtc === null ? null : new Date(endUtc) };
    await this.apply(envelope, { type: 'Counter', answer: answerOf(envelope.data), ...times, note });
  }

  @Consumes(queue, 'RefreshReceived')
  async onRefresh(envelope: Envelope<'RefreshReceived'>): Promise<void> {
    await this.apply(envelope, { type: 'Refresh', ...whose(envelope.data), mailId: envelope.data.mailId });
  }

  @Consumes(queue, 'ReplyHeld')
  async onHeld(envelope: Envelope<'ReplyHeld'>): Promise<void> {
    const { roomId, role, mailId, claim } = envelope.data;
    await this.offer(envelope, async (tx) => ({
      type: 'HoldAnswer',
      ...whose(envelope.data),
      mailId,
      claim,
      before: await offersBefore(tx, roomId, role, { why: 'held', claim }),
    }));
  }

  @Consumes(queue, 'TextReplyReceived')
  async onText(envelope: Envelope<'TextReplyReceived'>): Promise<void> {
    const { roomId, role, mailId, invitationId: _, ...wish } = envelope.data;
    await this.offer(envelope, async (tx) => ({
      type: 'AnswerText',
      ...whose(envelope.data),
      mailId,
      wish,
      before: await offersBefore(tx, roomId, role, { why: 'text' }),
    }));
  }

  private async apply(
    envelope: Envelope<'ReplyReceived' | 'CounterReceived' | 'RefreshReceived'>,
    command: Command,
  ): Promise<void> {
    const answer: MailCommand = {
      ask: { roomId: envelope.data.roomId, command, meta: metaOf(envelope) },
      changed: null,
    };
    await this.answers.add(answer);
    if (answer.changed === null) return;
    this.told(envelope, answer.changed);
    countMailOutcome(command, answer.changed);
  }

  private async offer(
    envelope: Envelope<'ReplyHeld' | 'TextReplyReceived'>,
    command: (tx: Queryable) => Promise<Command>,
  ): Promise<void> {
    const changed = await this.rooms.transaction(async (tx) =>
      this.rooms.change(tx, envelope.data.roomId, await command(tx), metaOf(envelope)),
    );
    this.told(envelope, changed);
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

  private told(envelope: FromMail, changed: ChangedRoom | Refusal): void {
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

type FromMail = Envelope<'ReplyReceived' | 'CounterReceived' | 'RefreshReceived' | 'ReplyHeld' | 'TextReplyReceived'>;
const metaOf = ({ id, data, correlationId }: FromMail): CommandCause => ({
  actor: data.role,
  source: 'mail',
  correlationId,
  cause: { eventId: id, consumer: queue },
});

const whose = ({ role, invitationId }: { role: Role; invitationId: string }): { role: Role; invitationId: string } => ({
  role,
  invitationId,
});

const answerOf = (data: MailEvent): MailAnswer => ({
  ...whose(data),
  mailId: data.mailId,
  sequence: data.sequence,
  dtstamp: new Date(data.dtstamp),
  receivedAt: data.receivedAt === undefined ? null : new Date(data.receivedAt),
  echoOf: data.echoOf === undefined ? null : new Date(data.echoOf),
  contentKey: data.contentKey ?? null,
  startUtc: data.startUtc === null ? null : new Date(data.startUtc),
  endUtc: data.endUtc === null ? null : new Date(data.endUtc),
  requests: [],
});
