// A room as the API shows it to the platform (contract, section 2).
// Called by every controller that responds with a room, and for `data.room` of webhooks: the shape is the same
// everywhere, and `revision` orders two views.
import { chosenOf } from './decide-options';
import type { StoredRoom } from './rooms.rows';
import type { Proposal } from './room';

export interface RoomView {
  roomId: string;
  uid: string;
  revision: number;
  [field: string]: unknown;
}

export function roomView({ room, deliveries }: StoredRoom): RoomView {
  return {
    roomId: room.roomId,
    uid: room.uid,
    sequence: room.sequence,
    revision: room.revision,
    timeSequence: room.timeSequence,
    status: room.status,
    title: room.title,
    startUtc: room.startUtc.toISOString(),
    endUtc: room.endUtc.toISOString(),
    location: room.location,
    videoUrl: room.videoUrl,
    policy: room.policy,
    externalId: room.externalId,
    invitations: room.invitations
      .toSorted((a, b) => (a.role === b.role ? 0 : a.role === 'host' ? -1 : 1))
      .map(({ invitationId, role, email, name, timeZone, locale, partstat }) => {
        const delivery = deliveries.get(invitationId);
        const sent = {
          lastMethodSent: delivery?.lastMethodSent ?? null,
          delivery: delivery?.state ?? { state: 'pending' },
        };
        return { role, email, name, timeZone, locale, partstat, ...sent };
      }),
    proposals: room.proposals.map(proposalView),
    createdAt: room.createdAt.toISOString(),
    updatedAt: room.updatedAt.toISOString(),
    cancelledBy: room.cancelledBy,
    cancelReason: room.cancelReason,
  };
}

const proposalView = (proposal: Proposal): Record<string, unknown> => ({
  proposalId: proposal.proposalId,
  proposedBy: proposal.proposedBy,
  source: proposal.source,
  startUtc: proposal.startUtc.toISOString(),
  endUtc: proposal.endUtc.toISOString(),
  options: proposal.options.map(({ optionId, startUtc, endUtc }) => ({
    optionId,
    startUtc: startUtc.toISOString(),
    endUtc: endUtc.toISOString(),
  })),
  chosenOptionId: chosenOf(proposal),
  note: proposal.note,
  status: proposal.status,
  held: proposal.held && { decision: proposal.held.decision, effectiveAt: proposal.held.effectiveAt.toISOString() },
  createdAt: proposal.createdAt.toISOString(),
  expiresAt: proposal.expiresAt.toISOString(),
  decisionAt: proposal.decisionAt?.toISOString() ?? null,
  insteadOf: proposal.insteadOf,
});
