// Decides who gets which letter for an event: the sender's one pure function.
// Called by letters.consumer.ts; the text of a letter is decided by render/.
import {
  type Envelope,
  type EventPayload,
  type LetterMethod,
  type ProposalSnapshot,
  type Role,
  type RoomSnapshot,
  allowsProposals,
  counterpartyOf,
  type queues,
} from '#contracts';
import { stripAddresses } from '#privacy';
import type { Letter, Matter } from './letter';

export type RoomsEventName = (typeof queues)['notification-sender.rooms'][number];
type Each<N extends RoomsEventName> = N extends RoomsEventName ? Envelope<N> : never;
/** Any event of the queue `notification-sender.rooms`. */
export type RoomsEvent = Each<RoomsEventName>;

/** The current room, for events that contain ids only; null where there is none. */
export interface LetterContext {
  room: RoomSnapshot | null;
  /** Invitation → which secret makes its reply tag; invitations without a tag are left out. */
  tagKeys?: ReadonlyMap<string, string>;
}

/** The letters that an event causes, in the order in which they are due. */
export function lettersFor(event: RoomsEvent, context: LetterContext): Letter[] {
  const tagKey = (invitationId: string): string | null => context.tagKeys?.get(invitationId) ?? null;
  return owed(event, context).map((letter) => ({
    ...letter,
    to: { ...letter.to, tagKey: tagKey(letter.to.invitationId) },
  }));
}

/**
 * A new event of the queue does not compile without a case here. A decline under the policy `soft` causes no event of
 * this queue, and so no letter; under `strict` it causes RoomCancelled.
 */
function owed(event: RoomsEvent, context: LetterContext): Letter[] {
  switch (event.name) {
    case 'RoomBooked':
      return toBoth(event.data.room, 'REQUEST', () => ({ kind: 'invite' }));
    case 'RoomRescheduled':
      return rescheduled(event.data);
    case 'RoomUpdated':
      return updated(event.data);
    case 'AttendeeChanged':
      return attendeeChanged(event.data);
    case 'RoomCancelled': {
      const { room, cause, by, reason } = event.data;
      const declinedBy = cause === 'declined' ? by : null;
      return toBoth(room, 'CANCEL', () => ({ kind: 'cancel', declinedBy, reason: readable(reason), withdrawn: false }));
    }
    case 'ProposalCreated':
      return proposed(event.id, event.data);
    case 'ProposalDeclined':
      return declined(event.data);
    case 'ProposalExpired':
      return expired(event.data);
    case 'ResendRequested':
      return again(event.data, context.room);
    case 'FreshLinkRequested':
      return freshLink(event.data, context.room);
    case 'LinkOffered':
      return offered(event.data, context.room);
    default:
      return undecided(event);
  }
}

const undecided = (event: never): never => {
  throw new Error(`no rule for the event ${String((event as { name?: unknown }).name)}`);
};

const nothingElse = {
  changed: [],
  titleBefore: null,
  locationBefore: null,
  reason: null,
  requestClosed: false,
  approvedBy: null,
};

/** Notes are stripped when they are decided; again here for events that an earlier version published. */
const readable = (reason: string | null | undefined): string | null =>
  reason === null || reason === undefined ? null : stripAddresses(reason).trim() || null;

function rescheduled(data: EventPayload<'RoomRescheduled'>): Letter[] {
  const previous = { startUtc: data.previousStartUtc, endUtc: data.previousEndUtc };
  const reason = readable(data.reason);
  return toBoth(data.room, 'REQUEST', (role) => {
    const requestClosed = data.closed?.includes(role) ?? false;
    return { kind: 'update', ...nothingElse, previous, reason, requestClosed, approvedBy: data.approvedBy ?? null };
  });
}

function updated({ room, changed, previous, closed }: EventPayload<'RoomUpdated'>): Letter[] {
  const shown = changed.filter((name) => name !== 'externalId');
  if (shown.length === 0) return [];
  return toBoth(room, 'REQUEST', (role) => ({
    kind: 'update',
    ...nothingElse,
    previous: null,
    changed: shown,
    titleBefore: shown.includes('title') ? previous.title : null,
    locationBefore: shown.includes('location') ? previous.location : null,
    requestClosed: closed.includes(role),
  }));
}

