// Every way in by mail: what the ingestor believed becomes a command on its room, once an event.
// A Refusal is an answer here too: it is recorded by decide and acknowledged.
import { Controller } from '@nestjs/common';
import type { Envelope, EventPayload } from '#contracts';
import { Consumes } from '#messaging';
import type { MailAnswer } from './decide-answers';
import type { Command } from './decide';
import { RoomsStore } from './rooms.store';
import { countMailOutcome } from './rooms.metrics';

const queue = 'scheduling-api.mail';
type Answered = EventPayload<'ReplyReceived'> | EventPayload<'CounterReceived'>;

@Controller()
export class MailConsumer {
  constructor(private readonly rooms: RoomsStore) {}

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
    await this.apply(envelope, { type: 'Refresh', role: envelope.data.role, mailId: envelope.data.mailId });
  }

  private async apply(envelope: Envelope<'ReplyReceived' | 'CounterReceived' | 'RefreshReceived'>, command: Command): Promise<void> {
    const meta = { actor: envelope.data.role, correlationId: envelope.correlationId, cause: { eventId: envelope.id, consumer: queue } };
    const changed = await this.rooms.transaction((tx) => this.rooms.change(tx, envelope.data.roomId, command, meta));
    countMailOutcome(command, changed);
  }
}

const answerOf = (data: Answered): MailAnswer => ({
  role: data.role,
  mailId: data.mailId,
  sequence: data.sequence,
  dtstamp: new Date(data.dtstamp),
  startUtc: data.startUtc === null ? null : new Date(data.startUtc),
  endUtc: data.endUtc === null ? null : new Date(data.endUtc),
});
