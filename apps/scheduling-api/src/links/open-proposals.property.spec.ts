// Whoever proposes, in whatever order and by whichever way: every page of both parties shows the proposals that the
// API shows as pending, and no other as open (contract, section 7.4).
import fc from 'fast-check';
import { counterpartyOf, type Role } from '#contracts';
import type { Context } from '../rooms/context';
import { type Command, decide } from '../rooms/decide';
import { applied, creation, rules, strict } from '../rooms/decide.fixture';
import { Refusal } from '../rooms/refusal';
import { evolve, type Proposal, type Room } from '../rooms/room';
import { roomView } from '../rooms/room-view';
import { decisionPage } from './decision.page';
import { html } from './html';
import type { LinkView } from './link-use';
import { refusedLinkPage, timesIn } from './notice.page';
import { readerOf } from './parts';
import { firstValues, formPage, sentPage } from './reschedule.page';
import { en } from './texts.en';

const begin = new Date('2026-12-01T09:00:00.000Z');
const at = (minutes: number): Date => new Date(begin.getTime() + minutes * 60_000);
const hour = 60;
let ids = 0;
const context = (minutes: number): Context => ({
  now: at(minutes),
  newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
  rules,
});

const role = fc.constantFrom('host' as const, 'guest' as const);
const way = fc.constantFrom('link' as const, 'counter' as const, 'instead' as const, 'instead' as const);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('propose' as const), role, way, several: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom('open' as const, 'press' as const, 'undo' as const),
      which: fc.nat(3),
      decision: fc.constantFrom('approve' as const, 'decline' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('move' as const, 'cancel' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** No two proposals share a time, so that a page's times tell which of them it shows. */
function commandOf(each: Step, order: number, room: Room, minutes: number): Command | null {
  const start = minutes + 30 * hour + order * 11;
  const span = (from: number) => ({ startUtc: at(from), endUtc: at(from + 25) });
  switch (each.what) {
    case 'propose':
      return each.way === 'counter'
        ? { type: 'Counter', answer: answerOf(each.role, order, room), ...span(start), note: null }
        : {
            type: 'Propose',
            role: each.role,
            ...span(start),
            alternatives: each.several ? [span(start + 5)] : [],
            note: null,
            counterSequence: null,
            insteadOf:
              each.way === 'link'
                ? null
                : (room.proposals.findLast((p) => p.proposedBy !== each.role)?.proposalId ?? null),
          };
    case 'move':
      return { type: 'Reschedule', ...span(start), reason: null };
    case 'cancel':
      return { type: 'Delete', reason: null };
    default: {
      const about = room.proposals.at(-1 - each.which);
      if (about === undefined) return null;
      const { proposalId, proposedBy } = about;
      if (each.what === 'undo') return { type: 'Undo', proposalId, by: counterpartyOf(proposedBy) };
      if (each.what === 'open') return { type: 'OpenDecisionLink', proposalId, decision: each.decision };
      return { type: 'Decide', proposalId, decision: each.decision, by: counterpartyOf(proposedBy) };
    }
  }
}

const answerOf = (by: Role, order: number, { sequence }: Room): Extract<Command, { type: 'Counter' }>['answer'] => ({
  role: by,
  mailId: `mail-${order}`,
  sequence,
  dtstamp: begin,
  receivedAt: begin,
  echoOf: null,
  contentKey: `key-${order}`,
  startUtc: null,
  endUtc: null,
  requests: [],
});

function after(room: Room, command: Command | null, minutes: number): Room {
  const decided = command === null ? [] : decide(room, command, context(minutes));
  return decided instanceof Refusal ? room : decided.reduce<Room>(evolve, room);
}

/** What the clock does within 2 s. */
const settled = (room: Room, minutes: number): Room =>
  [...room.proposals, ...room.proposals].reduce(
    (each, { proposalId }) => after(each, { type: 'SettleDue', proposalId }, minutes),
    room,
  );

const viewOf = (room: Room, by: Role, proposal: Proposal | null, minutes: number): LinkView => ({
  link: {
    token: 'token',
    linkId: '00000000-0000-4000-8000-000000000000',
    purpose: proposal === null ? 'propose' : 'approve',
    roomId: room.roomId,
    proposalId: proposal?.proposalId ?? null,
    optionId: proposal?.options[0]?.optionId ?? null,
    invitationId: '00000000-0000-4000-8000-000000000001',
    roomSequence: room.sequence,
    role: by,
    used: false,
    expired: false,
  },
  room,
  proposal,
  tokens: { approve: 'token', decline: 'token', suggest: 'token' },
  now: at(minutes),
});

/** Every page that one party can be shown of a room that stands. */
function pagesOf(room: Room, by: Role, minutes: number): string[] {
  const plain = viewOf(room, by, null, minutes);
  const values = firstValues(room, 'UTC', at(minutes), { starts: [], endUtc: null });
  const form = (seen: LinkView): string => formPage(seen, { values, faults: [] });
  const decisions = room.proposals.filter((each) => each.proposedBy !== by);
  const bound = (proposal: Proposal): LinkView => {
    const seen = viewOf(room, by, proposal, minutes);
    return { ...seen, link: { ...seen.link, purpose: 'propose' } };
  };
  return [
    form(plain),
    refusedLinkPage(plain, new Refusal('link-used')),
    ...decisions.map((each) => form(bound(each))),
    ...decisions.map((each) => {
      const seen = viewOf(room, by, each, minutes);
      return decisionPage(seen, each, { seen, refusal: null, faults: [], events: [], storedResponse: null }).page;
    }),
    ...room.proposals
      .filter((each) => each.proposedBy === by && each.status === 'pending')
      .map((each) => sentPage(plain, each, 'UTC')),
  ];
}

const openLabels = new Set([en.labels.proposed, en.labels.asked, ...[1, 2, 3].map((each) => en.decision.option(each))]);

/** The proposals that a page shows as open, by their sentences and blocks. */
function openOn(page: string, room: Room, by: Role): string[] {
  const blocks = [...page.matchAll(/<p class="label">([^<]*)<\/p>\s*<p class="day"><time datetime="([^"]*)"/g)];
  const starts = new Set(blocks.flatMap(([, label = '', start = '']) => (openLabels.has(label) ? [start] : [])));
  const reader = readerOf(room, by);
  const shows = (proposal: Proposal): boolean => {
    const times = timesIn(proposal, reader);
    const own = proposal.proposedBy === by;
    const sentences = own
      ? [en.form.ownPending(times), en.decision.ownOpen(times)]
      : [en.form.otherPending(reader.other, times), en.form.suggestIntro(reader.other, times)];
    return (
      sentences.some((each) => page.includes(html`${each}`.text)) ||
      proposal.options.some(({ startUtc }) => starts.has(startUtc.toISOString()))
    );
  };
  return room.proposals.filter(shows).map(({ proposalId }) => proposalId);
}

const openInApi = (room: Room): string[] =>
  (roomView({ room, deliveries: new Map() })['proposals'] as { proposalId: string; status: string }[]).flatMap(
    (each) => (each.status === 'pending' ? [each.proposalId] : []),
  );

it('every page of both parties shows the open proposals of the API, and no other', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.constantFrom(0, 0.2, 1, 90, 600)), { maxLength: 8 }), (steps) => {
      let { room } = applied(null, creation(at(24 * hour), at(25 * hour), strict), context(0));
      let minutes = 0;
      for (const [order, [each, wait]] of steps.entries()) {
        minutes += wait;
        room = settled(after(settled(room, minutes), commandOf(each, order, room, minutes), minutes), minutes);
      }
      const open = openInApi(room);
      for (const by of ['host', 'guest'] as const) {
        expect(room.proposals.filter((p) => p.proposedBy === by && p.status === 'pending').length).toBeLessThan(2);
        for (const page of pagesOf(room, by, minutes)) expect(openOn(page, room, by)).toEqual(open);
      }
      seen.add(`${open.length} open`);
      if (room.proposals.some((p) => p.insteadOf !== null)) seen.add('another time instead');
    }),
    { numRuns: 50 },
  );
  expect([...seen].sort()).toEqual(['0 open', '1 open', '2 open', 'another time instead']);
});
