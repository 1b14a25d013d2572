// Decides which line of the audit an event gives: the verdict, the role and the reason. Pure.
// Called by rooms.store.ts for every event that is saved.
import { repeatedReplyWhy, type Role } from '#contracts';
import { lapseOf, type Proposal, type RoomEvent } from './room';

export interface AuditLine {
  kind: 'call' | 'mail' | 'decision' | 'proposal';
  role: Role | null;
  verdict: string;
  why: string | null;
}

type Line = (kind: AuditLine['kind'], verdict: string, role?: Role | null, why?: string | null) => AuditLine;
const line: Line = (kind, verdict, role = null, why = null) => ({ kind, role, verdict, why });

const changeWhy = (code: 'deleted' | 'moved', reason: string | null): string =>
  `${code}: ${reason === null ? `the platform ${code} the room` : `the organizer writes: ${reason}`}`;

/** The line for one event; `why` is a code, a colon and words. */
export function auditLine(event: RoomEvent): AuditLine {
  switch (event.type) {
    case 'Created':
      return line('call', 'created');
    case 'Booked':
      return line('call', 'booked');
    case 'Cancelled':
      return event.cause === 'declined'
        ? line('decision', 'cancelled', event.by, 'declined: one party declined, so the room is cancelled for both')
        : line('call', 'cancelled', event.by, changeWhy('deleted', event.reason));
    case 'Rescheduled':
      return line('call', 'rescheduled', null, changeWhy('moved', event.reason));
    case 'Updated':
      return line('call', 'updated', null, `changed: ${event.changed.join(', ')}`);
    case 'AttendeeChanged': {
      const why = event.isNew
        ? 'new-address: another invitation replaces the old one'
        : 'corrected: name, time zone or locale';
      return line('call', 'attendee-changed', event.invitation.role, why);
    }
    case 'Answered': {
      const why = `${event.partstat}: the current reply of this attendee`;
      return line(event.byLink ? 'decision' : 'mail', 'applied', event.role, why);
    }
    case 'AnswerIgnored':
      return line('mail', 'ignored', event.role, event.why);
    case 'AnswerRepeated':
      return line('mail', 'ignored', event.role, repeatedReplyWhy);
    case 'Resent': {
      const why = `${event.why}: the current invitation is sent again on request`;
      return line(event.why === 'platform' ? 'call' : 'mail', 'resent', event.role, why);
    }
    case 'FreshLinkMade':
      return line('call', 'fresh-link', event.role);
    case 'LinkOffered':
      return line('mail', 'link-offered', event.role, event.asked === '' ? event.why : `${event.why}: ${event.asked}`);
    default:
      return proposalLine(event);
  }
}

type ProposalEvent = Extract<
  RoomEvent,
  { type: 'Proposed' | 'CounterRefused' | 'DecisionHeld' | 'HoldDropped' | 'Approved' | 'Declined' | 'Expired' }
>;

const proposalWhy = ({ source, insteadOf }: Proposal): string =>
  `${source}: asked for ${insteadOf === null ? 'a new time' : 'another time instead'}`;

function proposalLine(event: ProposalEvent): AuditLine {
  switch (event.type) {
    case 'Proposed':
      return line('proposal', 'proposed', event.proposal.proposedBy, proposalWhy(event.proposal));
    case 'CounterRefused':
      return line(
        'proposal',
        'refused',
        event.proposal.proposedBy,
        `${event.why}: the time proposed by the COUNTER was refused`,
      );
    case 'DecisionHeld':
      return line('decision', `${event.decision}-held`);
    case 'HoldDropped': {
      const why = event.why && `${event.why}: the decision could not take effect when it was due`;
      return line('decision', `hold-${event.cause}`, null, why);
    }
    case 'Approved':
      return line('decision', 'approved', event.by);
    case 'Declined':
      return line('decision', 'declined', event.by, event.cause && `${event.cause}: another time was sent instead`);
    case 'Expired':
      return line('proposal', 'expired', null, `${lapseOf(event.cause)}: the proposal ended undecided`);
  }
}
