// Every name of the contract's /metrics row is there in each app that can produce it, with 0 before the first event.
// The apps are the built ones, each a process of its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readMail } from '../../../apps/imip-ingestor/src/interpret/mail';
import { eventually } from '../../support/eventually';
import { type App, type Product, startProduct } from '../../support/product';

const everywhere = [
  'scheduling_outbox_age_seconds 0',
  'scheduling_outbox_depth 0',
  'scheduling_dead_letters_total 0',
  'scheduling_retries_total{queue="notification-sender.rooms"} 0',
  'database_operation_duration_seconds_count{kind="statement"}',
  'database_operation_duration_seconds_count{kind="transaction"}',
  'database_pool_connections{state="waiting"} 0',
  'http_request_duration_seconds_bucket{le="0.1",method="GET",route="/health/ready",status="200"}',
  'nodejs_eventloop_lag_p99_seconds',
  'process_resident_memory_bytes',
];
const own: Record<Exclude<App, 'standalone'>, string[]> = {
  'scheduling-api': [
    'scheduling_bookings_total 0',
    'scheduling_cancellations_total{cause="declined"} 0',
    'scheduling_replies_total{partstat="accepted"} 0',
    'scheduling_replies_total{partstat="declined"} 0',
    'scheduling_replies_total{partstat="tentative"} 0',
    'scheduling_counters_total 0',
    ...['pending', 'approved', 'declined', 'expired'].map(
      (status) => `scheduling_proposals_total{status="${status}"} 0`,
    ),
    ...['ok', 'expired', 'used', 'forged'].map(
      (verdict) => `scheduling_token_uses_total{purpose="approve",verdict="${verdict}"} 0`,
    ),
  ],
  'notification-sender': [
    'scheduling_letters_total{method="REQUEST",result="sent"} 0',
    'scheduling_letters_total{method="CANCEL",result="failed"} 0',
    'scheduling_letters_total{method="none",result="deferred"} 0',
    'scheduling_letter_send_seconds_count 0',
    'scheduling_ledger_letters{state="due"} 0',
    'scheduling_ledger_letters{state="blocked"} 0',
    'scheduling_ledger_age_seconds 0',
    'scheduling_privacy_gate_blocks_total 0',
  ],
  'imip-ingestor': [
    ...['hard', 'soft', 'delayed', 'delivered'].map((kind) => `scheduling_bounces_total{kind="${kind}"} 0`),
    'scheduling_inbound_ignored_total{reason="unknown-attendee"} 0',
    'scheduling_inbound_held_total{reason="attendee-mismatch"} 0',
    'scheduling_inbound_mails_total{kind="reply"} 0',
    'scheduling_inbound_waiting 0',
    'scheduling_organizer_refused_total 0',
    'scheduling_parser_failures_total 0',
  ],
};

let product: Product;
beforeAll(async () => {
  product = await startProduct('three apps on RabbitMQ');
}, 90_000);
afterAll(() => product.end(), 60_000);

