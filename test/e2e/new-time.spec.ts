// A new time from end to end on real parts: asked for by link or by COUNTER, agreed with one click, and both
// calendars move.
// Run twice: as an operator runs it, and as a newcomer does.
import { readCalendar } from '#ics';
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import { eventually } from '../support/eventually';
import { type Product, type Setup, startProduct } from '../support/product';

const partOf = (raw: Buffer, type: string): string =>
  readMail(raw)
    .parts.find((each) => each.type === type)
    ?.body.toString('utf8') ?? '';
const calendarOf = (raw: Buffer): Extract<ReturnType<typeof readCalendar>, { ok: true }>['message'] => {
  const reading = readCalendar(partOf(raw, 'text/calendar'));
  if (!reading.ok) throw new Error(reading.why);
  return reading.message;
};
/** The link of a mail to one of our pages, as a person finds it: alone on its line. */
function linkIn(raw: Buffer, page: 'reschedule' | 'approve' | 'decline'): URL {
  const line = partOf(raw, 'text/plain')
    .split(/\r?\n/)
    .find((each) => new RegExp(`^https?://\\S+/${page}\\?`).test(each.trim()));
  if (!line) throw new Error(`no ${page} link in the mail`);
  expect(line.trim().length).toBeLessThanOrEqual(250);
  return new URL(line.trim());
}
const asBrowser = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };
const open = async (link: URL): Promise<{ status: number; text: string }> => {
  const response = await fetch(link, { headers: asBrowser, redirect: 'manual' });
  return { status: response.status, text: await response.text() };
};

