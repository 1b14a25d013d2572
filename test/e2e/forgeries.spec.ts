// What comes of forged and of true mails under lenient trust without tags, end to end: docs/mail.md has the table.
import { answerMail, type AnswerMail, linkIn, textIn } from '../support/answer-mail';
import type { ApiBody } from '../support/scheduling-api';
import { eventually } from '../support/eventually';
import { type Party, type Product, startProduct } from '../support/product';

let product: Product;
beforeAll(async () => {
  product = await startProduct('standalone without a broker', { AUTHSERV_ID: 'mx.organizer.test', RATE_LIMIT: 'off' });
}, 180_000);
afterAll(() => product.end(), 30_000);

interface Meeting {
  room: ApiBody;
  host: Party;
  guest: Party;
}
const book = (): Promise<Meeting> => product.book({ policy: { onDecline: 'soft' } });
const partstatOf = async ({ room }: Meeting, role: 'host' | 'guest'): Promise<string | undefined> =>
  (await product.room(room.roomId)).invitations.find((each) => each.role === role)?.partstat;
const questionsTo = ({ email }: Party): Buffer[] =>
  product.mailsTo(email).flatMap(({ raw }) => (linkIn(raw, 'confirm') === '' ? [] : [raw]));

/** Delivers a guest's answer; resolves with how it was read once it was. */
async function deliver(
  { guest }: Meeting,
  mail: AnswerMail,
  envelopeFrom = guest.email,
): Promise<{ verdict: string; why: string; role: string | null }> {
  const id = await product.deliver(answerMail(await guest.mail(0), guest, mail), envelopeFrom);
  return outcomeOf(id);
}
const outcomeOf = (id: string): Promise<{ verdict: string; why: string; role: string | null }> =>
  eventually('the mail is read', async () => {
    const [row] = await product.database.db.query<{ verdict: string; why: string; role: string | null }>(
      `select verdict, split_part(why, ':', 1) as why, role from imip_messages where id = $1 and state = 'read'`,
      [id],
    );
    return row;
  });
const post = (link: string): Promise<Response> => {
  const url = new URL(link);
  return fetch(`${url.origin}${url.pathname}`, {
    method: 'POST',
    body: new URLSearchParams({ t: url.searchParams.get('t') ?? '', answer: 'yes' }),
    headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin' },
  });
};
const results = (text: string): string => `Authentication-Results: mx.organizer.test; ${text}`;

describe('an answer in a party’s own name', () => {
  it.each<[string, (guest: Party) => AnswerMail, string, string]>([
    ['from their own server counts', () => ({}), 'guests.test', 'event reply'],
    ['from a server of their organization counts', () => ({}), 'bounces.guests.test', 'event reply'],
    ['with an empty envelope counts', () => ({}), '', 'event reply'],
    ['from another organization asks them', () => ({}), 'evil.test', 'held envelope-mismatch'],
    [
      'from another organization counts with their signature',
      () => ({ headers: [results('dkim=pass header.d=guests.test')] }),
      'relay.test',
      'event reply',
    ],
    [
      'is not made theirs by quotes around their domain',
      (guest) => ({ headers: [results(`spf=pass smtp.mailfrom="${guest.email} x"@evil.test`)] }),
      'evil.test',
      'held envelope-mismatch',
    ],
    [
      'nor by a second property',
      () => ({ headers: [results('spf=pass smtp.mailfrom=evil.test smtp.mailfrom=guests.test')] }),
      'evil.test',
      'held envelope-mismatch',
    ],
    [
      'nor by a DMARC pass of another From',
      () => ({ headers: [results('dmarc=pass header.from=evil.test')] }),
      'guests.test',
      'held authentication-doubtful',
    ],
    [
      'asks them where the border says fail',
      () => ({ headers: [results('dmarc=fail header.from=guests.test')] }),
      'guests.test',
      'held authentication-failed',
    ],
  ])('%s', async (_what, mail, envelopeDomain, wanted) => {
    const meeting = await book();
    const envelopeFrom = envelopeDomain === '' ? '' : `x@${envelopeDomain}`;
    const { verdict, why, role } = await deliver(meeting, mail(meeting.guest), envelopeFrom);
    expect([`${verdict} ${why}`, role]).toEqual([wanted, 'guest']);
    if (verdict === 'event') {
      await eventually('the answer counts', async () => (await partstatOf(meeting, 'guest')) === 'declined');
      return;
    }
    const link = linkIn(await eventually('the question', () => questionsTo(meeting.guest)[0]), 'confirm');
    expect(await partstatOf(meeting, 'guest')).toBe('needs-action');
    expect((await post(link)).status).toBe(200);
    expect(await partstatOf(meeting, 'guest')).toBe('declined');
    expect(product.mailsTo(meeting.host.email)).toHaveLength(1);
  });

  it('cannot counter as the other party: nobody gets approve links before that party has confirmed', async () => {
    const meeting = await book();
    const { host, guest, room } = meeting;
    const mail = answerMail(await guest.mail(0), host, { method: 'COUNTER', start: '20310506T120000Z' });
    const id = await product.deliver(mail, guest.email);
    expect(await outcomeOf(id)).toEqual({ verdict: 'held', why: 'envelope-mismatch', role: 'host' });
    await eventually('the host is asked', () => questionsTo(host)[0]);
    expect((await product.room(room.roomId)).proposals).toEqual([]);
    expect(product.mailsTo(guest.email)).toHaveLength(1);
  });
});