/**
 * The new address is invited at the room's sequence; the old one's CANCEL is a sequence above what it was sent, in
 * that letter only.
 */
function attendeeChanged({ room, role, previous, cancelSequence }: EventPayload<'AttendeeChanged'>): Letter[] {
  if (previous === null || cancelSequence === null || room.invitations.length < 2) return [];
  const before = {
    ...room,
    sequence: cancelSequence,
    invitations: room.invitations.map((each) => (each.role === role ? previous : each)),
  };
  const withdrawn: Matter = { kind: 'cancel', declinedBy: null, reason: null, withdrawn: true };
  return [
    ...letterTo(before, role, 'CANCEL', '', withdrawn),
    ...letterTo(room, role, 'REQUEST', '', { kind: 'invite' }),
  ];
}

/**
 * The decision mail to the other party, and a notice to the proposer where there is a fresh link (PRD 13) or an
 * approval that ended. Where it answers what the other party had proposed, the decision mail tells them that too.
 */
function proposed(eventId: string, data: EventPayload<'ProposalCreated'>): Letter[] {
  const { room, proposal, approveLink, approveLinks = [], declineLink, suggestLink = null, undone = null } = data;
  const answered = data.insteadOf ?? null;
  const { expiresAt, proposalId, proposedBy } = proposal;
  const moreApproveLinks = approveLinks.slice(1).map(({ link }) => link);
  const links = { approveLink, moreApproveLinks, declineLink, suggestLink };
  const about = { proposed: proposedTimes(proposal), expiresAt, undone, insteadOf: answered && timesOf(answered) };
  const question = mailTo(room, counterpartyOf(proposedBy), proposalId, { kind: 'proposal', ...about, ...links });
  const notice = mailTo(room, proposedBy, eventId, { kind: 'proposal-sent', ...about });
  return [
    ...(answered === null ? question : question.map((letter) => refusing(letter, answered, room))),
    ...notice.filter((letter) => letter.rescheduleLink !== null || undone !== null),
  ];
}

/**
 * A proposal that was answered with another time gets no letter of its own: the letter of ProposalCreated says it.
 */
function declined({ room, proposal, by, why, cause }: EventPayload<'ProposalDeclined'>): Letter[] {
  if (cause === 'countered') return [];
  const matter: Matter = { kind: 'proposal-declined', proposed: proposedTimes(proposal), byParty: by !== null, why };
  return mailTo(room, proposal.proposedBy, proposal.proposalId, matter).map((letter) =>
    refusing(letter, proposal, room),
  );
}

/** A COUNTER also gets a DECLINECOUNTER, which repeats its SEQUENCE (RFC 5546 3.2.8). */
const refusing = (letter: Letter, { source, counterSequence }: ProposalSnapshot, room: RoomSnapshot): Letter =>
  source === 'link' ? letter : { ...letter, method: 'DECLINECOUNTER', sequence: counterSequence ?? room.sequence };

/** A proposal that ended by another letter (an update, a cancellation, a newer proposal) gets no letter of its own. */
function expired({ room, proposal, cause, why }: EventPayload<'ProposalExpired'>): Letter[] {
  if ((cause !== 'time' && cause !== 'lapsed') || why === 'room-moved') return [];
  const lapsed = cause === 'lapsed';
  const otherChanged = why === 'attendee-changed';
  const matter: Matter = { kind: 'proposal-expired', proposed: proposedTimes(proposal), lapsed, otherChanged };
  return mailTo(room, proposal.proposedBy, proposal.proposalId, matter);
}

/** Repeats the letter of the room's state to one attendee: same SEQUENCE, current PARTSTAT. */
function again(
  { invitationId, occasion, link, answerLink = null }: EventPayload<'ResendRequested'>,
  room: RoomSnapshot | null,
): Letter[] {
  if (room === null) return [];
  // A link shows that the room was scheduled when the repeat was requested; it was cancelled since, and that CANCEL is
  // a letter of its own.
  if (room.status === 'cancelled' && link !== null && occasion !== '') return [];
  const role = roleOf(room, invitationId);
  if (role === null || room.invitations.length < 2) return [];
  const letters = letterTo(room, role, room.status === 'cancelled' ? 'CANCEL' : 'REQUEST', occasion, stateMatter(room));
  return letters.map((letter) =>
    letter.method === 'CANCEL' ? letter : { ...letter, rescheduleLink: link, answerLink },
  );
}

