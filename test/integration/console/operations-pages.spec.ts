// The console's pages about letters, mails, dead letters, webhooks and health: what they list, that an act names its
// consequence, goes to the app that owns the rows and stands in the audit, and what a list costs.
import { randomUUID } from 'node:crypto';
import type { Envelope } from '#contracts';
import { OperatorConsumer as Ingestor } from '../../../apps/imip-ingestor/src/inbox/quarantined-mails';
import { OperatorConsumer as Sender } from '../../../apps/notification-sender/src/ledger/failed-letters';
import { logIn, operatorKey, type Operator, visit } from '../../support/console';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { rowsLookedAt } from '../../support/rows-looked-at';
import { type Api, startApi } from '../../support/scheduling-api';

let fresh: FreshDatabase;
let api: Api;
let operator: Operator;
/** Of each list; a page shows fifty, and is counted up to a thousand. */
const many = 6_000;
/** A page, the counts of the lists up to a thousand each, and the reasons of a thousand that failed. */
const most = 4_000;

beforeAll(async () => {
  // One connection: whose prepared statements are measured, and whose count is told.
  fresh = await freshDatabase({ poolSize: 1 });
  api = await startApi({ OPERATOR_KEYS: new Map([['ops', operatorKey]]), RATE_LIMIT: 'off' }, fresh);
  operator = await logIn(api);
});
beforeEach(() => fresh.db.query('delete from letters; delete from imip_messages; delete from outbox'));
afterAll(async () => {
  await api.stop();
  await fresh.drop();
});

const addLetters = (state: string, error: string | null, count = 1) =>
  fresh.db.query<{ id: string }>(
    `insert into letters (id, uid, sequence, attendee_email, method, kind, room_id, invitation_id, role, content,
      state, attempts, last_error, message_id, correlation_id, event_id, created_at)
     select gen_random_uuid(), gen_random_uuid(), 0, 'guest@guests.test', 'REQUEST', 'invite', gen_random_uuid(),
       gen_random_uuid(), 'guest', '{"room":{"startUtc":"2031-05-05T10:00:00Z"},"matter":{}}',
       $1, 1, $2, gen_random_uuid(), 'c', gen_random_uuid(), now() - n * interval '1 second'
       from generate_series(1, $3::int) as n returning id`,
    [state, error, count],
  );

const addMails = (state: string, verdict: string | null, why: string, count = 1) =>
  fresh.db.query<{ id: string }>(
    `with mails as (
       insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, state, verdict, why, envelope_from, received_at)
       select gen_random_uuid(), 'raw_mails/x', 'webhook', 1, 'x', $1, $2, $3, 'guest@guests.test', now() - n * interval '1 second'
         from generate_series(1, $4::int) as n returning id
     ), bytes as (insert into raw_mails (id, key_id, sealed) select id, 'k', '\\x00' from mails returning 1)
     select id from mails`,
    [state, verdict, why, count],
  );

const audit = async (verdict: string) =>
  fresh.db.query<{ app: string; actor: string; source: string }>(
    'select app, actor, source from audit where verdict = $1 order by position desc limit 1',
    [verdict],
  );
const lastEvent = async <N extends 'LettersReplayRequested' | 'MailsReplayRequested'>(name: N) =>
  (await api.events()).find((event): event is Envelope<N> => event.name === name) as Envelope<N>;
const show = async (path: string): Promise<string> => {
  const { status, text } = await operator.get(path);
  expect([path, status]).toEqual([path, 200]);
  return text;
};

