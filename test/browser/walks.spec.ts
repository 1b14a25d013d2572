// People and machines walk through the link pages in a real Chromium: with and without JavaScript, on a phone, by
// keyboard alone.
// The API is real and so is its Postgres; what a letter would carry is read from the same tables that the sender reads.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { textsFor } from '../../apps/scheduling-api/src/links/languages';
import { eventually } from '../support/eventually';
import { type Api, type ApiBody, startApi } from '../support/scheduling-api';
import {
  age,
  bookedRoom,
  eventsOf,
  hourAhead,
  onlyProposal,
  person,
  press,
  proposal,
  type SentProposal,
  readProposal,
  readRoom,
  tokenFor,
} from '../integration/links/links-fixtures';
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

const room = (over: Record<string, unknown> = {}): Promise<ApiBody> =>
  bookedRoom(api, {
    title: 'Violin lesson',
    startUtc: '2031-05-05T10:00:00Z',
    endUtc: '2031-05-05T11:00:00Z',
    host: person({ timeZone: 'Europe/Berlin' }),
    guest: person({ timeZone: 'America/New_York' }),
    ...over,
  });
const rescheduleLink = async ({ roomId }: ApiBody): Promise<string> =>
  `${api.url}/reschedule?r=${await tokenFor(api.database.db, roomId, 'guest', 'propose')}`;
const asked = async (): Promise<SentProposal> => proposal(api, await room(), 'guest', hourAhead(3));
const approveLink = (made: SentProposal): string => `${api.url}/approve?t=${made.approve}`;
const declineLink = (made: SentProposal): string => `${api.url}/decline?t=${made.decline}`;
const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

/** A web mailer on another site with links in a mail. */
async function openMail(page: Page, links: Record<string, string>): Promise<void> {
  const anchors = Object.entries(links).map(([name, href]) => `<p><a href="${href}">${name}</a></p>`);
  await page.route('http://mail.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Mail</title>${anchors.join('')}` }),
  );
  await page.goto('http://mail.test/');
}

