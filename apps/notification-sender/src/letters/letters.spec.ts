// Who gets which letter, event by event.
import { noProposal } from '#contracts';
import { event, invitation, link, proposal, room } from '../../../../test/support/sender-events';
import type { Letter } from './letter';
import { type LetterContext, type RoomsEvent, lettersFor } from './letters';

const nothing: LetterContext = { room: null };
const shown = (letters: Letter[]) =>
  letters.map(({ to, method, sequence, occasion, matter }) => ({
    to: to.role,
    method,
    sequence,
    occasion,
    kind: matter.kind,
  }));
const owed = (from: RoomsEvent, context = nothing) => shown(lettersFor(from, context));

describe('a booking', () => {
  it('owes one REQUEST each to host and guest, each with only its own attendee', () => {
    const letters = lettersFor(event('RoomBooked', { room: room() }), nothing);
    expect(shown(letters)).toEqual([
      { to: 'host', method: 'REQUEST', sequence: 0, occasion: '', kind: 'invite' },
      { to: 'guest', method: 'REQUEST', sequence: 0, occasion: '', kind: 'invite' },
    ]);
    const [host, guest] = letters;
    expect(host?.otherEmail).toBe(guest?.to.email);
    expect(guest?.otherEmail).toBe(host?.to.email);
  });

  it('owes nothing for a room without a guest', () => {
    expect(owed(event('RoomBooked', { room: room({ invitations: [invitation('host')] }) }))).toEqual([]);
  });

  it('takes from the policy who may propose', () => {
    const policy = { onDecline: 'strict', proposals: 'guest', proposalTtlHours: 48 } as const;
    const letters = lettersFor(event('RoomBooked', { room: room({ policy }) }), nothing);
    expect(letters.map((letter) => [letter.to.role, letter.mayPropose])).toEqual([
      ['host', false],
      ['guest', true],
    ]);
  });
});

describe('a change of the room', () => {
  it('owes two updates that know the time before', () => {
    const data = {
      proposalId: proposal().proposalId,
      previousStartUtc: '2026-11-30T09:00:00.000Z',
      previousEndUtc: '2026-11-30T10:00:00.000Z',
    };
    const letters = lettersFor(event('RoomRescheduled', { room: room({ sequence: 1 }), ...data }), nothing);
    expect(letters.map((letter) => letter.matter)).toMatchObject([
      { kind: 'update', previous: { startUtc: data.previousStartUtc, endUtc: data.previousEndUtc } },
      { kind: 'update', previous: { startUtc: data.previousStartUtc, endUtc: data.previousEndUtc } },
    ]);
    expect(
      letters.every((letter) => letter.method === 'REQUEST' && letter.sequence === 1 && letter.occasion === ''),
    ).toBe(true);
  });

  it('owes two CANCELs without a link', () => {
    const letters = lettersFor(
      event('RoomCancelled', {
        room: room({ sequence: 1, status: 'cancelled' }),
        cause: 'declined',
        by: 'guest',
        reason: null,
      }),
      nothing,
    );
    expect(letters.map((letter) => [letter.to.role, letter.method, letter.rescheduleLink])).toEqual([
      ['host', 'CANCEL', null],
      ['guest', 'CANCEL', null],
    ]);
  });

  it('owes no CANCEL for a room that nobody booked', () => {
    const unbooked = room({ status: 'cancelled', invitations: [invitation('host')] });
    expect(owed(event('RoomCancelled', { room: unbooked, cause: 'deleted', by: null, reason: 'moved' }))).toEqual([]);
  });

  it("takes the platform's reason for a deletion into both letters, without an address", () => {
    const cancelled = room({ status: 'cancelled', sequence: 1 });
    const letters = lettersFor(
      event('RoomCancelled', { room: cancelled, cause: 'deleted', by: null, reason: 'closed, see ann@x.org' }),
      nothing,
    );
    expect(letters.map(({ matter }) => ('reason' in matter ? matter.reason : null))).toEqual([
      'closed, see […]',
      'closed, see […]',
    ]);
    expect(JSON.stringify(letters)).not.toContain('ann@x.org');
  });
});

