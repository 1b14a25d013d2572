// Whom a calendar reply is believed to be from: every mode, envelope, tag and forged name; contract, section 7.1.
import fc from 'fast-check';
import { interpret } from '../interpret/interpret';
import { readMail } from '../interpret/mail';
import { judge } from './judge';
import {
  type Judgement,
  type MailContext,
  type InvitationFacts,
  emptyContext,
  type Party,
  type Trust,
} from './judgement';

const uid = 'a3c6de10-7a1f-4a3e-9c53-0f6c0a0f1e11@meet.example';
const roomId = '33333333-3333-4333-8333-333333333333';
const host: InvitationFacts = { id: 'h', role: 'host', email: 'hanna@host.example', letterSeconds: [] };
const guest: InvitationFacts = { id: 'g', role: 'guest', email: 'gil@guest.example', letterSeconds: [] };
const tagOf = ({ id, role }: InvitationFacts): Party => ({ roomId, invitationId: id, role });
const receivedAt = new Date('2026-11-23T09:00:00Z');

interface Shape {
  from?: string;
  sender?: string;
  /** Of ATTENDEE. */
  attendee?: string;
  method?: string;
  envelopeFrom?: MailContext['envelopeFrom'];
  tagged?: InvitationFacts[];
  /** Results of the operator's mail server, whose name is then AUTHSERV_ID. */
  border?: string;
  mode?: Trust['mode'];
}

