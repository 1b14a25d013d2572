// The response schemas of the API (contract, section 2), for the description only. The code does not use them to write
// responses; a test checks real responses against them.
// Read by operations.ts.
import { z } from 'zod';
import { DeliveryState, Instant, Partstat, Policy, ProposalSource, ProposalStatus, Role, RoomStatus } from '#contracts';

export const InvitationResponse = z.strictObject({
  role: Role,
  email: z.string(),
  name: z.string().nullable(),
  timeZone: z.string(),
  locale: z.string(),
  partstat: Partstat,
  lastMethodSent: z.enum(['request', 'cancel']).nullable(),
  delivery: z
    .looseObject({ state: DeliveryState })
    .meta({ description: 'The delivery state of the last letter; more fields say when and why.' }),
});

export const ProposalResponse = z.strictObject({
  proposalId: z.uuid(),
  proposedBy: Role,
  source: ProposalSource,
  startUtc: Instant,
  endUtc: Instant,
  options: z.array(z.strictObject({ optionId: z.uuid(), startUtc: Instant, endUtc: Instant })),
  chosenOptionId: z.uuid().nullable(),
  note: z.string().nullable(),
  status: ProposalStatus,
  held: z
    .strictObject({ decision: z.enum(['approve', 'decline']), effectiveAt: Instant })
    .nullable()
    .meta({ description: 'A decision made by opening a link, and when it takes effect.' }),
  createdAt: Instant,
  expiresAt: Instant,
  decisionAt: Instant.nullable(),
  insteadOf: z.uuid().nullable(),
});

export const RoomResponse = z.strictObject({
  roomId: z.uuid(),
  uid: z.string().meta({ description: 'The iCalendar UID; the same for the life of the room.' }),
  sequence: z.number().int().nonnegative(),
  timeSequence: z.number().int().nonnegative().meta({
    description:
      'The sequence of the last change of start, end or location. Replies, proposals and links from here to `sequence` are current.',
  }),
  revision: z
    .number()
    .int()
    .positive()
    .meta({
      description:
        'One more with every change of the room, a partstat, a proposal or a pending decision; not with delivery states. Of ' +
        'two views the one with the greater revision is newer.',
    }),
  status: RoomStatus,
  title: z.string(),
  startUtc: Instant,
  endUtc: Instant,
  location: z.string().nullable(),
  videoUrl: z.string().nullable(),
  policy: Policy,
  externalId: z.string().nullable(),
  invitations: z.array(InvitationResponse),
  proposals: z.array(ProposalResponse),
  createdAt: Instant,
  updatedAt: Instant.meta({ description: 'When the revision grew last.' }),
  cancelledBy: z.enum(['platform', 'host', 'guest']).nullable(),
  cancelReason: z.string().nullable().meta({ description: 'The reason given with delete, without addresses.' }),
});

export const RoomsResponse = z.strictObject({ items: z.array(RoomResponse), nextCursor: z.string().nullable() });

export const TimelineResponse = z.strictObject({
  items: z.array(
    z.strictObject({
      at: Instant,
      kind: z.enum(['call', 'letter', 'mail', 'decision', 'token', 'proposal', 'delivery', 'note']),
      role: Role.optional(),
      method: z.string().optional(),
      sequence: z.number().int().optional(),
      verdict: z.string().optional(),
      why: z.string().optional().meta({ description: 'A stable code, and after a colon words for a person.' }),
      messageId: z.string().optional(),
      source: z
        .enum(['mail', 'link', 'page', 'api', 'console'])
        .optional()
        .meta({ description: 'The channel by which it arrived.' }),
      actor: z.string().optional(),
    }),
  ),
});

export const LetterResponse = z.strictObject({ messageId: z.string(), state: DeliveryState });
export const ProposedResponse = z.strictObject({ proposalId: z.uuid(), status: ProposalStatus });
export const DecidedResponse = z.strictObject({
  proposalId: z.uuid(),
  status: ProposalStatus,
  held: z.strictObject({ decision: z.enum(['approve', 'decline']), effectiveAt: Instant }).nullable(),
});
export const ConfirmedResponse = z.strictObject({
  status: z.enum(['open', 'confirmed', 'dropped']),
  claim: z.enum(['accepted', 'declined', 'tentative', 'new-time']),
});
export const AnswerResponse = z.strictObject({ partstat: Partstat, status: RoomStatus });
export const StoredResponse = z.strictObject({ id: z.uuid() });

export const ProblemResponse = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string().meta({ description: 'Stable; programs decide by it.' }),
  detail: z.string().meta({ description: 'For a person; may change.' }),
  errors: z
    .array(
      z.strictObject({
        pointer: z.string().meta({ description: 'JSON Pointer into the body; ?name for a query parameter.' }),
        code: z.string(),
        detail: z.string(),
      }),
    )
    .optional(),
});
