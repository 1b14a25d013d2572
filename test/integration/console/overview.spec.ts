// The Overview: a minute is counted once, whoever counts it and however long the audit is; the charts are of the last
// day, and what needs a person leads to its list.
import { pino } from 'pino';
import { Samples } from '../../../apps/scheduling-api/src/console/samples';
import { logIn, operatorKey } from '../../support/console';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { rowsLookedAt } from '../../support/rows-looked-at';
import { type Api, startApi } from '../../support/scheduling-api';

let fresh: FreshDatabase;
let api: Api;
beforeAll(async () => {
  fresh = await freshDatabase({ poolSize: 1 });
  api = await startApi({ OPERATOR_KEYS: new Map([['ops', operatorKey]]), RATE_LIMIT: 'off' }, fresh);
});
afterAll(async () => {
  await api.stop();
  await fresh.drop();
});

const samples = (): Samples => new Samples(fresh.db, pino({ level: 'silent' }));
/** In the minute that is counted next. */
const addLines = (kind: string, verdict: string, why: string | null, count: number) =>
  fresh.db.query(
    `insert into audit (app, kind, verdict, why, at) select 'x', $1, $2, $3,
       date_trunc('minute', now() - interval '20 seconds') - interval '30 seconds' from generate_series(1, $4::int)`,
    [kind, verdict, why, count],
  );

it('counts a minute once, by what the audit says of it, and what waits at its end', async () => {
  await addLines('letter', 'sent', null, 5);
  await addLines('letter', 'failed', '550: 550', 2);
  await addLines('mail', 'event', 'reply: believed', 3);
  await addLines('decision', 'applied', 'declined: the current reply of this attendee', 2);
  await addLines('decision', 'declined', null, 1);
  await addLines('mail', 'applied', 'accepted: the current reply of this attendee', 3);
  await addLines('mail', 'event', 'hard: 5.1.1', 1);
  await addLines('mail', 'ignored', 'own-mail: sent by the central mailbox', 4);
  await fresh.db.query(
    `insert into outbox (app, event_id, envelope, created_at) values ('x', gen_random_uuid(), '{}', now() - interval '90 seconds')`,
  );
  await fresh.db.query('delete from operation_samples');
  const wrote = await Promise.all([1, 2, 3].map(() => samples().take()));
  expect(wrote.filter(Boolean)).toHaveLength(1);
  const [row] = await fresh.db.query<Record<string, number>>(
    `select letters_sent, letters_failed, replies, bounces, letters_waiting, mails_waiting, letter_age_seconds,
            outbox_age_seconds between 89 and 200 as outbox_is_old from operation_samples`,
  );
  expect(row).toEqual({
    letters_sent: 5,
    letters_failed: 2,
    replies: 5,
    bounces: 1,
    letters_waiting: 0,
    mails_waiting: 0,
    letter_age_seconds: 0,
    outbox_is_old: true,
  });
});

it('reads the lines of its minute and no others of a long audit', async () => {
  await fresh.db.query(
    `insert into audit (app, kind, at) select 'x', 'call', now() - interval '1 day' from generate_series(1, 20000)`,
  );
  await addLines('letter', 'sent', null, 10);
  await fresh.db.query('analyze audit');
  for (let time = 0; time < 3; time += 1) {
    await fresh.db.query('delete from operation_samples');
    expect(await rowsLookedAt(fresh.db, 'audit', () => samples().take())).toBeLessThan(2_500);
  }
});

it('shows the day in charts and numbers, and leads to what needs a person', async () => {
  await fresh.db.query(
    `insert into operation_samples select date_trunc('minute', now()) - n * interval '1 minute', 0, 2, 1, 1, 0, 7, 0, 90, 3600
       from generate_series(60, 119) as n on conflict do nothing`,
  );
  await fresh.db.query(
    `insert into imip_messages (id, raw_pointer, way_in, size_bytes, sha256, state)
      values (gen_random_uuid(), 'x', 'webhook', 1, 'x', 'quarantined')`,
  );
  const operator = await logIn(api);
  expect((await operator.get('/console')).headers.get('location')).toBe('/console/overview');
  const { status, text } = await operator.get('/console/overview');
  expect(status).toBe(200);
  expect(text.match(/<figure/g)).toHaveLength(6);
  expect(text).toMatch(/1[23]\d sent, 6\d given up/);
  expect(text).toContain('Age of the oldest event in the outbox</b> <span class="faint">at most 60 min');
  expect(text).toMatch(/<rect class="bad" x="[\d.]+" y="[\d.]+" width="4\.0" height="[\d.]+"\/>/);
  expect(text).toContain('<a href="/console/mail?list=quarantined">1 mail could not be read</a>');
});
