// The demo as a newcomer uses it, in a real browser against a real `npm start`: every button of both mailboxes, and
// what comes back.
import type { Browser, Page } from 'playwright-core';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { languages } from '#words';
import { freePort } from '../support/free-port';
import { type Standalone, startStandalone } from '../support/standalone';
import {
  accessibilityFaults,
  dark,
  desk,
  eachLook,
  inWindow,
  launch,
  light,
  type Look,
  phone,
  shoot,
} from './chromium';

jest.setTimeout(180_000);

let database: FreshDatabase;
let app: Standalone;
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'demo-'));
beforeAll(async () => {
  database = await freshDatabase();
  app = await startStandalone({
    PORT: String(await freePort()),
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    DECISION_HOLD_SECONDS: '5',
  });
  browser = await launch();
}, 120_000);
afterAll(async () => {
  await browser.close();
  app.process.kill('SIGTERM');
  expect(await app.ended).toBe(0);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Books with the form as it stands, and waits for both invitations. */
async function book(page: Page, fill: Record<string, string> = {}): Promise<void> {
  await page.goto(app.url);
  for (const [name, value] of Object.entries(fill)) await page.fill(`[name=${name}]`, value);
  await page.click('text=Book the room');
  for (const role of ['host', 'guest']) await page.waitForSelector(`#${role} .mail`);
}

const press = (page: Page, role: 'host' | 'guest', act: string): Promise<void> =>
  page.click(`#${role} .mail[open] [data-act=${act}]`);
const partstat = (page: Page, role: 'host' | 'guest', said: string): Promise<unknown> =>
  page.waitForSelector(`.parties li:has(.dot.${role}):has-text("${said}")`);
const mail = (page: Page, role: 'host' | 'guest', subject: string): Promise<unknown> =>
  page.waitForSelector(`#${role} .mail[open] summary:has-text("${subject}")`);

const looks = Object.entries({ phone, desk }).flatMap(([size, { viewport }]) =>
  (['light', 'dark'] as const).map((colorScheme): Look => ({ name: `${size}-${colorScheme}`, viewport, colorScheme })),
);

/** The gallery is long: a picture of it in each language is taken only on demand. */
const pictured = process.env['PICTURES'] === 'all' ? languages : ['ar'];

describe('the demo', () => {
  it('is the first thing that npm start tells of', () => {
    expect(app.output()).toMatch(new RegExp(`Demo +${app.url}/`));
  });

  it('books, and an answer from each side comes back by mail without a reload', async () => {
    await inWindow(browser, { ...desk, ...light }, async (page) => {
      await book(page);
      for (const role of ['host', 'guest'] as const) {
        expect(await page.textContent(`#${role} .card`)).toMatch(
          /Practice Session.*(?:Central European|Eastern) Time, UTC[+−]/s,
        );
        const other = await page.textContent(`#${role === 'host' ? 'guest' : 'host'} .who p`);
        expect(await page.textContent(`#${role} .mails`)).not.toContain(other);
      }
      await page.selectOption('#guest .program select', 'apple');
      await press(page, 'guest', 'accept');
      await partstat(page, 'guest', 'accepted');
      await page.waitForSelector(
        '#guest .act:has-text("Apple sent: Accepted: Practice Session — read and accepted (reply: believed)")',
      );
      await page.click('#guest .act summary');
      expect(await page.textContent('#guest .act pre')).toContain('X-Mailer: Apple Mail');
      await page.selectOption('#host .program select', 'thunderbird');
      expect(await page.isDisabled('#host [data-act=counter]')).toBe(true);
      await press(page, 'host', 'tentative');
      await partstat(page, 'host', 'tentative');
      expect(await page.textContent('#timeline')).toMatch(/Answer from the host/);
    });
  });

  it('shows the webhooks that a platform gets beside the timeline, each signed', async () => {
    await inWindow(browser, { ...desk, ...light }, async (page) => {
      await book(page);
      for (const type of ['room.booked', 'letter.sent'])
        await page.waitForSelector(`#webhooks li:has-text("${type}"):has-text("signed")`);
      await press(page, 'guest', 'accept');
      const replied = '#webhooks li:has-text("attendee.replied")';
      await page.click(`${replied} summary`);
      expect(await page.textContent(`${replied} pre`)).toContain('"partstat": "accepted"');
      expect(await page.textContent('#webhooks')).not.toMatch(/wrong signature|@example/);
      await shoot(page, 'demo-webhooks');
    });
  });

  it('shows each part of a mail: letter, text, calendar part, source', async () => {
    await inWindow(browser, { ...desk, ...light }, async (page) => {
      await book(page);
      const frame = page.frameLocator('#host iframe');
      expect(await frame.locator('h1').textContent()).toBe('You are invited');
      await page.waitForFunction(
        '(({ clientHeight, contentDocument: { documentElement } }) => clientHeight > 0 && ' +
          "documentElement.scrollHeight <= clientHeight)(document.querySelector('#host iframe'))",
      );
      await page.click('#host .tabs >> text=Text');
      expect(await page.locator('#host .content pre a[href*="/reschedule?r="]').count()).toBe(1);
      await page.click('#host .tabs >> text=Calendar part');
      expect(await page.textContent('#host .content')).toContain('METHOD:REQUEST');
      await page.click('#host .tabs >> text=Source');
      expect(await page.textContent('#host .content')).toContain('Content-Type: multipart/mixed');
    });
  });

  it('moves the meeting: proposed in Outlook, scanned in vain, approved by a click in the mail', async () => {
    await inWindow(browser, { ...desk, ...dark }, async (page) => {
      await book(page);
      await press(page, 'host', 'counter');
      await page.click('#host .ask:not([hidden]) button');
      await mail(page, 'guest', 'Approve new time');
      await press(page, 'guest', 'scanner');
      await page.waitForSelector('#guest .act:has-text("every link, 9 requests. Nothing moved.")');
      await page.waitForSelector('#timeline >> text=nothing changes');
      expect(await page.textContent('.facts')).toContain('sequence 0');
      const [opened] = await Promise.all([
        page.context().waitForEvent('page'),
        page.frameLocator('#guest iframe').first().locator('a', { hasText: 'Approve' }).first().click(),
      ]);
      // A contested link shows buttons only.
      await opened.click('button:has-text("Approve")');
      for (const role of ['host', 'guest'] as const) await mail(page, role, 'Updated Time');
      await page.waitForSelector('.facts:has-text("sequence 1")');
      await page.waitForSelector('.proposal:has-text("approved")');
      await shoot(page, 'demo-desk-dark-moved');
    });
  });

  it('shows an approval on hold, counting down', async () => {
    await inWindow(browser, { ...desk, ...light }, async (page) => {
      await book(page);
      await press(page, 'guest', 'counter');
      await page.fill('#guest .ask:not([hidden]) input', '2031-05-06T10:00');
      await page.click('#guest .ask:not([hidden]) button');
      await mail(page, 'host', 'Approve new time');
      await page.waitForSelector('.proposal:has-text("Tue 6 May, 10:00 – 11:00"):has-text("Eastern Time, UTC−04:00")');
      // The link beside the buttons is the letter's own.
      const [opened] = await Promise.all([
        page.context().waitForEvent('page'),
        page.click('#host .mail[open] a.button:has-text("Approve")'),
      ]);
      await opened.waitForSelector('text=Undo');
      await page.waitForSelector('.facts:has-text("sequence 1")');
    });
  });

  it('cancels for both when one declines', async () => {
    await inWindow(browser, { ...desk, ...light }, async (page) => {
      await book(page);
      await press(page, 'guest', 'decline');
      for (const role of ['host', 'guest'] as const) await mail(page, role, 'Cancelled');
      await page.waitForSelector('.facts:has-text("cancelled")');
      expect(await page.isHidden('#guest .mail[open] [data-act=accept]')).toBe(true);
    });
  });

  it.each(['bounce', 'out-of-office', 'text'])('sends a %s that moves nothing', async (act) => {
    await inWindow(browser, { ...desk, ...light }, async (page) => {
      await book(page);
      await press(page, 'guest', act);
      if (act === 'text') await page.click('#guest .ask:not([hidden]) button');
      // A text is answered by a mail, which then stands in front of the one it was an answer to.
      await page.waitForSelector('#guest .act', { state: 'attached' });
      expect(await page.textContent('.facts')).toMatch(/scheduled.*sequence 0/);
      if (act === 'bounce') await page.waitForSelector('#timeline >> text=Delivery report about the guest');
      if (act === 'out-of-office') await page.waitForSelector('#timeline >> text=Automatic reply from the guest');
      if (act !== 'text') return;
      await page.waitForSelector('#timeline >> text=/asks for another time: \\d+ \\w+, \\d\\d:\\d\\d UTC/');
      // More lines than fit: they must be reached without a mouse.
      await page.setViewportSize({ width: 1280, height: 700 });
      expect(await page.evaluate('timeline.scrollHeight > timeline.clientHeight')).toBe(true);
      expect(await accessibilityFaults(page, ['scrollable-region-focusable'])).toEqual([]);
    });
  });

  it('lets a hostile title or name be no more than text', async () => {
    await inWindow(browser, { ...desk, ...light }, async (page) => {
      const hostile = '<img src=x onerror=alert(1)></b><script>alert(2)</script>';
      page.on('dialog', () => expect('a dialog').toBe('never'));
      await book(page, { title: hostile, guestName: '<b>Gil</b> & "Co"' });
      expect(await page.textContent('#state h1')).toBe(hostile);
      expect(await page.textContent('#guest .who h2')).toContain('<b>Gil</b> & "Co"');
      await press(page, 'guest', 'accept');
      await partstat(page, 'guest', 'accepted');
      expect(await page.locator('main img, main script').count()).toBe(0);
    });
  });

  it('books at a time of the host’s clock, for a length, in the language of each, and lists it with its year', async () => {
    await inWindow(browser, { ...desk, ...light, timezoneId: 'Asia/Tokyo' }, async (page) => {
      await page.goto(app.url);
      await page.fill('[name=at]', '2031-05-06T10:00');
      await page.selectOption('[name=minutes]', '90');
      await page.selectOption('[name=hostZone]', 'Europe/London');
      await page.selectOption('[name=hostLanguage]', 'ja');
      await page.selectOption('[name=guestLanguage]', 'ar');
      await page.click('text=Book the room');
      const heading = (role: string): Promise<string | null> =>
        page.frameLocator(`#${role} iframe`).locator('h1').textContent();
      expect([await heading('host'), await heading('guest')]).toEqual(['セッションへのご招待', 'دعوة إلى جلسة']);
      expect(await page.textContent('#host .card')).toContain('Tue 6 May, 10:00 – 11:30');
      // On the mailbox's clock, whatever the reader's is.
      const [arrived, written] = await Promise.all(
        ['datetime', null].map((name) =>
          name === null ? page.textContent('#guest summary time') : page.getAttribute('#guest summary time', name),
        ),
      );
      const clock = { timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
      expect(written).toBe(new Intl.DateTimeFormat('en-GB', clock).format(new Date(arrived ?? '')));
      await page.click('#another');
      await page.waitForSelector(
        '#recent li:has-text("Tue, 6 May 2031, 10:00 – 11:30 (United Kingdom Time, UTC+01:00)")',
      );
    });
  });

  it('comes back to a room by its address, in the language chosen, and says so when there is none', async () => {
    await inWindow(browser, { ...desk, ...light }, async (page) => {
      await book(page);
      await page.reload();
      await page.waitForSelector('#guest .mail');
      await page.focus('.languages summary');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForSelector('html[dir=rtl] #timeline li:has-text("دعوة للضيف تم الإرسال")');
      await page.setViewportSize({ width: 390, height: 844 });
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBeLessThanOrEqual(0);
      expect(await accessibilityFaults(page)).toEqual([]);
      await shoot(page, 'demo-phone-ar');
      await page.goto(`${app.url}/?room=00000000-0000-4000-8000-000000000000`);
      await page.waitForSelector('#book');
      await page.waitForSelector('#recent a');
    });
  });

  it('fits a phone and a desk, and axe finds nothing in light or dark', async () => {
    await inWindow(browser, { ...phone, deviceScaleFactor: 1 }, async (page) => {
      await page.goto(app.url);
      await page.waitForSelector('#recent a');
      await eachLook(page, looks, async (look, faults) => {
        await shoot(page, `demo-book-${look}`);
        expect(await faults()).toEqual([]);
      });
      await page.setViewportSize({ width: 390, height: 844 });
      await book(page);
      await press(page, 'guest', 'scanner');
      await page.waitForSelector('#guest .act');
      await press(page, 'host', 'counter');
      // The letters of a phone are a tap away, so that the whole is a few screens high.
      await shoot(page, 'demo-phone-whole');
      expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(2_500);
      await eachLook(page, looks, async (look, faults) => {
        await page.screenshot({ path: join(__dirname, '..', '.out', `demo-${look}.png`) });
        // Frames are the mails' own; their pages have tests of their own.
        expect(await faults()).toEqual([]);
        expect(
          await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
        ).toBeLessThanOrEqual(0);
      });
    });
  });
});

describe('the pages beside the demo', () => {
  it('show the mails on two lines each, found by a word, and every letter in both looks', async () => {
    await inWindow(browser, { ...phone, viewport: { width: 390, height: 844 } }, async (page) => {
      await book(page);
      await page.goto(`${app.url}/dev/mails`);
      const heights = await page
        .locator('.mail')
        .evaluateAll((rows) => rows.map((row) => (row as { offsetHeight: number }).offsetHeight));
      expect(Math.max(...heights)).toBeLessThan(66);
      await page.fill('[name=q]', 'gil invitation');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#mails:has-text("with “gil invitation”")');
      await eachLook(page, looks, async (look, faults) => {
        await shoot(page, `mailbox-${look}`);
        expect(await faults()).toEqual([]);
      });
      // A mail that comes in later is there without a reload.
      const before = await page.locator('.mail').count();
      await post('/demo/rooms', {});
      await page.locator('.mail').nth(before).waitFor();
      await page.click('.mail .room a');
      await page.waitForSelector('#guest .mail');
      await page.setViewportSize({ width: 1280, height: 800 });
      for (const language of pictured) {
        await page.goto(`${app.url}/dev/letters?lang=${language}`);
        await page.waitForSelector('iframe.letter:not([style*=height])', { state: 'detached' });
        await shoot(page, `letters-${language}`);
      }
    });
  });
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${app.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('the demo’s routes', () => {
  it('let no script but their own run', async () => {
    const { headers } = await fetch(app.url);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('take nothing from another site, and say what is wrong', async () => {
    expect((await post('/demo/rooms', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post('/demo/rooms', { title: '' })).status).toBe(422);
    expect((await post('/demo/rooms/nope/acts', { role: 'guest', kind: 'accept' })).status).toBe(404);
    for (const path of [
      '/demo/rooms/nope',
      '/demo/rooms/nope/live',
      '/demo/..%2fdemo.controller.js',
      '/demo/constructor',
    ])
      expect((await fetch(`${app.url}${path}`)).status).toBe(404);
    const { roomId } = (await (await post('/demo/rooms', {})).json()) as { roomId: string };
    const thunderbird = await post(`/demo/rooms/${roomId}/acts`, {
      role: 'guest',
      kind: 'counter',
      client: 'thunderbird',
    });
    expect(thunderbird.status).toBe(409);
  });
});