describe.each<Setup>(['three apps on RabbitMQ', 'standalone without a broker'])('%s', (setup) => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(setup, { DECISION_HOLD_SECONDS: '1' });
  }, 60_000);
  afterAll(() => product.end(), 30_000);

  const newTime = { proposedStartUtc: '2031-05-06T12:00:00.000Z', proposedEndUtc: '2031-05-06T13:00:00.000Z' };
  const propose = async (raw: Buffer, over: Record<string, unknown> = {}): Promise<string> => {
    const token = linkIn(raw, 'reschedule').searchParams.get('r');
    const { status, body } = await product.api('POST', '/api/reschedule/propose', {
      token,
      ...newTime,
      note: 'mail me: guest@guests.test',
      ...over,
    });
    expect([status, body.status]).toEqual([201, 'pending']);
    return String(body['proposalId']);
  };
  const expectMoved = async (
    roomId: string,
    sequence: number,
    parties: { email: string }[],
    from: number,
  ): Promise<void> => {
    for (const { email } of parties) {
      const raw = await eventually(
        `an update to ${email}`,
        () =>
          product
            .mailsTo(email)
            .slice(from)
            .find((mail) => partOf(mail.raw, 'text/calendar').includes('METHOD:REQUEST'))?.raw,
      );
      expect(calendarOf(raw)).toMatchObject({
        method: 'REQUEST',
        sequence,
        start: { instant: new Date(newTime.proposedStartUtc) },
        end: { instant: new Date(newTime.proposedEndUtc) },
      });
      expect(linkIn(raw, 'reschedule').href).not.toBe(
        linkIn(product.mailsTo(email)[0]?.raw ?? Buffer.alloc(0), 'reschedule').href,
      );
    }
    const room = await product.room(roomId);
    expect(room).toMatchObject({ sequence, startUtc: newTime.proposedStartUtc, endUtc: newTime.proposedEndUtc });
    expect(room.invitations.map((each) => each.partstat)).toEqual(['needs-action', 'needs-action']);
  };
  const decisionMail = (email: string, from = 1): Promise<Buffer> =>
    eventually(
      `the question to ${email}`,
      () =>
        product
          .mailsTo(email)
          .slice(from)
          .find((mail) => /\/approve\?t=/.test(partOf(mail.raw, 'text/plain')))?.raw,
    );

  it('the guest proposes by link, the host agrees with one click, both calendars move', async () => {
    const { room, host, guest } = await product.book();
    await host.reply('google', { kind: 'accept' });
    await propose(await guest.mail(0));
    const question = await decisionMail(host.email);
    expect(partOf(question, 'text/plain')).not.toContain('guest@guests.test');
    expect(question.toString('latin1')).not.toContain(guest.email);
    const page = await open(linkIn(question, 'approve'));
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(guest.email);
    await expectMoved(room.roomId, 1, [host, guest], 1);
  });

  it('the host proposes, the guest declines with one click: the host is told, nothing moves', async () => {
    const { room, host, guest } = await product.book();
    await propose(await host.mail(0));
    const mailsBefore = product.mailsTo(host.email).length;
    expect((await open(linkIn(await decisionMail(guest.email), 'decline'))).status).toBe(200);
    await eventually(
      'the proposal is declined',
      async () => (await product.room(room.roomId)).proposals[0]?.status === 'declined',
    );
    await eventually('the host is told', () => product.mailsTo(host.email).length > mailsBefore);
    expect(await product.room(room.roomId)).toMatchObject({ sequence: 0, startUtc: room['startUtc'] });
  });

  it.each(['google', 'outlook', 'apple'] as const)('a COUNTER from %s has the same effect', async (client) => {
    const { room, host, guest } = await product.book();
    await guest.reply(client, {
      kind: 'counter',
      startUtc: new Date(newTime.proposedStartUtc),
      endUtc: new Date(newTime.proposedEndUtc),
      comment: 'better',
    });
    const question = await decisionMail(host.email);
    expect((await product.room(room.roomId)).invitations.map((each) => each.partstat)).toEqual([
      'needs-action',
      'needs-action',
    ]);
    expect((await open(linkIn(question, 'approve'))).status).toBe(200);
    await expectMoved(room.roomId, 1, [host, guest], 1);
  });

  it('a COUNTER that is declined gets a DECLINECOUNTER with its own sequence, and words', async () => {
    const { host, guest } = await product.book();
    await guest.reply('google', {
      kind: 'counter',
      startUtc: new Date(newTime.proposedStartUtc),
      endUtc: new Date(newTime.proposedEndUtc),
    });
    await open(linkIn(await decisionMail(host.email), 'decline'));
    const answer = await eventually(
      'the DECLINECOUNTER',
      () =>
        product.mailsTo(guest.email).find((mail) => /METHOD:DECLINECOUNTER/.test(partOf(mail.raw, 'text/calendar')))
          ?.raw,
    );
    expect(calendarOf(answer)).toMatchObject({ method: 'DECLINECOUNTER', sequence: 0 });
    expect(partOf(answer, 'text/plain').length).toBeGreaterThan(100);
  });

  it('another time instead of a COUNTER: its sender gets one letter, the DECLINECOUNTER with the links of the other', async () => {
    const { room, host, guest } = await product.book();
    const [startUtc, endUtc] = ['2031-05-07T12:00:00.000Z', '2031-05-07T13:00:00.000Z'].map((each) => new Date(each));
    if (!startUtc || !endUtc) throw new Error('no time');
    await guest.reply('google', { kind: 'counter', startUtc, endUtc });
    await propose(await decisionMail(host.email));
    const question = await decisionMail(guest.email);
    expect(calendarOf(question)).toMatchObject({ method: 'DECLINECOUNTER', sequence: 0, start: { instant: startUtc } });
    expect(partOf(question, 'text/plain').replace(/\s+/g, ' ')).toContain('suggests another one');
    expect((await product.room(room.roomId)).proposals.map((each) => each.status)).toEqual(['declined', 'pending']);
    expect((await open(linkIn(question, 'approve'))).status).toBe(200);
    await expectMoved(room.roomId, 1, [host, guest], 2);
    expect(product.mailsTo(guest.email)).toHaveLength(3);
  });

  it('a machine that opens both links, with any headers, moves nothing; a person afterwards still gets through', async () => {
    const { room, host, guest } = await product.book();
    await propose(await guest.mail(0));
    const question = await decisionMail(host.email);
    const [approve, decline] = [linkIn(question, 'approve'), linkIn(question, 'decline')];
    for (const link of [approve, decline]) {
      expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
      expect((await fetch(link, { headers: { ...asBrowser, 'sec-purpose': 'prefetch' } })).status).toBe(200);
      expect((await fetch(link, { headers: { accept: '*/*' } })).status).toBe(200);
    }
    expect((await product.room(room.roomId)).proposals[0]?.held).toBeNull();
    await Promise.all([open(approve), open(decline)]);
    await eventually(
      'the hold is contested',
      async () => (await product.room(room.roomId)).proposals[0]?.held === null,
    );
    const { status } = await fetch(`${approve.origin}/approve`, {
      method: 'POST',
      headers: { ...asBrowser, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ t: approve.searchParams.get('t') ?? '' }),
    });
    expect(status).toBe(200);
    await expectMoved(room.roomId, 1, [host, guest], 1);
  });

  it('a stale decline of the old time never cancels the moved meeting', async () => {
    const { room, host, guest } = await product.book();
    await propose(await guest.mail(0));
    await open(linkIn(await decisionMail(host.email), 'approve'));
    await expectMoved(room.roomId, 1, [host, guest], 1);
    await host.reply('outlook', { kind: 'decline' }, { to: 0 });
    await eventually('the stale answer is told', async () => {
      const { items } = (await product.api('GET', `/api/practice-room/${room.roomId}/timeline`)).body;
      return items.some((each) => String(each['why']).startsWith('stale-sequence'));
    });
    expect((await product.room(room.roomId)).status).toBe('scheduled');
  });
});
