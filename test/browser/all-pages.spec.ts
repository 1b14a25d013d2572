// Every page a link can show, in a real browser: nothing that axe finds, nothing that does not fit a phone, pictures
// of each to look at.
import type { Browser, Page } from 'playwright-core';
import { type Api, startApi } from '../support/scheduling-api';
import { person } from '../integration/links/links-fixtures';
import { eachLook, inWindow, launch, type Look, phone, shoot } from './chromium';
import { linkStates, type People, type Request } from '../integration/links/links-states';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  api = await startApi();
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await api.stop();
});

const english = (): People => ({
  host: person({ timeZone: 'Europe/London' }),
  guest: person({ timeZone: 'America/New_York', locale: 'en-US' }),
});
const german = (): People => ({
  host: person({ timeZone: 'Europe/Berlin', locale: 'de' }),
  guest: person({ timeZone: 'Europe/Vienna', locale: 'de-AT' }),
});
const arabic = (): People => ({
  host: person({ timeZone: 'Asia/Riyadh', locale: 'ar-SA' }),
  guest: person({ timeZone: 'Africa/Cairo', locale: 'ar' }),
});

/** Opens the page, or what a form of ours with these fields gives, and tells the status. */
async function open(page: Page, { path, fields }: Request): Promise<number> {
  if (fields) {
    const sent = { method: 'POST', postData: new URLSearchParams(fields).toString() };
    await page.route(`**${path}`, (route) =>
      route.continue({
        ...sent,
        headers: { ...route.request().headers(), 'content-type': 'application/x-www-form-urlencoded' },
      }),
    );
  }
  return (await page.goto(`${api.url}${path}`))?.status() ?? 0;
}

/** What stands further to a side than the text of the card may. */
const beyondTheCard = `(() => {
  const card = document.querySelector('.card');
  const { left, right } = card.getBoundingClientRect();
  const { paddingLeft, paddingRight } = getComputedStyle(card);
  const [start, end] = [left + Number.parseFloat(paddingLeft), right - Number.parseFloat(paddingRight)];
  return [...card.querySelectorAll('*')]
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, { width, left, right }]) => width > 0 && (right > end + 1 || left < start - 1))
    .map(([each]) => each.outerHTML.slice(0, 200));
})()`;

/** Dates and weekdays that stand on more than one line. */
const torn = `[...document.querySelectorAll('.day .piece')]
  .filter((each) => {
    const text = document.createRange();
    text.selectNodeContents(each);
    return new Set([...text.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
  })
  .map((each) => each.textContent)`;

const looks: Look[] = [
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'desk-dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
];

// Every third state is seen in German, every third in Arabic, mirrored.
it.each(linkStates.map((state, at) => ({ ...state, people: [english, german, arabic][at % 3] ?? english })))(
  '$name: fits a phone and a desk, and axe finds nothing in light or dark',
  async ({ name, status, reach, people }) => {
    const request = await reach(api, people());
    await inWindow(browser, { ...phone, deviceScaleFactor: 1 }, async (page) => {
      expect(await open(page, request)).toBe(status);
      await eachLook(page, looks, async (look, faults) => {
        await shoot(page, `${look}-${name}`);
        expect(await faults()).toEqual([]);
        expect(await page.evaluate<string[]>(beyondTheCard)).toEqual([]);
        expect(await page.evaluate<string[]>(torn)).toEqual([]);
        expect(await page.locator('.day:not(:has(.piece))').count()).toBe(0);
      });
    });
  },
);
