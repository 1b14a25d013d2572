import fc from 'fast-check';
import { buildInvite } from '#ics';
import { interpret } from '../../../imip-ingestor/src/interpret/interpret';
import { judge } from '../../../imip-ingestor/src/judge/judge';
import { type RoomFacts, emptyContext } from '../../../imip-ingestor/src/judge/judgement';
import { readMail } from '../../../imip-ingestor/src/interpret/mail';
import { type Action, canPropose, type Client, clients, readInvitation, replyAs, type SendingFacts } from './reply-as';

const organizer = { email: 'scheduling@meet.example', name: 'Meet' };
const uid = 'a3c6de10-7a1f-4a3e-9c53-0f6c0a0f1e11@meet.example';
const start = new Date('2026-12-10T10:00:00Z');
const end = new Date('2026-12-10T11:00:00Z');
const sending: SendingFacts = { now: new Date('2026-11-23T08:15:00Z'), id: 'a1-b2' };
const room: RoomFacts = {
  roomId: '33333333-3333-4333-8333-333333333333',
  invitations: [
    { id: '22222222-2222-4222-8222-222222222222', role: 'guest', email: 'gil@guest.example', letterSeconds: [] },
  ],
};

/** The letter as it reached the guest. */
function invitation(title = 'Practice Session', sequence = 0, name: string | null = 'Gil Guest'): Buffer {
  const calendar = buildInvite({
    method: 'REQUEST',
    uid,
    sequence,
    dtstamp: sending.now,
    startUtc: start,
    endUtc: end,
    summary: title,
    description: 'Ask for a new time:\nhttps://meet.example/reschedule?r=x',
    location: 'Room 1, left',
    organizer,
    attendee: { email: 'gil@guest.example', name, partstat: 'needs-action' },
    disallowCounter: false,
    timeZone: null,
  });
  const head = [
    'Message-ID: <m1@meet.example>',
    'Subject: Invitation',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/calendar; method=REQUEST; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
  ];
  return Buffer.from([...head, Buffer.from(calendar).toString('base64'), '--b--', ''].join('\r\n'));
}

function understood(client: Client, action: Action, received = invitation(), how: Partial<SendingFacts> = {}) {
  const { raw, envelopeFrom } = replyAs(client, received, action, { ...sending, ...how });
  const mail = readMail(raw, envelopeFrom);
  const reading = interpret(mail);
  return {
    mail,
    reading,
    judgement: judge(
      reading,
      mail,
      { ...emptyContext, room },
      { organizer: organizer.email, authservId: null, mode: 'lenient' },
      sending.now,
    ),
  };
}

