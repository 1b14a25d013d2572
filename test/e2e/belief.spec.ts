// Whom the mailbox believes, end to end: reply tags, held answers and the one mail that asks, pages that never act by
// themselves.
// With reply tags on; the same answers under lenient and under verified trust.
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import { eventually } from '../support/eventually';
import { organizer, type Party, type Product, startProduct } from '../support/product';

const textIn = (raw: Buffer, type: string): string =>
  readMail(raw)
    .parts.find((each) => each.type === type)
    ?.body.toString('utf8') ?? '';
const linkIn = (raw: Buffer, page: string): string =>
  textIn(raw, 'text/plain')
    .split(/\r?\n/)
    .find((line) => new RegExp(`^https?://\\S+/${page}\\?`).test(line)) ?? '';
const asBrowser = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };
const post = (link: string, fields: Record<string, string>): Promise<Response> => {
  const url = new URL(link);
  const body = new URLSearchParams({ t: url.searchParams.get('t') ?? '', ...fields });
  return fetch(`${url.origin}${url.pathname}`, {
    method: 'POST',
    body,
    headers: { ...asBrowser, 'sec-fetch-site': 'same-origin' },
  });
};
/** ORGANIZER of an invitation, unfolded. */
const organizerOf = (raw: Buffer): string =>
  /ORGANIZER[^\n]*?mailto:(\S+)/.exec(textIn(raw, 'text/calendar').replaceAll('\r\n ', ''))?.[1] ?? '';
const header = (raw: Buffer, name: string): string =>
  readMail(raw).headers.find((each) => each.name === name)?.value ?? '';

async function asked(product: Product, { email }: Party, from = 1): Promise<Buffer> {
  return eventually(
    `the question to ${email}`,
    () =>
      product
        .mailsTo(email)
        .slice(from)
        .find(({ raw }) => linkIn(raw, 'confirm') !== '')?.raw,
  );
}

describe('with reply tags, lenient', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct('standalone without a broker', { ORGANIZER_TAGGING: 'on' });
  }, 180_000);
  afterAll(() => product.end(), 30_000);

  const partstats = async (roomId: string): Promise<string> =>
    (await product.room(roomId)).invitations.map((each) => each.partstat).join();

  it('each attendee has a reply address of their own, in every letter of the room, in all four places', async () => {
    const { room, host, guest } = await product.book();
    const [toHost, toGuest] = [await host.mail(0), await guest.mail(0)];
    expect(organizerOf(toHost)).toMatch(/^scheduling\+[a-z2-7]{20}@organizer\.test$/);
    expect(organizerOf(toGuest)).toMatch(/^scheduling\+[a-z2-7]{20}@organizer\.test$/);
    expect(organizerOf(toGuest)).not.toBe(organizerOf(toHost));
    for (const { from, raw } of product.mailsTo(guest.email)) {
      expect(from).toBe(organizerOf(toGuest));
      for (const name of ['from', 'reply-to']) expect(header(raw, name)).toContain(`<${organizerOf(toGuest)}>`);
    }
    await product.api('POST', '/api/practice-room/delete', { roomId: room.roomId });
    expect(organizerOf(await guest.mail(1))).toBe(organizerOf(toGuest));
    const stored = await product.database.db.query(
      `select invitations::text as row from invitations where room_id = $1 union all select content::text from letters
          where room_id = $1`,
      [room.roomId],
    );
    const tag = organizerOf(toGuest).slice('scheduling+'.length, -'@organizer.test'.length);
    expect(JSON.stringify(stored)).not.toContain(tag);
  });

  it('an answer that carries the other party’s tag is put to that party, whoever wrote it', async () => {
    const { room, host, guest } = await product.book();
    const own = (await host.mail(0)).toString('latin1');
    expect(own).not.toContain(organizerOf(await guest.mail(0)));
    const { raw } = await forged(guest, 'DECLINED', organizerOf(await host.mail(0)), guest.email);
    await product.deliver(raw, guest.email);
    await asked(product, host);
    expect((await product.room(room.roomId)).status).toBe('scheduled');
    expect(product.mailsTo(guest.email)).toHaveLength(1);
  });

  it('a forged decline changes nothing, asks its victim once, and only a POST of the victim cancels', async () => {
    const { room, host, guest } = await product.book();
    for (let n = 0; n < 3; n++) {
      const { raw } = await forged(guest, 'DECLINED', organizer, `eve${n}@evil.test`);
      await product.deliver(raw, `eve${n}@evil.test`);
    }
    const question = await asked(product, guest);
    const link = linkIn(question, 'confirm');
    expect(header(question, 'auto-submitted')).toBe('auto-replied');
    expect(question.toString('latin1')).not.toContain(host.email);
    // Looks of any kind, a machine's or a person's, again and again.
    for (const headers of [asBrowser, asBrowser, { accept: '*/*' }])
      expect((await fetch(link, { headers })).status).toBe(200);
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    expect(await partstats(room.roomId)).toBe('needs-action,needs-action');
    expect(product.mailsTo(guest.email).filter(({ raw }) => linkIn(raw, 'confirm') !== '')).toHaveLength(1);
    expect(product.mailsTo(host.email)).toHaveLength(1);
    expect((await fetch(`${link.slice(0, -3)}AAA`, { headers: asBrowser })).status).toBe(404);
    const page = await (await fetch(link, { headers: asBrowser })).text();
    for (const { email } of [host, guest]) expect(page).not.toContain(email);
    expect(page.match(/<form method="post" action="\/confirm">/g)).toHaveLength(2);
    expect(
      (
        await fetch(new URL('/confirm', link), {
          method: 'POST',
          body: new URLSearchParams({ t: new URL(link).searchParams.get('t') ?? '' }),
          headers: { ...asBrowser, 'sec-fetch-site': 'cross-site' },
        })
      ).status,
    ).toBe(403);
    expect((await post(link, { answer: 'yes' })).status).toBe(200);
    await eventually('the room is cancelled', async () => (await product.room(room.roomId)).status === 'cancelled');
    expect((await post(link, { answer: 'yes' })).status).toBe(409);
    await eventually('both are told', () =>
      [host, guest].every(({ email }) =>
        product.mailsTo(email).some(({ raw }) => textIn(raw, 'text/calendar').includes('METHOD:CANCEL')),
      ),
    );
  });

  it('what the victim did not write is set aside by the other button', async () => {
    const { room, guest } = await product.book();
    const { raw } = await forged(guest, 'DECLINED', organizer, 'eve@evil.test');
    await product.deliver(raw, 'eve@evil.test');
    const link = linkIn(await asked(product, guest), 'confirm');
    expect((await post(link, { answer: 'no' })).status).toBe(200);
    expect((await post(link, { answer: 'yes' })).status).toBe(409);
    expect(await product.room(room.roomId)).toMatchObject({ status: 'scheduled', sequence: 0 });
  });

  it('a held new time that is confirmed becomes a proposal like any other', async () => {
    const { room, host, guest } = await product.book();
    await guest.reply(
      'google',
      { kind: 'counter', startUtc: new Date('2031-05-06T12:00:00Z'), endUtc: new Date('2031-05-06T13:00:00Z') },
      { from: 'eve@evil.test' },
    );
    const link = linkIn(await asked(product, guest), 'confirm');
    expect((await product.room(room.roomId)).proposals).toEqual([]);
    expect((await post(link, { answer: 'yes' })).status).toBe(200);
    expect((await product.room(room.roomId)).proposals).toMatchObject([
      { status: 'pending', proposedBy: 'guest', startUtc: '2031-05-06T12:00:00.000Z' },
    ]);
    await eventually('the host is asked', () =>
      product.mailsTo(host.email).find(({ raw }) => linkIn(raw, 'approve') !== ''),
    );
  });
});

