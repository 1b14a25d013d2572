// A real SMTP conversation in, pages and JSON out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTransport } from 'nodemailer';
import { createHttpApp, createLogger } from '#service';
import { type CatchingServer, startCatchingServer } from './catching-server';
import { MailStore } from './mail-store';
import { prefersHtml } from './mailbox.controller';
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
      imports: [MailboxModule.with({ store, publicUrl: 'http://demo.example:8080' })],
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
      expect(page.body).not.toMatch(/<script|<img/i);
      expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    }
    const frame = await get(`/dev/mails/${mail?.id}/html`, browser);
    expect(frame.headers['content-security-policy']).toMatch(
      /^sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
    );
  });

  it('does not know a mail by a path', async () => {
    for (const id of ['nope', '..%2f..%2fetc%2fpasswd', '%00'])
      expect((await get(`/dev/mails/${id}/raw`)).statusCode).toBe(404);
  });

  it('still has the mails after a restart, in their order', async () => {
    await send({ to: 'order@example.com', subject: 'first' });
    await send({ to: 'order@example.com', subject: 'second' });
    const again = new MailStore(folder);
    expect(again.list('order@example.com').map((mail) => mail.subject)).toEqual(['first', 'second']);
    expect(again.list()).toEqual(new MailStore(folder).list());
  });
});

it.each([
  [undefined, false],
  ['*/*', false],
  ['application/json', false],
  ['application/json, text/html;q=0.5', false],
  ['text/html', true],
  [browser, true],
])('takes Accept %p for a browser: %p', (accept, expected) => expect(prefersHtml(accept)).toBe(expected));