describe.each([
  { how: 'on a phone without JavaScript', options: { ...phone, ...light, javaScriptEnabled: false } },
  { how: 'at a desk, in the dark', options: { ...desk, ...dark } },
])('$how', ({ how, options }) => {
  it('the guest asks for another time from the mail, the host approves with one click, and the meeting moves', async () => {
    const made = await room();
    await inWindow(browser, options, async (page) => {
      await openMail(page, { 'Request new time': await rescheduleLink(made) });
      await page.getByRole('link', { name: 'Request new time' }).click();
      expect(await heading(page)).toBe('Request a new time');
      await page
        .getByRole('link', { name: /Wed 7 May/ })
        .first()
        .click();
      expect(await page.getByLabel('Date').inputValue()).toBe('2031-05-07');
      await page.getByLabel('Start').fill('08:30');
      await page.getByLabel('Length').selectOption({ label: '1 hour 30 minutes' });
      await page.getByLabel(/Message to your host/).fill('The bus is late on Mondays.\nSorry!');
      await page.getByRole('button', { name: 'Request this time' }).click();
      expect(await heading(page)).toBe('Your request is on its way');
      await shoot(page, `walk-${how.replaceAll(' ', '-')}-sent`);
    });
    const asked = await onlyProposal(api, made.roomId);
    expect(asked).toMatchObject({
      startUtc: '2031-05-07T12:30:00.000Z',
      endUtc: '2031-05-07T14:00:00.000Z',
      note: 'The bus is late on Mondays.\nSorry!',
    });
    const { proposalId } = asked;
    const approve = await tokenFor(api.database.db, made.roomId, 'host', 'approve', proposalId);
    await inWindow(browser, options, async (page) => {
      await openMail(page, { Approve: `${api.url}/approve?t=${approve}` });
      await page.getByRole('link', { name: 'Approve' }).click();
      expect(await heading(page)).toBe('You approve the new time');
      expect(await page.locator('.time.main').innerText()).toMatch(
        /Wednesday, 7 May 2031\s+14:30 to 16:00\s+Central European Time, UTC\+02:00/,
      );
      expect((await readRoom(api, made.roomId)).sequence).toBe(0);
      await age.hold(api, { proposalId });
      await eventually('the approval takes effect', async () => (await readRoom(api, made.roomId)).sequence === 1);
      await page.reload();
      expect(await heading(page)).toBe('The new time is agreed');
    });
    expect(await readRoom(api, made.roomId)).toMatchObject({
      startUtc: '2031-05-07T12:30:00.000Z',
      endUtc: '2031-05-07T14:00:00.000Z',
    });
    expect(await eventsOf(api, made.roomId)).toEqual([
      'RoomBooked',
      'ProposalCreated',
      'ProposalApproved',
      'RoomRescheduled',
    ]);
  });

  it('a click is undone, and the decision made anew with a button', async () => {
    const made = await asked();
    await inWindow(browser, options, async (page) => {
      await openMail(page, { Approve: approveLink(made) });
      await page.getByRole('link', { name: 'Approve' }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await page.locator('.says').innerText()).toContain('Undone.');
      expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
      await page.getByRole('button', { name: /Decline/ }).click();
      expect(await heading(page)).toBe('The new time was declined');
    });
    expect((await readProposal(api, made)).status).toBe('declined');
    expect((await readRoom(api, made.roomId)).sequence).toBe(0);
  });

  it('an expired link leads to a fresh one by mail, and the page names no address', async () => {
    const made = await room();
    const link = await rescheduleLink(made);
    await age.links(api, made.roomId);
    await inWindow(browser, options, async (page) => {
      expect((await page.goto(link))?.status()).toBe(410);
      await page.getByRole('button', { name: 'Request new time' }).click();
      expect(await heading(page)).toBe('Check your mailbox');
      expect(await page.content()).not.toContain('@people.test');
      await page.goto(await rescheduleLink(made));
      expect(await heading(page)).toBe('Request a new time');
    });
    expect(await eventsOf(api, made.roomId)).toEqual(['RoomBooked', 'FreshLinkRequested']);
  });

  it('a wrong time comes back with its fault beside it, the cursor in it, and everything else as typed', async () => {
    const made = await room();
    await inWindow(browser, options, async (page) => {
      await page.goto(`${await rescheduleLink(made)}&zone=Europe/Berlin`);
      await page.getByLabel('Date').fill('2032-03-28');
      await page.getByLabel('Start').fill('02:30');
      await page.getByLabel(/Message/).fill('as typed');
      await page.getByRole('button', { name: 'Request this time' }).click();
      expect(await page.locator('#time-fault').innerText()).toMatch(/does not exist on that day/);
      expect(await page.locator(':focus').getAttribute('name')).toBe('time');
      expect(await page.getByLabel(/Message/).inputValue()).toBe('as typed');
      await page.getByLabel('Start').fill('03:30');
      await page.getByRole('button', { name: 'Request this time' }).click();
      expect(await heading(page)).toBe('Your request is on its way');
    });
    expect((await readRoom(api, made.roomId)).proposals).toEqual([
      expect.objectContaining({ startUtc: '2032-03-28T01:30:00.000Z', note: 'as typed' }),
    ]);
  });

  it('other zones are a click away, and the whole form can be read in one of them', async () => {
    const made = await room();
    await inWindow(browser, options, async (page) => {
      await page.goto(await rescheduleLink(made));
      expect(await page.getByText('19:00 to 20:00').isVisible()).toBe(false);
      await page.getByText('In other time zones').click();
      expect(await page.getByText('Monday, 5 May 2031, 19:00 to 20:00').isVisible()).toBe(true);
      await page.getByText('Use another time zone').click();
      // Somebody who looks for a zone types the city.
      await page.getByLabel('Time zone').focus();
      await page.keyboard.type('Tokyo');
      expect(await page.getByLabel('Time zone').inputValue()).toBe('Asia/Tokyo');
      await shoot(page, `zones-${options.javaScriptEnabled === false ? 'plain' : 'script'}`);
      await page.getByRole('button', { name: 'Use this zone' }).click();
      expect(await page.locator('.time').first().innerText()).toMatch(
        /19:00 to 20:00\s+Japan Standard Time, UTC\+09:00/,
      );
      expect(await page.getByLabel('Start').inputValue()).toBe('19:00');
    });
  });
});

it('by keyboard alone: ask for a time, then approve it', async () => {
  const made = await room();
  await inWindow(browser, { ...desk, ...light }, async (page) => {
    const tabTo = async (what: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press('Tab');
        if (
          (
            await page.evaluate<string>("`${document.activeElement.name ?? ''} ${document.activeElement.textContent}`")
          ).includes(what)
        )
          return;
      }
      throw new Error(`never reached ${what}`);
    };
    await page.goto(await rescheduleLink(made));
    await tabTo('Thu 8 May');
    await shoot(page, 'keyboard-focus');
    await page.keyboard.press('Enter');
    await page.waitForURL(/start=2031-05-08/);
    await tabTo('note');
    await page.keyboard.type('typed');
    await tabTo('Request this time');
    await page.keyboard.press('Enter');
    await page.getByText('on its way').first().waitFor();
    const [asked] = (await readRoom(api, made.roomId)).proposals;
    expect(asked).toMatchObject({ startUtc: '2031-05-08T10:00:00.000Z', note: 'typed' });
    const approve = await tokenFor(api.database.db, made.roomId, 'host', 'approve', asked?.proposalId ?? '');
    await page.goto(`${api.url}/approve?t=${approve}`);
    await tabTo('Undo');
    await page.keyboard.press('Enter');
    await page.getByText('Undone.').waitFor();
    await tabTo('Approve the new time');
    await page.keyboard.press('Enter');
    await page.getByText('The new time is agreed').first().waitFor();
  });
  expect((await readRoom(api, made.roomId)).sequence).toBe(1);
});

