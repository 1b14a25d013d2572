// Debian's Chromium as a person uses it: on a phone or a desk, light or dark, with or without JavaScript.
// Used by the browser tests; screenshots go to test/.out, which git ignores.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', headless: true, args: quiet });

export const phone = {
  viewport: { width: 375, height: 720 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
} satisfies BrowserContextOptions;
export const desk = { viewport: { width: 1100, height: 800 } } satisfies BrowserContextOptions;
export const light: BrowserContextOptions = { colorScheme: 'light' };
export const dark: BrowserContextOptions = { colorScheme: 'dark' };

export interface Look {
  name: string;
  viewport: { width: number; height: number };
  colorScheme: 'light' | 'dark';
}

/**
 * Shows one page in each size and colour scheme: what it is reached by may be done once only. `faults` tells what axe
 * finds; after the first look only the rules about colours, since the others read nothing that a look changes.
 */
export async function eachLook(
  page: Page,
  looks: readonly Look[],
  work: (name: string, faults: () => Promise<string[]>) => Promise<void>,
): Promise<void> {
  for (const [at, { name, viewport, colorScheme }] of looks.entries()) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await work(name, () => accessibilityFaults(page, at === 0 ? undefined : ['color-contrast', 'link-in-text-block']));
  }
}

const folder = join(__dirname, '..', '.out');

/** On a busy machine Chromium now and then fails to capture a page ("Unable to capture screenshot"): asked twice. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const capture = (): Promise<unknown> => page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await capture().catch(capture);
}

/** A page of its own window, closed again; faults of the page's own (blocked styles, scripts) fail the test. */
export async function inWindow<T>(
  browser: Browser,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
  const page = await context.newPage();
  const lines: string[] = [];
  // A 4xx page is what some tests ask for; Chromium logs it as a failed resource.
  page.on(
    'console',
    (message) =>
      void (
        message.type() === 'error' &&
        !/Failed to load resource/.test(message.text()) &&
        lines.push(message.text())
      ),
  );
  page.on('pageerror', (error) => void lines.push(error.message));
  try {
    const result = await work(page);
    if (lines.length > 0) throw new Error(`the browser complains: ${lines.join('; ')}`);
    return result;
  } finally {
    await context.close();
  }
}

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeRun {
  violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
}

/**
 * What axe finds of any weight, by all of its rules or only these: rule, element and what to fix. What still fades in is
 * waited for: it has no contrast before.
 */
export async function accessibilityFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))');
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axeSource);
  const options = { resultTypes: ['violations'], preload: false, ...(rules && { runOnly: rules }) };
  const { violations } = await page.evaluate<AxeRun>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${id} (${impact}): ${node.html} — ${node.failureSummary}`),
  );
}
