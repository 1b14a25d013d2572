// The schema and an example of the body of each webhook type, for the description; docs-api.spec.ts checks real
// webhooks against them.
// Read by webhooks-section.ts. What is in `data` is decided by webhooks/room-webhooks.ts and, for letters, by
// notification-sender.
import { z } from 'zod';
import {
  Claim,
  Instant,
  LetterMethod,
  Partstat,
  ProposalSource,
  Role,
  type WebhookType,
  webhookTypes,
} from '#contracts';
import { InvitationResponse, RoomResponse } from './response-schemas';
import { sample } from './operation';

/** Without names and addresses, unless the endpoint asked for them. */
export const WebhookRoom = RoomResponse.extend({
  invitations: z.array(InvitationResponse.partial({ email: true, name: true })),
});

const Proposal = z.strictObject({
  proposalId: z.uuid(),
  proposedBy: Role,
  source: ProposalSource,
  startUtc: Instant,
  endUtc: Instant,
});
const Letter = z.strictObject({
  role: Role,
  letterId: z.uuid(),
  messageId: z.string(),
  method: LetterMethod,
  sequence: z.number().int().nonnegative(),
  reason: z.string().nullable().meta({ description: 'A stable code: why it failed, or which kind of report came.' }),
});

const changes = {
  room: WebhookRoom,
};
const Details = z.strictObject({
  title: z.string(),
  location: z.string().nullable(),
  videoUrl: z.string().nullable(),
  externalId: z.string().nullable(),
});

const ofLetter = z.strictObject({ ...changes, letter: Letter });
const ofProposal = { ...changes, proposal: Proposal };

const dataOf: Record<WebhookType, z.ZodObject> = {
  'room.booked': z.strictObject(changes),
  'room.rescheduled': z.strictObject({
    ...changes,
    proposalId: z.uuid().nullable().meta({
      description: 'The proposal that was approved; null where the platform moved the room.',
    }),
    previousStartUtc: Instant,
    previousEndUtc: Instant,
    reason: z.string().nullable().optional().meta({ description: 'Left out where a proposal was approved.' }),
  }),
  'room.updated': z.strictObject({
    ...changes,
    changed: z.array(z.enum(['title', 'location', 'videoUrl', 'externalId'])),
    previous: Details,
  }),
  'room.cancelled': z.strictObject({
    ...changes,
    cause: z.enum(['deleted', 'declined']),
    by: Role.nullable().meta({ description: 'The party that declined; null where the platform deleted it.' }),
    reason: z.string().nullable(),
  }),
  'attendee.replied': z.strictObject({ ...changes, role: Role, partstat: Partstat }),
  'attendee.changed': z.strictObject({ ...changes, role: Role, newAddress: z.boolean() }),
  'proposal.created': z.strictObject({ ...ofProposal, replaced: z.uuid().nullable(), insteadOf: z.uuid().nullable() }),
  'proposal.approved': z.strictObject({ ...ofProposal, by: Role }),
  'proposal.declined': z.strictObject({
    ...ofProposal,
    by: Role.nullable(),
    why: z.string().nullable(),
    cause: z.string().nullable().meta({
      description: '`countered`: another time was sent instead; `proposal.created` follows. Else null.',
    }),
  }),
  'proposal.expired': z.strictObject({ ...ofProposal, cause: z.string() }),
  'letter.sent': ofLetter,
  'letter.delivered': ofLetter,
  'letter.bounced': ofLetter,
  'letter.failed': ofLetter,
  'mail.unconfirmed': z.strictObject({ ...changes, role: Role, claim: Claim }),
  'webhook.test': z.strictObject({ endpointId: z.uuid() }),
};

/** The whole body of a webhook of a type. */
export const webhookBodies: ReadonlyMap<WebhookType, z.ZodObject> = new Map(
  webhookTypes.map((type) => [type, z.strictObject({ type: z.literal(type), timestamp: Instant, data: dataOf[type] })]),
);

