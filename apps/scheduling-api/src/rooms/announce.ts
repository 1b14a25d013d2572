// Decides which contract events and which audit lines a change of a room gives. Pure; called by rooms.store.ts with the room before and after.
// A room's event may be nobody's business (a held decision), one event, or two (an approval also reschedules).
import type { EventName, EventPayload, LinkRef, Role, RoomSnapshot } from '#contracts';
import { invitationOf, type NewLink, type Proposal, proposalOf, type Room, type RoomEvent } from './room';

/** An event to be enveloped; the store adds id, instant and correlation. */
export type Announcement = { [N in EventName]: { name: N; data: EventPayload<N> } }[EventName];

export interface AuditLine {
  kind: 'call' | 'mail' | 'decision' | 'proposal';
  role: Role | null;
  verdict: string;
  why: string | null;
}

/** `linkRef` gives what travels of a minted link. */
export function announce(event: RoomEvent, after: Room, linkRef: (link: NewLink) => LinkRef): Announcement[] {
  const room = (links: (NewLink | null)[] = []): RoomSnapshot => snapshot(after, links, linkRef);
  switch (event.type) {
    case 'Created':
    case 'Answered':
    case 'AnswerIgnored':
    case 'DecisionHeld':
    case 'HoldDropped':
      return [];
    case 'Booked':
      return [{ name: 'RoomBooked', data: { room: room(event.links) } }];
    case 'Cancelled':
      return [
        { name: 'RoomCancelled', data: { room: room(), cause: event.cause, by: event.by, reason: event.reason } },
      ];
    case 'Resent': {
      const { occasion, why } = event;
      return [
        {
          name: 'ResendRequested',
          data: { ...party(after, event.role), occasion, why, link: event.link && linkRef(event.link) },
        },
      ];
    }
    case 'FreshLinkMade':
      return [
        {
          name: 'FreshLinkRequested',
          data: { ...party(after, event.role), occasion: event.occasion, link: linkRef(event.link) },
        },
      ];
    case 'LinkOffered': {
      const { occasion, why, claim } = event;
      return [
        { name: 'LinkOffered', data: { ...party(after, event.role), occasion, why, claim, link: linkRef(event.link) } },
      ];
    }
    case 'Proposed': {
      const [approve, decline] = event.links;
      const links = { approveLink: linkRef(approve), declineLink: linkRef(decline) };
      return [
        {
          name: 'ProposalCreated',
          data: {
            room: room([event.fresh]),
            proposal: proposalData(event.proposal),
            ...links,
            replaced: event.replaced,
          },
        },
      ];
    }
    case 'Approved':
    case 'Declined':
    case 'Expired':
      return decided(event, after, room);
    case 'CounterRefused': {
      const data = { room: room([event.link]), proposal: proposalData(event.proposal), by: null, why: event.why };
      return [{ name: 'ProposalDeclined', data }];
    }
  }
}

function decided(
  event: Extract<RoomEvent, { type: 'Approved' | 'Declined' | 'Expired' }>,
  after: Room,
  room: (links: (NewLink | null)[]) => RoomSnapshot,
): Announcement[] {
  const proposal = proposalOf(after, event.proposalId);
  if (!proposal) throw new Error(`${event.type} without its proposal`);
  const data = proposalData(proposal);
  if (event.type === 'Declined')
    return [{ name: 'ProposalDeclined', data: { room: room([event.link]), proposal: data, by: event.by, why: null } }];
  if (event.type === 'Expired')
    return [{ name: 'ProposalExpired', data: { room: room([event.link]), proposal: data, cause: event.cause } }];
  const previous = {
    previousStartUtc: event.previous.startUtc.toISOString(),
    previousEndUtc: event.previous.endUtc.toISOString(),
  };
  return [
    { name: 'ProposalApproved', data: { room: room([]), proposal: data } },
    { name: 'RoomRescheduled', data: { room: room(event.links), proposalId: event.proposalId, ...previous } },
  ];
}

function party(room: Room, role: Role): { roomId: string; invitationId: string; role: Role } {
  const invited = invitationOf(room, role);
  if (!invited) throw new Error(`no ${role} in the room`);
  return { roomId: room.roomId, invitationId: invited.invitationId, role };
}

/** The room as the sender needs it, with the reschedule links minted just now. */
export function snapshot(room: Room, links: (NewLink | null)[], linkRef: (link: NewLink) => LinkRef): RoomSnapshot {
  const { roomId, uid, sequence, status, title, location, videoUrl, policy } = room;
  const invitations = room.invitations.map(({ invitationId, role, email, name, timeZone, locale, partstat }) => {
    const link = links.find((each) => each?.role === role && each.purpose === 'propose');
    return { invitationId, role, email, name, timeZone, locale, partstat, rescheduleLink: link ? linkRef(link) : null };
  });
  const times = { startUtc: room.startUtc.toISOString(), endUtc: room.endUtc.toISOString() };
  return { roomId, uid, sequence, status, title, ...times, location, videoUrl, policy, invitations };
}

const proposalData = (proposal: Proposal): EventPayload<'ProposalApproved'>['proposal'] => ({
  proposalId: proposal.proposalId,
  proposedBy: proposal.proposedBy,
  source: proposal.source,
  startUtc: proposal.startUtc.toISOString(),
  endUtc: proposal.endUtc.toISOString(),
  note: proposal.note,
  status: proposal.status,
  expiresAt: proposal.expiresAt.toISOString(),
  counterSequence: proposal.counterSequence,
});

/** The line of a room's history for an event: what was decided, by which role, and why. */
export function auditLine(event: RoomEvent): AuditLine {
  const line = (
    kind: AuditLine['kind'],
    verdict: string,
    role: Role | null = null,
    why: string | null = null,
  ): AuditLine => ({ kind, role, verdict, why });
  switch (event.type) {
    case 'Created':
      return line('call', 'created');
    case 'Booked':
      return line('call', 'booked');
    case 'Cancelled':
      return line(
        event.cause === 'declined' ? 'decision' : 'call',
        'cancelled',
        event.by,
        event.cause === 'declined'
          ? 'declined: one of the two declined, the room cancels for both'
          : 'deleted: the platform deleted the room',
      );
    case 'Answered':
      return line('mail', 'applied', event.role, `${event.partstat}: the answer of this attendee now`);
    case 'AnswerIgnored':
      return line('mail', 'ignored', event.role, event.why);
    case 'Resent':
      return line(
        event.why === 'platform' ? 'call' : 'mail',
        'resent',
        event.role,
        `${event.why}: the current invitation was asked for again`,
      );
    case 'FreshLinkMade':
      return line('call', 'fresh-link', event.role);
    case 'LinkOffered':
      return line('mail', 'link-offered', event.role, event.why);
    case 'Proposed':
      return line('proposal', 'proposed', event.proposal.proposedBy, `${event.proposal.source}: asked for a new time`);
    case 'CounterRefused':
      return line('proposal', 'refused', event.proposal.proposedBy, `${event.why}: the COUNTER could not be taken up`);
    case 'DecisionHeld':
      return line('decision', `${event.decision}-held`);
    case 'HoldDropped':
      return line(
        'decision',
        `hold-${event.cause}`,
        null,
        event.why && `${event.why}: the decision no longer fitted when it fell due`,
      );
    case 'Approved':
      return line('decision', 'approved', event.by);
    case 'Declined':
      return line('decision', 'declined', event.by);
    case 'Expired':
      return line('proposal', 'expired', null, `${event.cause}: the proposal ended undecided`);
  }
}
