import { interpret } from '../interpret/interpret';
import { judge } from './judge';
import {
  type Judgement,
  type MailContext,
  type MatchedLetter,
  type RoomFacts,
  emptyContext,
  type Party,
  type Trust,
} from './judgement';
import { readMail } from '../interpret/mail';

const uid = 'a3c6de10-7a1f-4a3e-9c53-0f6c0a0f1e11@meet.example';
const host = {
  id: '11111111-1111-4111-8111-111111111111',
  role: 'host',
  email: 'Hanna@host.example',
  letterSeconds: [],
} as const;
const guest = {
  id: '22222222-2222-4222-8222-222222222222',
  role: 'guest',
  email: 'gil.guest@gmail.com',
  letterSeconds: [Date.parse('2026-11-23T07:00:00Z') / 1_000],
} as const;
const room: RoomFacts = { roomId: '33333333-3333-4333-8333-333333333333', invitations: [host, guest] };
const lenient: Trust = { organizer: 'scheduling@meet.example', authservId: null, mode: 'lenient' };
const receivedAt = new Date('2026-11-23T09:00:00Z');

interface Shape {
  method?: string;
  from?: string;
  headers?: string[];
  attendee?: string;
  organizer?: string | null;
  event?: string[];
  known?: RoomFacts | null;
  more?: Partial<MailContext>;
  trust?: Partial<Trust>;
}

/** A guest's acceptance, with whatever a case changes. */
function judged(shape: Shape = {}): Judgement {
  const method = shape.method ?? 'REPLY';
  const lines = [
    `From: ${shape.from ?? 'Gil <gil.guest@gmail.com>'}`,
    'Date: Mon, 23 Nov 2026 08:30:00 +0000',
    'Message-ID: <1@gmail.com>',
    ...(shape.headers ?? []),
    `Content-Type: text/calendar; method=${method}; charset=utf-8`,
    '',
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    ...(shape.organizer === null ? [] : [`ORGANIZER:mailto:${shape.organizer ?? 'scheduling@meet.example'}`]),
    shape.attendee ?? 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:gil.guest@gmail.com',
    ...(shape.event ?? [
      'SEQUENCE:3',
      'DTSTAMP:20261123T081500Z',
      'DTSTART:20261210T100000Z',
      'DTEND:20261210T110000Z',
    ]),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ];
  const mail = readMail(Buffer.from(lines.join('\r\n')));
  const known = { ...emptyContext, room: shape.known === undefined ? room : shape.known, ...shape.more };
  return judge(interpret(mail), mail, known, { ...lenient, ...shape.trust }, receivedAt);
}

const partyOf = ({ id, role }: RoomFacts['invitations'][number]): Party => ({
  roomId: room.roomId,
  invitationId: id,
  role,
});

/** What the operator's own mail server has written into the mail. */
const border = (results: string): Shape => ({
  headers: [`Authentication-Results: mx.meet.example; ${results}`],
  trust: { authservId: 'mx.meet.example' },
});

/** Verdict and code. */
const gist = (shape: Shape): string => {
  const judgement = judged(shape);
  return `${judgement.verdict} ${judgement.why.split(':')[0] ?? ''}`;
};

