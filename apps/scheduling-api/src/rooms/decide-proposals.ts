// Decides about a new time: proposing, the click that holds, undo, contest, approval, decline, expiry.
// A COUNTER and the web form are the same Propose command; called by decide.ts only. Contract, section 4.
import { counterpartyOf, type Role } from '#contracts';
import { type Context, linksToBoth, longerThanNothing, proposeLink, sameSecond } from './context';
import {
  currentRequestOnce,
  futureWhy,
  isRepeat,
  isStale,
  type MailAnswer,
  sequenceOf,
  staleWhy,
  terminalWhy,
} from './decide-answers';
import { counterRefusalLimit, proposalLimit } from './decide-limits';
import { relayable } from './held-address';
import {
  type Decision,
  invitationOf,
  type NewLink,
  type Proposal,
  proposalOf,
  type Room,
  type RoomEvent,
} from './room';
import { Refusal } from './refusal';

export type ProposalCommand =
  | { type: 'Propose'; role: Role; startUtc: Date; endUtc: Date; note: string | null; counterSequence: number | null }
  | { type: 'Counter'; answer: MailAnswer; startUtc: Date; endUtc: Date | null; note: string | null }
  | { type: 'OpenDecisionLink'; proposalId: string; decision: Decision }
  | { type: 'Decide'; proposalId: string; decision: Decision; by: Role }
  | { type: 'Undo'; proposalId: string; by: Role }
  | { type: 'SettleDue'; proposalId: string }
  | { type: 'MakeFreshLink'; role: Role; occasion: string };

export function decideProposal(room: Room, command: ProposalCommand, context: Context): RoomEvent[] | Refusal {
  switch (command.type) {
    case 'Propose':
      return propose(room, command, context);
    case 'Counter':
      return counterOnce(room, command, context);
    case 'MakeFreshLink':
      return freshLink(room, command.role, command.occasion, context);
    case 'OpenDecisionLink':
    case 'Decide':
    case 'Undo':
    case 'SettleDue': {
      const proposal = proposalOf(room, command.proposalId);
      if (!proposal) return new Refusal('link-unknown');
      return onProposal(room, proposal, command, context);
    }
  }
}

type OnProposal = Extract<ProposalCommand, { proposalId: string }>;

function onProposal(room: Room, proposal: Proposal, command: OnProposal, context: Context): RoomEvent[] | Refusal {
  switch (command.type) {
    case 'OpenDecisionLink':
      return open(room, proposal, command.decision, context);
    case 'Decide':
      return decideNow(room, proposal, command.decision, command.by, context);
    case 'Undo':
      if (proposal.status !== 'pending' || proposal.held === null) return new Refusal('nothing-held');
      return [{ type: 'HoldDropped', proposalId: proposal.proposalId, cause: 'undone', why: null }];
    case 'SettleDue':
      return settle(room, proposal, context);
  }
}

function propose(
  room: Room,
  wanted: Extract<ProposalCommand, { type: 'Propose' }>,
  context: Context,
): RoomEvent[] | Refusal {
  const no =
    mayNotPropose(room, wanted.role, context.now) ??
    unfitTime(room, wanted, context.now) ??
    proposalLimit(room, wanted.role, context);
  if (no !== null) return no;
  const older = room.proposals.find((each) => each.status === 'pending' && each.proposedBy === wanted.role);
  const proposal = newProposal(room, wanted, context);
  const replaced: RoomEvent[] = older
    ? [{ type: 'Expired', proposalId: older.proposalId, cause: 'replaced', at: context.now, link: null }]
    : [];
  const link = (purpose: Decision): NewLink => ({
    linkId: context.newId(),
    purpose,
    role: counterpartyOf(wanted.role),
    proposalId: proposal.proposalId,
    expiresAt: proposal.expiresAt,
  });
  // A COUNTER used no link up, so the one in the invitation still serves.
  const fresh = wanted.counterSequence === null ? proposeLink(room, wanted.role, room.startUtc, context) : null;
  return [
    ...replaced,
    {
      type: 'Proposed',
      proposal,
      links: [link('approve'), link('decline')],
      fresh,
      replaced: older?.proposalId ?? null,
      undone: older?.held?.decision === 'approve' ? { startUtc: older.startUtc, endUtc: older.endUtc } : null,
    },
  ];
}

function mayNotPropose(room: Room, role: Role, now: Date): Refusal | null {
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (!invitationOf(room, counterpartyOf(role))) return new Refusal('room-not-booked');
  if (room.startUtc <= now) return new Refusal('room-started');
  return room.policy.proposals === 'both' || room.policy.proposals === role
    ? null
    : new Refusal('proposals-not-allowed');
}

function unfitTime(room: Room, wanted: { startUtc: Date; endUtc: Date }, now: Date): Refusal | null {
  if (!longerThanNothing(wanted)) return new Refusal('end-not-after-start', '/proposedEndUtc');
  if (wanted.startUtc <= now) return new Refusal('start-in-past', '/proposedStartUtc');
  return sameTime(room, wanted) ? new Refusal('no-new-time') : null;
}