describe('letters', () => {
  it('stand in the list of their state, without an address, and lead to the page of their room', async () => {
    await addLetters('due', null);
    await addLetters('due', '451: 4.7.1 greylisted');
    await addLetters('failed', '550: 5.1.1 unknown');
    await addLetters('blocked', 'privacy-gate: stopped');
    for (const [list, says] of [
      ['waiting', 'Waiting (1)'],
      ['deferred', '451: 4.7.1 greylisted'],
      ['failed', '550: 5.1.1 unknown'],
      ['stopped', 'privacy-gate: stopped'],
    ]) {
      const text = await show(`/console/letters?list=${list}`);
      expect(text).toContain(says);
      expect(text.match(/<tbody><tr>/g)).toHaveLength(1);
      expect(text).not.toContain('guests.test');
      expect(text).toMatch(/href="\/console\/rooms\/[0-9a-f-]{36}"/);
    }
  });

  it('that failed are sent again after a page has said what that does, under the name of the operator', async () => {
    const [letter] = await addLetters('failed', '550: 5.1.1 unknown');
    const path = `/console/letters/${letter?.id}/replay`;
    expect(await show(path)).toContain('becomes due again with its old Message-ID');
    const answer = await operator.post(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/console/letters?list=failed&asked=1']);
    expect(await show('/console/letters?list=failed&asked=1')).toContain('1 letter to be sent again');
    expect(await audit('letters-replay-requested')).toEqual([
      { app: 'scheduling-api', actor: 'key:ops', source: 'console' },
    ]);
    await new Sender(fresh.db).onReplay(await lastEvent('LettersReplayRequested'));
    expect(await fresh.db.query('select state from letters')).toEqual([{ state: 'due' }]);
    expect(await audit('driven-again')).toEqual([{ app: 'notification-sender', actor: 'key:ops', source: 'console' }]);
    expect((await operator.get(path)).status).toBe(404);
  });

  it('that failed for one reason are sent again together', async () => {
    await addLetters('failed', '550: 5.1.1 unknown', 3);
    await addLetters('failed', 'deadline: too late');
    expect(await show('/console/letters?list=failed')).toContain('550: 3 letters');
    expect(await show('/console/letters/replay?code=550')).toContain('3 letters that were given up for this reason');
    expect((await operator.post('/console/letters/replay?code=550')).status).toBe(303);
    expect((await lastEvent('LettersReplayRequested')).data.letterIds).toHaveLength(3);
  });

  it('are asked for by nobody else, and not by a form of another session', async () => {
    const [letter] = await addLetters('failed', '550: 5.1.1 unknown');
    const path = `/console/letters/${letter?.id}/replay`;
    expect((await visit(api, path, { fields: {} })).status).toBe(401);
    expect((await operator.post(path, { formToken: 'guessed' })).status).toBe(403);
    expect(await api.events()).toEqual([]);
  });
});

describe('mails', () => {
  it('that could not be read are released after a page has said what that does', async () => {
    const [mail] = await addMails('quarantined', 'quarantined', 'TimedOut');
    expect(await show('/console/mail')).toContain('TimedOut');
    const path = `/console/mail/${mail?.id}/replay`;
    expect(await show(path)).toContain('a decline, for instance, cancels the meeting and mails both parties');
    expect((await operator.post(path)).status).toBe(303);
    expect(await audit('mails-replay-requested')).toEqual([
      { app: 'scheduling-api', actor: 'key:ops', source: 'console' },
    ]);
    await new Ingestor(fresh.db).onReplay(await lastEvent('MailsReplayRequested'));
    expect(await fresh.db.query('select state, verdict from imip_messages')).toEqual([
      { state: 'stored', verdict: null },
    ]);
    expect(await audit('read-again')).toEqual([{ app: 'imip-ingestor', actor: 'key:ops', source: 'console' }]);
  });

  it('that were ignored are filtered by their reason, and none shows an address', async () => {
    await addMails('read', 'ignored', 'unknown-uid: no room has this UID', 2);
    await addMails('read', 'ignored', 'own-mail: sent by the central mailbox');
    const all = await show('/console/mail?list=ignored');
    expect([all.match(/Read again/g)?.length, all.match(/<option value="[a-z]/g)?.length]).toEqual([3, 2]);
    const own = await show(
      `/console/mail?list=ignored&why=${encodeURIComponent('own-mail: sent by the central mailbox')}`,
    );
    expect(own.match(/Read again/g)).toHaveLength(1);
    expect(all + own).not.toContain('guests.test');
  });

  it('that were not believed may be read again, those that took effect not, and not without their bytes', async () => {
    const [held] = await addMails('read', 'held', 'not-verified: no aligned pass');
    const [done] = await addMails('read', 'event', 'reply: believed');
    await fresh.db.query(`insert into imip_seen (key, mail_id) values ('held-message:x', $1)`, [held?.id]);
    expect(await show(`/console/mail/${held?.id}/replay`)).toContain('its attendee is asked by mail once more');
    expect((await operator.post(`/console/mail/${done?.id}/replay`)).status).toBe(404);
    await operator.post(`/console/mail/${held?.id}/replay`);
    const event = await lastEvent('MailsReplayRequested');
    await new Ingestor(fresh.db).onReplay({
      ...event,
      data: { ...event.data, mailIds: [held?.id ?? '', done?.id ?? ''] },
    });
    expect(await fresh.db.query('select id, state from imip_messages order by state')).toEqual([
      { id: done?.id, state: 'read' },
      { id: held?.id, state: 'stored' },
    ]);
    expect(await fresh.db.query('select 1 from imip_seen')).toEqual([]);
    await fresh.db.query('delete from raw_mails');
    const [gone] = await addMails('read', 'ignored', 'unknown-uid: no room has this UID');
    await fresh.db.query('delete from raw_mails');
    expect((await operator.get(`/console/mail/${gone?.id}/replay`)).text).toContain('no longer stored');
  });
});

it('a list costs its page, however long it is', async () => {
  await addLetters('failed', '550: 5.1.1 unknown', many);
  await addLetters('due', null, many);
  await addMails('read', 'ignored', 'unknown-uid: no room has this UID', many);
  await addMails('read', 'held', 'not-verified: no aligned pass', many);
  await fresh.db.query('analyze letters; analyze imip_messages');
  for (const path of [
    '/console/letters?list=failed',
    '/console/letters?list=waiting',
    '/console/mail?list=ignored',
    `/console/mail?list=ignored&why=${encodeURIComponent('unknown-uid: no room has this UID')}`,
    '/console/mail?list=unconfirmed',
  ]) {
    const first = await show(path);
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(next).toContain('cursor=');
    const looks = await rowsLookedAt(fresh.db, null, () => show(next));
    expect([path, looks < most]).toEqual([path, true]);
    const idsOf = (page: string) => [...page.matchAll(/\/(?:letters|mail)\/([0-9a-f-]{36})"/g)].map(([, id]) => id);
    expect(new Set([...idsOf(first), ...idsOf(await show(next))]).size).toBe(100);
  }
});

describe('webhooks', () => {
  const endpoint = randomUUID();
  beforeAll(async () => {
    await fresh.db.query(
      `insert into webhook_endpoints (id, url, secret) values ($1, 'https://platform.test/hook?token=hush', 'sealed')`,
      [endpoint],
    );
    await fresh.db.query(
      `with m as (insert into webhook_messages (id, type, occurred_at, data)
         values (gen_random_uuid(), 'room.booked', now(), '{}') returning id)
       insert into webhook_deliveries (endpoint_id, message_id, status, due_at, log)
       select $1, id, 'failed', now(), '[{"at":"2031-05-05T10:00:00.000Z","httpStatus":500,"ms":12,"error":null}]' from m`,
      [endpoint],
    );
  });

  it('are listed by host, without what their URL may hold, and with their messages', async () => {
    expect(await show('/console/webhooks')).toContain('platform.test');
    const page = await show(`/console/webhooks/${endpoint}?status=failed`);
    expect(page).toMatch(/room\.booked.*failed.*500/s);
    expect(page + (await show('/console/webhooks'))).not.toContain('hush');
  });

  it('are disabled after a page has said what that does, and get no test until they are enabled', async () => {
    const act = (name: string) => operator.post(`/console/webhooks/${endpoint}/${name}`);
    expect(await show(`/console/webhooks/${endpoint}/disable`)).toContain(
      'No messages are written for it while it is disabled',
    );
    expect((await act('disable')).status).toBe(303);
    expect(await fresh.db.query('select status, disabled_why from webhook_endpoints')).toEqual([
      { status: 'disabled', disabled_why: 'platform' },
    ]);
    expect(await audit('webhook-disable')).toEqual([{ app: 'scheduling-api', actor: 'key:ops', source: 'console' }]);
    expect((await act('test')).status).toBe(409);
    expect(((await act('enable')).status, (await act('test')).status, (await act('replay')).status)).toBe(303);
    expect(await fresh.db.query('select status, count(*)::int from webhook_deliveries group by 1')).toEqual([
      { status: 'pending', count: 2 },
    ]);
    expect((await operator.get(`/console/webhooks/${randomUUID()}`)).status).toBe(404);
  });
});

describe('dead letters and health', () => {
  it('an event that was given up goes back, one that the privacy gate stopped does not', async () => {
    const insert =
      'insert into dead_letters (app, event_id, envelope, reason) values ($1, gen_random_uuid(), $2, $3) returning id';
    const [dead] = await fresh.db.query<{ id: string }>(insert, ['scheduling-api', '{"name":"ReplyReceived"}', 'boom']);
    await fresh.db.query(insert, ['notification-sender', '{"name":"LetterFailed"}', 'privacy-gate']);
    const page = await show('/console/dead-letters');
    expect([page.match(/Handle again/g)?.length, page.includes('PrivacyGateHit')]).toEqual([1, true]);
    expect(await show(`/console/dead-letters/replay?id=${dead?.id}`)).toContain('nothing is done twice');
    const answer = await operator.post(`/console/dead-letters/replay?id=${dead?.id}`);
    expect(answer.headers.get('location')).toBe('/console/dead-letters?done=1');
    expect(await audit('dead-letters-replayed')).toEqual([
      { app: 'scheduling-api', actor: 'key:ops', source: 'console' },
    ]);
    expect(await fresh.db.query(`select envelope ->> 'name' as name from outbox`)).toEqual([{ name: 'ReplyReceived' }]);
  });

  it('Health says what the doctor says, and looks again when it is asked to', async () => {
    await eventually('a first look has ended', async () => (await show('/console/health')).includes('must be fixed'));
    await addMails('quarantined', 'quarantined', 'OutOfMemory');
    expect((await operator.post('/console/health')).headers.get('location')).toBe('/console/health');
    const page = await eventually('the next look has ended', async () => {
      const { text } = await operator.get('/console/health');
      return text.includes('mails-quarantined') && text;
    });
    expect(page).toContain('1 mail could not be read (OutOfMemory)');
    expect(page).toContain('SMTP_URL is not set for scheduling-api');
  });
});