describe('judge', () => {
  it('makes an event of an answer that a party gave itself', () => {
    expect(judged()).toMatchObject({
      verdict: 'event',
      event: {
        name: 'ReplyReceived',
        data: {
          roomId: room.roomId,
          invitationId: guest.id,
          role: 'guest',
          partstat: 'accepted',
          sequence: 3,
          dtstamp: '2026-11-23T08:15:00.000Z',
          startUtc: '2026-12-10T10:00:00.000Z',
          endUtc: '2026-12-10T11:00:00.000Z',
        },
      },
    });
  });

  it.each<[string, Shape, string]>([
    [
      'the same person under another spelling',
      { from: 'GilGuest+cal@googlemail.com', attendee: 'ATTENDEE;PARTSTAT=DECLINED:MAILTO:g.i.l.guest@gmail.com' },
      'event reply',
    ],
    ['an answer without ORGANIZER', { organizer: null }, 'event reply'],
    ['an answer to a tagged ORGANIZER', { organizer: 'scheduling+k3j4@meet.example' }, 'event reply'],
    ['an answer to somebody else’s invitation', { organizer: 'boss@corp.example' }, 'ignored foreign-organizer'],
    ['an answer to a room that is not ours', { known: null }, 'ignored unknown-uid'],
    [
      'a third party',
      { from: 'eve@evil.example', attendee: 'ATTENDEE;PARTSTAT=DECLINED:mailto:eve@evil.example' },
      'ignored unknown-attendee',
    ],
    [
      'one party in the other’s name',
      { attendee: 'ATTENDEE;PARTSTAT=DECLINED:mailto:hanna@host.example' },
      'held attendee-mismatch',
    ],
    ['a stranger in a party’s name', { from: 'eve@evil.example' }, 'held from-mismatch'],
    ['a party’s address as a display name', { from: '"gil.guest@gmail.com" <eve@evil.example>' }, 'held from-mismatch'],
    ['two people in From', { from: 'gil.guest@gmail.com, eve@evil.example' }, 'held from-mismatch'],
    ['a second From header', { headers: ['From: eve@evil.example'] }, 'held from-mismatch'],
    ['no sender at all', { from: '' }, 'held from-mismatch'],
    [
      'an assistant, by SENT-BY',
      {
        from: 'pa@host.example',
        attendee: 'ATTENDEE;PARTSTAT=DECLINED;SENT-BY="mailto:pa@host.example":mailto:hanna@host.example',
      },
      'held from-mismatch',
    ],
    [
      'Google’s notifier for a party',
      { from: '"Gil" <calendar-notification@google.com>', headers: ['Reply-To: gil.guest@gmail.com'] },
      'event reply',
    ],
    [
      'Google’s notifier for somebody else',
      { from: 'calendar-notification@google.com', headers: ['Reply-To: eve@evil.example'] },
      'held from-mismatch',
    ],
    ['Google’s notifier without a Reply-To', { from: 'calendar-notification@google.com' }, 'held from-mismatch'],
    [
      'a Reply-To of a party under a foreign From',
      { from: 'eve@evil.example', headers: ['Reply-To: gil.guest@gmail.com'] },
      'held from-mismatch',
    ],
    ['our own mailbox', { from: 'scheduling+x@meet.example' }, 'ignored own-mail'],
    ['no ATTENDEE', { attendee: 'CLASS:PUBLIC' }, 'ignored attendee-unclear'],
    [
      'an answer to one instance',
      { event: ['RECURRENCE-ID:20261210T100000Z', 'DTSTAMP:20261123T081500Z'] },
      'ignored not-the-event',
    ],
    ['a delegation', { attendee: 'ATTENDEE;PARTSTAT=DELEGATED:mailto:gil.guest@gmail.com' }, 'recorded delegated'],
    ['no PARTSTAT', { attendee: 'ATTENDEE:mailto:gil.guest@gmail.com' }, 'recorded no-answer'],
    [
      'a PARTSTAT nobody knows',
      { attendee: 'ATTENDEE;PARTSTAT=DELETED:mailto:gil.guest@gmail.com' },
      'recorded no-answer',
    ],
    ['NEEDS-ACTION', { attendee: 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:gil.guest@gmail.com' }, 'recorded no-answer'],
    [
      'a REQUEST-STATUS that says it did not arrive',
      { event: ['REQUEST-STATUS:3.7;Invalid User', 'DTSTAMP:20261123T081500Z'] },
      'recorded request-status',
    ],
    [
      'a REQUEST-STATUS of success',
      { event: ['REQUEST-STATUS:2.0;Success', 'DTSTAMP:20261123T081500Z'] },
      'event reply',
    ],
    ['a refresh', { method: 'REFRESH', attendee: 'ATTENDEE:mailto:gil.guest@gmail.com' }, 'event refresh'],
    [
      'a counter in an unknown zone',
      { method: 'COUNTER', event: ['DTSTART;TZID=Customized Time Zone:20261210T100000'] },
      'event no-time',
    ],
    ['a cancel to the organizer', { method: 'CANCEL' }, 'ignored not-an-answer'],
  ])('judges %s', (_what, shape, wanted) => {
    expect(gist(shape)).toBe(wanted);
  });

  it('passes on a COUNTER with an unreadable time as a wish for another time, with the reason', () => {
    const counter = { method: 'COUNTER', event: ['DTSTART;TZID=Customized Time Zone:20261210T100000'] };
    expect(judged(counter)).toMatchObject({
      event: {
        name: 'TextReplyReceived',
        data: { ...partyOf(guest), intent: 'propose', proposedTimes: [], unreadable: 'time' },
      },
    });
  });

  it('names the party in whose name an unconfirmed mail was written', () => {
    expect(judged({ from: 'eve@evil.example' })).toMatchObject({
      verdict: 'held',
      party: { invitationId: guest.id, role: 'guest' },
    });
  });

  it.each<[string, Shape, string]>([
    ['lets a passing mail through', border('dmarc=pass header.from=gmail.com'), 'event reply'],
    ['holds a failing mail', border('dmarc=fail header.from=gmail.com'), 'held authentication-failed'],
    ['lets a mail without results through', { trust: { authservId: 'mx.meet.example' } }, 'event reply'],
    [
      'does not listen to a border it was not told of',
      { headers: ['Authentication-Results: mx.meet.example; dmarc=fail'] },
      'event reply',
    ],
  ])('under lenient trust %s', (_what, shape, wanted) => {
    expect(gist(shape)).toBe(wanted);
  });

  it.each<[string, Shape, string]>([
    ['acts on an aligned pass', border('dmarc=pass header.from=gmail.com'), 'event reply'],
    ['holds what has no results', { headers: [], trust: { authservId: 'mx.meet.example' } }, 'held unverified'],
    ['holds another domain’s pass', border('dkim=pass header.d=evil.example'), 'held unverified'],
  ])('under verified trust %s', (_what, shape, wanted) => {
    expect(gist({ ...shape, trust: { ...shape.trust, mode: 'verified' } })).toBe(wanted);
  });

  it('requires Google’s own pass for the notifier', () => {
    const viaNotifier = (results: string): string =>
      gist({
        from: 'calendar-notification@google.com',
        headers: ['Reply-To: gil.guest@gmail.com', `Authentication-Results: mx.meet.example; ${results}`],
        trust: { authservId: 'mx.meet.example', mode: 'verified' },
      });
    expect(viaNotifier('dmarc=pass header.from=google.com')).toBe('event reply');
    expect(viaNotifier('dkim=pass header.d=gmail.com')).toBe('held unverified');
  });

  it('orders an answer without DTSTAMP by the mail’s Date, and without that by its arrival', () => {
    expect(judged({ event: [] })).toMatchObject({
      event: { data: { dtstamp: '2026-11-23T08:30:00.000Z', sequence: null, startUtc: null } },
    });
    const mail = readMail(
      Buffer.from(
        'From: gil.guest@gmail.com\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n' +
          [
            'BEGIN:VCALENDAR',
            'METHOD:REPLY',
            'BEGIN:VEVENT',
            `UID:${uid}`,
            'ATTENDEE;PARTSTAT=ACCEPTED:mailto:gil.guest@gmail.com',
            'END:VEVENT',
            'END:VCALENDAR',
          ].join('\r\n'),
      ),
    );
    expect(judge(interpret(mail), mail, { ...emptyContext, room }, lenient, receivedAt)).toMatchObject({
      event: { data: { dtstamp: receivedAt.toISOString() } },
    });
  });

  it('takes a counter’s time and comment, the comment without addresses', () => {
    expect(
      judged({
        method: 'COUNTER',
        event: ['DTSTART:20261211T140000Z', 'COMMENT:Friday? Write to gil (at) guest dot example\\, or call\\nGil'],
      }),
    ).toMatchObject({
      verdict: 'event',
      event: {
        name: 'CounterReceived',
        data: { startUtc: '2026-12-11T14:00:00.000Z', endUtc: null, note: 'Friday? Write to […], or call\nGil' },
      },
    });
  });

  it('cuts a long comment to five hundred characters', () => {
    const judgement = judged({
      method: 'COUNTER',
      event: ['DTSTART:20261211T140000Z', `COMMENT:${'word '.repeat(400)}`],
    });
    expect(judgement).toMatchObject({ event: { data: { note: 'word '.repeat(100).trim() } } });
  });

  it('takes the iPhone’s proposal for a counter, whatever its PARTSTAT', () => {
    expect(
      judged({
        attendee:
          'ATTENDEE;PARTSTAT=DECLINED;TO-ALL-PROPOSED-NEW-TIME="DTSTART:20261212T090000Z":mailto:gil.guest@gmail.com',
      }),
    ).toMatchObject({
      event: { name: 'CounterReceived', data: { startUtc: '2026-12-12T09:00:00.000Z' } },
    });
  });

  it.each<[string, Shape, string]>([
    [
      'the attendee’s own tag is as good as a pass',
      { more: { tagged: [partyOf(guest)] }, trust: { mode: 'verified' } },
      'event reply',
    ],
    [
      'a tag does not make up for another sender',
      { from: 'eve@evil.example', more: { tagged: [partyOf(guest)] }, trust: { mode: 'verified' } },
      'held from-mismatch',
    ],
    [
      'a tag does not make up for a fail',
      { ...border('dmarc=fail'), more: { tagged: [partyOf(guest)] } },
      'held authentication-failed',
    ],
    ['the other party’s tag speaks against the mail', { more: { tagged: [partyOf(host)] } }, 'held attendee-mismatch'],
    [
      'so does one of another room',
      { more: { tagged: [{ ...partyOf(guest), roomId: 'another', invitationId: 'another' }] } },
      'held tag-mismatch',
    ],
    ['without any tag an answer counts under lenient trust', {}, 'event reply'],
  ])('%s', (_what, shape, wanted) => {
    expect(gist(shape)).toBe(wanted);
  });

  it.each<[string, string, string]>([
    ['a provider’s aligned pass counts as one', 'way-in.invalid; dmarc=pass header.from=gmail.com', 'event reply'],
    ['a provider’s fail holds', 'way-in.invalid; dmarc=fail header.from=gmail.com', 'held authentication-failed'],
    [
      'what a provider says of another domain is nothing',
      'way-in.invalid; dkim=pass header.d=evil.example',
      'held unverified',
    ],
  ])('%s', (_what, authentication, wanted) => {
    expect(gist({ more: { authentication }, trust: { mode: 'verified' } })).toBe(wanted);
  });

  it('never takes a provider’s result from the mail itself', () => {
    expect(
      gist({
        headers: ['Authentication-Results: way-in.invalid; dmarc=pass header.from=gmail.com'],
        trust: { mode: 'verified' },
      }),
    ).toBe('held unverified');
  });

  it('asks the attendee about an unconfirmed reply, and nothing about an unconfirmed refresh', () => {
    expect(
      judged({ from: 'eve@evil.example', attendee: 'ATTENDEE;PARTSTAT=DECLINED:mailto:gil.guest@gmail.com' }),
    ).toMatchObject({
      verdict: 'held',
      event: {
        name: 'ReplyHeld',
        data: { invitationId: guest.id, claim: { partstat: 'declined', sequence: 3, note: null } },
      },
    });
    expect(
      judged({
        from: 'eve@evil.example',
        method: 'COUNTER',
        event: ['DTSTART:20261211T140000Z', 'COMMENT:eve@evil.example says hi'],
      }),
    ).toMatchObject({
      verdict: 'held',
      event: {
        name: 'ReplyHeld',
        data: { claim: { partstat: null, startUtc: '2026-12-11T14:00:00.000Z', note: '[…] says hi' } },
      },
    });
    expect(judged({ from: 'eve@evil.example', method: 'REFRESH' })).toMatchObject({ verdict: 'held', event: null });
  });

  it('puts no address and no text of the mail into any reason', () => {
    for (const shape of [
      { from: 'eve@evil.example' },
      { organizer: 'boss@corp.example' },
      { attendee: 'ATTENDEE;PARTSTAT=X-EVE:mailto:gil.guest@gmail.com' },
    ]) {
      expect(judged(shape).why).not.toMatch(/@|eve|boss/i);
    }
  });
});

describe('judging a delivery report', () => {
  const letter: MatchedLetter = {
    ...partyOf(guest),
    messageId: '<11111111-1111-8111-8111-111111111111@meet.example>',
    email: guest.email,
  };
  const report = (
    recipients: { address: string; kind: 'hard' | 'soft' | 'delayed' | 'delivered'; status?: string }[],
    known: Partial<MailContext>,
  ): Judgement => {
    const head = readMail(Buffer.from('From: MAILER-DAEMON@mx.example\r\n\r\n'), '');
    return judge(
      { kind: 'bounce', why: 'delivery-report: RFC 3464', recipients },
      head,
      { ...emptyContext, ...known },
      lenient,
      receivedAt,
    );
  };
  const failed = { address: guest.email, kind: 'hard', status: '5.1.1' } as const;

  it('is about the letter it quotes', () => {
    expect(report([failed], { letter })).toMatchObject({
      verdict: 'event',
      party: { invitationId: guest.id },
      event: {
        name: 'BounceReceived',
        data: { messageId: letter.messageId, kind: 'hard', status: '5.1.1', role: 'guest' },
      },
    });
  });

  it('is about the attendee of the envelope’s tag, before anything it quotes', () => {
    expect(report([failed], { letter, tagged: [partyOf(host)] })).toMatchObject({
      event: { data: { invitationId: host.id, messageId: null } },
    });
    expect(report([failed], { letter, tagged: [partyOf(guest)] })).toMatchObject({
      event: { data: { invitationId: guest.id, messageId: letter.messageId } },
    });
  });

  it('is recorded of the party it names where it quotes neither Message-ID nor tag: UID and address are known to others', () => {
    const recorded = {
      verdict: 'recorded',
      why: expect.stringMatching(/^recipient-only/) as unknown,
      party: partyOf(guest),
    };
    expect(report([failed], { room })).toMatchObject(recorded);
    expect(report([failed], { recipientParty: partyOf(guest) })).toMatchObject(recorded);
    expect(report([{ ...failed, address: 'eve@evil.example' }], { room })).toMatchObject({
      verdict: 'recorded',
      party: null,
    });
  });

  it('takes the outcome of our recipient among several, else the most severe one', () => {
    const others = [
      { address: 'a@x.example', kind: 'delivered' as const },
      { address: 'b@x.example', kind: 'soft' as const, status: '4.2.2' },
    ];
    expect(report([...others, { address: guest.email, kind: 'delayed', status: '4.4.1' }], { letter })).toMatchObject({
      event: { data: { kind: 'delayed', status: '4.4.1' } },
    });
    expect(report(others, { letter })).toMatchObject({ event: { data: { kind: 'soft', status: '4.2.2' } } });
  });

  it('is only recorded where it is about no known letter', () => {
    expect(report([failed], {})).toMatchObject({ verdict: 'recorded', party: null });
    expect(report([], { letter })).toMatchObject({ verdict: 'recorded', party: { invitationId: guest.id } });
  });
});

describe('judging a person’s words', () => {
  const meeting = {
    ...partyOf(guest),
    email: guest.email,
    startUtc: new Date('2026-12-10T10:00:00Z'),
    endUtc: new Date('2026-12-10T11:00:00Z'),
    timeZone: 'Europe/Berlin',
  };
  const other = {
    ...meeting,
    roomId: '44444444-4444-4444-8444-444444444444',
    invitationId: '55555555-5555-4555-8555-555555555555',
  };
  const words = (
    known: Partial<MailContext>,
    {
      from = guest.email,
      trust = lenient,
      headers = [] as string[],
      said = 'A secret. Could we do 11 December at 3pm?',
    } = {},
  ): Judgement => {
    const head = readMail(
      Buffer.from([`From: ${from}`, 'Date: Mon, 23 Nov 2026 08:30:00 +0000', ...headers, '', 'hello'].join('\r\n')),
    );
    return judge(
      { kind: 'text', why: 'text: words of a person', visibleText: said },
      head,
      { ...emptyContext, ...known },
      trust,
      receivedAt,
    );
  };

  it('are about the writer’s only meeting, and the event holds none of them', () => {
    const judgement = words({ writerMeetings: [meeting] });
    expect(judgement).toMatchObject({
      verdict: 'event',
      event: {
        name: 'TextReplyReceived',
        data: {
          ...partyOf(guest),
          intent: 'propose',
          proposedTimes: [{ startUtc: '2026-12-11T14:00:00.000Z', endUtc: null }],
        },
      },
    });
    expect(JSON.stringify(judgement)).not.toContain('secret');
  });

  it.each([
    [
      '3pm alone is on the meeting’s day, by the writer’s clock',
      'Can we do 3pm instead?',
      'propose',
      '2026-12-10T14:00:00.000Z',
    ],
    ['a day in words is counted from the mail', 'Lieber morgen um 10 Uhr', 'propose', '2026-11-24T09:00:00.000Z'],
    ['yes is yes', 'Works for me, thanks', 'accept', undefined],
    ['no is no', "I can't make it", 'decline', undefined],
    ['anything else is unclear', 'Where do I park?', 'unclear', undefined],
  ])('%s', (_what, said, intent, startUtc) => {
    const proposedTimes = startUtc === undefined ? [] : [{ startUtc, endUtc: null }];
    expect(words({ writerMeetings: [meeting] }, { said })).toMatchObject({
      event: { data: { intent, proposedTimes } },
    });
  });

  it.each([
    'Maybe, I will let you know',
    'Vielleicht, ich melde mich',
    'Peut-être, je vous dirai',
    'Quizás',
    'Forse, ti faccio sapere',
    'Talvez',
    'Misschien',
    'Być może',
    'Kanske',
    'まだ未定です。',
    'ربما',
  ])('are a maybe, also for consumers of the earlier event: %s', (said) => {
    expect(words({ writerMeetings: [meeting] }, { said })).toMatchObject({
      event: { data: { intent: 'unclear', tentative: true, proposedTimes: [] } },
    });
  });

  it('that are unclear or decline are not a maybe', () => {
    for (const said of ['Where do I park?', "I can't make it"])
      expect(JSON.stringify(words({ writerMeetings: [meeting] }, { said }))).not.toContain('tentative');
  });

  it('are about the meeting whose letter they answer, whose tag they carry or whose invitation they quote', () => {
    const letter: MatchedLetter = { ...partyOf(guest), messageId: '<x@meet.example>', email: guest.email };
    for (const known of [{ letter }, { tagged: [partyOf(guest)] }, { room }]) {
      expect(words({ ...known, writerMeetings: [other, meeting] })).toMatchObject({
        verdict: 'event',
        party: { invitationId: guest.id },
      });
    }
    expect(words({ writerMeetings: [other, meeting] })).toMatchObject({
      verdict: 'ignored',
      why: expect.stringMatching(/^several-meetings/) as unknown,
    });
    expect(words({})).toMatchObject({ verdict: 'ignored', why: expect.stringMatching(/^no-meeting/) as unknown });
  });

  it('that are encrypted are answered with a letter that says so', () => {
    const head = readMail(Buffer.from(`From: ${guest.email}\r\n\r\n`));
    const reading = { kind: 'ignored' as const, why: 'encrypted: only the holder of a key can read it' };
    expect(judge(reading, head, { ...emptyContext, writerMeetings: [meeting] }, lenient, receivedAt)).toMatchObject({
      verdict: 'event',
      event: {
        name: 'TextReplyReceived',
        data: { ...partyOf(guest), intent: 'unclear', proposedTimes: [], unreadable: 'encrypted' },
      },
    });
    expect(judge(reading, head, emptyContext, lenient, receivedAt).verdict).toBe('ignored');
  });

  it('are only recorded where they came through a list', () => {
    const head = readMail(Buffer.from(`From: ${guest.email}\r\nList-Id: <team.example>\r\n\r\n3pm?`));
    const reading = { kind: 'text' as const, why: 'list-text: words of a person, through a list', visibleText: '3pm?' };
    expect(judge(reading, head, { ...emptyContext, writerMeetings: [meeting] }, lenient, receivedAt)).toMatchObject({
      verdict: 'recorded',
      party: { invitationId: guest.id },
    });
  });

  it('cause no mail where another person or a forger wrote them', () => {
    expect(
      words({
        letter: { ...partyOf(guest), messageId: '<x@meet.example>', email: guest.email },
        writerMeetings: [{ ...meeting, email: 'someone@else.example' }],
      }).why,
    ).toMatch(/^text-of-another/);
    const { headers = [], trust = {} } = border('dmarc=fail header.from=gmail.com');
    expect(words({ writerMeetings: [meeting] }, { headers, trust: { ...lenient, ...trust } }).why).toMatch(
      /^authentication-failed/,
    );
  });
});
