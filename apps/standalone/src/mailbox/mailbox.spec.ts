// A real SMTP conversation in, pages and JSON out.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTransport } from 'nodemailer';
import { createHttpApp, createLogger } from '#service';
import { languages } from '#words';
import { senderSettings } from '../../../../test/support/sender-events';
import { type CatchingServer, startCatchingServer } from './catching-server';
import { MailStore } from './mail-store';
import { MailboxModule } from './mailbox.module';

const logger = createLogger({ app: 'test', level: 'silent' });
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const calendar = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n';

describe('the mailbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailbox-'));
  let smtp: CatchingServer;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const store = new MailStore(folder);
    smtp = await startCatchingServer(store, logger);
    app = await createHttpApp({
      imports: [MailboxModule.with({ store, settings: { ...senderSettings, PUBLIC_URL: 'http://demo.example:8080' } })],
      checks: [],
      logger,
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });

  afterAll(async () => {
    await app.close();
    await smtp.close();
    rmSync(folder, { recursive: true });
  });

  const send = async (mail: {
    to: string | string[];
    subject: string;
    text?: string;
    html?: string;
  }): Promise<void> => {
    const transport = createTransport(smtp.url);
    await transport.sendMail({
      from: 'scheduling@example.org',
      envelope: { from: 'bounces@example.org', to: mail.to },
      alternatives: [
        {
          contentType: 'text/calendar; charset=utf-8; method=REQUEST',
          content: calendar,
          contentTransferEncoding: 'base64',
        },
      ],
      ...mail,
    });
    transport.close();
  };

  const get = (url: string, accept = '*/*') => app.inject({ url, headers: { accept } });
  const mailsTo = async (
    to: string,
  ): Promise<{ id: string; subject: string; from: string; to: string; raw: string; receivedAt: string }[]> =>
    (await get(`/dev/mails?to=${encodeURIComponent(to)}`)).json<{ items: never[] }>().items;

  it('answers a plain client with JSON that holds the raw source', async () => {
    await send({ to: 'ada+work@example.com', subject: 'Übung — Invitation', text: 'See https://example.org/x' });
    const [mail, ...others] = await mailsTo('ADA+work@example.com');
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      to: 'ada+work@example.com',
      from: 'bounces@example.org',
      subject: 'Übung — Invitation',
    });
    expect(mail?.raw).toContain(Buffer.from(calendar).toString('base64'));
    expect(Math.abs(Date.parse(mail?.receivedAt ?? '') - Date.now())).toBeLessThan(10_000);
  });

  it('finds an address whose plus was not escaped', async () => {
    await send({ to: 'plus+tag@example.com', subject: 'Plus' });
    expect((await get('/dev/mails?to=plus+tag@example.com')).json<{ items: unknown[] }>().items).toHaveLength(1);
  });

  it('finds an address by either form of its domain', async () => {
    await send({ to: 'idn@xn--bcher-kva.example', subject: 'IDN' });
    for (const to of ['idn@bücher.example', 'IDN@BÜCHER.example', 'idn@xn--bcher-kva.example'])
      expect(await mailsTo(to)).toHaveLength(1);
  });

  it('keeps a copy for each recipient and mixes nobody up', async () => {
    await send({ to: ['one@example.com', 'two@example.com'], subject: 'Both' });
    expect((await mailsTo('one@example.com')).map((mail) => mail.to)).toEqual(['one@example.com']);
    expect(await mailsTo('three@example.com')).toEqual([]);
  });

  it('shows a browser the list and the parts of a mail', async () => {
    await send({
      to: 'page@example.com',
      subject: 'For the page',
      text: 'Open https://example.org/reschedule?r=abc now',
      html: '<p>Hello</p>',
    });
    const [mail] = await mailsTo('page@example.com');
    const list = await get('/dev/mails', browser);
    expect(list.headers['content-type']).toContain('text/html');
    expect(list.body).toContain(`/dev/mails/${mail?.id}`);
    const page = await get(`/dev/mails/${mail?.id}`, browser);
    expect(page.body).toContain('METHOD:REQUEST');
    expect(page.body).toContain(
      '<a href="https://example.org/reschedule?r=abc" target="_blank" rel="noopener noreferrer">',
    );
    expect((await get(`/dev/mails/${mail?.id}/raw`)).rawPayload.toString()).toBe(mail?.raw);
  });

  it('lets hostile HTML run nowhere', async () => {
    const hostile = '<script>alert(1)</script><img src=x onerror=alert(2)>';
    await send({ to: 'hostile@example.com', subject: `</title>${hostile}`, text: hostile, html: hostile });
    const [mail] = await mailsTo('hostile@example.com');
    for (const url of ['/dev/mails', `/dev/mails/${mail?.id}`]) {
      const page = await get(url, browser);
      // One script is the page's own; the policy knows it by its hash.
      const foreign = page.body.replace(/<script type="module">\nsetInterval[^<]+<\/script>/, '');
      expect(foreign).not.toMatch(/<script|<img/i);
      expect(page.headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; script-src(?: 'sha256-[^']+')+; connect-src 'self';/,
      );
    }
    const frame = await get(`/dev/mails/${mail?.id}/html`, browser);
    expect(frame.headers['content-security-policy']).toMatch(
      /^sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
    );
  });

  it('finds mails by words of address and subject, and turns pages', async () => {
    for (let number = 1; number <= 52; number++)
      await send({ to: `many-${number}@example.com`, subject: `Heap number ${number}` });
    const page = async (query: string): Promise<string> => (await get(`/dev/mails?${query}`, browser)).body;
    expect((await page('q=heap')).match(/class="mail"/g)).toHaveLength(50);
    expect(await page('q=heap')).toMatch(
      /Heap number 52[^]*page 1 of 2[^]*href="\/dev\/mails\?q=heap&amp;page=2">Older/,
    );
    expect((await page('q=heap&page=2')).match(/Heap number \d+/g)).toEqual(['Heap number 2', 'Heap number 1']);
    expect((await page('q=NUMBER+17+many-17')).match(/Heap number \d+/g)).toEqual(['Heap number 17']);
    expect(await page('q=%3Cb%3E')).toMatch(/0 mails with “&lt;b&gt;”/);
    for (const odd of ['page=-1', 'page=x', 'page=9e9', 'q=']) expect(await page(odd)).toContain('class="mail"');
  });

  it('knows the room of an invitation, and of a letter that refers to it, also after a restart', async () => {
    const roomId = randomUUID();
    const { to, messageId } = { to: 'room@example.com', messageId: '<first@example.org>' };
    const body = `METHOD:REQUEST\r\nUID:${roomId}@example.org\r\n`;
    const transport = createTransport(smtp.url);
    const icalEvent = { method: 'REQUEST', content: `BEGIN:VCALENDAR\r\n${body}END:VCALENDAR\r\n` };
    await transport.sendMail({ from: 'a@example.org', to, subject: 'Invited', messageId, icalEvent, text: 'x' });
    await transport.sendMail({ from: 'a@example.org', to, subject: 'Later', references: [messageId], text: 'x' });
    transport.close();
    const rooms = (store: MailStore) => store.list(to).map((mail) => mail.roomId);
    expect(rooms(new MailStore(folder))).toEqual([roomId, roomId]);
    const list = (await get(`/dev/mails?to=${to}`, browser)).body;
    expect(list.split(`href="/?room=${roomId}"`)).toHaveLength(3);
    const [first] = await mailsTo(to);
    expect((await get(`/dev/mails/${first?.id}`, browser)).body).toContain(`href="/?room=${roomId}"`);
  });

  it('does not know a mail by a path', async () => {
    for (const id of ['nope', '..%2f..%2fetc%2fpasswd', '%00'])
      expect((await get(`/dev/mails/${id}/raw`)).statusCode).toBe(404);
  });

  it('shows every kind of letter in every language, light and dark, with the names that are set', async () => {
    for (const language of languages) {
      const page = (await get(`/dev/letters?lang=${language}`, browser)).body;
      const frames = page.match(/src="\/dev\/letters\/[a-z]{2}\/\d+\/(?:light|dark)"/g) ?? [];
      expect(frames).toHaveLength(2 * 22);
      expect(frames.every((frame) => frame.includes(`/${language}/`))).toBe(true);
      const letter = (await get(`/dev/letters/${language}/0/dark`, browser)).body;
      expect(letter).toContain(`<html lang="${language}"`);
      expect(letter).toContain('<style>@media all{');
    }
    const page = (await get('/dev/letters', browser)).body;
    expect(page).toContain('Central Scheduling &lt;scheduling@central.example&gt;');
    expect(page).toMatch(/Not set: <b>BRAND_NAME<\/b>/);
    expect((await get('/dev/letters/en/0/light')).body).toContain('<style>@media not all{');
    for (const odd of ['en/99/light', 'en/0/blue', 'en/x/light'])
      expect((await get(`/dev/letters/${odd}`)).statusCode).toBe(404);
  });

  it('still has the mails after a restart, in their order', async () => {
    await send({ to: 'order@example.com', subject: 'first' });
    await send({ to: 'order@example.com', subject: 'second' });
    const again = new MailStore(folder);
    expect(again.list('order@example.com').map((mail) => mail.subject)).toEqual(['first', 'second']);
    expect(again.list()).toEqual(new MailStore(folder).list());
  });
});