describe('with reply tags, verified', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct('three apps on RabbitMQ', {
      ORGANIZER_TAGGING: 'on',
      INBOUND_TRUST: 'verified',
      AUTHSERV_ID: 'mx.organizer.test',
    });
  }, 180_000);
  afterAll(() => product.end(), 30_000);

  it('an answer to the tagged address counts, one to the plain address is held', async () => {
    const { room, guest } = await product.book();
    await guest.reply('google', { kind: 'accept' });
    await eventually(
      'the acceptance counts',
      async () =>
        (await product.room(room.roomId)).invitations.find((each) => each.role === 'guest')?.partstat === 'accepted',
    );
    const { raw } = await forged(guest, 'DECLINED', organizer, guest.email);
    await product.deliver(raw, guest.email);
    await asked(product, guest);
    expect((await product.room(room.roomId)).status).toBe('scheduled');
  });

  it('an answer to the plain address counts with an aligned pass of the border', async () => {
    const { room, guest } = await product.book();
    const { raw } = await forged(guest, 'TENTATIVE', organizer, guest.email);
    await product.deliver(
      Buffer.concat([
        Buffer.from('Authentication-Results: mx.organizer.test; dkim=pass header.d=guests.test\r\n'),
        raw,
      ]),
      guest.email,
    );
    await eventually(
      'the answer counts',
      async () =>
        (await product.room(room.roomId)).invitations.find((each) => each.role === 'guest')?.partstat === 'tentative',
    );
  });
});

/** A REPLY in the guest's name, to whatever address, from whatever sender. */
async function forged(guest: Party, partstat: string, to: string, from: string): Promise<{ raw: Buffer }> {
  const uid = /UID:(\S+)/.exec(textIn(await guest.mail(0), 'text/calendar'))?.[1] ?? '';
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//x//x//EN',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'SEQUENCE:0',
    'DTSTAMP:20301101T080000Z',
    `ORGANIZER:mailto:${to}`,
    `ATTENDEE;PARTSTAT=${partstat}:mailto:${guest.email}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ];
  const head = [
    `From: <${from}>`,
    `To: <${to}>`,
    'Subject: Re',
    'Date: Fri, 01 Nov 2030 08:00:00 +0000',
    `Message-ID: <${Math.random()}@evil.test>`,
    'Content-Type: text/calendar; method=REPLY; charset=utf-8',
    '',
  ];
  return { raw: Buffer.from([...head, ...calendar].join('\r\n')) };
}
