// An operator's work at the console, walked in Chromium: what needs a person, a failed letter sent again, a quarantined
// mail released, a webhook disabled by keyboard. Every page light on a desk and dark on a phone, through axe.
// Screenshots in test/.out. What the other apps do with the events is done here by their own consumers.
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import type { Envelope } from '#contracts';
import { OperatorConsumer as Ingestor } from '../../apps/imip-ingestor/src/inbox/quarantined-mails';
import { OperatorConsumer as Sender } from '../../apps/notification-sender/src/ledger/failed-letters';
import { operatorKey } from '../support/console';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { type Api, startApi } from '../support/scheduling-api';
import { bookedRoom } from '../integration/links/links-fixtures';
import { dark, desk, eachLook, inWindow, launch, light, type Look, shoot } from './chromium';

let fresh: FreshDatabase;
let api: Api;
let browser: Browser;
const [letter, mail, endpoint] = [randomUUID(), randomUUID(), randomUUID()];

beforeAll(async () => {
  fresh = await freshDatabase();
  api = await startApi({ OPERATOR_KEYS: new Map([['ops', operatorKey]]), RATE_LIMIT: 'off' }, fresh);
  await plant((await bookedRoom(api)).roomId);
  browser = await launch();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await api.stop();
  await fresh.drop();
});

async function plant(roomId: string): Promise<void> {
  const { db } = fresh;
  await db.query('delete from outbox');
  await db.query(
    `insert into letters (id, uid, sequence, attendee_email, method, kind, room_id, invitation_id, role, content,
      state, attempts, last_error, message_id, correlation_id, event_id)
     select case when n = 1 then $2::uuid else gen_random_uuid() end, 'u' || n, 0, 'guest@guests.test', 'REQUEST', 'invite',
       $1, gen_random_uuid(), 'guest', '{"room":{"startUtc":"2031-05-05T10:00:00Z"},"matter":{}}', 'failed', 3,
       case when n < 3 then '550: 5.1.1 the recipient does not exist' else 'deadline: two days are over' end, 'm' || n,
       'c', gen_random_uuid() from generate_series(1, 3) as n`,
    [roomId, letter],
  );
  await db.query(
    `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, state, verdict, why, room_id, role, kind)
     values ($1, 'x', 'webhook', 1, 'x', 'quarantined', 'quarantined', 'TimedOut', null, null, null),
       (gen_random_uuid(), 'x', 'lmtp', 1, 'x', 'read', 'held', 'not-verified: no aligned pass speaks for it', $2, 'guest', 'reply'),
       (gen_random_uuid(), 'x', 'imap', 1, 'x', 'read', 'ignored', 'unknown-uid: no room has this UID', null, null, 'reply')`,
    [mail, roomId],
  );
  await db.query(`insert into raw_mails (id, key_id, sealed) values ($1, 'k', '\\x00')`, [mail]);
  await db.query(
    `insert into webhook_endpoints (id, url, secret, description, failing_since)
      values ($1, 'https://platform.test/hook', 'sealed', 'Orders', now() - interval '2 hours')`,
    [endpoint],
  );
  await db.query(
    `with m as (insert into webhook_messages (id, type, room_id, occurred_at, data)
       values (gen_random_uuid(), 'room.booked', $2, now(), '{}') returning id)
     insert into webhook_deliveries (endpoint_id, message_id, status, due_at, log)
     select $1, id, 'failed', now(), '[{"at":"2026-11-05T10:00:00.000Z","httpStatus":500,"ms":12,"error":null}]' from m`,
    [endpoint, roomId],
  );
  await db.query(
    `insert into dead_letters (app, event_id, envelope, reason)
      values ('scheduling-api', gen_random_uuid(), '{"name":"ReplyReceived"}', 'UnreadableEvent: data.roomId')`,
  );
  await db.query(
    `insert into operation_samples select date_trunc('minute', now()) - n * interval '1 minute', 0, 3 + (n / 7) % 9,
       case when n % 97 = 0 then 1 else 0 end, (n / 11) % 4, case when n % 83 = 0 then 1 else 0 end, (n / 40) % 12, 0,
       (n / 40) % 12 * 9, case when n between 300 and 340 then (340 - n) * 20 else 1 end
       from generate_series(2, 1400) as n on conflict do nothing`,
  );
}