const metrics = async (app: App): Promise<string> => (await fetch(`${product.url(app)}/metrics`)).text();
/** The value of one series, as text. */
const value = (text: string, series: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${series} `))
    ?.slice(series.length + 1);

it.each(['scheduling-api', 'notification-sender', 'imip-ingestor'] as const)(
  '%s shows its metrics before the first event',
  async (app) => {
    const lines = (await metrics(app)).split('\n');
    const missing = [...everywhere, ...own[app]].filter(
      (wanted) => !lines.some((line) => line === wanted || (!/ \S+$/.test(wanted) && line.startsWith(`${wanted} `))),
    );
    expect(missing).toEqual([]);
  },
);

it('a booking, an answer, a stranger and a cancel are counted where they happen', async () => {
  const { room, host, guest } = await product.book();
  await guest.reply('google', { kind: 'accept' });
  await guest.reply('google', { kind: 'decline' }, { attendee: 'third@elsewhere.test', from: 'third@elsewhere.test' });
  await host.reply('outlook', { kind: 'decline' });
  await host.mail(1);
  await guest.mail(1);
  const [api, ingestor] = [await metrics('scheduling-api'), await metrics('imip-ingestor')];
  expect(value(api, 'scheduling_bookings_total')).toBe('1');
  expect(value(api, 'scheduling_replies_total{partstat="accepted"}')).toBe('1');
  expect(value(api, 'scheduling_cancellations_total{cause="declined"}')).toBe('1');
  expect(value(ingestor, 'scheduling_inbound_ignored_total{reason="unknown-attendee"}')).toBe('1');
  expect(value(ingestor, 'scheduling_inbound_mails_total{kind="reply"}')).toBe('3');
  expect(
    Number(
      value(api, 'http_request_duration_seconds_count{method="POST",route="/api/practice-room/create",status="201"}'),
    ),
  ).toBe(1);
  // The last two letters are counted when their outcome is written down, a moment after the mail is there.
  const sent = async (): Promise<string | undefined> =>
    value(await metrics('notification-sender'), 'scheduling_letters_total{method="CANCEL",result="sent"}');
  await product.room(room.roomId);
  await eventually('both cancels are counted', async () => (await sent()) === '2');
});

it('a counter, its approval, a forged link, an answer that is not believed and a bounce are counted where they happen', async () => {
  const series: [App, string][] = [
    ['scheduling-api', 'scheduling_counters_total'],
    ['scheduling-api', 'scheduling_proposals_total{status="pending"}'],
    ['scheduling-api', 'scheduling_proposals_total{status="approved"}'],
    ['scheduling-api', 'scheduling_token_uses_total{purpose="approve",verdict="ok"}'],
    ['scheduling-api', 'scheduling_token_uses_total{purpose="approve",verdict="used"}'],
    ['scheduling-api', 'scheduling_token_uses_total{purpose="decline",verdict="forged"}'],
    ['imip-ingestor', 'scheduling_inbound_held_total{reason="attendee-mismatch"}'],
    ['imip-ingestor', 'scheduling_bounces_total{kind="hard"}'],
  ];
  const values = (): Promise<number[]> =>
    Promise.all(series.map(async ([app, name]) => Number(value(await metrics(app), name))));
  const before = await values();
  const { room, host, guest } = await product.book();
  await guest.reply('outlook', {
    kind: 'counter',
    startUtc: new Date('2031-05-06T10:00:00Z'),
    endUtc: new Date('2031-05-06T11:00:00Z'),
  });
  const words = readMail(await host.mail(1))
    .parts.map((part) => part.body.toString())
    .join('\n');
  const token = /\/approve\?t=([A-Za-z0-9._-]+)/.exec(words)?.[1] ?? '';
  const post = (path: string, t: string): Promise<Response> =>
    fetch(`${product.url('scheduling-api')}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: t }),
    });
  expect([
    (await post('/approve', token)).status,
    (await post('/decline', `${token}x`)).status,
    (await post('/approve', token)).status,
  ]).toEqual([200, 404, 200]);
  await guest.reply('google', { kind: 'decline' }, { attendee: host.email });
  const { invitations } = await eventually('the new invitation shows that it was sent', async () => {
    const now = await product.room(room.roomId);
    return now.invitations[1]?.delivery.state === 'sent' && now;
  });
  expect(invitations.length).toBe(2);
  const [letter] = await product.database.db.query<{ message_id: string }>(
    `select message_id from letters where room_id = $1 and role = 'guest' order by position desc limit 1`,
    [room.roomId],
  );
  const hook = await fetch(`${product.url('imip-ingestor')}/api/hooks/email-status`, {
    method: 'POST',
    headers: { authorization: 'Bearer e2e-inbound-token-of-thirty-two-characters', 'content-type': 'application/json' },
    body: JSON.stringify({ messageId: letter?.message_id, recipient: guest.email, event: 'bounced', code: '5.1.1' }),
  });
  expect(hook.ok).toBe(true);
  await eventually(
    'all of it is counted, once',
    async () => (await values()).map((now, n) => now - (before[n] ?? 0)).join() === '1,1,1,1,1,1,1,1',
  );
});

it('no label holds an address, an id or a token', async () => {
  const { guest } = await product.book();
  const link =
    /reschedule\?r=([A-Za-z0-9._-]+)/.exec(
      readMail(await guest.mail(0))
        .parts.map((part) => part.body.toString())
        .join(),
    )?.[1] ?? '';
  expect(link).not.toBe('');
  await fetch(`${product.url('scheduling-api')}/reschedule?r=${link}`);
  for (const app of ['scheduling-api', 'notification-sender', 'imip-ingestor'] as const) {
    const text = await metrics(app);
    expect(text).not.toMatch(/@|[0-9a-f]{8}-[0-9a-f]{4}-|[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/);
  }
});

it('every metric that the alert rules and the dashboard ask for is there', async () => {
  const shown = (
    await Promise.all((['scheduling-api', 'notification-sender', 'imip-ingestor'] as const).map(metrics))
  ).join('\n');
  const names = new Set(
    [...shown.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_count', '_sum'].map((end) => name + end) : [name],
    ),
  );
  // Prometheus' own.
  for (const name of ['up', 'ALERTS']) names.add(name);
  const asked = [...expressions()].flatMap(metricsIn);
  expect(asked.length).toBeGreaterThan(30);
  expect([...new Set(asked)].filter((name) => !names.has(name))).toEqual([]);
});

const docker = join(__dirname, '..', '..', '..', 'docker');

function* expressions(): Generator<string> {
  const { groups } = parse(readFileSync(join(docker, 'prometheus', 'scheduling.rules.yml'), 'utf8')) as {
    groups: { rules: { expr: string }[] }[];
  };
  for (const group of groups) for (const rule of group.rules) yield rule.expr;
  const { panels } = JSON.parse(readFileSync(join(docker, 'grafana', 'dashboards', 'scheduling.json'), 'utf8')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  for (const panel of panels) for (const target of panel.targets ?? []) yield target.expr;
}

/** The series of an expression: every name that is no function, no keyword, no label and no number. */
const metricsIn = (expression: string): string[] =>
  [
    ...expression
      .replaceAll(/"[^"]*"/g, '')
      .replaceAll(/\{[^}]*\}|\[[^\]]*\]|\b(?:by|offset)\s*(?:\([^)]*\)|\S+)/g, ' ')
      .matchAll(/[A-Za-z_:][\w:]*\b(?!\s*\()/g),
  ]
    .map(([name]) => name)
    .filter((name) => !/^(?:and|or|unless|sum|max|count|absent|vector|increase|rate|histogram_quantile)$/.test(name));