export const sameTime = (room: Room, wanted: { startUtc: Date; endUtc: Date }): boolean =>
  sameSecond(wanted.startUtc, room.startUtc) && sameSecond(wanted.endUtc, room.endUtc);

/** A proposal and its links live for the policy's hours, and never past the current or the proposed start. */
function newProposal(
  room: Room,
  wanted: Pick<
    Extract<ProposalCommand, { type: 'Propose' }>,
    'role' | 'startUtc' | 'endUtc' | 'note' | 'counterSequence'
  >,
  context: Context,
): Proposal {
  const ttlEnd = context.now.getTime() + room.policy.proposalTtlHours * 3_600_000;
  return {
    proposalId: context.newId(),
    proposedBy: wanted.role,
    source: wanted.counterSequence === null ? 'link' : 'counter',
    counterSequence: wanted.counterSequence,
    roomSequence: room.sequence,
    startUtc: wanted.startUtc,
    endUtc: wanted.endUtc,
    note: relayable(wanted.note, invitationOf(room, wanted.role)?.email),
    status: 'pending',
    held: null,
    buttonsOnly: false,
    lapsedWhy: null,
    createdAt: context.now,
    expiresAt: new Date(Math.min(ttlEnd, room.startUtc.getTime(), wanted.startUtc.getTime())),
    decisionAt: null,
    approvedBy: null,
  };
}

/** The same COUNTER under another Message-ID is a copy: it is neither put to the other party nor refused once more. */
function counterOnce(
  room: Room,
  command: Extract<ProposalCommand, { type: 'Counter' }>,
  context: Context,
): RoomEvent[] {
  const { role, contentKey } = command.answer;
  const invited = invitationOf(room, role);
  if (invited && isRepeat(invited, contentKey)) return [{ type: 'AnswerRepeated', role, order: null }];
  return counter(room, command, context).map((event) =>
    event.type === 'Proposed' || event.type === 'CounterRefused' ? { ...event, contentKey } : event,
  );
}

/** R21–R23. Its PARTSTAT was dropped by the ingestor: a COUNTER is never consent and never a decline. */
function counter(room: Room, command: Extract<ProposalCommand, { type: 'Counter' }>, context: Context): RoomEvent[] {
  const { role, mailId } = command.answer;
  const invited = invitationOf(room, role);
  if (!invited) return [];
  const ignored = (why: string): RoomEvent[] => [{ type: 'AnswerIgnored', role, why }];
  const terminal = terminalWhy(room, context.now);
  if (terminal !== null) return ignored(terminal);
  // DTSTART of a COUNTER is the proposal, so it cannot stand in for a missing SEQUENCE.
  const sequence = sequenceOf(room, { sequence: command.answer.sequence ?? 0, startUtc: null });
  const lengthMs = room.endUtc.getTime() - room.startUtc.getTime();
  const endUtc = command.endUtc ?? new Date(command.startUtc.getTime() + lengthMs);
  if (sequence > room.sequence) return ignored(futureWhy(sequence, room));
  const wanted = { role, startUtc: command.startUtc, endUtc, note: command.note, counterSequence: sequence };
  if (isStale(sequence, room)) {
    const why = staleWhy(sequence, room);
    return [
      ...ignored(why),
      ...refuseCounter(room, wanted, 'older-sequence', context),
      ...currentRequestOnce(room, invited, mailId, context),
    ];
  }
  const outcome = propose(room, { type: 'Propose', ...wanted }, context);
  if (!(outcome instanceof Refusal)) return outcome;
  const why = `${outcome.code}: ${outcome.detail}`;
  if (outcome.status === 429) return [{ type: 'AnswerIgnored', role, why, limit: outcome }];
  return outcome.code === 'no-new-time'
    ? ignored(why)
    : [...ignored(why), ...refuseCounter(room, wanted, outcome.code, context)];
}

/**
 * What a COUNTER that cannot be taken up leaves behind: a declined proposal, so that the proposer gets a
 * DECLINECOUNTER and words.
 */
function refuseCounter(
  room: Room,
  wanted: Parameters<typeof newProposal>[1],
  why: string,
  context: Context,
): RoomEvent[] {
  const limit = counterRefusalLimit(room, wanted.role, context);
  if (limit !== null) return [{ type: 'AnswerIgnored', role: wanted.role, why: limit }];
  const lengthMs = room.endUtc.getTime() - room.startUtc.getTime();
  const endUtc = longerThanNothing(wanted) ? wanted.endUtc : new Date(wanted.startUtc.getTime() + lengthMs);
  const proposal = {
    ...newProposal(room, { ...wanted, endUtc }, context),
    status: 'declined' as const,
    decisionAt: context.now,
  };
  return [{ type: 'CounterRefused', proposal, why, link: proposeLink(room, wanted.role, room.startUtc, context) }];
}

/**
 * A page load of a decision link. The first records, the other one contests; neither takes effect now unless the hold
 * is 0 s.
 */