const looks = [
  { name: 'desk-light', ...desk, ...light },
  { name: 'phone-dark', viewport: { width: 390, height: 800 }, ...dark },
] as Look[];

/** Nothing that axe finds, nothing that is wider than the screen. */
async function seen(page: Page, name: string): Promise<void> {
  await eachLook(page, looks, async (look, faults) => {
    await shoot(page, `console-${name}-${look}`);
    expect([name, await faults()]).toEqual([name, []]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
  await page.setViewportSize(desk.viewport);
}

async function logIn(page: Page): Promise<void> {
  await page.goto(`${api.url}/console`);
  await page.getByLabel('Operator key or token').fill(operatorKey);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
}

const asked = <N extends 'LettersReplayRequested' | 'MailsReplayRequested'>(name: N): Promise<Envelope<N>> =>
  eventually(`${name} waits`, async () =>
    (await api.events()).find((event): event is Envelope<N> => event.name === name),
  );

it('from what needs a person to a failed letter that is sent again, seen live', async () => {
  await inWindow(browser, desk, async (page) => {
    await logIn(page);
    await page.getByText('1 mail could not be read').waitFor();
    await page.getByText('The same in numbers').click();
    await seen(page, 'overview');
    await page.getByRole('link', { name: '3 letters were given up' }).click();
    await seen(page, 'letters');
    await page.locator(`a[href="/console/letters/${letter}/replay"]`).click();
    await page.getByText('Each becomes due again with its old Message-ID').waitFor();
    await seen(page, 'letter-replay');
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('1 letter to be sent again').waitFor();
    await new Sender(fresh.db).onReplay(await asked('LettersReplayRequested'));
    // The list is followed: the letter leaves it without a load.
    await page.locator(`a[href="/console/letters/${letter}/replay"]`).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Deferred (1)' }).waitFor();
    await page.getByRole('link', { name: /^deadline: 1 letter$/ }).waitFor();
  });
});

it('a quarantined mail is released; mails of the other lists are found by their reason', async () => {
  await inWindow(browser, desk, async (page) => {
    await logIn(page);
    await page.getByRole('link', { name: 'Mail', exact: true }).click();
    await page.getByText('TimedOut').waitFor();
    await seen(page, 'mail');
    await page.locator(`a[href="/console/mail/${mail}/replay"]`).click();
    await seen(page, 'mail-replay');
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('1 mail to be read again').waitFor();
    await new Ingestor(fresh.db).onReplay(await asked('MailsReplayRequested'));
    await page.getByText('There is no such mail.').waitFor();
    await page.getByRole('link', { name: /^Ignored/ }).click();
    await page.getByLabel('Reason').selectOption('unknown-uid: no room has this UID');
    await page.getByRole('button', { name: 'Show' }).click();
    await seen(page, 'mail-ignored');
  });
});

it('a webhook is disabled by keyboard alone, and says what that means first', async () => {
  await inWindow(browser, desk, async (page) => {
    await logIn(page);
    await page.getByRole('link', { name: 'Webhooks' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Webhooks' }).waitFor();
    await seen(page, 'webhooks');
    await page.getByRole('link', { name: 'platform.test' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('room.booked').waitFor();
    await seen(page, 'webhook');
    await page.getByRole('link', { name: 'Disable' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('No messages are written for it while it is disabled').waitFor();
    await seen(page, 'webhook-disable');
    await page.getByRole('button', { name: 'Disable' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('It is disabled.').waitFor();
    expect(await fresh.db.query('select status from webhook_endpoints')).toEqual([{ status: 'disabled' }]);
    expect(await fresh.db.query(`select actor from audit where verdict = 'webhook-disable'`)).toEqual([
      { actor: 'key:ops' },
    ]);
  });
});

it('dead letters and health', async () => {
  await inWindow(browser, desk, async (page) => {
    await logIn(page);
    await page.getByRole('link', { name: 'Dead letters' }).click();
    await page.getByText('UnreadableEvent: data.roomId').waitFor();
    await seen(page, 'dead-letters');
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByText('Must be fixed', { exact: true }).waitFor();
    await seen(page, 'health');
  });
});