describe('a change by the platform', () => {
  const details = { title: 'Practice Session', location: 'Hall 1', videoUrl: null, externalId: null };

  it('of the time says the reason to both, and to the proposer that the request is closed', () => {
    const letters = lettersFor(
      event('RoomRescheduled', {
        room: room({ sequence: 1 }),
        proposalId: noProposal,
        previousStartUtc: '2026-11-30T09:00:00.000Z',
        previousEndUtc: '2026-11-30T10:00:00.000Z',
        reason: 'the hall is taken',
        closed: ['guest'],
      }),
      nothing,
    );
    expect(letters.map(({ to, method, sequence, matter }) => [to.role, method, sequence, matter])).toMatchObject([
      ['host', 'REQUEST', 1, { reason: 'the hall is taken', requestClosed: false }],
      ['guest', 'REQUEST', 1, { reason: 'the hall is taken', requestClosed: true }],
    ]);
  });

  it('of title and place says what they were; of externalId alone it owes nothing', () => {
    const changed = (names: ('title' | 'location' | 'externalId')[]) =>
      lettersFor(
        event('RoomUpdated', { room: room({ sequence: 1 }), changed: names, previous: details, closed: [] }),
        nothing,
      ).map(({ matter }) => matter);
    const update = {
      kind: 'update',
      changed: ['title', 'location'],
      titleBefore: 'Practice Session',
      locationBefore: 'Hall 1',
    };
    expect(changed(['title', 'location', 'externalId'])).toMatchObject([update, update]);
    expect(changed(['externalId'])).toEqual([]);
  });

  it('of an address cancels for the old one a sequence above, invites the new one, and mails nobody else', () => {
    const now = room({ sequence: 2 });
    const previous = invitation('guest', { email: 'gusttav@guest-side.example', rescheduleLink: null });
    const guest = now.invitations.find((each) => each.role === 'guest');
    const data = {
      room: now,
      invitationId: guest?.invitationId ?? '',
      role: 'guest' as const,
      previous,
      cancelSequence: 3,
    };
    const letters = lettersFor(event('AttendeeChanged', data), nothing);
    expect(letters.map(({ to, method, sequence, matter }) => [to.email, method, sequence, matter.kind])).toEqual([
      [previous.email, 'CANCEL', 3, 'cancel'],
      [guest?.email, 'REQUEST', 2, 'invite'],
    ]);
    expect(lettersFor(event('AttendeeChanged', { ...data, previous: null, cancelSequence: null }), nothing)).toEqual(
      [],
    );
    const alone = { ...now, invitations: now.invitations.filter((each) => each.role === 'guest') };
    expect(lettersFor(event('AttendeeChanged', { ...data, room: alone }), nothing)).toEqual([]);
  });

  it('closes a pending request: by a move without a mail of its own, by another attendee with one', () => {
    const expired = (why: string) =>
      lettersFor(event('ProposalExpired', { room: room(), proposal: proposal(), cause: 'lapsed', why }), nothing);
    expect(expired('room-moved')).toEqual([]);
    expect(expired('attendee-changed').map(({ matter }) => matter)).toMatchObject([{ otherChanged: true }]);
  });
});

