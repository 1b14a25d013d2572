// Metrics of bookings, replies, counters, proposals and links (contract, section 2: GET /metrics).
// Called by the controllers, the consumer, the pages and the clock after their transaction committed.
import { Counter } from 'prom-client';
import type { Command } from './decide';
import { Refusal } from './refusal';
import type { RoomEvent } from './room';

const bookings = new Counter({ name: 'scheduling_bookings_total', help: 'Rooms booked by a guest.' });
const cancellations = new Counter({
  name: 'scheduling_cancellations_total',
  help: 'Rooms cancelled, by cause.',
  labelNames: ['cause'],
});
const replies = new Counter({
  name: 'scheduling_replies_total',
  help: 'Replies that counted, by partstat.',
  labelNames: ['partstat'],
});
const counters = new Counter({ name: 'scheduling_counters_total', help: 'COUNTERs read from attendees.' });
const proposals = new Counter({
  name: 'scheduling_proposals_total',
  help: 'Proposals by what became of them.',
  labelNames: ['status'],
});
const ignored = new Counter({
  name: 'scheduling_answers_ignored_total',
  help: 'Answers that arrived but did not count, by reason.',
  labelNames: ['reason'],
});
const tokenUses = new Counter({
  name: 'scheduling_token_uses_total',
  help: 'Magic links opened or posted.',
  labelNames: ['purpose', 'verdict'],
});

/** A new label value shows up as 0 before its first event, so that a rate over it is defined. */
for (const cause of ['deleted', 'declined']) cancellations.inc({ cause }, 0);
for (const partstat of ['accepted', 'declined', 'tentative']) replies.inc({ partstat }, 0);
for (const status of ['pending', 'approved', 'declined', 'expired']) proposals.inc({ status }, 0);
for (const verdict of ['ok', 'expired', 'used', 'forged'])
  for (const purpose of ['propose', 'approve', 'decline', 'confirm', 'answer']) tokenUses.inc({ purpose, verdict }, 0);

export const countTokenUse = (purpose: string, verdict: 'ok' | 'expired' | 'used' | 'forged'): void =>
  tokenUses.inc({ purpose, verdict });

export function countMailOutcome(command: Command, changed: { events: RoomEvent[] } | Refusal): void {
  if (command.type === 'Counter') counters.inc();
  if (changed instanceof Refusal) ignored.inc({ reason: changed.code });
  else countEvents(changed.events);
}

export const countEvents = (events: RoomEvent[]): void => events.forEach(countEvent);

function countEvent(event: RoomEvent): void {
  switch (event.type) {
    case 'Booked':
      return bookings.inc();
    case 'Cancelled':
      return cancellations.inc({ cause: event.cause });
    case 'Answered':
      return replies.inc({ partstat: event.partstat });
    case 'AnswerRepeated':
      return ignored.inc({ reason: 'duplicate' });
    case 'AnswerIgnored':
      return ignored.inc({ reason: event.why.split(':')[0] ?? 'unknown' });
    default: {
      const status = proposalStatus[event.type];
      if (status) proposals.inc({ status });
    }
  }
}

const proposalStatus: Partial<Record<RoomEvent['type'], string>> = {
  Proposed: 'pending',
  Approved: 'approved',
  Declined: 'declined',
  CounterRefused: 'declined',
  Expired: 'expired',
};
