// What the platform changes afterwards, from end to end on real parts: another time, another title and place, a
// corrected address.
// Run twice: as an operator runs it, and as a newcomer does.
import { readCalendar } from '#ics';
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import { eventually } from '../support/eventually';
import { type Party, type Product, type Setup, startProduct } from '../support/product';

const partOf = (raw: Buffer, type: string): string =>
  readMail(raw)
    .parts.find((each) => each.type === type)
    ?.body.toString('utf8') ?? '';
const calendarOf = (raw: Buffer): Extract<ReturnType<typeof readCalendar>, { ok: true }>['message'] => {
  const reading = readCalendar(partOf(raw, 'text/calendar'));
  if (!reading.ok) throw new Error(reading.why);
  return reading.message;
};
const tokenIn = (raw: Buffer, page: string): string =>
  new RegExp(`/${page}\\?[rt]=([\\w.-]+)`).exec(partOf(raw, 'text/plain'))?.[1] ?? '';
const wordsOf = (raw: Buffer): string => partOf(raw, 'text/plain').replace(/\s+/g, ' ');
const asPerson = { accept: 'text/html', 'sec-fetch-dest': 'document' };

describe.each<Setup>(['three apps on RabbitMQ', 'standalone without a broker'])('%s', (setup) => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(setup, { DECISION_HOLD_SECONDS: '60', ORGANIZER_TAGGING: 'on' });
  }, 240_000);
  afterAll(() => product.end(), 30_000);

  const call = async (route: string, body: Record<string, unknown>, headers = {}) =>
    product.api('POST', `/api/practice-room/${route}`, body, headers);
  const verdicts = async (roomId: string): Promise<unknown[]> =>
    (await product.api('GET', `/api/practice-room/${roomId}/timeline`)).body.items.map(
      ({ verdict, why }) => `${String(verdict)} ${String(why)}`,
    );
  const propose = async (party: Party, nth = 0): Promise<void> => {
    const token = tokenIn(await party.mail(nth), 'reschedule');
    const proposed = { proposedStartUtc: '2031-05-07T09:00:00Z', proposedEndUtc: '2031-05-07T10:00:00Z' };
    expect((await product.api('POST', '/api/reschedule/propose', { token, ...proposed })).status).toBe(201);
  };

  it('a moved room mails both once with the reason, and closes a held request', async () => {
    const { room, host, guest } = await product.book();
    await propose(guest);
    const approve = tokenIn(await host.mail(1), 'approve');
    const page = () =>
      fetch(
        `${product.url(setup === 'standalone without a broker' ? 'standalone' : 'scheduling-api')}/approve?t=${approve}`,
        { headers: asPerson },
      );
    expect((await page()).status).toBe(200);
    const { roomId } = room;
    const body = {
      roomId,
      startUtc: '2031-06-06T12:00:00Z',
      endUtc: '2031-06-06T13:00:00Z',
      reason: `hall taken, ask ${host.email}`,
    };
    const headers = { 'idempotency-key': `move-${roomId}` };
    const moved = await call('reschedule', body, headers);
    expect([moved.status, moved.body.sequence, moved.body['timeSequence']]).toEqual([200, 1, 1]);
    expect(await call('reschedule', body, headers)).toEqual(moved);
    expect((await call('reschedule', body)).body['revision']).toBe(moved.body['revision']);
    const [toHost, toGuest] = [await host.mail(2), await guest.mail(2)];
    for (const raw of [toHost, toGuest]) {
      expect(calendarOf(raw)).toMatchObject({
        method: 'REQUEST',
        sequence: 1,
        start: { instant: new Date(body.startUtc) },
      });
      expect(wordsOf(raw)).toContain('The organizer writes: hall taken, ask');
      expect(raw.toString('latin1')).not.toContain(raw === toHost ? guest.email : host.email);
    }
    expect(wordsOf(toGuest)).toContain('Your request for a new time is closed by this change.');
    expect(wordsOf(toHost)).not.toContain('request for a new time is closed');
    const closed = await page();
    expect([closed.status, await closed.text()]).toEqual([
      409,
      expect.stringContaining('organizer has changed the session'),
    ]);
    // The new answer counts, one to the old time does not.
    await guest.reply('google', { kind: 'accept' }, { to: 2 });
    const now = await eventually('the answer', async () => {
      const each = await product.room(roomId);
      return each.invitations.some(({ partstat }) => partstat === 'accepted') ? each : undefined;
    });
    expect(now.status).toBe('scheduled');
    expect([product.mailsTo(host.email).length, product.mailsTo(guest.email).length]).toEqual([3, 3]);
    expect(await verdicts(roomId)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^rescheduled moved: the organizer writes: hall taken/),
        expect.stringMatching(/^expired room-moved: /),
      ]) as unknown,
    );
  });

  it('another title and place mail both under the subject of updates; externalId mails nobody', async () => {
    const { room, host, guest } = await product.book({ location: 'Hall 1' });
    const { roomId } = room;
    const silent = await call('update', { roomId, externalId: 'order-7' });
    expect([silent.status, silent.body.sequence, silent.body['externalId']]).toEqual([200, 0, 'order-7']);
    const changed = await call('update', { roomId, title: 'Dry Run', location: 'Hall 2' });
    expect([changed.body.sequence, changed.body['timeSequence']]).toEqual([1, 1]);
    for (const party of [host, guest]) {
      const raw = await party.mail(1);
      expect(calendarOf(raw)).toMatchObject({ method: 'REQUEST', sequence: 1 });
      expect(wordsOf(raw)).toMatch(
        /has changed: the title and the place\..* Title before: Practice Session Place before: Hall 1/,
      );
    }
    expect((await call('update', { roomId, title: 'Dry Run' })).body['revision']).toBe(changed.body['revision']);
    expect((await call('update', { roomId, title: '' })).body['detail']).toBe('title must not be empty.');
  });

  it('a corrected address is invited anew, the old one is cancelled and dead, the other party gets no mail', async () => {
    const { room, host, guest } = await product.book();
    const { roomId } = room;
    await propose(host);
    // The approval mail and the receipt, before anything changes.
    await Promise.all([guest.mail(1), host.mail(1)]);
    const before = product.mailsTo(host.email).length;
    const email = `right-${roomId}@guests.test`;
    const changed = await call('attendee', { roomId, role: 'guest', email });
    expect([changed.status, changed.body.sequence]).toEqual([200, 0]);
    expect(changed.body.invitations.find(({ role }) => role === 'guest')).toMatchObject({
      email,
      partstat: 'needs-action',
      lastMethodSent: null,
    });
    const invite = await eventually('the invitation', () => product.mailsTo(email)[0]?.raw);
    expect(calendarOf(invite)).toMatchObject({ method: 'REQUEST', sequence: 0 });
    const cancel = await eventually('the CANCEL', () => product.mailsTo(guest.email)[2]?.raw);
    expect(calendarOf(cancel)).toMatchObject({ method: 'CANCEL', sequence: 1 });
    // The same ORGANIZER from the first letter to the last, tag included; another one for the new address.
    const organizerOf = (raw: Buffer): string | null => calendarOf(raw).organizer;
    expect(organizerOf(cancel)).toBe(organizerOf(await guest.mail(0)));
    expect(organizerOf(invite)).not.toBe(organizerOf(cancel));
    for (const other of [guest.email, host.email]) expect(invite.toString('latin1')).not.toContain(other);
    expect(cancel.toString('latin1')).not.toContain(email);
    // The proposer who is still there is told, and the host gets no other mail.
    const newMail = await eventually('the host told', () => product.mailsTo(host.email)[before]?.raw);
    expect(wordsOf(newMail)).toContain('Your guest has changed, so your request for a new time is closed.');
    const old = await product.api('POST', '/api/reschedule/propose', {
      token: tokenIn(await guest.mail(0), 'reschedule'),
      proposedStartUtc: '2031-05-08T09:00:00Z',
      proposedEndUtc: '2031-05-08T10:00:00Z',
    });
    expect([old.status, old.body.code]).toEqual([410, 'link-expired']);
    await guest.reply('google', { kind: 'decline' });
    await eventually(
      'the old answer ignored',
      async () =>
        (await verdicts(roomId)).some((each) => /ignored (?:unknown-attendee|attendee-changed)/.test(String(each))) ||
        undefined,
    );
    expect((await product.room(roomId)).status).toBe('scheduled');
    expect(product.mailsTo(host.email).length).toBe(before + 1);
    // Back again: invited above the CANCEL, so that the calendar takes it.
    const back = await call('attendee', { roomId, role: 'guest', email: guest.email });
    expect(back.body.sequence).toBe(2);
    const again = await eventually('the invitation again', () => product.mailsTo(guest.email)[3]?.raw);
    expect(calendarOf(again)).toMatchObject({ method: 'REQUEST', sequence: 2 });
    expect(product.mailsTo(host.email).length).toBe(before + 1);
  });

  it('many calls at once leave one room that all agree on', async () => {
    const { room, host } = await product.book();
    const { roomId } = room;
    const emails = [1, 2, 3, 4].map((n) => `n${n}-${roomId}@guests.test`);
    const answers = await Promise.all([
      ...emails.map((email) => call('attendee', { roomId, role: 'guest', email })),
      call('reschedule', { roomId, startUtc: '2031-06-07T12:00:00Z', endUtc: '2031-06-07T13:00:00Z' }),
      call('update', { roomId, location: 'Hall 9' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const now = await product.room(roomId);
    const email = now.invitations.find(({ role }) => role === 'guest')?.email ?? '';
    expect(emails).toContain(email);
    // Each letter goes its own way: the guest's may come long before the host's.
    for (const party of [email, host.email]) {
      const newest = await eventually(`the newest letter to ${party}`, () =>
        product
          .mailsTo(party)
          .map(({ raw }) => calendarOf(raw))
          .find(({ method, sequence }) => method === 'REQUEST' && sequence === now.sequence),
      );
      expect(newest.start).toMatchObject({ instant: new Date('2031-06-07T12:00:00Z') });
    }
    // Whoever was invited on the way and is not it has a CANCEL last, or was never written to.
    await eventually(
      'everybody else cancelled',
      () =>
        emails
          .filter((each) => each !== email)
          .every((each) => {
            const mails = product.mailsTo(each).map(({ raw }) => calendarOf(raw));
            return mails.length === 0 || mails.some(({ method }) => method === 'CANCEL');
          }) || undefined,
    );
  });
});