function open(room: Room, proposal: Proposal, decision: Decision, context: Context): RoomEvent[] | Refusal {
  const closed = closedWhy(room, proposal, context.now);
  if (closed !== null) return closed;
  if (proposal.status !== 'pending') return [];
  if (proposal.held !== null) {
    if (proposal.held.decision === decision) return [];
    return [{ type: 'HoldDropped', proposalId: proposal.proposalId, cause: 'contested', why: null }];
  }
  if (proposal.buttonsOnly || context.rules.decisionLinks === 'confirm') return [];
  if (context.rules.holdSeconds === 0) return take(room, proposal, decision, context);
  const effectiveAt = new Date(context.now.getTime() + context.rules.holdSeconds * 1_000);
  return [{ type: 'DecisionHeld', proposalId: proposal.proposalId, decision, effectiveAt }];
}

/**
 * Why nothing can be decided any more, for a proposal that was not decided; null while it can, or once it was
 * decided.
 */
export function closedWhy(room: Room, proposal: Proposal, now: Date): Refusal | null {
  // A decided proposal shows its decision for ever, whatever became of the room.
  if (proposal.status === 'approved' || proposal.status === 'declined') return null;
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (proposal.status === 'expired')
    return new Refusal(isStale(proposal.roomSequence, room) ? 'older-sequence' : 'proposal-expired');
  if (isStale(proposal.roomSequence, room)) return new Refusal('older-sequence');
  // A click before the expiry counts even if its hold ends after it.
  if (proposal.held === null && proposal.expiresAt <= now) return new Refusal('proposal-expired');
  return null;
}

/** A button: acts at once and ends a hold. The same decision again is a success without effect, the other one a no. */
function decideNow(
  room: Room,
  proposal: Proposal,
  decision: Decision,
  by: Role,
  context: Context,
): RoomEvent[] | Refusal {
  if (by === proposal.proposedBy) return new Refusal('own-proposal');
  const decided = proposal.status === 'approved' ? 'approve' : proposal.status === 'declined' ? 'decline' : null;
  if (decided !== null) return decided === decision ? [] : new Refusal('already-decided');
  return closedWhy(room, proposal, context.now) ?? take(room, proposal, decision, context);
}

function take(room: Room, proposal: Proposal, decision: Decision, context: Context): RoomEvent[] | Refusal {
  const by = counterpartyOf(proposal.proposedBy);
  const { proposalId } = proposal;
  if (decision === 'decline') {
    return [
      {
        type: 'Declined',
        proposalId,
        by,
        at: context.now,
        link: proposeLink(room, proposal.proposedBy, room.startUtc, context),
      },
    ];
  }
  if (proposal.startUtc <= context.now) return new Refusal('proposal-expired');
  const others = room.proposals.filter((each) => each.status === 'pending' && each.proposalId !== proposalId);
  const links = linksToBoth(room, proposal.startUtc, context);
  return [
    ...others.map((each): RoomEvent => ({
      type: 'Expired',
      proposalId: each.proposalId,
      cause: 'other-approved',
      at: context.now,
      link: null,
    })),
    {
      type: 'Approved',
      proposalId,
      by,
      at: context.now,
      previous: { startUtc: room.startUtc, endUtc: room.endUtc },
      links,
    },
  ];
}

/**
 * What time has made of an undecided proposal: its hold takes effect or lapses, or its own time is up. Called again
 * and again; does nothing early.
 */
function settle(room: Room, proposal: Proposal, context: Context): RoomEvent[] {
  if (proposal.status !== 'pending') return [];
  if (proposal.held !== null) return settleFirstDue(room, context);
  if (proposal.expiresAt > context.now) return [];
  const link = proposeLink(room, proposal.proposedBy, room.startUtc, context);
  const cause = proposal.lapsedWhy === null ? 'time' : 'lapsed';
  return [{ type: 'Expired', proposalId: proposal.proposalId, cause, at: context.now, link }];
}

/**
 * Of several holds in one room the first to fall due is applied, whichever of them was asked about; the rest follow
 * with the next calls.
 */
function settleFirstDue(room: Room, context: Context): RoomEvent[] {
  const due = room.proposals.flatMap((each) =>
    each.status === 'pending' && each.held && each.held.effectiveAt <= context.now ? [{ each, held: each.held }] : [],
  );
  const first = due.toSorted((a, b) => a.held.effectiveAt.getTime() - b.held.effectiveAt.getTime())[0];
  if (!first) return [];
  const taken = closedWhy(room, first.each, context.now) ?? take(room, first.each, first.held.decision, context);
  if (!(taken instanceof Refusal)) return taken;
  return [{ type: 'HoldDropped', proposalId: first.each.proposalId, cause: 'lapsed', why: taken.code }];
}

function freshLink(room: Room, role: Role, occasion: string, context: Context): RoomEvent[] | Refusal {
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (room.startUtc <= context.now) return new Refusal('room-started');
  const link = proposeLink(room, role, room.startUtc, context);
  return link === null ? new Refusal('proposals-not-allowed') : [{ type: 'FreshLinkMade', role, occasion, link }];
}
