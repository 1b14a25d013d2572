// A summary of each event on the broker, and an example of its payload, made from its schema.
// Read by asyncapi.ts; docs-teaches.spec.ts opens every example as a consumer does.
import type { EventName } from '#contracts';
import { sample } from './operation';

type Schema = { [name: string]: unknown };

export const eventSummaries: Record<EventName, string> = {
  RoomBooked: 'A room has a host and a guest; or a host alone, where it waits for a guest.',
  RoomRescheduled: 'A room has another time.',
  RoomUpdated: 'The title, location, video link or externalId of a room changed.',
  AttendeeChanged: 'The platform corrected who a party is.',
  RoomCancelled: 'A room was cancelled.',
  ProposalCreated: 'A party asks for a new time.',
  ProposalApproved: 'The other party approved it.',
  ProposalDeclined: 'It was declined, or a counter-proposal could not be taken up.',
  ProposalExpired: 'It ended without a decision.',
  ReplyReceived: 'A mail with a calendar reply was believed; whether it counts is decided by scheduling-api.',
  CounterReceived: 'A mail with a calendar counter-proposal was believed.',
  RefreshReceived: 'A calendar program asks for the invitation again.',
  BounceReceived: 'A report says what became of a letter.',
  TextReplyReceived: 'A person wrote in words, without a calendar part.',
  ReplyHeld: 'A mail claims an answer, and is not believed until its sender confirms it.',
  LinkOffered: 'A person is asked by mail to confirm what they wrote.',
  ResendRequested: 'A letter is wanted again.',
  FreshLinkRequested: 'A person wants a new link in place of one that expired.',
  LetterSent: 'The SMTP relay took a letter.',
  LetterFailed: 'A letter was given up.',
  LettersReplayRequested: 'An operator has letters that were given up sent again.',
  MailsReplayRequested: 'An operator has mails that took no effect read again.',
  PersonErasureRequested: 'The data of a person is to be erased; each app erases what it keeps.',
  PersonErased: 'The data of a person was erased: these parties have no address and no name any more.',
};

const instants: Record<string, string> = {
  startUtc: '2031-05-06T14:00:00.000Z',
  endUtc: '2031-05-06T15:00:00.000Z',
  previousStartUtc: '2031-05-05T14:00:00.000Z',
  previousEndUtc: '2031-05-05T15:00:00.000Z',
  expiresAt: '2031-05-03T09:00:00.000Z',
};

const texts: Record<string, string> = {
  uid: sample.uid,
  email: sample.guest,
  name: 'Gil',
  title: 'Practice Session',
  location: 'Room 3',
  videoUrl: 'https://video.example/room-3',
  externalId: 'order-1042',
  timeZone: 'America/New_York',
  locale: 'en-US',
  keyId: 'k7Qd2w',
  note: 'A day later?',
  reason: 'the hall is taken that day',
  messageId: '<2330496c-0f74-4eb9-8c05-df19c97565ba@meet.example>',
  status: '5.1.1',
  why: 'older-sequence',
  contentKey: 'f2c1b0',
};

/** A value that fits a JSON schema as zod makes it; strings by the name of their field. */
export function exampleOf(schema: Schema, field = ''): unknown {
  if ('const' in schema) return schema['const'];
  const [first] = (schema['enum'] ?? schema['anyOf'] ?? []) as unknown[];
  if (schema['enum']) return first;
  if (schema['anyOf']) return exampleOf(first as Schema, field);
  switch ([schema['type']].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).map(([name, each]) => [
          name,
          exampleOf(each, name),
        ]),
      );
    case 'array':
      return [exampleOf(schema['items'] as Schema, field)];
    case 'string':
      return textOf(schema, field);
    case 'boolean':
      return true;
    default:
      return field === 'proposalTtlHours' ? 48 : 0;
  }
}

function textOf({ format, pattern }: Schema, field: string): string {
  if (format === 'uuid') return field === 'proposalId' ? sample.proposalId : sample.roomId;
  if (pattern !== undefined) return instants[field] ?? '2031-05-01T09:00:00.000Z';
  return texts[field] ?? '';
}