describe('a proposal', () => {
  const asked = proposal({ proposedBy: 'guest' });
  const links = { approveLink: link('approve'), declineLink: link('decline') };

  it('asks the other party, and tells the proposer where there is a fresh link', () => {
    const created = event('ProposalCreated', { room: room(), proposal: asked, ...links, replaced: null });
    expect(owed(created)).toEqual([
      { to: 'host', method: 'none', sequence: 0, occasion: asked.proposalId, kind: 'proposal' },
      { to: 'guest', method: 'none', sequence: 0, occasion: created.id, kind: 'proposal-sent' },
    ]);
  });

  it('asks the other party alone where the proposer has no link left', () => {
    const bare = room({ invitations: [invitation('host'), invitation('guest', { rescheduleLink: null })] });
    const created = event('ProposalCreated', { room: bare, proposal: asked, ...links, replaced: null });
    expect(owed(created).map((letter) => letter.to)).toEqual(['host']);
  });

  it.each([
    ['by the form', proposal({ status: 'declined' }), 'none', 4],
    ['by COUNTER', proposal({ status: 'declined', source: 'counter', counterSequence: 3 }), 'DECLINECOUNTER', 3],
  ])('instead of one %s owes its proposer one letter that says both', (_, insteadOf, method, sequence) => {
    const other = proposal({ proposedBy: 'host' });
    const of = room({ sequence: 4 });
    const suggestLink = link('propose');
    const created = { room: of, proposal: other, ...links, suggestLink, replaced: null, insteadOf };
    const declinedEvent = event('ProposalDeclined', {
      room: of,
      proposal: insteadOf,
      by: 'host',
      why: null,
      cause: 'countered',
    });
    const letters = [declinedEvent, event('ProposalCreated', created)].flatMap((each) => lettersFor(each, nothing));
    const { startUtc, endUtc } = insteadOf;
    const declined = { insteadOf: { startUtc, endUtc, alternatives: [] } };
    expect(letters).toMatchObject([
      {
        ...{ to: { role: 'guest' }, method, sequence, roomSequence: 4, occasion: other.proposalId },
        matter: { kind: 'proposal', proposed: { startUtc: other.startUtc }, suggestLink, ...declined },
      },
      { to: { role: 'host' }, method: 'none', matter: { kind: 'proposal-sent', ...declined } },
    ]);
    expect(letters).toHaveLength(2);
  });

  it('declined on the page owes a courtesy mail to the proposer', () => {
    const declined = event('ProposalDeclined', { room: room(), proposal: asked, by: 'host', why: null });
    expect(owed(declined)).toEqual([
      { to: 'guest', method: 'none', sequence: 0, occasion: asked.proposalId, kind: 'proposal-declined' },
    ]);
  });

  it('declined that came as a COUNTER owes a DECLINECOUNTER with the sequence of the COUNTER', () => {
    const counter = proposal({ source: 'counter', counterSequence: 3 });
    const declined = event('ProposalDeclined', {
      room: room({ sequence: 4 }),
      proposal: counter,
      by: null,
      why: 'stale-sequence',
    });
    const [letter, ...more] = lettersFor(declined, nothing);
    expect(more).toEqual([]);
    expect(letter).toMatchObject({
      method: 'DECLINECOUNTER',
      sequence: 3,
      roomSequence: 4,
      occasion: counter.proposalId,
      matter: { kind: 'proposal-declined', byParty: false },
    });
  });

  it.each([
    ['time', 1],
    ['lapsed', 1],
    ['replaced', 0],
    ['other-approved', 0],
    ['room-cancelled', 0],
  ] as const)('expired (%s) owes %i mail to the proposer', (cause, count) => {
    expect(owed(event('ProposalExpired', { room: room(), proposal: asked, cause })).map((letter) => letter.to)).toEqual(
      Array(count).fill('guest'),
    );
  });
});