export const whenSent: Record<WebhookType, string> = {
  'room.booked': 'A room has a host and a guest, and both invitations are owed.',
  'room.rescheduled': 'A room has another time, by the platform or by an approved proposal.',
  'room.updated': 'The title, location, video link or externalId of a room changed.',
  'room.cancelled': 'A room was deleted by the platform, or declined by a party under the strict policy.',
  'attendee.replied': 'An attendee accepted, declined or answered maybe.',
  'attendee.changed': 'The platform corrected who a party is.',
  'proposal.created': 'A party asks for a new time.',
  'proposal.approved': 'The other party approved a proposal; `room.rescheduled` follows.',
  'proposal.declined': 'A proposal was declined, or a counter-proposal could not be taken up.',
  'proposal.expired': 'A proposal ended without a decision.',
  'letter.sent': 'The SMTP relay took a letter.',
  'letter.delivered': 'A report says that a letter reached its mailbox.',
  'letter.bounced': 'A report says that a letter did not reach its mailbox.',
  'letter.failed': 'A letter was given up, and will not leave.',
  'mail.unconfirmed': 'A mail claims an answer, and its sender was asked to confirm it.',
  'webhook.test': 'The platform asked for a test; every endpoint gets it.',
};

const startUtc = '2031-05-06T14:00:00.000Z';
const endUtc = '2031-05-06T15:00:00.000Z';
const moved = { startUtc: '2031-05-07T14:00:00.000Z', endUtc: '2031-05-07T15:00:00.000Z' };
const timestamp = '2031-05-01T09:00:00.000Z';

const invitation = (role: Role): Record<string, unknown> => ({
  role,
  timeZone: role === 'host' ? 'Europe/Berlin' : 'America/New_York',
  locale: 'en',
  partstat: 'needs-action',
  lastMethodSent: 'request',
  delivery: { state: 'sent' },
});

const room = {
  roomId: sample.roomId,
  uid: sample.uid,
  sequence: 0,
  revision: 3,
  timeSequence: 0,
  status: 'scheduled',
  title: 'Practice Session',
  startUtc,
  endUtc,
  location: 'Room 3',
  videoUrl: null,
  policy: { onDecline: 'strict', proposals: 'both', proposalTtlHours: 48 },
  externalId: 'order-1042',
  invitations: [invitation('host'), invitation('guest')],
  proposals: [],
  createdAt: timestamp,
  updatedAt: timestamp,
  cancelledBy: null,
  cancelReason: null,
};
const proposal = { proposalId: sample.proposalId, proposedBy: 'guest', source: 'link', ...moved };
const letter = {
  role: 'guest',
  letterId: '2330496c-0f74-4eb9-8c05-df19c97565ba',
  messageId: '<2330496c-0f74-4eb9-8c05-df19c97565ba@meet.example>',
  method: 'REQUEST',
  sequence: 0,
  reason: null,
};
const previous = { title: 'Practice Session', location: 'Room 2', videoUrl: null, externalId: 'order-1042' };
const before = { previousStartUtc: startUtc, previousEndUtc: endUtc };
const claim = { partstat: 'declined', sequence: 0, startUtc, endUtc, note: null };
const cancelled = {
  ...room,
  status: 'cancelled',
  sequence: 1,
  cancelledBy: 'platform',
  cancelReason: 'the host is ill',
};
const movedRoom = { ...room, ...moved, sequence: 1, timeSequence: 1 };

const dataExamples: Record<WebhookType, Record<string, unknown>> = {
  'room.booked': { room },
  'room.rescheduled': { room: movedRoom, proposalId: null, ...before, reason: 'the hall is taken that day' },
  'room.updated': { room: { ...room, sequence: 1, timeSequence: 1 }, changed: ['location'], previous },
  'room.cancelled': { room: cancelled, cause: 'deleted', by: null, reason: 'the host is ill' },
  'attendee.replied': { room, role: 'guest', partstat: 'accepted' },
  'attendee.changed': { room, role: 'guest', newAddress: true },
  'proposal.created': { room, proposal, replaced: null, insteadOf: null },
  'proposal.approved': { room: movedRoom, proposal, by: 'host' },
  'proposal.declined': { room, proposal, by: 'host', why: null, cause: null },
  'proposal.expired': { room, proposal, cause: 'time' },
  'letter.sent': { room, letter },
  'letter.delivered': { room, letter },
  'letter.bounced': { room, letter: { ...letter, reason: 'hard' } },
  'letter.failed': { room, letter: { ...letter, reason: 'refused' } },
  'mail.unconfirmed': { room, role: 'guest', claim },
  'webhook.test': { endpointId: sample.endpointId },
};

export const webhookExample = (type: WebhookType): Record<string, unknown> => ({
  type,
  timestamp,
  data: dataExamples[type],
});