describe('Google’s calendar', () => {
  const sender = 'Sender: Google Calendar <calendar-notification@google.com>';
  it.each<[string, string, string[], string]>([
    ['answers for a person elsewhere', 'x@calendar-server.bounces.google.com', [sender], 'event reply'],
    ['is not the server of somebody else', 'eve@evil.test', [sender], 'held envelope-mismatch'],
    ['is not anybody at Google', 'x@calendar-server.bounces.google.com', [], 'held envelope-mismatch'],
    [
      'is not who fails its checks',
      'x@bounces.google.com',
      [sender, results('spf=softfail smtp.mailfrom=x@bounces.google.com')],
      'held envelope-mismatch',
    ],
  ])('%s', async (_what, envelopeFrom, headers, wanted) => {
    const { verdict, why } = await deliver(await book(), { headers }, envelopeFrom);
    expect(`${verdict} ${why}`).toBe(wanted);
  });

  it.each(['google', 'google-notification'] as const)('as %s counts for the person', async (client) => {
    const meeting = await book();
    await meeting.guest.reply(client, { kind: 'accept' });
    await eventually('the answer counts', async () => (await partstatOf(meeting, 'guest')) === 'accepted');
  });
});

describe('an ATTENDEE that is another address of the person', () => {
  it('is put to the one in From, and counts for them once they confirm', async () => {
    const meeting = await book();
    const { guest, host } = meeting;
    const read = await deliver(meeting, { attendee: ':mailto:gil.guest@primary.test' });
    expect(read).toEqual({ verdict: 'held', why: 'attendee-mismatch', role: 'guest' });
    const link = linkIn(await eventually('the question', () => questionsTo(guest)[0]), 'confirm');
    expect((await post(link)).status).toBe(200);
    expect([await partstatOf(meeting, 'guest'), await partstatOf(meeting, 'host')]).toEqual([
      'declined',
      'needs-action',
    ]);
    expect(product.mailsTo(host.email)).toHaveLength(1);
  });

  it('does not tell whether it is the other party’s', async () => {
    const seen = [];
    for (const guess of ['right', 'wrong']) {
      const meeting = await book();
      const other = guess === 'right' ? meeting.host.email : 'somebody@hosts.test';
      const read = await deliver(meeting, { attendee: `:mailto:${other}` });
      await eventually('the question', () => questionsTo(meeting.guest)[0]);
      const { body } = await product.api('GET', `/api/practice-room/${meeting.room.roomId}/timeline`);
      const lines = body.items
        .filter((line) => line['kind'] === 'mail')
        .map((line) => [line['role'], line['verdict'], line['why']]);
      seen.push({
        read,
        lines,
        mails: [meeting.guest, meeting.host].map(({ email }) => product.mailsTo(email).length),
      });
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]?.mails).toEqual([2, 1]);
  });

  it('of two strangers mails nobody', async () => {
    const meeting = await book();
    const read = await deliver(meeting, { from: 'eve@evil.test', attendee: ':mailto:eve@evil.test' }, 'eve@evil.test');
    expect(read).toEqual({ verdict: 'ignored', why: 'unknown-attendee', role: null });
    expect([meeting.guest, meeting.host].map(({ email }) => product.mailsTo(email).length)).toEqual([1, 1]);
  });

  it('of iCloud’s routing counts by its EMAIL', async () => {
    const meeting = await book();
    await deliver(meeting, { attendee: `;EMAIL=${meeting.guest.email}:mailto:2_GEZDGNBVGY3TQ@imip.me.com` });
    await eventually('the answer counts', async () => (await partstatOf(meeting, 'guest')) === 'declined');
  });
});

describe('a delivery report', () => {
  const report = (recipient: string, quoted: string): Buffer =>
    Buffer.from(
      [
        'From: MAILER-DAEMON@mx.test',
        'To: <scheduling@organizer.test>',
        'Subject: Undelivered Mail Returned to Sender',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.test',
        '',
        `Final-Recipient: rfc822; ${recipient}`,
        'Action: failed',
        'Status: 5.1.1',
        '',
        '--b',
        'Content-Type: message/rfc822',
        '',
        quoted,
        '',
        '--b--',
        '',
      ].join('\r\n'),
    );
  const stateOf = async ({ room }: Meeting): Promise<string | undefined> =>
    (await product.room(room.roomId)).invitations.find((each) => each.role === 'guest')?.delivery.state;

  it.each<[string, (invitation: Buffer) => string]>([
    ['an address', () => 'From: x@y.test\r\n\r\nhello'],
    [
      'an address and a UID',
      (raw) => `Content-Type: text/calendar; method=REQUEST\r\n\r\n${textIn(raw, 'text/calendar')}`,
    ],
  ])('that names only %s changes nothing and stands in the timeline', async (_what, quoted) => {
    const meeting = await book();
    const id = await product.deliver(report(meeting.guest.email, quoted(await meeting.guest.mail(0))), '');
    expect(await outcomeOf(id)).toEqual({ verdict: 'recorded', why: 'recipient-only', role: 'guest' });
    expect(await stateOf(meeting)).toBe('sent');
    const { body } = await product.api('GET', `/api/practice-room/${meeting.room.roomId}/timeline`);
    expect(JSON.stringify(body)).toContain('recipient-only: ');
  });

  it('that quotes the Message-ID of our letter counts', async () => {
    const meeting = await book();
    const messageId = /^Message-ID: (.*)$/im.exec((await meeting.guest.mail(0)).toString())?.[1]?.trim() ?? '';
    await product.deliver(report(meeting.guest.email, `Message-ID: ${messageId}\r\nSubject: x\r\n\r\nhello`), '');
    await eventually('the letter has bounced', async () => (await stateOf(meeting)) === 'bounced');
  });
});
