// An operator's work at the console, walked in Chromium against the whole product: find a room by a person's address,
// see why a decline was ignored, correct an address whose letters come back. Screenshots in test/.out.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { writeAs } from '../../apps/standalone/src/simulator/write-as';
import { operatorKey } from '../support/console';
import { eventually } from '../support/eventually';
import { type Party, type Product, startProduct } from '../support/product';
import type { ApiBody } from '../support/scheduling-api';
import { accessibilityFaults, dark, desk, eachLook, inWindow, launch, light, phone, shoot } from './chromium';

let product: Product;
let browser: Browser;
let url: string;
beforeAll(async () => {
  product = await startProduct('standalone without a broker', { OPERATOR_KEYS: `ops:${operatorKey}` });
  url = product.url('standalone');
  browser = await launch();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await product.end();
});

const token = /[\w-]{22}\.[\w-]{43}/;

async function logIn(page: Page): Promise<void> {
  await page.goto(`${url}/console`);
  await page.getByLabel('Operator key or token').fill(operatorKey);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.getByRole('link', { name: 'Rooms', exact: true }).click();
  await page.getByRole('heading', { name: 'Rooms' }).waitFor();
}

async function find(page: Page, email: string): Promise<void> {
  await page.getByLabel(/person's address/).fill(email);
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: 'Violin lesson' }).click();
  await page.getByRole('heading', { name: 'Violin lesson' }).waitFor();
}

const looks = [
  { name: 'desk-light', ...desk, ...light },
  { name: 'phone-dark', viewport: { width: 390, height: 800 }, ...dark },
] as { name: string; viewport: { width: number; height: number }; colorScheme: 'light' | 'dark' }[];

