// The product's main job from end to end on real parts: book → two private invitations → answers → cancel.
// Run twice: as an operator runs it, and as a newcomer does.
import { readCalendar } from '#ics';
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import { eventually } from '../support/eventually';
import { organizer, type Product, type Setup, startProduct } from '../support/product';

const calendarOf = (raw: Buffer): Extract<ReturnType<typeof readCalendar>, { ok: true }>['message'] => {
  const part = readMail(raw).parts.find((each) => each.type === 'text/calendar');
  const reading = readCalendar(part?.body ?? '');
  if (!reading.ok) throw new Error(reading.why);
  return reading.message;
};

describe.each<Setup>(['three apps on RabbitMQ', 'standalone without a broker'])('%s', (setup) => {
  let product: Product;
  beforeAll(async () => {
    // Every level: what is said only when somebody looks for a fault must not tell more.
    product = await startProduct(setup, { LOG_LEVEL: 'trace' });
  }, 60_000);
  afterAll(() => product.end(), 30_000);

  const partstats = async (roomId: string): Promise<string[]> =>
    (await product.room(roomId)).invitations.map((each) => each.partstat);

  it('booking sends each their own invitation: same UID, sequence 0, one attendee, nothing of the other', async () => {
    const { room, host, guest } = await product.book();
    for (const [mine, other] of [
      [host, guest],
      [guest, host],
    ] as const) {
      const raw = await mine.mail(0);
      const calendar = calendarOf(raw);
      expect(calendar).toMatchObject({ method: 'REQUEST', uid: room.uid, sequence: 0, organizer });
      expect(calendar.attendees.map((each) => each.email)).toEqual([mine.email]);
      expect(raw.toString('latin1')).not.toContain(other.email);
      expect(calendar.description).toMatch(/\/reschedule\?r=[A-Za-z0-9._-]+/);
    }
    await eventually('both show as sent', async () =>
      (await product.room(room.roomId)).invitations.every(
        (each) => each.delivery.state === 'sent' && each.lastMethodSent === 'request',
      ),
    );
    expect([product.mailsTo(host.email).length, product.mailsTo(guest.email).length]).toEqual([1, 1]);
  });

  it.each(['google', 'google-notification', 'outlook', 'apple', 'thunderbird'] as const)(
    'an acceptance from %s is recorded',
    async (client) => {
      const { room, guest } = await product.book();
      await guest.reply(client, { kind: 'accept' });
      await eventually(
        'the guest accepted',
        async () => (await partstats(room.roomId)).join() === 'needs-action,accepted',
      );
    },
  );

  it('cancels for both when one declines', async () => {
    const { room, host, guest } = await product.book();
    const id = await host.reply('outlook', { kind: 'decline' });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    for (const mine of [host, guest]) {
      const cancel = calendarOf(await mine.mail(1));
      expect(cancel).toMatchObject({ method: 'CANCEL', uid: room.uid, sequence: 1, status: 'CANCELLED', organizer });
      expect(cancel.attendees.map((each) => each.email)).toEqual([mine.email]);
    }
    expect(await product.room(room.roomId)).toMatchObject({ status: 'cancelled', sequence: 1 });
  });

  it('under soft a decline is recorded and mails nobody', async () => {
    const { room, host, guest } = await product.book({ policy: { onDecline: 'soft' } });
    await guest.reply('apple', { kind: 'decline' });
    await eventually(
      'the decline is recorded',
      async () => (await partstats(room.roomId)).join() === 'needs-action,declined',
    );
    expect((await product.room(room.roomId)).status).toBe('scheduled');
    expect([product.mailsTo(host.email).length, product.mailsTo(guest.email).length]).toEqual([1, 1]);
  });

  it('deleting cancels for both, once, with the same organizer, attendee and time', async () => {
    const { room, host, guest } = await product.book();
    for (let n = 0; n < 2; n += 1)
      expect((await product.api('POST', '/api/practice-room/delete', { roomId: room.roomId })).status).toBe(200);
    for (const mine of [host, guest]) {
      const [request, cancel] = [calendarOf(await mine.mail(0)), calendarOf(await mine.mail(1))];
      expect(cancel).toMatchObject({
        method: 'CANCEL',
        sequence: 1,
        uid: request.uid,
        organizer: request.organizer,
        start: request.start,
        end: request.end,
        summary: request.summary,
      });
      expect(cancel.description).not.toMatch(/https?:/);
    }
    await eventually('both show as sent', async () =>
      (await product.room(room.roomId)).invitations.every((each) => each.lastMethodSent === 'cancel'),
    );
    expect([product.mailsTo(host.email).length, product.mailsTo(guest.email).length]).toEqual([2, 2]);
  });

  it('what must have no effect has none, and the timeline says why', async () => {
    const { room, host, guest } = await product.book();
    const ids = [
      await guest.reply(
        'google',
        { kind: 'decline' },
        { attendee: 'third@elsewhere.test', from: 'third@elsewhere.test' },
      ),
      await guest.reply('google', { kind: 'decline' }, { attendee: host.email }),
      await product.deliver(
        Buffer.from('From: x@y.test\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nrubbish'),
        'x@y.test',
      ),
    ];
    await guest.reply('google', { kind: 'tentative' });
    await eventually(
      'the honest answer is recorded',
      async () => (await partstats(room.roomId)).join() === 'needs-action,tentative',
    );
    expect((await product.room(room.roomId)).status).toBe('scheduled');
    const verdicts = await product.database.db.query<{ why: string }>(
      'select why from imip_messages where id = any($1::uuid[]) and state = $2',
      [ids, 'read'],
    );
    expect(verdicts.map((each) => each.why.split(':')[0]).sort()).toEqual([
      'attendee-mismatch',
      'unknown-attendee',
      'unreadable-calendar',
    ]);
    const { items } = (await product.api('GET', `/api/practice-room/${room.roomId}/timeline`)).body;
    expect(items.map((each) => String(each['why'] ?? '').split(':')[0])).toEqual(
      expect.arrayContaining(['unknown-attendee', 'attendee-mismatch']),
    );
  });

  it('the same mail twice counts once', async () => {
    const { room, guest } = await product.book();
    const options = { id: 'twice-the-same', now: new Date() };
    const first = await guest.reply('google', { kind: 'accept' }, options);
    const second = await guest.reply('google', { kind: 'accept' }, options);
    const read = await eventually('both are read', async () => {
      const rows = await product.database.db.query<{ id: string; verdict: string; why: string }>(
        'select id, verdict, why from imip_messages where id = any($1::uuid[]) and state = $2 order by received_at',
        [[first, second], 'read'],
      );
      return rows.length === 2 && rows;
    });
    // Several mails are read at a time, so either of the two may be the first.
    expect(read.map((each) => /duplicate/.test(`${each.verdict} ${each.why}`)).sort()).toEqual([false, true]);
    expect(room.roomId).toBeTruthy();
  });

  /** The log's entries so far; what the standalone app says to a person at its terminal is none. */
  const entries = (): Record<string, unknown>[] =>
    product
      .logs()
      .split('\n')
      .filter((line) => /^\{.*\}$/.test(line))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const logLines = (correlationId: string): string[] =>
    entries()
      .filter((each) => each['correlationId'] === correlationId)
      .map((each) => `${String(each['app'])}: ${String(each['msg'])}`)
      .sort();

  it('one id goes from the request to both letters, and from a mail to the letters it brought about', async () => {
    const correlationId = `ours-${Date.now()}`;
    const { host, guest } = await product.book({}, { 'x-correlation-id': correlationId });
    const sent = ['notification-sender: letter sent', 'notification-sender: letter sent'];
    const api = setup === 'three apps on RabbitMQ' ? 'scheduling-api' : 'standalone';
    await eventually('the request and its letters are logged', () => logLines(correlationId).length === 3);
    expect(logLines(correlationId)).toEqual([...sent, `${api}: responded`]);
    const mailId = await guest.reply('google', { kind: 'decline' });
    await Promise.all([host.mail(1), guest.mail(1)]);
    await eventually('the mail and its letters are logged', () => logLines(mailId).length === 4);
    expect(logLines(mailId)).toEqual(['imip-ingestor: mail read', ...sent, 'scheduling-api: mail decided']);
  });

  it('no log line of any level holds an address or a token, whatever goes wrong', async () => {
    const { host, guest } = await product.book();
    await guest.reply('google', { kind: 'decline' });
    const token = /reschedule\?r=([A-Za-z0-9._-]+)/.exec(calendarOf(await host.mail(0)).description ?? '')?.[1] ?? '';
    const secret = 'nasty@hosts.test';
    const before = entries().length;
    // The relay, the database and the senders of requests and mails each put what must not be told into their words.
    product.sink.always((to) =>
      to.startsWith('nasty')
        ? {
            kind: 'refuse',
            code: 550,
            at: 'RCPT',
            text: `<${to}> "${to}" see https://x.test/?rcpt=nasty%40hosts.test&t=${token}`,
          }
        : undefined,
    );
    const times = { startUtc: '2031-05-05T10:00:00Z', endUtc: '2031-05-05T11:00:00Z' };
    expect(
      (
        await product.api('POST', '/api/practice-room/create', {
          ...times,
          host: { email: secret },
          guest: { email: 'nasty@guests.test' },
        })
      ).status,
    ).toBe(201);
    await product.database.db.query(`
      create function be_nasty() returns trigger language plpgsql as $$ begin raise exception 'no room for %', new.attendee_email; end $$;
      create trigger tr_nasty before insert on invitations for each row execute function be_nasty()`);
    expect((await product.api('POST', '/api/practice-room/create', { ...times, host: { email: secret } })).status).toBe(
      500,
    );
    await product.database.db.query('drop function be_nasty cascade');
    await product.api('GET', `/api/practice-room?email=${encodeURIComponent(secret)}&cursor=${secret}`);
    await product.api('POST', '/api/practice-room/create', {
      title: `${secret}\u0000`,
      startUtc: secret,
      [secret]: token,
    });
    const page = (path: string): Promise<unknown> =>
      fetch(`${product.url('scheduling-api')}${path}`, { headers: { accept: 'text/html' } });
    for (const path of [
      `/approve/${token}`,
      `/approve?t=${token}`,
      `/%ff?t=${token}&to=${secret}`,
      `/reschedule?r=${token}&r=${secret}`,
    ])
      await page(path);
    await product.deliver(
      Buffer.from(
        `From: ${secret}\r\nMessage-ID: <${secret}>\r\nContent-Type: text/calendar; method=${secret}\r\n\r\n` +
          `BEGIN:VCALENDAR\r\nMETHOD:${secret}\r\n${token}\r\n`,
      ),
      secret,
    );
    await eventually('the refusals, the fault and the mail are told', () => {
      const messages = entries()
        .slice(before)
        .map((each) => each['msg']);
      return (
        messages.filter((each) => each === 'letter not taken').length === 2 &&
        ['internal', 'mail read'].every((each) => messages.includes(each))
      );
    });
    product.sink.always(() => undefined);
    const lines = entries().map((each) => JSON.stringify(each));
    expect(
      lines.filter((line) => /@|%40|nasty/i.test(line) || /[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/.test(line)),
    ).toEqual([]);
  });

  it('nothing is lost when every app stops in the middle: what was answered 2xx leaves after the restart', async () => {
    const apps =
      setup === 'three apps on RabbitMQ' ? (['notification-sender', 'imip-ingestor'] as const) : ([] as const);
    const { room, guest, host } = await product.book();
    for (const app of apps) expect(await product.stop(app)).toBe(0);
    const people = Array.from(
      { length: 5 },
      (_, n) => [`h${n}-${room.roomId}@hosts.test`, `g${n}-${room.roomId}@guests.test`] as const,
    );
    for (const [h, g] of people) {
      const { status } = await product.api('POST', '/api/practice-room/create', {
        startUtc: '2031-05-05T10:00:00Z',
        endUtc: '2031-05-05T11:00:00Z',
        host: { email: h },
        guest: { email: g },
      });
      expect(status).toBe(201);
    }
    if (setup === 'standalone without a broker') await product.stop('standalone', 'SIGKILL');
    for (const app of setup === 'standalone without a broker' ? (['standalone'] as const) : apps)
      await product.start(app);
    for (const email of people.flat())
      await eventually(`the invitation to ${email}`, () => product.mailsTo(email).length > 0, { timeoutMs: 40_000 });
    await guest.reply('thunderbird', { kind: 'decline' });
    await host.mail(1);
  }, 60_000);
});
