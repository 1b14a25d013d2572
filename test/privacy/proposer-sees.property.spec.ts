// What a proposer can see is a function of their own input alone: page, API answer, mails and statuses are the same to
// the byte, whoever the other party is, although the text contains a guess of their address. Contract, section 7.1, The
// note. Pure functions, no clock.
import fc from 'fast-check';
import { counterpartyOf, envelop, type Role } from '#contracts';
import { holdsAddress, stripAddresses } from '#privacy';
import { IcsService } from '../../apps/notification-sender/src/render/ics.service';
import { renderLetter } from '../../apps/notification-sender/src/render/render';
import { lettersFor, type RoomsEvent } from '../../apps/notification-sender/src/letters/letters';
import type { LinkView } from '../../apps/scheduling-api/src/links/link-use';
import { decisionResponse } from '../../apps/scheduling-api/src/links/proposal.service';
import { formPage, firstValues, sentPage } from '../../apps/scheduling-api/src/links/reschedule.page';
import { announce } from '../../apps/scheduling-api/src/rooms/announce';
import { auditLine } from '../../apps/scheduling-api/src/rooms/audit-line';
import type { Context } from '../../apps/scheduling-api/src/rooms/context';
import { type Command, decide } from '../../apps/scheduling-api/src/rooms/decide';
import { Refusal } from '../../apps/scheduling-api/src/rooms/refusal';
import {
  evolve,
  type Invitation,
  newInvitation,
  type Proposal,
  type Room,
} from '../../apps/scheduling-api/src/rooms/room';
import { link as linkOf, senderSettings } from '../support/sender-events';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const guessed = 'ann.bell@example.org';

const invited = (role: Role, email: string): Invitation =>
  newInvitation(uuid(role === 'host' ? 1 : 2), role, { email, name: null, timeZone: 'Europe/Berlin', locale: 'en' });
/** What the other party has asked for, by COUNTER. */
const askedBy = (proposedBy: Role): Proposal => ({
  proposalId: uuid(50),
  proposedBy,
  source: 'counter',
  counterSequence: 1,
  roomSequence: 1,
  startUtc: at(60),
  endUtc: at(61),
  options: [{ optionId: uuid(51), startUtc: at(60), endUtc: at(61) }],
  chosenOptionId: null,
  note: null,
  status: 'pending',
  held: null,
  buttonsOnly: false,
  lapsedWhy: null,
  createdAt: at(-1),
  expiresAt: at(23),
  decisionAt: null,
  approvedBy: null,
  insteadOf: null,
});

const roomOf = (proposer: Role, own: string, other: string, over: Partial<Room>): Room => ({
  roomId: uuid(3),
  uid: `${uuid(3)}@central.example`,
  sequence: 1,
  timeSequence: 1,
  status: 'scheduled',
  title: 'Practice Session',
  startUtc: at(48),
  endUtc: at(49),
  location: null,
  videoUrl: null,
  externalId: null,
  policy: { onDecline: 'strict', proposals: 'both', proposalTtlHours: 24 },
  invitations: [
    invited('host', proposer === 'host' ? own : other),
    invited('guest', proposer === 'guest' ? own : other),
  ],
  proposals: [askedBy(counterpartyOf(proposer))],
  revision: 1,
  createdAt: now,
  updatedAt: now,
  cancelledBy: null,
  cancelReason: null,
  ...over,
});

interface View {
  proposer: unknown;
  /** Whether the sender's gate lets the other party's mails go: the proposer sees whether they are ever answered. */
  gate: boolean[];
}

/** Everything that reaches `proposer` of one command, as text; link tokens are their own. */
function seenBy(proposer: Role, room: Room, command: Command): View {
  let ids = 100;
  const context: Context = {
    now,
    newId: () => uuid(++ids),
    rules: {
      organizerEmail: senderSettings.ORGANIZER_EMAIL,
      rescheduleLinkTtlHours: null,
      decisionLinks: 'one-click',
      holdSeconds: 30,
    },
  };
  const decided = decide(room, command, context);
  if (decided instanceof Refusal) return { proposer: [decided.status, decided.code, decided.detail], gate: [] };
  const mails: string[] = [];
  const gate: boolean[] = [];
  let after = room;
  for (const event of decided) {
    after = evolve(after, event);
    for (const { name, data } of announce(event, after, ({ linkId, purpose }) => ({
      ...linkOf('propose', linkId),
      purpose,
    })))
      mailsOf(
        envelop(name, data, { id: uuid(9), occurredAt: now, correlationId: 'x', causationId: null }) as RoomsEvent,
      );
  }
  function mailsOf(event: RoomsEvent): void {
    for (const letter of lettersFor(event, { room: null })) {
      const messageId = `<${uuid(11)}@central.example>`;
      const facts = { letterId: uuid(11), messageId, firstMessageId: null, dtstamp: now, writtenAt: now };
      const { bytes, own } = renderLetter(
        letter,
        facts,
        new IcsService(senderSettings).textOf(letter, facts),
        senderSettings,
      );
      const passes = !holdsAddress(bytes, letter.otherEmail ?? '', own);
      if (letter.to.role === proposer) mails.push(`${passes ? '' : 'blocked '}${bytes.toString()}`);
      else gate.push(passes);
    }
  }
  return { proposer: [mails, pagesOf(proposer, after), decided.map(auditLine)], gate };
}