/** A decline in the guest's name, with whatever a case changes. */
function judged(shape: Shape): Judgement {
  const { from = guest.email, attendee = `mailto:${guest.email}`, method = 'REPLY' } = shape;
  const lines = [
    `From: ${from}`,
    ...(shape.sender === undefined ? [] : [`Sender: ${shape.sender}`]),
    ...(shape.border === undefined ? [] : [`Authentication-Results: mx.meet.example; ${shape.border}`]),
    'Date: Mon, 23 Nov 2026 08:30:00 +0000',
    `Content-Type: text/calendar; method=${method}; charset=utf-8`,
    '',
    'BEGIN:VCALENDAR',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `ATTENDEE;PARTSTAT=DECLINED${attendee.startsWith(';') ? attendee : `:${attendee}`}`,
    'SEQUENCE:3',
    'DTSTAMP:20261123T081500Z',
    'DTSTART:20261210T100000Z',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const mail = readMail(Buffer.from(lines.join('\r\n')));
  const known: MailContext = {
    ...emptyContext,
    room: { roomId, invitations: [host, guest] },
    envelopeFrom: shape.envelopeFrom ?? null,
    tagged: (shape.tagged ?? []).map(tagOf),
  };
  const authservId = shape.border === undefined ? null : 'mx.meet.example';
  const trust: Trust = { organizer: 'scheduling@meet.example', authservId, mode: shape.mode ?? 'lenient' };
  return judge(interpret(mail), mail, known, trust, receivedAt);
}

/** Verdict, code and role. */
const gist = (shape: Shape): string => {
  const { verdict, why, party } = judged(shape);
  return [verdict, why.split(':')[0], party?.role].filter(Boolean).join(' ');
};
const notifier = 'Google Calendar <calendar-notification@google.com>';
const bounces = 'x@calendar-server.bounces.google.com';

describe('under lenient trust the envelope sender', () => {
  it.each<[string, Shape, string]>([
    ['may be the same', { envelopeFrom: 'gil@guest.example' }, 'event reply guest'],
    ['may be of the same organization', { envelopeFrom: 'b@bounces.guest.example' }, 'event reply guest'],
    ['may be unknown', { envelopeFrom: null }, 'event reply guest'],
    ['may be empty', { envelopeFrom: '' }, 'event reply guest'],
    [
      'makes a mail of another organization doubtful',
      { envelopeFrom: 'eve@evil.example' },
      'held envelope-mismatch guest',
    ],
    ['may hide nothing in quotes', { envelopeFrom: '"x@guest.example"@evil.example' }, 'held envelope-mismatch guest'],
    ['must have a domain', { envelopeFrom: 'gil' }, 'held envelope-mismatch guest'],
    [
      'is outweighed by an aligned pass',
      { envelopeFrom: 'x@relay.example', border: 'dkim=pass header.d=guest.example' },
      'event reply guest',
    ],
    [
      'is not by a pass of its own',
      { envelopeFrom: 'eve@evil.example', border: 'spf=pass smtp.mailfrom=eve@evil.example' },
      'held envelope-mismatch guest',
    ],
    ['is outweighed by the attendee’s tag', { envelopeFrom: 'x@relay.example', tagged: [guest] }, 'event reply guest'],
    [
      'speaks for nobody whom the border denies',
      { envelopeFrom: 'gil@guest.example', border: 'dmarc=fail header.from=guest.example' },
      'held authentication-failed guest',
    ],
  ])('%s', (_what, shape, wanted) => {
    expect(gist(shape)).toBe(wanted);
  });

  it.each([
    ['gil@guest.co.uk', 'gil@evil.co.uk', false],
    ['gil@guest.github.io', 'gil@evil.github.io', false],
    ['gil@a.guest.co.uk', 'gil@b.guest.co.uk', true],
    ['gil@guest.test', 'gil@evil.test', false],
    ['gil@a.guest.test', 'gil@b.guest.test', true],
    ['gil@BÜCHER.example', 'x@mail.xn--bcher-kva.example', true],
  ])('From %s, envelope %s: one organization is %s', (from, envelopeFrom, isOne) => {
    const party = { ...guest, email: from };
    const mail = readMail(
      Buffer.from(
        `From: ${from}\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n` +
          `BEGIN:VEVENT\r\nUID:${uid}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:${from}\r\nEND:VEVENT\r\nEND:VCALENDAR`,
      ),
    );
    const known = { ...emptyContext, room: { roomId, invitations: [party] }, envelopeFrom };
    const trust: Trust = { organizer: 'scheduling@meet.example', authservId: null, mode: 'lenient' };
    expect(judge(interpret(mail), mail, known, trust, receivedAt).verdict).toBe(isOne ? 'event' : 'held');
  });
});

describe('Google’s notifier writes for a person', () => {
  it.each<[string, Shape, string]>([
    ['from an envelope under google.com', { sender: notifier, envelopeFrom: bounces }, 'event reply guest'],
    ['or google.com itself', { sender: notifier, envelopeFrom: 'x@google.com' }, 'event reply guest'],
    [
      'also where the border passes its signature',
      {
        sender: notifier,
        envelopeFrom: bounces,
        border: 'dkim=pass header.i=@google.com; spf=softfail smtp.mailfrom=x@google.com',
      },
      'event reply guest',
    ],
    ['from no other envelope', { sender: notifier, envelopeFrom: 'eve@evil.example' }, 'held envelope-mismatch guest'],
    ['nor from a look-alike', { sender: notifier, envelopeFrom: 'x@notgoogle.com' }, 'held envelope-mismatch guest'],
    [
      'nor from a look-alike above',
      { sender: notifier, envelopeFrom: 'x@google.com.evil.example' },
      'held envelope-mismatch guest',
    ],
    ['not without its name', { envelopeFrom: bounces }, 'held envelope-mismatch guest'],
    [
      'not under its display name',
      { sender: '"calendar-notification@google.com" <eve@evil.example>', envelopeFrom: bounces },
      'held envelope-mismatch guest',
    ],
    [
      'not where the border says fail',
      { sender: notifier, envelopeFrom: bounces, border: 'spf=fail smtp.mailfrom=x@google.com' },
      'held authentication-failed guest',
    ],
    [
      'nor softfail',
      { sender: notifier, envelopeFrom: bounces, border: `spf=softfail smtp.mailfrom=${bounces}` },
      'held envelope-mismatch guest',
    ],
    [
      'for nobody but the one in From',
      { sender: notifier, from: 'eve@evil.example', envelopeFrom: bounces },
      'held from-mismatch guest',
    ],
    [
      'under verified trust with a tag or a pass only',
      { sender: notifier, envelopeFrom: bounces, mode: 'verified' },
      'held unverified guest',
    ],
  ])('%s', (_what, shape, wanted) => {
    expect(gist(shape)).toBe(wanted);
  });
});

describe('results about another From than the one that was read', () => {
  it.each<[string, Shape]>([
    ['make a mail doubtful', { border: 'dmarc=pass header.from=evil.example' }],
    [
      'also beside an aligned signature',
      { border: 'dkim=pass header.d=guest.example; dmarc=pass header.from=evil.example' },
    ],
    [
      'and under verified trust with a tag',
      { border: 'dmarc=pass header.from=evil.example', mode: 'verified', tagged: [guest] },
    ],
  ])('%s', (_what, shape) => {
    expect(gist(shape)).toBe('held authentication-doubtful guest');
  });
});

describe('an ATTENDEE that is another address', () => {
  const alias = 'mailto:gil.guest@primary.example';
  it.each<[string, Shape, string]>([
    ['of the one in From is put to that one', { attendee: alias }, 'held attendee-mismatch guest'],
    [
      'of the one whom the tag names is put to that one',
      { attendee: alias, from: 'gil.guest@primary.example', tagged: [guest] },
      'held attendee-mismatch guest',
    ],
    ['the tag before From', { attendee: alias, from: guest.email, tagged: [host] }, 'held attendee-mismatch host'],
    [
      'that is the other party’s is put to the one in From',
      { attendee: `mailto:${host.email}` },
      'held attendee-mismatch guest',
    ],
    [
      'or to the one whom the tag names',
      { attendee: `mailto:${host.email}`, from: host.email, tagged: [guest] },
      'held attendee-mismatch guest',
    ],
    [
      'that is no address is put to the one in From',
      { attendee: 'urn:uuid:6f0a4f10-0000-4000-8000-000000000001' },
      'held attendee-mismatch guest',
    ],
    [
      'of two strangers is nobody’s',
      { attendee: alias, from: 'gil.guest@primary.example' },
      'ignored unknown-attendee',
    ],
    [
      'with a tag of another room is nobody’s',
      { attendee: alias, from: 'x@y.example', tagged: [{ ...guest, id: 'other' }] },
      'ignored unknown-attendee',
    ],
    [
      'of a routing address is the one that EMAIL names',
      { attendee: `;EMAIL=${guest.email}:mailto:2_GEZDG@imip.me.com` },
      'event reply guest',
    ],
    [
      'EMAIL alone makes nobody speak',
      { attendee: `;EMAIL=${host.email}:mailto:2_GEZDG@imip.me.com` },
      'held attendee-mismatch guest',
    ],
  ])('%s', (_what, shape, wanted) => {
    expect(gist(shape)).toBe(wanted);
  });

  it('is confirmed for the asked party alone', () => {
    expect(judged({ attendee: `mailto:${host.email}` })).toMatchObject({
      event: {
        name: 'ReplyHeld',
        data: { invitationId: guest.id, role: 'guest', claim: { partstat: 'declined', sequence: 3 } },
      },
    });
    expect(judged({ attendee: `mailto:${host.email}`, method: 'COUNTER' })).toMatchObject({
      event: {
        name: 'ReplyHeld',
        data: { invitationId: guest.id, claim: { partstat: null, startUtc: '2026-12-10T10:00:00.000Z' } },
      },
    });
    expect(judged({ attendee: `mailto:${host.email}`, method: 'REFRESH' })).toMatchObject({
      verdict: 'held',
      event: null,
    });
  });

  it('has the same outcome for the other party’s address as for a stranger’s', () => {
    const shapes = fc.record({
      from: fc.constantFrom(guest.email, 'Gil <GIL@guest.example>'),
      tagged: fc.constantFrom<InvitationFacts[]>([], [guest]),
      method: fc.constantFrom('REPLY', 'COUNTER', 'REFRESH'),
      envelopeFrom: fc.constantFrom(null, '', 'eve@evil.example', guest.email),
      mode: fc.constantFrom('lenient' as const, 'verified' as const),
    });
    fc.assert(
      fc.property(shapes, (shape) => {
        const [right, wrong] = [host.email, 'hannah@host.example'].map((guess) =>
          judged({ ...shape, attendee: `mailto:${guess}` }),
        );
        expect(right).toEqual(wrong);
      }),
    );
  });
});