const stateMatter = (room: RoomSnapshot): Matter => {
  if (room.status === 'cancelled') return { kind: 'cancel', declinedBy: null, reason: null, withdrawn: false };
  return room.sequence === 0 ? { kind: 'invite' } : { kind: 'update', previous: null, ...nothingElse };
};

function freshLink(
  { invitationId, occasion, link }: EventPayload<'FreshLinkRequested'>,
  room: RoomSnapshot | null,
): Letter[] {
  const role = room && roleOf(room, invitationId);
  if (!room || !role) return [];
  return mailTo(room, role, occasion, { kind: 'fresh-link' }).map((letter) => ({ ...letter, rescheduleLink: link }));
}

/** The mail about an unconfirmed reply or a person's text: to that person only. */
function offered(
  { invitationId, occasion, why, claim, link, unreadable, answerLink = null }: EventPayload<'LinkOffered'>,
  room: RoomSnapshot | null,
): Letter[] {
  const role = room && roleOf(room, invitationId);
  if (!room || !role) return [];
  const { partstat, startUtc } = claim;
  const about = { partstat, startUtc, link };
  const matter: Matter =
    why === 'held'
      ? { kind: 'held-answer', ...about }
      : {
          kind: 'text-answer',
          ...about,
          strict: room.policy.onDecline === 'strict',
          ...(unreadable === undefined ? {} : { unreadable }),
        };
  const letters = mailTo(room, role, occasion, matter);
  const rescheduleLink = link.purpose === 'propose' ? link : null;
  return letters.map((letter) => ({ ...letter, rescheduleLink, answerLink: why === 'text' ? answerLink : null }));
}

const roleOf = (room: RoomSnapshot, invitationId: string): Role | null =>
  room.invitations.find((each) => each.invitationId === invitationId)?.role ?? null;

/** One letter each to host and guest; none for a room that was never booked. */
const toBoth = (room: RoomSnapshot, method: LetterMethod, matter: (role: Role) => Matter): Letter[] =>
  room.invitations.length < 2
    ? []
    : room.invitations.flatMap(({ role }) => letterTo(room, role, method, '', matter(role)));

const mailTo = (room: RoomSnapshot, role: Role, occasion: string, matter: Matter): Letter[] =>
  letterTo(room, role, 'none', occasion, matter);

function letterTo(room: RoomSnapshot, role: Role, method: LetterMethod, occasion: string, matter: Matter): Letter[] {
  const invitation = room.invitations.find((each) => each.role === role);
  if (!invitation) return [];
  const { roomId, uid, sequence, title, startUtc, endUtc, location, videoUrl, policy } = room;
  const { invitationId, email, name, timeZone, locale, partstat } = invitation;
  const letter: Letter = {
    method,
    sequence,
    roomSequence: sequence,
    occasion,
    room: { roomId, uid, title, startUtc, endUtc, location, videoUrl },
    to: { invitationId, role, email, name, timeZone, locale, partstat, tagKey: null },
    otherEmail: room.invitations.find((each) => each.role !== role)?.email ?? null,
    mayPropose: allowsProposals(policy, role),
    rescheduleLink: method === 'CANCEL' ? null : invitation.rescheduleLink,
    answerLink: method === 'REQUEST' ? (invitation.answerLink ?? null) : null,
    matter,
  };
  return [letter];
}

const proposedTimes = (proposal: ProposalSnapshot) => ({ ...timesOf(proposal), note: proposal.note });

const timesOf = ({ startUtc, endUtc, options = [] }: ProposalSnapshot) => ({
  startUtc,
  endUtc,
  alternatives: options.slice(1).map((each) => ({ startUtc: each.startUtc, endUtc: each.endUtc })),
});
