// Everything else that comes back to a mailbox, end to end: bounces and delivery events, people's words, robots,
// requests for the invitation.
// Nobody is mailed about a bounce; words are answered once with a link and never relayed.
import { randomUUID } from 'node:crypto';
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import { closedObject } from '../../libs/mime/src/cms.fixture';
import { writeAs, type WrittenReply } from '../../apps/standalone/src/simulator/write-as';
import type { Client } from '../../apps/standalone/src/simulator/reply-as';
import type { ApiBody } from '../support/scheduling-api';
import { answerMail } from '../support/answer-mail';
import { eventually } from '../support/eventually';
import { type Party, type Product, type Setup, startProduct } from '../support/product';

const token = 'e2e-inbound-token-of-thirty-two-characters';
const plainText = (raw: Buffer): string =>
  readMail(raw)
    .parts.find((each) => each.type === 'text/plain')
    ?.body.toString('utf8') ?? '';
const calendarIn = (raw: Buffer): string =>
  readMail(raw)
    .parts.find((each) => each.type === 'text/calendar')
    ?.body.toString('utf8') ?? '';
const linkIn = (raw: Buffer, page: string): string =>
  plainText(raw)
    .split(/\r?\n/)
    .find((line) => new RegExp(`^https?://\\S+/${page}\\?`).test(line)) ?? '';
const messageIdOf = (raw: Buffer): string =>
  readMail(raw).headers.find(({ name }) => name === 'message-id')?.value ?? '';

