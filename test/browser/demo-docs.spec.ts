// The API's page in a real browser: it lists every operation and sends the example that stands in its form.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { transpileModule } from 'typescript';
import type { Browser } from 'playwright-core';
import { operations } from '../../apps/scheduling-api/src/docs/operations';
import { type Api, apiKey, startApi } from '../support/scheduling-api';
import { accessibilityFaults, dark, desk, inWindow, launch, light, phone, shoot } from './chromium';

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

it('tries the booking that it shows', async () => {
  await inWindow(browser, { ...desk, ...light }, async (page) => {
    await page.goto(`${api.url}/docs`);
    await page.waitForSelector('#createRoom');
    expect(await page.locator('.operation .method').count()).toBe(operations.length);
    await page.click('#createRoom summary');
    await page.click('#createRoom form button');
    await page.waitForSelector('#createRoom .bad:has-text("401")');
    await page.fill('#key', apiKey);
    await page.click('#createRoom form button');
    await page.waitForSelector('#createRoom .good:has-text("201")');
    expect(JSON.parse((await page.textContent('#createRoom pre.body')) ?? '')).toMatchObject({
      title: 'Practice Session',
      sequence: 0,
    });
    expect(await page.textContent('#createRoom .headers pre')).toContain('content-type: application/json');
    await page.click('#createRoom a[href="#schema-Person"]');
    await page.waitForSelector('#schema-Person[open] >> text=timeZone');
    await shoot(page, 'docs-desk-light');
  });
});

it('copies a call as curl, which works as it stands, and as TypeScript of the client', async () => {
  await inWindow(browser, { ...desk, ...light }, async (page) => {
    await page.goto(`${api.url}/docs#createRoom`);
    await page.waitForSelector('#createRoom[open]');
    expect(await page.textContent('#where')).toContain('npm start');
    await page.fill('#key', apiKey);
    await page.click('#createRoom button:has-text("curl")');
    await page.waitForSelector('#createRoom form pre');
    const curl = (await page.textContent('#createRoom form pre')) ?? '';
    expect(curl).not.toContain(apiKey);
    // Not awaited by blocking: the API answers from this process.
    const run = promisify(execFile)('sh', ['-c', curl], { env: { ...process.env, API_KEY: apiKey } });
    expect(JSON.parse((await run).stdout)).toMatchObject({ title: 'Practice Session', sequence: 0 });
    await page.click('#createRoom button:has-text("TypeScript")');
    await page.waitForSelector('#createRoom form pre:has-text("createClient")');
    const typed = (await page.textContent('#createRoom form pre')) ?? '';
    expect(typed).toContain("client.POST('/api/practice-room/create', {");
    expect(transpileModule(typed, { reportDiagnostics: true }).diagnostics).toEqual([]);
  });
});

it.each([
  ['phone-dark', { ...phone, ...dark }],
  ['desk-light', { ...desk, ...light }],
])('fits and axe finds nothing: %s', async (name, options) => {
  await inWindow(browser, options, async (page) => {
    await page.goto(`${api.url}/docs#propose`);
    await page.waitForSelector('#propose[open]');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test/.out/docs-${name}.png` });
  });
});
