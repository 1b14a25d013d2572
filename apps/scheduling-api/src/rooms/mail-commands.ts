// Makes commands from mail: from the events of the ingestor, and from claims that the attendee confirmed.
// Pure; called by mail.consumer.ts and by confirm/confirm.service.ts.
import type { Claim, EventName, EventPayload, Role } from '#contracts';
import type { MailAnswer } from './decide-answers';
import type { Command } from './decide';
import type { OfferCommand, OffersBefore } from './decide-offers';

type Each<N extends EventName> = N extends EventName ? { name: N; data: EventPayload<N> } : never;
/** An answer that was believed. */
export type AnswerEvent = Each<'ReplyReceived' | 'CounterReceived' | 'RefreshReceived'>;
/** A mail that gets a mail with a link: an unconfirmed answer, or text. */
export type OfferEvent = Each<'ReplyHeld' | 'TextReplyReceived'>;

export function commandOf({ name, data }: AnswerEvent): Command {
  switch (name) {
    case 'ReplyReceived':
      return { type: 'Reply', answer: answerOf(data), partstat: data.partstat };
    case 'CounterReceived': {
      const times = { startUtc: new Date(data.startUtc), endUtc: instantOf(data.endUtc) };
      return { type: 'Counter', answer: answerOf(data), ...times, note: data.note };
    }
    case 'RefreshReceived':
      return { type: 'Refresh', ...writerOf(data), mailId: data.mailId };
  }
}

/** `before`: the links that this person was sent before. */
export function offerOf({ name, data }: OfferEvent, before: OffersBefore): OfferCommand {
  const { mailId } = data;
  if (name === 'ReplyHeld') return { type: 'AskToConfirm', ...writerOf(data), mailId, claim: data.claim, before };
  const { roomId: _room, role: _role, mailId: _mail, invitationId: _invitation, ...wish } = data;
  return { type: 'AnswerText', ...writerOf(data), mailId, wish, before };
}

/** The answer has the time of its confirmation; the time in the mail may be forged. */
export function confirmedCommand(link: { role: Role; linkId: string }, claim: Claim, now: Date): Command {
  const times = { startUtc: instantOf(claim.startUtc), endUtc: instantOf(claim.endUtc) };
  const answer: MailAnswer = {
    role: link.role,
    mailId: link.linkId,
    sequence: claim.sequence,
    dtstamp: now,
    receivedAt: now,
    echoOf: null,
    contentKey: null,
    ...times,
    requests: [],
  };
  if (claim.partstat !== null) return { type: 'Reply', answer, partstat: claim.partstat };
  return { type: 'Counter', answer, startUtc: times.startUtc ?? now, endUtc: times.endUtc, note: claim.note };
}

const answerOf = (data: EventPayload<'ReplyReceived'> | EventPayload<'CounterReceived'>): MailAnswer => ({
  ...writerOf(data),
  mailId: data.mailId,
  sequence: data.sequence,
  dtstamp: new Date(data.dtstamp),
  receivedAt: instantOf(data.receivedAt),
  echoOf: instantOf(data.echoOf),
  contentKey: data.contentKey ?? null,
  startUtc: instantOf(data.startUtc),
  endUtc: instantOf(data.endUtc),
  requests: [],
});

const writerOf = ({ role, invitationId }: { role: Role; invitationId: string }) => ({ role, invitationId });

const instantOf = (text: string | null | undefined): Date | null =>
  text === null || text === undefined ? null : new Date(text);