describe.each<[Setup, 'on' | 'off']>([
  ['three apps on RabbitMQ', 'off'],
  ['standalone without a broker', 'on'],
])('%s, reply tags %s', (setup, tagging) => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(setup, { ORGANIZER_TAGGING: tagging });
  }, 60_000);
  afterAll(() => product.end(), 30_000);

  const write = async (client: Client, who: Party, writing: WrittenReply, to = 0): Promise<string> => {
    const sent = writeAs(client, await who.mail(to), writing, { now: new Date(), id: randomUUID() });
    return product.deliver(sent.raw, sent.envelopeFrom);
  };
  const deliveryOf = async (roomId: string, role: string): Promise<string | undefined> =>
    (await product.room(roomId)).invitations.find((each) => each.role === role)?.delivery.state;
  const timeline = async (roomId: string): Promise<ApiBody[]> =>
    (await product.api('GET', `/api/practice-room/${roomId}/timeline`)).body.items;
  const hook = (body: unknown): Promise<Response> =>
    fetch(`${product.url('imip-ingestor')}/api/hooks/email-status`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
  const readAs = (id: string): Promise<{ verdict: string; why: string }> =>
    eventually(
      `mail ${id} is read`,
      async () =>
        (
          await product.database.db.query<{ verdict: string; why: string }>(
            `select verdict, why from imip_messages where id = $1 and state = 'read'`,
            [id],
          )
        )[0],
    );

  it.each<Client>(['google', 'outlook', 'thunderbird'])(
    'a bounce of %s shows in the delivery, and mails nobody',
    async (client) => {
      const { room, host, guest } = await product.book();
      await write(client, guest, { kind: 'bounce' });
      await eventually('the delivery shows it', async () => (await deliveryOf(room.roomId, 'guest')) === 'bounced');
      expect(await deliveryOf(room.roomId, 'host')).toBe('sent');
      expect((await product.room(room.roomId)).invitations.map((each) => each.partstat)).toEqual([
        'needs-action',
        'needs-action',
      ]);
      expect(await timeline(room.roomId)).toContainEqual(
        expect.objectContaining({
          kind: 'delivery',
          role: 'guest',
          verdict: 'bounced',
          messageId: messageIdOf(await guest.mail(0)),
        }),
      );
      expect([product.mailsTo(host.email).length, product.mailsTo(guest.email).length]).toEqual([1, 1]);
    },
  );

  it('two reports under one Message-ID, as dma writes them, both count; the same one twice counts once', async () => {
    const rooms = [await product.book(), await product.book()];
    const id = randomUUID();
    for (const { guest } of [...rooms, ...rooms]) {
      const sent = writeAs('thunderbird', await guest.mail(0), { kind: 'bounce' }, { now: new Date(), id });
      await product.deliver(sent.raw, sent.envelopeFrom);
    }
    for (const { room } of rooms)
      await eventually('it shows', async () => (await deliveryOf(room.roomId, 'guest')) === 'bounced');
    for (const { room } of rooms) {
      const reports = (): Promise<ApiBody[]> =>
        timeline(room.roomId).then((items) => items.filter(({ verdict }) => String(verdict) === 'ignored'));
      await eventually('the repeat is ignored', async () => (await reports()).length === 1);
    }
  });

  it('delivery events come in any order and more than once; what is final stays', async () => {
    const { room, guest } = await product.book();
    await eventually('the letter is recorded as sent', async () => (await deliveryOf(room.roomId, 'guest')) === 'sent');
    const event = { messageId: messageIdOf(await guest.mail(0)), recipient: guest.email };
    expect((await hook({ ...event, event: 'deferred', code: '4.4.1' })).status).toBe(202);
    await eventually('deferred', async () => (await deliveryOf(room.roomId, 'guest')) === 'deferred');
    await hook({ ...event, event: 'delivered' });
    await eventually('delivered', async () => (await deliveryOf(room.roomId, 'guest')) === 'delivered');
    await hook({ ...event, event: 'deferred' });
    await hook({ ...event, event: 'bounced', code: '5.1.1', detail: 'User unknown' });
    await eventually('bounced', async () => (await deliveryOf(room.roomId, 'guest')) === 'bounced');
    await hook({ ...event, event: 'bounced', code: '5.1.1' });
    await hook({ ...event, event: 'delivered' });
    const other = await product.book();
    await hook({ messageId: messageIdOf(await other.guest.mail(0)), recipient: other.guest.email, event: 'delivered' });
    await eventually(
      'a later event took effect',
      async () => (await deliveryOf(other.room.roomId, 'guest')) === 'delivered',
    );
    expect(await deliveryOf(room.roomId, 'guest')).toBe('bounced');
    expect(
      (await timeline(room.roomId)).filter(({ kind }) => kind === 'delivery').map(({ verdict }) => verdict),
    ).toEqual(['deferred', 'delivered', 'bounced']);
  });

  it('a bounce of an old letter does not change the state of the newest one', async () => {
    const { room, guest } = await product.book();
    const first = messageIdOf(await guest.mail(0));
    await product.api('POST', '/api/practice-room/delete', { roomId: room.roomId });
    await guest.mail(1);
    await eventually('the cancellation is recorded', async () =>
      (await product.room(room.roomId)).invitations.every((each) => each.lastMethodSent === 'cancel'),
    );
    await hook({ messageId: first, recipient: guest.email, event: 'bounced', code: '5.1.1' });
    await eventually('the timeline tells it', async () =>
      (await timeline(room.roomId)).some(({ kind, messageId }) => kind === 'delivery' && messageId === first),
    );
    expect(await deliveryOf(room.roomId, 'guest')).toBe('sent');
  });

  it('the hook requires its token and a whole event, and does not reveal whether a letter exists', async () => {
    const anonymous = await fetch(`${product.url('imip-ingestor')}/api/hooks/email-status`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(anonymous.status).toBe(401);
    expect((await hook({ event: 'delivered' })).status).toBe(422);
    expect((await hook({ messageId: '<nobody@nowhere.test>', recipient: 'x@y.test', event: 'opened' })).status).toBe(
      422,
    );
    expect((await hook({ messageId: '<nobody@nowhere.test>', recipient: 'x@y.test', event: 'delivered' })).status).toBe(
      202,
    );
  });

  it('words get one answer each with a link, go to nobody else, and change nothing', async () => {
    const { room, host, guest } = await product.book();
    const words = 'Sorry, could we find some other time? Call me: +49 170 1234567';
    await write('google', guest, { kind: 'text', text: words });
    const answer = await guest.mail(1);
    expect(linkIn(answer, 'reschedule')).not.toBe('');
    expect(answer.toString('latin1')).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    // Something else is answered as well, the same once more is not.
    await readAs(await write('outlook', guest, { kind: 'text', text: 'I will be there, yes.' }));
    expect(linkIn(await guest.mail(2), 'confirm')).not.toBe('');
    await readAs(await write('google', guest, { kind: 'text', text: words }));
    await eventually('the third is refused', async () =>
      (await timeline(room.roomId)).some(({ why }) => String(why).startsWith('asked-before')),
    );
    expect(product.mailsTo(guest.email)).toHaveLength(3);
    expect(product.mailsTo(host.email)).toHaveLength(1);
    expect(JSON.stringify(await timeline(room.roomId))).not.toContain('1234567');
    expect(await product.room(room.roomId)).toMatchObject({ status: 'scheduled', sequence: 0, proposals: [] });
  });

  it('COUNTERs that cannot be taken up are refused by one letter a day, and nobody else gets a mail', async () => {
    const { room, host, guest } = await product.book();
    for (let n = 1; n <= 3; n++) {
      const startUtc = new Date(Date.UTC(2020, 1, n, 9));
      await guest.reply('outlook', { kind: 'counter', startUtc, endUtc: new Date(startUtc.getTime() + 3_600_000) });
    }
    expect((await guest.mail(1)).toString('latin1')).toContain('method=DECLINECOUNTER');
    await eventually(
      'the others are recorded',
      async () =>
        (await timeline(room.roomId)).filter(({ why }) => String(why).startsWith('refused-before')).length === 2,
    );
    expect([product.mailsTo(guest.email).length, product.mailsTo(host.email).length]).toEqual([2, 1]);
  });

  it.each([
    ['S/MIME', 'application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', closedObject().toString('base64')],
    [
      'PGP',
      'text/plain',
      Buffer.from('-----BEGIN PGP MESSAGE-----\n\nwy4E\n-----END PGP MESSAGE-----').toString('base64'),
    ],
  ])('whoever writes encrypted with %s is told that we cannot read it', async (_what, type, body) => {
    const { room, host, guest } = await product.book();
    const raw = [
      `From: ${guest.email}`,
      'To: scheduling@central.test',
      'Subject: Re: Practice Session',
      `Message-ID: <${randomUUID()}@guest.test>`,
      'MIME-Version: 1.0',
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      '',
      body,
    ];
    await product.deliver(Buffer.from(raw.join('\r\n')), guest.email);
    const answer = await guest.mail(1);
    expect(plainText(answer)).toContain('encrypted');
    expect(linkIn(answer, 'reschedule')).not.toBe('');
    expect(product.mailsTo(host.email)).toHaveLength(1);
    expect(await product.room(room.roomId)).toMatchObject({ status: 'scheduled', sequence: 0 });
  });

  it('a COUNTER whose time cannot be determined is answered once with the form and why; nothing moves', async () => {
    const { room, host, guest } = await product.book();
    const invitation = await guest.mail(0);
    const counter = (): Buffer =>
      Buffer.from(
        answerMail(invitation, guest, { method: 'COUNTER', start: '20310506T120000' })
          .toString()
          .replace('DTSTART:', 'DTSTART;TZID=Customized Time Zone:'),
      );
    await product.deliver(counter(), guest.email);
    const answer = await guest.mail(1);
    expect(plainText(answer).replaceAll(/\s+/g, ' ')).toContain('we could not tell which time it means');
    expect(linkIn(answer, 'reschedule')).not.toBe('');
    expect(answer.toString('latin1')).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    expect(await readAs(await product.deliver(counter(), guest.email))).toMatchObject({ verdict: 'event' });
    await eventually('the second is not answered', async () =>
      (await timeline(room.roomId)).some(({ why }) => String(why).startsWith('asked-before')),
    );
    expect([product.mailsTo(guest.email).length, product.mailsTo(host.email).length]).toEqual([2, 1]);
    expect(await product.room(room.roomId)).toMatchObject({ status: 'scheduled', sequence: 0, proposals: [] });
  });

  it('a time in words comes back as a form that is filled in with it', async () => {
    const { guest } = await product.book();
    await write('google', guest, { kind: 'text', text: 'Could we do 6 May 2031 at 3pm instead?' });
    const link = linkIn(await guest.mail(1), 'reschedule');
    expect(link).toContain('&start=2031-05-06T');
    const page = await (await fetch(link, { headers: { accept: 'text/html', 'sec-fetch-dest': 'document' } })).text();
    expect(page).toMatch(/value="2031-05-06"/);
    expect(page).toMatch(/value="15:00"/);
  });

  it('a no in words gets a link to the page that asks; the meeting stands until its button is pressed', async () => {
    const { room, guest } = await product.book();
    await write('thunderbird', guest, { kind: 'text', text: "I can't make it, sorry." });
    const link = linkIn(await guest.mail(1), 'confirm');
    expect((await fetch(link, { headers: { accept: 'text/html', 'sec-fetch-dest': 'document' } })).status).toBe(200);
    expect((await product.room(room.roomId)).status).toBe('scheduled');
    const body = new URLSearchParams({ t: new URL(link).searchParams.get('t') ?? '' });
    expect(
      (await fetch(new URL('/confirm', link), { method: 'POST', body, headers: { accept: 'text/html' } })).status,
    ).toBe(200);
    await eventually('the room is cancelled', async () => (await product.room(room.roomId)).status === 'cancelled');
  });

  it('a maybe in words gets a link to the page that asks, and counts once its button is pressed', async () => {
    const { room, guest } = await product.book();
    await write('apple', guest, { kind: 'text', text: 'Być może' });
    const mail = await guest.mail(1);
    expect(plainText(mail)).toContain('To answer maybe, open this link');
    const link = linkIn(mail, 'confirm');
    const body = new URLSearchParams({ t: new URL(link).searchParams.get('t') ?? '', answer: 'yes' });
    expect((await fetch(new URL('/confirm', link), { method: 'POST', body })).status).toBe(200);
    const [, answered] = (await product.room(room.roomId)).invitations;
    expect(answered).toMatchObject({ role: 'guest', partstat: 'tentative' });
  });

  it('automatic replies are recorded and never answered', async () => {
    const { room, guest, host } = await product.book();
    expect(await readAs(await write('outlook', guest, { kind: 'out-of-office' }))).toMatchObject({
      verdict: 'recorded',
    });
    const list = Buffer.from(
      `From: ${guest.email}\r\nList-Id: <people.test>\r\nSubject: hi\r\n\r\nI can't make it\r\n`,
    );
    expect(await readAs(await product.deliver(list, guest.email))).toMatchObject({ verdict: 'ignored' });
    expect([product.mailsTo(host.email).length, product.mailsTo(guest.email).length]).toEqual([1, 1]);
    await eventually('both invitations show as sent', async () =>
      (await product.room(room.roomId)).invitations.every((each) => each.delivery.state === 'sent'),
    );
    // Without effect, and yet in the room's history.
    const { items } = (await product.api('GET', `/api/practice-room/${room.roomId}/timeline`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'mail',
        role: 'guest',
        verdict: 'recorded',
        why: expect.stringMatching(/^[a-z-]+: /),
      }),
    );
  });

  it(
    'a REFRESH brings the current invitation again: same SEQUENCE, the attendee’s answer, a new DTSTAMP; not ' +
      'twice at a time',
    async () => {
      const { room, guest } = await product.book();
      const invitation = calendarIn(await guest.mail(0)).replaceAll('\r\n ', '');
      await guest.reply('google', { kind: 'accept' });
      await eventually('the acceptance counts', async () =>
        (await product.room(room.roomId)).invitations.some((each) => each.partstat === 'accepted'),
      );
      const refresh = (id: string): Buffer =>
        Buffer.from(
          [
            `From: <${guest.email}>`,
            `Message-ID: <${id}@guests.test>`,
            'Content-Type: text/calendar; method=REFRESH; charset=utf-8',
            '',
            'BEGIN:VCALENDAR',
            'VERSION:2.0',
            'METHOD:REFRESH',
            'BEGIN:VEVENT',
            `UID:${room.uid}`,
            /ORGANIZER\S*.*/.exec(invitation)?.[0] ?? '',
            `ATTENDEE:mailto:${guest.email}`,
            `DTSTAMP:20301101T0800${id}Z`,
            'END:VEVENT',
            'END:VCALENDAR',
            '',
          ].join('\r\n'),
        );
      await product.deliver(refresh('01'), guest.email);
      const again = calendarIn(await guest.mail(1)).replaceAll('\r\n ', '');
      expect(again).toMatch(/METHOD:REQUEST[^]*SEQUENCE:0\r/);
      expect(again).toContain('PARTSTAT=ACCEPTED');
      expect(/DTSTAMP:\S+/.exec(again)?.[0]).not.toBe(/DTSTAMP:\S+/.exec(invitation)?.[0]);
      await product.deliver(refresh('02'), guest.email);
      await eventually('the second is refused', async () =>
        (await timeline(room.roomId)).some(({ why }) => String(why).startsWith('rate-limited')),
      );
      expect(product.mailsTo(guest.email)).toHaveLength(2);
    },
  );

  it('a delegation and a method nobody knows are recorded, and nobody is added', async () => {
    const { room, guest } = await product.book();
    const mail = (method: string, partstat: string): Buffer =>
      Buffer.from(
        [
          `From: <${guest.email}>`,
          `Message-ID: <${method}${partstat}@guests.test>`,
          `Content-Type: text/calendar; method=${method}; charset=utf-8`,
          '',
          'BEGIN:VCALENDAR',
          'VERSION:2.0',
          `METHOD:${method}`,
          'BEGIN:VEVENT',
          `UID:${room.uid}`,
          `ATTENDEE;PARTSTAT=${partstat};DELEGATED-TO="mailto:other@x.test":mailto:${guest.email}`,
          'DTSTAMP:20301101T080000Z',
          'END:VEVENT',
          'END:VCALENDAR',
          '',
        ].join('\r\n'),
      );
    expect(await readAs(await product.deliver(mail('REPLY', 'DELEGATED'), guest.email))).toMatchObject({
      verdict: 'recorded',
      why: 'delegated: nobody is added',
    });
    expect(await readAs(await product.deliver(mail('X-WAVE', 'ACCEPTED'), guest.email))).toMatchObject({
      verdict: 'ignored',
    });
    expect(product.sink.mails.filter((each) => each.to.includes('other@x.test'))).toEqual([]);
    expect((await product.room(room.roomId)).invitations.map((each) => each.partstat)).toEqual([
      'needs-action',
      'needs-action',
    ]);
  });
});