/** What can be reached by Tab, in the order of the page. */
const stops = `[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter((each) => each.checkVisibility())`;
/** The button within a date or time field has Chromium's own ring, which its field does not tell of. */
const focus = `(() => {
  const own = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(own);
  const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  return { at: ${stops}.indexOf(own), seen: seen || (/^(date|time)$/.test(own.type) && !own.matches(':focus')) };
})()`;

/** Every stop of the page is reached once, in its order, can be seen, and lets go again. */
async function tabThrough(page: Page): Promise<void> {
  const count = await page.evaluate<number>(`${stops}.length`);
  // Each part of a date or time is a stop of its own within its field.
  const most = 6 * count + 2;
  const next = async (): Promise<number> => {
    await page.keyboard.press('Tab');
    const { at, seen } = await page.evaluate<{ at: number; seen: boolean }>(focus);
    expect([at, seen || at === -1]).toEqual([at, true]);
    return at;
  };
  // From wherever the focus is to the end of the page, behind which the browser begins anew.
  const begun = await page.evaluate<boolean>('document.activeElement !== document.body');
  for (let presses = 0; begun && presses < most && (await next()) !== -1; presses++);
  const reached: number[] = [];
  for (let at = await next(); at !== -1 && reached.length < most; at = await next())
    if (reached.at(-1) !== at) reached.push(at);
  expect(reached).toEqual(Array.from({ length: count }, (_, at) => at));
}

/** Tab until the words have the focus, then the key. */
async function pressAt(page: Page, words: string, key: 'Enter' | 'Space'): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate<string>('document.activeElement.textContent')).includes(words))
      return page.keyboard.press(key);
  }
  throw new Error(`never reached ${words}`);
}

describe.each([
  { locale: 'en', javaScriptEnabled: true },
  { locale: 'en', javaScriptEnabled: false },
  { locale: 'de', javaScriptEnabled: true },
  { locale: 'de', javaScriptEnabled: false },
  { locale: 'ar', javaScriptEnabled: true },
  { locale: 'ar', javaScriptEnabled: false },
])('by keyboard alone, on 390 px, $locale, JavaScript: $javaScriptEnabled', ({ locale, javaScriptEnabled }) => {
  const { texts } = textsFor(locale);
  const { answer, decision, form } = texts;
  const look = { ...light, javaScriptEnabled, viewport: { width: 390, height: 844 } };
  const local = (): Promise<ApiBody> =>
    room({
      host: person({ timeZone: 'Europe/Berlin', locale }),
      guest: person({ timeZone: 'America/New_York', locale }),
    });

  it('two times are asked for, in a zone from the list, and the other side suggests another', async () => {
    const made = await local();
    await inWindow(browser, look, async (page) => {
      await page.goto(await rescheduleLink(made));
      await tabThrough(page);
      await pressAt(page, form.otherZone, 'Space');
      await tabThrough(page);
      await page.locator('select[name=zone]').focus();
      await page.keyboard.type('Tokyo');
      await pressAt(page, form.showZone, 'Enter');
      await page.waitForURL(/zone=Asia/);
      await pressAt(page, form.addTime, 'Space');
      await page.waitForSelector('[name=date2]');
      await tabThrough(page);
      // The last stop that fills in the second time.
      await page.locator('.chip').last().focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/start2=2031/);
      await pressAt(page, form.submitSeveral, 'Enter');
      await page.getByRole('heading', { name: texts.sent.heading }).waitFor();
      await tabThrough(page);
      const { proposalId } = await onlyProposal(api, made.roomId);
      await page.goto(
        `${api.url}/decline?t=${await tokenFor(api.database.db, made.roomId, 'host', 'decline', proposalId)}`,
      );
      await tabThrough(page);
      await pressAt(page, decision.suggest, 'Enter');
      await page.getByRole('heading', { name: decision.suggest }).waitFor();
      await tabThrough(page);
      await pressAt(page, form.submit, 'Enter');
      await page.getByRole('heading', { name: texts.sent.heading }).waitFor();
    });
    expect((await readRoom(api, made.roomId)).proposals).toMatchObject([
      { status: 'declined', options: [{}, {}] },
      { status: 'pending', options: [{}] },
    ]);
  });

  it('a maybe on the answer page, and the session for the calendar', async () => {
    const made = await local();
    await inWindow(browser, look, async (page) => {
      await page.goto(`${api.url}/answer?a=${await tokenFor(api.database.db, made.roomId, 'guest', 'answer')}`);
      await tabThrough(page);
      await pressAt(page, answer.buttons.tentative, 'Space');
      await page.getByRole('heading', { name: answer.done.tentative.heading }).waitFor();
      await tabThrough(page);
      const [file] = await Promise.all([page.waitForEvent('download'), pressAt(page, texts.addToCalendar, 'Enter')]);
      expect(file.suggestedFilename()).toMatch(/\.ics$/);
    });
    expect((await readRoom(api, made.roomId)).invitations[1]).toMatchObject({ partstat: 'tentative' });
  });
});