describe('the simulated clients', () => {
  const answers = [
    ['accept', 'accepted'],
    ['tentative', 'tentative'],
    ['decline', 'declined'],
  ] as const;

  it.each(clients.flatMap((client) => answers.map(([kind, partstat]) => [client, kind, partstat] as const)))(
    '%s: %s is read as %s',
    (client, kind, partstat) => {
      const { mail, judgement } = understood(client, { kind }, invitation('Übung, Teil 1; Grün', 2));
      expect(mail.faults).toEqual([]);
      expect(judgement).toMatchObject({
        verdict: 'event',
        event: {
          name: 'ReplyReceived',
          data: {
            role: 'guest',
            partstat,
            sequence: 2,
            dtstamp: '2026-11-23T08:15:00.000Z',
            startUtc: start.toISOString(),
            endUtc: end.toISOString(),
          },
        },
      });
    },
  );

  const counter: Action = {
    kind: 'counter',
    startUtc: new Date('2026-12-11T14:00:00Z'),
    endUtc: new Date('2026-12-11T15:00:00Z'),
    comment: "it's better",
  };

  it.each(clients.filter(canPropose))('%s: a proposed time is read as a counter', (client) => {
    const { judgement } = understood(client, counter);
    expect(judgement).toMatchObject({
      verdict: 'event',
      event: { name: 'CounterReceived', data: { startUtc: '2026-12-11T14:00:00.000Z', note: "it's better" } },
    });
  });

  it('gives the end of a proposal where the client has one', () => {
    expect(understood('outlook', counter, undefined, { withoutVtimezone: true }).reading.endUtc).toBe(
      '2026-12-11T15:00:00.000Z',
    );
    expect(understood('google', counter).reading.endUtc).toBe('2026-12-11T15:00:00.000Z');
    expect(understood('apple', counter).judgement).toMatchObject({ event: { data: { endUtc: null } } });
  });

  it.each(clients.filter((client) => !canPropose(client)))('%s: has no button for a time', (client) => {
    expect(() => understood(client, counter)).toThrow(`${client} cannot propose a time`);
  });

  it.each(clients)('%s: a refresh is read as one', (client) => {
    expect(understood(client, { kind: 'refresh' }).judgement).toMatchObject({
      verdict: 'event',
      event: { name: 'RefreshReceived' },
    });
  });

  it('leaves ORGANIZER out as Outlook and in as everybody else', () => {
    expect(clients.filter((client) => understood(client, { kind: 'accept' }).reading.organizer === undefined)).toEqual([
      'outlook',
      'exchange-2010',
    ]);
  });

  it('marks Google’s answers as automatic and labels its counters as replies', () => {
    const { mail, reading } = understood('google', counter);
    expect(mail.headers.find((header) => header.name === 'auto-submitted')?.value).toBe('auto-generated');
    expect(mail.parts.find((part) => part.type === 'text/calendar')?.params['method']).toBe('REPLY');
    expect(reading.calendar?.flags).toContain('method-mismatch');
  });

  it('keeps the invitation’s DTSTAMP in every answer of SOGo', () => {
    const later = { now: new Date('2026-11-24T08:15:00Z') };
    expect(understood('sogo', { kind: 'accept' }, undefined, later).reading.dtstamp).toBe('2026-11-23T08:15:00.000Z');
    expect(understood('gnus', { kind: 'accept' }, undefined, later).reading.dtstamp).toBe('2026-11-24T08:15:00.000Z');
  });

  it('labels KDE’s counters as requests and Horde’s method in upper case', () => {
    const labels = (['kde', 'horde'] as const).map((client) => {
      const { mail } = understood(client, client === 'kde' ? counter : { kind: 'accept' });
      return mail.parts.find((part) => part.type === 'text/calendar')?.params['method'];
    });
    expect(labels).toEqual(['request', 'REPLY']);
  });

  it('writes iCloud’s routing addresses, and the address beside them is read', () => {
    const { mail, reading } = understood('icloud', { kind: 'accept' });
    const calendar = mail.parts.find((part) => part.type === 'text/calendar')?.body.toString('utf8') ?? '';
    expect(calendar.replaceAll('\r\n ', '').match(/:mailto:\S+/g)).toEqual([
      ':mailto:2_GEZDGMRT@imip.me.com',
      ':mailto:2_HEYDKNBW@imip.me.com',
    ]);
    expect(reading).toMatchObject({ attendee: 'gil@guest.example', organizer: organizer.email });
  });

  it('names the zone of Exchange 2010 as Windows shows it, and the proposed time is the one meant', () => {
    const { judgement } = understood('exchange-2010', counter, undefined, { withoutVtimezone: true });
    expect(judgement).toMatchObject({ event: { data: { startUtc: '2026-12-11T14:00:00.000Z' } } });
  });

  it('writes a name without quotes as aerc does, whatever is in it', () => {
    const { mail, judgement } = understood('aerc', { kind: 'accept' }, invitation('x', 0, 'Gil; Guest: II'));
    const calendar = mail.parts.find((part) => part.type === 'text/calendar')?.body.toString('utf8') ?? '';
    expect(calendar.replaceAll('\r\n ', '')).toContain('PARTSTAT=ACCEPTED;CN=Gil; Guest: II:mailto:gil@guest.example');
    expect(judgement).toMatchObject({ verdict: 'event', event: { data: { partstat: 'accepted' } } });
  });

  it('can speak in another’s name, and is not believed', () => {
    expect(understood('outlook', { kind: 'decline' }, undefined, { from: 'eve@evil.example' }).judgement).toMatchObject(
      { verdict: 'held' },
    );
    expect(
      understood('google', { kind: 'decline' }, undefined, { attendee: 'eve@evil.example', from: 'eve@evil.example' })
        .judgement,
    ).toMatchObject({ verdict: 'ignored' });
  });

  it('gives any title, name and comment back so that they are read again', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((each) => !/\p{Cc}|\p{Cs}/u.test(each) && each.trim() !== '');
    const text = name.filter((each) => !/["\\^]/.test(each));
    const quoting = fc.tuple(name, fc.constantFrom('"', '^', "^'", '\\', '; ', ':', ', ')).map((each) => each.join(''));
    fc.assert(
      fc.property(
        fc.constantFrom(...clients),
        text,
        fc.oneof(name, quoting),
        text,
        (client, title, called, comment) => {
          const { mail, reading } = understood(client, { kind: 'accept', comment }, invitation(title, 0, called));
          expect(reading).toMatchObject({ kind: 'reply', uid, attendee: 'gil@guest.example', partstat: 'accepted' });
          expect(reading.comment?.trim()).toBe(comment.trim());
          expect(mail.faults).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses a mail without an invitation', () => {
    expect(() => readInvitation(Buffer.from('Subject: hello\r\n\r\nhello'))).toThrow('no readable invitation');
  });
});