describe('a letter that is asked for again', () => {
  const fresh = link('propose');
  const held = (changes: Partial<ReturnType<typeof room>> = {}) => {
    const current = room(changes);
    const guest = current.invitations.find((each) => each.role === 'guest') ?? invitation('guest');
    return {
      context: { room: current },
      party: { roomId: current.roomId, invitationId: guest.invitationId, role: 'guest' as const },
    };
  };

  it('is the current REQUEST: same sequence, present partstat, fresh link, the occasion of the event', () => {
    const { context, party } = held({
      sequence: 2,
      invitations: [invitation('host'), invitation('guest', { partstat: 'accepted' })],
    });
    const letters = lettersFor(
      event('ResendRequested', { ...party, occasion: 'mail-1', why: 'refresh', link: fresh }),
      context,
    );
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({
      method: 'REQUEST',
      sequence: 2,
      occasion: 'mail-1',
      rescheduleLink: fresh,
      to: { role: 'guest', partstat: 'accepted' },
      matter: { kind: 'update', previous: null },
    });
  });

  it('is the CANCEL for a cancelled room, without a link', () => {
    const { context, party } = held({ sequence: 1, status: 'cancelled' });
    const letters = lettersFor(
      event('ResendRequested', { ...party, occasion: '', why: 'platform', link: fresh }),
      context,
    );
    expect(letters).toMatchObject([{ method: 'CANCEL', sequence: 1, occasion: '', rescheduleLink: null }]);
  });

  it('is no second CANCEL where the room was cancelled after it had been asked for', () => {
    const { context, party } = held({ sequence: 1, status: 'cancelled' });
    expect(
      lettersFor(event('ResendRequested', { ...party, occasion: 'mail-1', why: 'stale-reply', link: fresh }), context),
    ).toEqual([]);
    const asked = lettersFor(
      event('ResendRequested', { ...party, occasion: 'mail-1', why: 'refresh', link: null }),
      context,
    );
    expect(asked).toMatchObject([{ method: 'CANCEL', occasion: 'mail-1' }]);
  });

  it('is nothing for a room or an invitation that is not there', () => {
    const { context, party } = held();
    expect(owed(event('ResendRequested', { ...party, occasion: '', why: 'platform', link: fresh }))).toEqual([]);
    const stranger = { ...party, invitationId: invitation('guest').invitationId };
    expect(
      owed(event('ResendRequested', { ...stranger, occasion: '', why: 'platform', link: fresh }), context),
    ).toEqual([]);
  });

  it('is a plain mail with the fresh link to the address the link is bound to', () => {
    const { context, party } = held();
    const occasion = proposal().proposalId;
    const letters = lettersFor(event('FreshLinkRequested', { ...party, occasion, link: fresh }), context);
    expect(shown(letters)).toEqual([{ to: 'guest', method: 'none', sequence: 0, occasion, kind: 'fresh-link' }]);
    expect(letters[0]?.rescheduleLink).toEqual(fresh);
  });

  it('is one plain mail to the person who is asked, or whose words are answered', () => {
    const { context, party } = held();
    const claim = { partstat: 'declined', sequence: 0, startUtc: null, endUtc: null, note: 'secret' } as const;
    for (const why of ['held', 'text'] as const) {
      const occasion = proposal().proposalId;
      const letters = lettersFor(
        event('LinkOffered', { ...party, occasion, why, claim, link: link('confirm') }),
        context,
      );
      expect(shown(letters)).toEqual([{ to: 'guest', method: 'none', sequence: 0, occasion, kind: `${why}-answer` }]);
      expect(JSON.stringify(letters)).not.toContain('secret');
    }
  });

  it('names the part of a mail that could not be read, and nothing where all was read', () => {
    const { context, party } = held();
    const claim = { partstat: null, sequence: 0, startUtc: null, endUtc: null, note: null };
    const offer = { ...party, occasion: proposal().proposalId, why: 'text', claim, link: link('propose') } as const;
    for (const unreadable of ['encrypted', 'time'] as const) {
      const letters = lettersFor(event('LinkOffered', { ...offer, unreadable }), context);
      expect(letters).toMatchObject([{ matter: { kind: 'text-answer', unreadable } }]);
    }
    expect(lettersFor(event('LinkOffered', offer), context)[0]?.matter).not.toHaveProperty('unreadable');
  });

  it('names the secret of the reply tag where the invitation has one', () => {
    const { context, party } = held();
    const tagKeys = new Map([[party.invitationId, 'key-1']]);
    const letters = lettersFor(event('RoomBooked', { room: context.room ?? room() }), { room: null, tagKeys });
    expect(letters.map(({ to }) => [to.role, to.tagKey])).toEqual([
      ['host', null],
      ['guest', 'key-1'],
    ]);
  });
});
