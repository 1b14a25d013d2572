// Decides which webhooks a change of a room owes to platforms. Pure; called by rooms.store.ts with the room afterwards.
// What letters and reports owe is decided by notification-sender.
import type { WebhookMessage, WebhookType } from '#contracts';
import { lapseOf, type Proposal, proposalOf, type Room, type RoomEvent } from '../rooms/room';

type RoomMessage = Pick<WebhookMessage, 'type' | 'detail'>;

const messageOf = (type: WebhookType, detail: Record<string, unknown> = {}): RoomMessage => ({ type, detail });

const ids = ({ proposalId, proposedBy, source, startUtc, endUtc }: Proposal): Record<string, unknown> => ({
  proposalId,
  proposedBy,
  source,
  startUtc: startUtc.toISOString(),
  endUtc: endUtc.toISOString(),
});

/**
 * The types and what `data` contains beside the room, in the order of the events; `after` is the room after all of them.
 */
export const roomWebhooks = (events: readonly RoomEvent[], after: Room): RoomMessage[] =>
  events.flatMap((event) => webhooksOf(event, after));

function webhooksOf(event: RoomEvent, after: Room): RoomMessage[] {
  switch (event.type) {
    case 'Booked':
      return [messageOf('room.booked')];
    case 'Cancelled':
      return [messageOf('room.cancelled', { cause: event.cause, by: event.by, reason: event.reason })];
    case 'Rescheduled':
      return [messageOf('room.rescheduled', { proposalId: null, reason: event.reason, ...before(event.previous) })];
    case 'Updated':
      return [messageOf('room.updated', { changed: event.changed, previous: event.previous })];
    case 'AttendeeChanged':
      return [messageOf('attendee.changed', { role: event.invitation.role, newAddress: event.isNew })];
    case 'Answered':
      return [messageOf('attendee.replied', { role: event.role, partstat: event.partstat })];
    case 'Proposed':
      return [messageOf('proposal.created', proposedDetail(event))];
    case 'CounterRefused':
      return [messageOf('proposal.declined', { proposal: ids(event.proposal), by: null, why: event.why, cause: null })];
    case 'Approved':
    case 'Declined':
    case 'Expired':
      return decided(event, after);
    case 'LinkOffered':
      return event.why === 'held' ? [messageOf('mail.unconfirmed', { role: event.role, claim: event.claim })] : [];
    default:
      return [];
  }
}

const proposedDetail = ({ proposal, replaced }: Extract<RoomEvent, { type: 'Proposed' }>): Record<string, unknown> => ({
  proposal: ids(proposal),
  replaced,
  insteadOf: proposal.insteadOf,
});

const before = ({ startUtc, endUtc }: { startUtc: Date; endUtc: Date }): Record<string, string> => ({
  previousStartUtc: startUtc.toISOString(),
  previousEndUtc: endUtc.toISOString(),
});

function decided(event: Extract<RoomEvent, { type: 'Approved' | 'Declined' | 'Expired' }>, after: Room): RoomMessage[] {
  const found = proposalOf(after, event.proposalId);
  const proposal = found ? ids(found) : { proposalId: event.proposalId };
  if (event.type === 'Declined')
    return [messageOf('proposal.declined', { proposal, by: event.by, why: null, cause: event.cause })];
  if (event.type === 'Expired') return [messageOf('proposal.expired', { proposal, cause: lapseOf(event.cause) })];
  return [
    messageOf('proposal.approved', { proposal, by: event.by }),
    messageOf('room.rescheduled', { proposalId: event.proposalId, ...before(event.previous) }),
  ];
}
