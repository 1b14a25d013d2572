// Every kind of letter as a mail program shows it, phone and desk, light and dark: fits, has contrast, and its
// picture is there to look at.
// The mails are those of test/corpus/letters, which the sender's own test keeps true.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { readMail, textOf } from '../../apps/imip-ingestor/src/interpret/mail';
import { event, invitation, room, senderSettings } from '../support/sender-events';
import { lettersFor } from '../../apps/notification-sender/src/letters/letters';
import { renderLetter } from '../../apps/notification-sender/src/render/render';
import { accessibilityFaults, dark, eachLook, inWindow, launch, light, type Look, shoot } from './chromium';

const folder = join(__dirname, '..', 'corpus', 'letters');
const htmlOf = (raw: Buffer): string => {
  const part = readMail(raw).parts.find((each) => each.type === 'text/html');
  return part ? textOf(part) : '';
};
const letters = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => ({ name: name.replace('.eml', ''), html: htmlOf(readFileSync(join(folder, name))) }));

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

// Narrower than any phone that is sold, and a reading pane. Width changes nothing about colours, and colours nothing
// about width.
const looks: Look[] = [
  { name: 'phone-light', viewport: { width: 320, height: 640 }, colorScheme: 'light' },
  { name: 'desk-dark', viewport: { width: 800, height: 600 }, colorScheme: 'dark' },
];

it.each(letters)('$name: fits everywhere, and axe finds nothing', async ({ name, html }) => {
  await inWindow(browser, { deviceScaleFactor: 1 }, async (page) => {
    await page.setContent(html);
    await eachLook(page, looks, async (look, faults) => {
      await shoot(page, `mail-${name}-${look}`);
      expect([
        look,
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ]).toEqual([look, 0]);
      // A mail is no page: landmarks are not its business.
      expect((await faults()).filter((fault) => !/^(?:region|landmark-one-main)\b/.test(fault))).toEqual([]);
    });
  });
});

const branded = (brand: Record<string, string>): string => {
  const [letter] = lettersFor(
    event('RoomBooked', { room: room({ invitations: [invitation('host'), invitation('guest')] }) }),
    { room: null },
  );
  if (!letter) throw new Error('a booking owes letters');
  const at = new Date('2026-11-23T12:00:00Z');
  const facts = {
    letterId: 'b6a4a5ee-0000-8000-8000-000000000000',
    messageId: '<x@central.example>',
    firstMessageId: null,
    dtstamp: at,
    writtenAt: at,
  };
  return htmlOf(renderLetter(letter, facts, null, { ...senderSettings, ...brand }).bytes);
};

describe('the brand', () => {
  // Yellow cannot carry white words, nearly black cannot be read on a dark card.
  it.each(['#ffd400', '#101820', '#c2185b', '#1f6feb'])('in %s is readable in light and dark', async (color) => {
    for (const scheme of [light, dark]) {
      await inWindow(browser, { viewport: { width: 800, height: 600 }, ...scheme }, async (page) => {
        await page.setContent(branded({ BRAND_NAME: 'Scales & Chords', BRAND_COLOR: color }));
        await shoot(page, `mail-brand-${color.slice(1)}-${scheme.colorScheme ?? ''}`);
        expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([]);
        expect(await page.textContent('body')).toContain('Scales & Chords');
      });
    }
  });

  it('shows the logo with the name in its place where pictures are off', () => {
    const html = branded({ BRAND_NAME: 'Scales "&" Chords', BRAND_LOGO_URL: 'https://cdn.example/logo.png?a=1&b=2' });
    expect(html).toContain('src="https://cdn.example/logo.png?a=1&amp;b=2"');
    expect(html).toContain('alt="Scales &quot;&amp;&quot; Chords"');
  });

  it('is not there unless it is set', () => {
    expect(branded({})).not.toContain('<img');
  });
});
