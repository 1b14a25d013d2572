// Decides which contract events a change of a room gives. Pure; called by rooms.store.ts with the room after the
// change.
// An event of a room gives none (a pending decision), one, or two of them (an approval also reschedules).
import {
  type AnswerLinkRef,
  type EventName,
  type EventPayload,
  type InvitationSnapshot,
  type LinkPurpose,
  type LinkRef,
  noProposal,
  type Role,
  type RoomSnapshot,
} from '#contracts';
import {
  type AnswerLink,
  type ExpiryCause,
  type Invitation,
  invitationOf,
  type MintedLink,
  type NewLink,
  type Proposal,
  proposalOf,
  type Room,
  type RoomEvent,
} from './room';

/** An event to be enveloped; the store adds id, instant and correlation. */
export type Announcement = { [N in EventName]: { name: N; data: EventPayload<N> } }[EventName];

type Snapshot = (links?: (MintedLink | null)[]) => RoomSnapshot;
/** The fields of a new link that are published; never the token. */
export type LinkToRef = <P extends LinkPurpose>(link: NewLink<P>) => Omit<LinkRef, 'purpose'> & { purpose: P };

/** `linkRef` returns the published fields of a new link. */
export function announce(event: RoomEvent, after: Room, linkRef: LinkToRef): Announcement[] {
  const room: Snapshot = (links = []) => snapshot(after, links, linkRef);
  switch (event.type) {
    case 'Created':
    case 'Answered':
    case 'AnswerIgnored':
    case 'AnswerRepeated':
    case 'DecisionHeld':
    case 'HoldDropped':
      return [];
    case 'Booked':
      return [{ name: 'RoomBooked', data: { room: room(event.links) } }];
    case 'Cancelled': {
      const { cause, by, reason } = event;
      return [{ name: 'RoomCancelled', data: { room: room(), cause, by, reason } }];
    }
    case 'Rescheduled':
    case 'Updated':
    case 'AttendeeChanged':
      return [changed(event, after, linkRef)];
    case 'Resent':
    case 'FreshLinkMade':
    case 'LinkOffered':
      return [sentAgain(event, after, linkRef)];
    case 'Proposed':
      return [proposed(event, after, room, linkRef)];
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

/** A letter to one attendee without a change of the room: the invitation again, or a link. */
function sentAgain(
  event: Extract<RoomEvent, { type: 'Resent' | 'FreshLinkMade' | 'LinkOffered' }>,
  after: Room,
  linkRef: LinkToRef,
): Announcement {
  const to = { ...party(after, event.role), occasion: event.occasion };
  if (event.type === 'Resent') {
    const links = { link: event.link && linkRef(event.link), ...answerRef(event.answerLink, linkRef) };
    return { name: 'ResendRequested', data: { ...to, why: event.why, ...links } };
  }
  const link = linkRef(event.link);
  if (event.type === 'FreshLinkMade') return { name: 'FreshLinkRequested', data: { ...to, link } };
  const unreadable = event.unreadable === undefined ? {} : { unreadable: event.unreadable };
  const links = { link, ...answerRef(event.answerLink, linkRef) };
  return { name: 'LinkOffered', data: { ...to, why: event.why, claim: event.claim, ...links, ...unreadable } };
}

/** Left out where there is none, as in events of versions without answer links. */
const answerRef = (link: AnswerLink | null, linkRef: LinkToRef): { answerLink?: AnswerLinkRef } =>
  link === null ? {} : { answerLink: linkRef(link) };

const spanOf = ({ startUtc, endUtc }: { startUtc: Date; endUtc: Date }): { startUtc: string; endUtc: string } => ({
  startUtc: startUtc.toISOString(),
  endUtc: endUtc.toISOString(),
});

function proposed(
  { links, fresh, proposal, replaced, undone }: Extract<RoomEvent, { type: 'Proposed' }>,
  after: Room,
  room: Snapshot,
  linkRef: LinkToRef,
): Announcement {
  const approveLinks = links.approve.map((link) => ({ optionId: link.optionId ?? '', link: linkRef(link) }));
  const first = approveLinks[0];
  if (!first) throw new Error('this proposal has no time');
  const suggest = links.suggest === null ? {} : { suggestLink: linkRef(links.suggest) };
  const declined = proposal.insteadOf === null ? undefined : proposalOf(after, proposal.insteadOf);
  return {
    name: 'ProposalCreated',
    data: {
      room: room([fresh]),
      proposal: proposalData(proposal),
      approveLink: first.link,
      approveLinks,
      declineLink: linkRef(links.decline),
      ...suggest,
      replaced,
      undone: undone && spanOf(undone),
      ...(declined && { insteadOf: proposalData(declined) }),
    },
  };
}

function decided(
  event: Extract<RoomEvent, { type: 'Approved' | 'Declined' | 'Expired' }>,
  after: Room,
  room: Snapshot,
): Announcement[] {
  const proposal = proposalOf(after, event.proposalId);
  if (!proposal) throw new Error(`${event.type} without its proposal`);
  const data = proposalData(proposal);
  if (event.type === 'Declined') {
    const cause = event.cause === null ? {} : { cause: event.cause };
    const declined = { room: room([event.link]), proposal: data, by: event.by, why: null, ...cause };
    return [{ name: 'ProposalDeclined', data: declined }];
  }
  if (event.type === 'Expired')
    return [{ name: 'ProposalExpired', data: { room: room([event.link]), proposal: data, ...causeOf(event.cause) } }];
  const previous = {
    previousStartUtc: event.previous.startUtc.toISOString(),
    previousEndUtc: event.previous.endUtc.toISOString(),
  };
  return [
    { name: 'ProposalApproved', data: { room: room([]), proposal: data } },
    {
      name: 'RoomRescheduled',
      data: { room: room(event.links), proposalId: event.proposalId, ...previous, approvedBy: event.by },
    },
  ];
}

/** What the platform changed. */
function changed(
  event: Extract<RoomEvent, { type: 'Rescheduled' | 'Updated' | 'AttendeeChanged' }>,
  after: Room,
  linkRef: LinkToRef,
): Announcement {
  switch (event.type) {
    case 'Rescheduled': {
      const { previous, reason, closed, links } = event;
      const times = {
        previousStartUtc: previous.startUtc.toISOString(),
        previousEndUtc: previous.endUtc.toISOString(),
      };
      const room = snapshot(after, links, linkRef);
      return { name: 'RoomRescheduled', data: { room, proposalId: noProposal, ...times, reason, closed } };
    }
    case 'Updated': {
      const room = snapshot(after, event.links, linkRef);
      return {
        name: 'RoomUpdated',
        data: { room, changed: event.changed, previous: event.previous, closed: event.closed },
      };
    }
    case 'AttendeeChanged': {
      const { invitation, previous, isNew, cancelSequence, links } = event;
      const { invitationId, role } = invitation;
      const before = isNew ? snapshotOf(previous, null, {}) : null;
      return {
        name: 'AttendeeChanged',
        data: { room: snapshot(after, links, linkRef), invitationId, role, previous: before, cancelSequence },
      };
    }
  }
}

/** Old consumers know only the first causes. A proposer who was replaced is not mailed about it. */
function causeOf(cause: ExpiryCause): Pick<EventPayload<'ProposalExpired'>, 'cause' | 'why'> {
  switch (cause) {
    case 'room-moved':
    case 'attendee-changed':
      return { cause: 'lapsed', why: cause };
    case 'proposer-changed':
      return { cause: 'replaced', why: 'attendee-changed' };
    default:
      return { cause };
  }
}

function party(room: Room, role: Role): { roomId: string; invitationId: string; role: Role } {
  const invited = invitationOf(room, role);
  if (!invited) throw new Error(`no ${role} in the room`);
  return { roomId: room.roomId, invitationId: invited.invitationId, role };
}

/** The room as the sender needs it, with the links of invitations minted just now. */
export function snapshot(room: Room, links: (MintedLink | null)[], linkRef: LinkToRef): RoomSnapshot {
  const { roomId, uid, sequence, status, title, location, videoUrl, policy } = room;
  const invitations = room.invitations.map((each) => {
    const own = links.filter((link) => link?.role === each.role).filter((link) => link !== null);
    const link = own.find((link): link is NewLink => link.purpose === 'propose');
    const answer = own.find((link): link is AnswerLink => link.purpose === 'answer') ?? null;
    return snapshotOf(each, link ? linkRef(link) : null, answerRef(answer, linkRef));
  });
  const times = { startUtc: room.startUtc.toISOString(), endUtc: room.endUtc.toISOString() };
  return { roomId, uid, sequence, status, title, ...times, location, videoUrl, policy, invitations };
}

const snapshotOf = (
  { invitationId, role, email, name, timeZone, locale, partstat }: Invitation,
  rescheduleLink: LinkRef | null,
  answer: { answerLink?: AnswerLinkRef },
): InvitationSnapshot => ({ invitationId, role, email, name, timeZone, locale, partstat, rescheduleLink, ...answer });

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
  options: proposal.options.map(({ optionId, ...span }) => ({ optionId, ...spanOf(span) })),
});