/** Nothing that axe finds, nothing that is wider than the screen. */
async function seen(page: Page, name: string): Promise<void> {
  await eachLook(page, looks, async (look) => {
    await shoot(page, `console-${name}-${look}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
  await page.setViewportSize(desk.viewport);
}

const booked = (): Promise<{ room: ApiBody; host: Party; guest: Party }> => product.book({ title: 'Violin lesson' });

it('a wrong key is said in words, at the field, with the cursor in it', async () => {
  await inWindow(browser, desk, async (page) => {
    await page.goto(`${url}/console/rooms`);
    await page.getByLabel('Operator key or token').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('This is not the key or token of an operator.').waitFor();
    expect(await page.locator(':focus').getAttribute('type')).toBe('password');
    await seen(page, 'login');
  });
});

it('an address whose letters come back is found, corrected, and its letters leave for the new one', async () => {
  const { room, host, guest } = await booked();
  const id = randomUUID();
  const { raw } = writeAs('google', await guest.mail(0), { kind: 'bounce' }, { now: new Date(), id });
  await product.deliver(raw, '');
  await inWindow(browser, desk, async (page) => {
    await logIn(page);
    await find(page, guest.email.toUpperCase());
    await page.getByText('A letter to the guest came back.').waitFor();
    await seen(page, 'room-bounced');
    await page.getByRole('link', { name: 'Correct the address of the guest' }).click();
    expect(await page.locator('#effects').innerText()).toContain('the old one is mailed a cancellation');
    await page.getByLabel('Address').fill(host.email);
    await page.getByRole('button', { name: 'Correct it' }).click();
    expect(await page.locator('#email-fault').innerText()).toBe('Host and guest are the same person.');
    await seen(page, 'correct');
    await page.getByLabel('Address').fill(`right-${guest.email}`);
    await page.getByRole('button', { name: 'Correct it' }).click();
    await page.getByText('The attendee is corrected.').waitFor();
    await product.party(`right-${guest.email}`).mail(0);
    await page.getByText(`right-${guest.email}`).first().waitFor();
    const { items } = (await product.api('GET', `/api/practice-room/${room.roomId}/timeline`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({ verdict: 'attendee-changed', source: 'console', actor: 'ops', role: 'guest' }),
    );
  });
});

it('by keyboard alone: the meeting is moved, and the page shows by itself why a late decline was ignored', async () => {
  const { guest } = await booked();
  await inWindow(browser, { ...desk, ...dark }, async (page) => {
    const tabTo = async (what: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press('Tab');
        const at = "`${document.activeElement.name ?? ''} ${document.activeElement.textContent}`";
        if ((await page.evaluate<string>(at)).includes(what)) return;
      }
      throw new Error(`never reached ${what}`);
    };
    await page.goto(`${url}/console`);
    await page.locator('#key:focus').waitFor();
    await page.keyboard.type(operatorKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await tabTo(' Rooms');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Rooms' }).waitFor();
    await tabTo('q ');
    await page.keyboard.type(guest.email);
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=guest/);
    await page.waitForLoadState();
    await tabTo('Violin lesson');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Violin lesson' }).waitFor();
    await tabTo('Reschedule');
    await shoot(page, 'console-keyboard-focus');
    await page.keyboard.press('Enter');
    await page.getByText('Moves the meeting for both and mails both the new time.').waitFor();
    await page.getByLabel('New start, in UTC').fill('2031-05-06T10:00');
    await page.getByLabel('New end, in UTC').fill('2031-05-06T11:00');
    await tabTo('reason');
    await page.keyboard.type('The hall is taken');
    await seen(page, 'reschedule');
    await tabTo('Move and mail both');
    await page.keyboard.press('Enter');
    await page.getByText('The room has its new time.').waitFor();
    await guest.mail(1);
    await guest.reply('google', { kind: 'decline' }, { to: 0 });
    await page
      .getByText(/stale-sequence/)
      .first()
      .waitFor({ timeout: 20_000 });
    await tabTo('reply');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Mail that came in' }).waitFor();
    expect(await page.getByRole('main').innerText()).toContain('stale-sequence');
    await seen(page, 'mail');
    await page.goBack();
    await page.getByRole('heading', { name: 'Violin lesson' }).waitFor();
    await tabTo('Log out');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Log in' }).waitFor();
  });
});

it('a letter is shown without anything that acts, and no link can be read in it', async () => {
  const { guest } = await booked();
  expect((await guest.mail(0)).toString()).toMatch(/text\/calendar/);
  await inWindow(browser, { ...phone, ...light }, async (page) => {
    await logIn(page);
    await find(page, guest.email);
    const letter = page.getByRole('row', { name: /guest/ }).getByRole('link', { name: 'invite' }).first();
    await letter.click();
    const frame = page.frameLocator('iframe');
    await frame
      .getByText(/Violin lesson/)
      .first()
      .waitFor();
    await seen(page, 'letter');
    // A frame out of sight is not drawn in a picture of the whole page.
    await page.locator('iframe').screenshot({ path: join(__dirname, '..', '.out', 'console-letter-frame.png') });
    await page.getByText('Headers and parts, encodings undone').click();
    const content = await page.content();
    expect(content).toMatch(/BEGIN:VCALENDAR/);
    expect(content).not.toMatch(token);
    expect(content).toMatch(/reschedule\?r=\[removed\]/);
    const framed = await page.context().request.get(`${page.url()}/html`);
    expect(framed.headers()['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
    expect(await framed.text()).not.toMatch(/href|<img|<script|<form/i);
    expect(await framed.text()).not.toMatch(token);
  });
});

it('a meeting is cancelled after its consequence was named; a form of before a change does nothing', async () => {
  const { room, host, guest } = await booked();
  await inWindow(browser, desk, async (page) => {
    await logIn(page);
    await page.goto(`${url}/console/rooms/${room.roomId}/cancel`);
    expect(await page.locator('#effects').innerText()).toContain('Cancels for both and mails both');
    await product.api('POST', '/api/practice-room/update', { roomId: room.roomId, title: 'Cello lesson' });
    await page.getByRole('button', { name: 'Cancel and mail both' }).click();
    await page.getByText('The room has changed since this page was loaded.').waitFor();
    expect((await product.room(room.roomId)).status).toBe('scheduled');
    await seen(page, 'cancel');
    await page.getByLabel(/Reason/).fill('The hall is closed');
    await page.getByRole('button', { name: 'Cancel and mail both' }).click();
    await page.getByText('The room is cancelled.').waitFor();
    await Promise.all([host.mail(2), guest.mail(2)]);
    await page.getByRole('link', { name: 'Send again' }).first().click();
    await page.getByText('Mails the cancellation once more').waitFor();
    await page.getByRole('button', { name: 'Mail the host once more' }).click();
    await page.getByText('The letter will be sent again.').waitFor();
    expect((await host.mail(3)).toString()).toMatch(/method=CANCEL/i);
    await eventually('the page shows the letter', () =>
      page
        .getByRole('link', { name: 'cancel' })
        .count()
        .then((n) => n >= 3),
    );
  });
  expect(await product.room(room.roomId)).toMatchObject({ status: 'cancelled', cancelReason: 'The hall is closed' });
});