function pagesOf(role: Role, room: Room): unknown[] {
  const proposal = room.proposals.at(-1) ?? null;
  const link = { token: 'own-token', linkId: uuid(5), purpose: 'propose' as const, roomId: room.roomId };
  const seen: LinkView = {
    link: {
      ...link,
      proposalId: null,
      optionId: null,
      invitationId: uuid(1),
      roomSequence: 1,
      role,
      used: false,
      expired: false,
    },
    room,
    proposal,
    tokens: {},
    now,
  };
  const values = firstValues(room, 'UTC', now, { starts: [], endUtc: null });
  return [
    formPage(seen, { values, faults: [] }),
    proposal && sentPage(seen, proposal, 'UTC'),
    decisionResponse({ seen, refusal: null, faults: [], events: [], storedResponse: null }),
    proposal?.note,
  ];
}

const disguises: ((address: string) => string)[] = [
  (address) => address,
  (address) => address.toUpperCase(),
  (address) => `mailto:${address}`,
  (address) => address.replace('@', ' at ').replaceAll('.', ' dot '),
  (address) => address.replace('@', '_at_').replaceAll('.', '_dot_'),
  (address) => address.replace('@', '(a)'),
  (address) => address.replace('@', '%2540'),
  (address) => Buffer.from(address).toString('base64'),
  (address) => Buffer.from(Buffer.from(address).toString('base64')).toString('base64'),
  (address) => Buffer.from(address).toString('hex'),
  (address) => [...address].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
  (address) => `=?utf-8?q?${address.replace('@', '=40')}?=`,
  (address) => [...address].join('\u200b'),
  (address) => [...address].join(' '),
  (address) => [...address].reverse().join(''),
  (address) => address.replace('@', ' sits over '),
  (address) => address.replace('@', ''),
];
const note = fc
  .tuple(fc.string({ maxLength: 20 }), fc.constantFrom(...disguises), fc.string({ maxLength: 20 }))
  .map(([before, dress, after]) => `${before} ${dress(guessed)} ${after}`);
const role = fc.constantFrom<Role>('host', 'guest');
/** An address that is the guess, or no guess at all. */
const others = fc.constantFrom('else@nowhere.example', 'zoë@bücher.example', 'ann@example.org', 'ann.bell@example.com');
const startUtc = fc.constantFrom(at(72), at(-1), at(48));

const commands: Record<string, (by: Role, text: string, start: Date) => Command> = {
  'by form': (by, text, start) => ({
    type: 'Propose',
    role: by,
    startUtc: start,
    endUtc: new Date(start.getTime() + 3_600_000),
    note: stripAddresses(text).trim() || null,
    counterSequence: null,
  }),
  'instead of what the other party asked for': (by, text, start) => ({
    type: 'Propose',
    role: by,
    startUtc: start,
    endUtc: new Date(start.getTime() + 3_600_000),
    note: stripAddresses(text).trim() || null,
    counterSequence: null,
    insteadOf: uuid(50),
  }),
  'by COUNTER': (by, text, start) => ({
    type: 'Counter',
    answer: {
      role: by,
      mailId: uuid(8),
      sequence: 1,
      dtstamp: now,
      receivedAt: null,
      echoOf: null,
      contentKey: null,
      startUtc: null,
      endUtc: null,
      requests: [],
    },
    startUtc: start,
    endUtc: null,
    note: stripAddresses(text).trim() || null,
  }),
};

describe.each(Object.entries(commands))('a proposal %s', (_how, command) => {
  it('shows its proposer the same, whether or not the note guesses the address of the other party', () => {
    fc.assert(
      fc.property(role, note, others, startUtc, fc.boolean(), (by, text, other, start, cancelled) => {
        const over: Partial<Room> = cancelled ? { status: 'cancelled' } : {};
        const own = 'proposer@own.example';
        const view = (email: string): View => seenBy(by, roomOf(by, own, email, over), command(by, text, start));
        const [right, wrong] = [view(guessed), view(other)];
        expect(right.proposer).toEqual(wrong.proposer);
        expect(right.gate).toEqual(wrong.gate);
      }),
      { numRuns: 60 },
    );
  });

  it('always reaches the other party, also with the proposer’s own address in its note', () => {
    fc.assert(
      fc.property(role, note, (by, text) => {
        const { gate } = seenBy(by, roomOf(by, guessed, 'other@else.example', {}), command(by, text, at(72)));
        expect(gate).toEqual([true]);
      }),
      { numRuns: 60 },
    );
  });
});
