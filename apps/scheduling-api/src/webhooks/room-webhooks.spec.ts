// Which webhooks each event of a room owes. The flows that lead to the events are tested where they are decided.
import type { Proposal, Room, RoomEvent } from '../rooms/room';
import { roomWebhooks } from './room-webhooks';

const at = new Date('2031-05-06T14:00:00Z');
const end = new Date('2031-05-06T15:00:00Z');
const proposal = {
  proposalId: 'p1',
  proposedBy: 'guest',
  source: 'link',
  startUtc: at,
  endUtc: end,
  note: 'private',
} as Proposal;
const room = { roomId: 'r1', proposals: [proposal] } as Partial<Room> as Room;
const previous = { startUtc: at, endUtc: end };

const cases: [string[], unknown][] = [
  [['room.booked'], { type: 'Booked', links: [] }],
  [['room.cancelled'], { type: 'Cancelled', cause: 'declined', by: 'host', reason: null }],
  [['attendee.replied'], { type: 'Answered', role: 'guest', partstat: 'tentative' }],
  [['proposal.created'], { type: 'Proposed', proposal, replaced: null }],
  [['proposal.declined'], { type: 'CounterRefused', proposal, why: 'no-new-time' }],
  [
    ['proposal.approved', 'room.rescheduled'],
    { type: 'Approved', optionId: 'o', proposalId: 'p1', by: 'host', previous, links: [] },
  ],
  [['proposal.declined'], { type: 'Declined', proposalId: 'p1', by: 'host' }],
  [['proposal.expired'], { type: 'Expired', proposalId: 'p1', cause: 'time' }],
  [['mail.unconfirmed'], { type: 'LinkOffered', why: 'held', role: 'guest', claim: { partstat: 'declined' } }],
  [[], { type: 'LinkOffered', why: 'text', role: 'guest', claim: { partstat: null } }],
  [[], { type: 'Created' }],
  [[], { type: 'AnswerIgnored', role: 'host', why: 'stale' }],
];

it.each(cases)('%j is owed for %j', (types, event) => {
  expect(roomWebhooks([event as RoomEvent], room).map(({ type }) => type)).toEqual(types);
});

it('tells the old time of a room that moved, and no note of a proposal', () => {
  const event = { type: 'Approved', optionId: 'o', proposalId: 'p1', by: 'host', at, previous, links: [] } as RoomEvent;
  const webhooks = JSON.stringify(roomWebhooks([event], room));
  expect(webhooks).toContain('"previousStartUtc":"2031-05-06T14:00:00.000Z"');
  expect(webhooks).not.toContain('private');
});