describe('a scanner that looks like a browser and runs every script', () => {
  it.each([
    ['both links together', 0],
    ['one link, and the other 20 s later', 20],
  ])('opens %s: nothing changes, and a person afterwards still gets through', async (_, gapSeconds) => {
    const made = await asked();
    const scan = (link: string): Promise<void> =>
      inWindow(browser, desk, async (page) => {
        await page.goto(link);
        // What a script-running scanner may do short of pressing a button: scroll, hover, wait for the network to
        // fall silent.
        await page.mouse.move(200, 200);
        await page.mouse.wheel(0, 400);
        await page.waitForLoadState('networkidle');
      });
    if (gapSeconds === 0) await Promise.all([scan(approveLink(made)), scan(declineLink(made))]);
    else {
      await scan(approveLink(made));
      await age.hold(api, made, gapSeconds - 2);
      await scan(declineLink(made));
    }
    expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
    expect(await eventsOf(api, made.roomId)).toEqual(['RoomBooked', 'ProposalCreated']);
    await inWindow(browser, { ...phone, ...light }, async (page) => {
      await page.goto(approveLink(made));
      await page.getByRole('button', { name: 'Approve the new time' }).click();
      expect(await heading(page)).toBe('The new time is agreed');
    });
    expect((await readRoom(api, made.roomId)).sequence).toBe(1);
  });

  it('that prefetches the link of an open mail changes nothing', async () => {
    const made = await asked();
    const purposes: string[] = [];
    // The mailer stands before the API, so that what Chromium really sends can be seen and goes on to the API
    // unchanged.
    const mailer = createServer((request, response) => {
      if (request.url === '/mail')
        return void response
          .setHeader('content-type', 'text/html')
          .end(`<!doctype html><title>Mail</title><link rel="prefetch" href="/approve?t=${made.approve}">`);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      void fetch(`${api.url}${request.url}`, { headers }).then(async (answer) => {
        response.writeHead(answer.status).end(await answer.text());
        if (request.url?.startsWith('/approve')) purposes.push(headers['sec-purpose'] ?? headers['purpose'] ?? 'none');
      });
    });
    await new Promise<void>((resolve) => mailer.listen(0, '127.0.0.1', resolve));
    try {
      await inWindow(browser, desk, async (page) => {
        await page.goto(`http://127.0.0.1:${(mailer.address() as AddressInfo).port}/mail`);
        await eventually('Chromium prefetches the link', () => purposes.length > 0);
      });
    } finally {
      mailer.closeAllConnections();
      mailer.close();
    }
    expect(purposes).toEqual(['prefetch']);
    expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
  });

  it('or another site that posts for the reader, is refused', async () => {
    const made = await asked();
    await inWindow(browser, desk, async (page) => {
      await page.route('http://evil.test/', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<form method="post" action="${api.url}/approve"><input name="t" value="${made.approve}"><button>win</button></form>`,
        }),
      );
      await page.goto('http://evil.test/');
      await page.getByRole('button').click();
      expect(await heading(page)).toBe('Please open the link from our mail');
    });
    expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
    expect((await press(api, '/approve', { t: made.approve })).status).toBe(200);
  });
});

it('axe sees what it is meant to see', async () => {
  await inWindow(browser, desk, async (page) => {
    await page.setContent(
      '<!doctype html><html><title>x</title><body><input><p style="color:#bbb;background:#fff">pale</p></body></html>',
    );
    const faults = (await accessibilityFaults(page)).map((each) => each.split(' ')[0]);
    expect(faults).toEqual(expect.arrayContaining(['color-contrast', 'html-has-lang', 'label']));
  });
});
