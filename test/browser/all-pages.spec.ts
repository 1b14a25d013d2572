// Every page a link can show, in a real browser: nothing that axe finds, nothing that does not fit a phone, pictures
// of each to look at.
import type { Browser, Page } from 'playwright-core';
import { type Api, startApi } from '../support/scheduling-api';
import { person } from '../integration/links/links-fixtures';
import { accessibilityFaults, dark, desk, inWindow, launch, light, phone, shoot } from './chromium';
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

/** What stands further right than the text of the card may. */
const beyondTheCard = `(() => {
  const card = document.querySelector('.card');
  const edge = card.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(card).paddingRight);
  return [...card.querySelectorAll('*')]
    .filter((each) => each.getBoundingClientRect().right > edge + 1).map((each) => each.outerHTML.slice(0, 200));
})()`;

const looks = [
  { name: 'phone-light', options: { ...phone, ...light }, people: english },
  { name: 'desk-dark', options: { ...desk, ...dark }, people: german },
];

describe.each(looks)('on $name', ({ name: look, options, people }) => {
  test.each(linkStates)('$name: fits, and axe finds nothing', async ({ name, status, reach }) => {
    const request = await reach(api, people());
    await inWindow(browser, options, async (page) => {
      expect(await open(page, request)).toBe(status);
      await shoot(page, `${look}-${name}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate<string[]>(beyondTheCard)).toEqual([]);
    });
  });
});
