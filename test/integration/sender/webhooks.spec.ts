// Webhooks from the change of a room to the platform's receiver: signed, retried, replayed, rotated, disabled, guarded;
// no endpoint waits for another.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { register } from 'prom-client';
import { appendWebhooks } from '#persistence';
import { WebhookHttp } from '../../../apps/notification-sender/src/webhooks/webhook-http';
import { eventually } from '../../support/eventually';
import { sender, storeRoom } from '../../support/sender';
import { event, room as roomOf } from '../../support/sender-events';
import { type Api, type ApiBody, startApi } from '../../support/scheduling-api';
import { SmtpSink } from '../../support/smtp-sink';
import { type Receiver, type WebhookSender, startReceiver, startSending, verify } from '../../support/webhooks';

let api: Api;
let sending: WebhookSender;
let receiver: Receiver;
beforeAll(async () => {
  api = await startApi();
  sending = startSending(api.database.db);
});
afterAll(async () => {
  await sending.stop();
  await api.stop();
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await api.database.db.query('delete from webhook_endpoints');
  await receiver.stop();
});

const endpoints = '/api/webhooks/endpoints';
const register_ = async (
  over: Record<string, unknown> = {},
): Promise<ApiBody & { endpointId: string; secret: string }> => {
  const answer = await api.post(endpoints, { url: receiver.url, ...over });
  expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  return answer.body as ApiBody & { endpointId: string; secret: string };
};
const call = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: ApiBody }> => {
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: { authorization: `Bearer test-key-of-at-least-thirty-two-characters`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as ApiBody };
};
const book = async (): Promise<ApiBody> => {
  const who = randomUUID().slice(0, 8);
  const { body } = await api.post('/api/practice-room/create', {
    startUtc: '2031-05-06T14:00:00Z',
    endUtc: '2031-05-06T15:00:00Z',
    host: { email: `host-${who}@hosts.test`, name: `Hana ${who}` },
    guest: { email: `guest-${who}@guests.test`, name: `Gil ${who}` },
  });
  return body;
};
const came = (type: string): Promise<Receiver['received'][number]> =>
  eventually(`a ${type}`, () => receiver.received.find(({ body }) => body.type === type));
const messagesOf = async (endpointId: string, query = ''): Promise<ApiBody[]> =>
  (await api.get(`${endpoints}/${endpointId}/messages${query}`)).body.items;

describe('an endpoint', () => {
  it('gets a booking and a cancellation, signed, with the room and without its people', async () => {
    const { secret } = await register_();
    const room = await book();
    const booked = await came('room.booked');
    expect(verify(booked, secret)).toMatchObject({ type: 'room.booked' });
    expect(() => verify({ ...booked, raw: `${booked.raw} ` }, secret)).toThrow();
    expect(booked.headers['content-type']).toBe('application/json');
    expect(booked.body.data.room).toMatchObject({
      roomId: room.roomId,
      uid: room.uid,
      status: 'scheduled',
      sequence: 0,
    });
    expect(booked.raw).not.toMatch(/@hosts\.test|@guests\.test|Hana|Gil|"email"|"name"/);
    await api.post('/api/practice-room/delete', { roomId: room.roomId, reason: 'moved house' });
    const cancelled = await came('room.cancelled');
    expect(cancelled.body.data).toMatchObject({
      room: { status: 'cancelled', sequence: 1 },
      cause: 'deleted',
      by: null,
    });
    // The room of the booking is the room as it was then.
    expect(booked.body.data.room['status']).toBe('scheduled');
  });

  it('gets names and addresses where it asks for them, and only the types it wants', async () => {
    await register_({ includeAddresses: true, events: ['room.booked'] });
    const room = await book();
    const { body } = await came('room.booked');
    const people = (of: unknown): unknown => (of as ApiBody['invitations']).map(({ email }) => email);
    expect(people(body.data.room['invitations'])).toEqual(people(room.invitations));
    await api.post('/api/practice-room/delete', { roomId: room.roomId });
    await api.post('/api/practice-room/create', {});
    await book();
    await eventually('the second booking', () => receiver.received.length === 2);
    expect(receiver.received.map((each) => each.body.type)).toEqual(['room.booked', 'room.booked']);
  });

  it('gets letters, with the room added', async () => {
    await register_({ events: ['letter.sent'] });
    const sink = new SmtpSink();
    const mail = sender(api.database.db, await sink.start(), { start: true });
    try {
      const room = await storeRoom(api.database.db, roomOf());
      await mail.handle(event('RoomBooked', { room }));
      await eventually('two letters', () => receiver.received.length === 2, { timeoutMs: 40_000 });
      for (const { body, raw } of receiver.received) {
        expect(body.data).toMatchObject({ room: { roomId: room.roomId }, letter: { method: 'REQUEST', sequence: 0 } });
        expect(raw).not.toContain('"email"');
      }
    } finally {
      await mail.stop();
      await sink.close();
    }
  });

  it('can be read, changed and deleted, and shows its secret once', async () => {
    const { endpointId, secret, ...shown } = await register_({ events: ['room.booked'], description: 'orders' });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/=]{43,}$/);
    expect(shown).toMatchObject({
      events: ['room.booked'],
      description: 'orders',
      includeAddresses: false,
      status: 'enabled',
    });
    const read = await api.get(`${endpoints}/${endpointId}`);
    expect(read.body).toEqual({ endpointId, ...shown });
    expect((await api.get(endpoints)).body.items).toEqual([read.body]);
    const changed = await call('PATCH', `${endpoints}/${endpointId}`, {
      events: null,
      status: 'disabled',
      description: null,
    });
    expect(changed.body).toMatchObject({ status: 'disabled', description: null });
    expect(changed.body['events']).toContain('letter.bounced');
    await book();
    expect(await messagesOf(endpointId)).toEqual([]);
    expect((await call('POST', `${endpoints}/${endpointId}/test`)).status).toBe(409);
    expect((await call('DELETE', `${endpoints}/${endpointId}`)).status).toBe(204);
    expect((await call('DELETE', `${endpoints}/${endpointId}`)).status).toBe(404);
    const [row] = await api.database.db.query<{ text: string }>(
      `select coalesce(string_agg(answer::text, ''), '') as text from idempotency_keys`,
    );
    expect(row?.text).not.toContain('whsec_');
  });

  it('is made once under one Idempotency-Key, and its secret is shown again and stored sealed', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [first, second] = [
      await api.post(endpoints, { url: receiver.url }, headers),
      await api.post(endpoints, { url: receiver.url }, headers),
    ];
    expect(second.text).toBe(first.text);
    const stored = JSON.stringify(
      await api.database.db.query('select e.secret, k.answer from webhook_endpoints e, idempotency_keys k'),
    );
    expect(stored).not.toContain('whsec_');
  });
});

describe('a webhook', () => {
  it('is tried again under its id, after 5 s give or take a fifth, and every try is shown', async () => {
    receiver.answer = (response, nth) => void response.writeHead(nth === 1 ? 500 : 204).end();
    const { endpointId } = await register_({ events: ['room.booked'] });
    await book();
    await came('room.booked');
    const waiting = await eventually('the first try is recorded', async () => {
      const [message] = await messagesOf(endpointId, '?status=pending');
      return (message?.['attempts'] as unknown[] | undefined)?.length === 1 ? message : undefined;
    });
    const [{ at, httpStatus }] = waiting['attempts'] as [{ at: string; httpStatus: number }];
    expect(httpStatus).toBe(500);
    const wait = Date.parse(String(waiting['nextAttemptAt'])) - Date.parse(at);
    expect(wait).toBeGreaterThan(3_900);
    expect(wait).toBeLessThan(7_500);
    await eventually('the second try', () => receiver.received.length === 2, { timeoutMs: 40_000 });
    const [first, second] = receiver.received;
    expect([second?.id, second?.raw]).toEqual([first?.id, first?.raw]);
    const [done] = await eventually('delivered', async () => {
      const found = await messagesOf(endpointId, '?status=delivered');
      return found.length === 1 ? found : undefined;
    });
    expect(done).toMatchObject({
      messageId: first?.id,
      nextAttemptAt: null,
      attempts: [{ httpStatus: 500 }, { httpStatus: 204 }],
    });
  }, 60_000);

  it('is replayed under its id, alone, by time or all', async () => {
    const { endpointId } = await register_();
    await book();
    const { id } = await came('room.booked');
    await eventually('delivered', async () => (await messagesOf(endpointId, '?status=delivered')).length === 1);
    const replay = async (body: unknown): Promise<unknown> =>
      (await call('POST', `${endpoints}/${endpointId}/replay`, body)).body['count'];
    expect([await replay({}), await replay({ status: 'all', until: '2020-01-01T00:00:00Z' })]).toEqual([0, 0]);
    expect(await replay({ status: 'all', messageIds: [id] })).toBe(1);
    await eventually('again', () => receiver.received.filter((each) => each.id === id).length === 2);
    await eventually('delivered again', async () => (await messagesOf(endpointId, '?status=delivered')).length === 1);
    await api.database.db.query(`update webhook_deliveries set status = 'failed' where message_id = $1`, [id]);
    expect(await replay(undefined)).toBe(1);
    await eventually('a third time', () => receiver.received.filter((each) => each.id === id).length === 3);
  });

  it('is signed by both secrets while one is rotated', async () => {
    const { endpointId, secret } = await register_();
    const rotated = await call('POST', `${endpoints}/${endpointId}/rotate-secret`);
    const fresh = rotated.body['secret'] as string;
    expect([rotated.status, fresh === secret]).toEqual([200, false]);
    const test = await call('POST', `${endpoints}/${endpointId}/test`);
    expect(test.status).toBe(202);
    const webhook = await came('webhook.test');
    expect(webhook.id).toBe(test.body['messageId']);
    expect([verify(webhook, secret), verify(webhook, fresh)]).toHaveLength(2);
    await api.database.db.query(`update webhook_endpoints set previous_until = now() - interval '1 second'`);
    await call('POST', `${endpoints}/${endpointId}/test`);
    const later = await eventually('a second test', () => receiver.received[1]);
    verify(later, fresh);
    expect(() => verify(later, secret)).toThrow('signature');
  });

  it('disables its endpoint with a 410, at once and visibly', async () => {
    receiver.answer = (response) => void response.writeHead(410).end();
    const { endpointId } = await register_();
    await call('POST', `${endpoints}/${endpointId}/test`);
    await eventually('disabled', async () => (await api.get(`${endpoints}/${endpointId}`)).body.status === 'disabled');
    expect(await messagesOf(endpointId)).toMatchObject([{ type: 'webhook.test', status: 'failed', roomId: null }]);
    expect(await register.metrics()).toMatch(/scheduling_webhook_endpoints_disabled_total\{why="gone"\} [1-9]/);
    receiver.answer = (response) => void response.writeHead(200).end();
    await call('PATCH', `${endpoints}/${endpointId}`, { status: 'enabled' });
    await call('POST', `${endpoints}/${endpointId}/replay`, {});
    await eventually(
      'accepted after all',
      async () => (await messagesOf(endpointId, '?status=delivered')).length === 1,
    );
  });

  it('disables its endpoint after five days of failures only; one success begins the count anew', async () => {
    receiver.answer = (response, nth) => void response.writeHead(nth === 1 ? 200 : 500).end();
    const { endpointId } = await register_();
    const failingSince = (days: number): Promise<unknown> =>
      api.database.db.query(`update webhook_endpoints set failing_since = now() - $1 * interval '1 day'`, [days]);
    await failingSince(6);
    await call('POST', `${endpoints}/${endpointId}/test`);
    await eventually('a success', async () => (await messagesOf(endpointId, '?status=delivered')).length === 1);
    const since = async (): Promise<Date | null | undefined> =>
      (await api.database.db.query<{ failing_since: Date | null }>('select failing_since from webhook_endpoints'))[0]
        ?.failing_since;
    expect(await since()).toBeNull();
    await call('POST', `${endpoints}/${endpointId}/test`);
    await eventually('a failure', async () => (await since()) !== null);
    expect((await api.get(`${endpoints}/${endpointId}`)).body.status).toBe('enabled');
    await failingSince(5.1);
    await call('POST', `${endpoints}/${endpointId}/test`);
    await eventually('disabled', async () => (await api.get(`${endpoints}/${endpointId}`)).body.status === 'disabled');
  });
});

it('an endpoint that does not respond delays no other, with a thousand events for both', async () => {
  const slow = await startReceiver();
  slow.answer = (response) => void setTimeout(() => response.writeHead(200).end(), 15_000).unref();
  try {
    await register_({ url: slow.url });
    await register_();
    const message = (): Parameters<typeof appendWebhooks>[1][number] => ({
      id: randomUUID(),
      type: 'attendee.replied',
      roomId: null,
      occurredAt: new Date(),
      correlationId: 'test',
      data: { room: null },
      detail: {},
    });
    const ids = new Set<string>();
    for (let n = 0; n < 10; n += 1) {
      const batch = Array.from({ length: 100 }, message);
      for (const { id } of batch) ids.add(id);
      await api.database.db.transaction(async (tx) => appendWebhooks(tx, batch));
    }
    await eventually('all thousand at the other', () => receiver.received.length >= 1_000, { timeoutMs: 40_000 });
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(ids);
    expect(slow.received.length).toBeLessThan(10);
  } finally {
    await slow.stop();
  }
}, 60_000);

it('webhooks that are being sent when a sender stops are sent by the next', async () => {
  const { endpointId } = await register_({ events: ['room.booked'] });
  await sending.stop();
  receiver.answer = () => undefined;
  const dying = startSending(api.database.db, 15_000, 200);
  const room = await book();
  await came('room.booked');
  await dying.stop();
  receiver.answer = (response) => void response.writeHead(200).end();
  sending = startSending(api.database.db);
  await eventually('sent again', async () => (await messagesOf(endpointId, '?status=delivered')).length === 1);
  expect(receiver.received.map((each) => each.body.data.room['roomId'])).toEqual([room.roomId, room.roomId]);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
});

describe('a target', () => {
  it.each([
    ['https://127.0.0.1/', 'public'],
    ['https://[::ffff:10.0.0.1]/', 'public'],
    ['https://169.254.169.254/latest', 'public'],
    ['https://localhost/', 'public'],
    ['http://example.com/', 'https'],
    ['https://user:pass@example.com/', 'password'],
    ['nonsense', 'https'],
  ])('%s is refused in words', async (url, word) => {
    const answer = await api.post(endpoints, { url });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid-field']);
    expect(answer.body.errors).toMatchObject([{ pointer: '/url', code: 'not-a-target' }]);
    expect(answer.body.errors[0]?.detail).toContain(word);
  });

  it('is accepted where its name does not resolve, and checked at each send', async () => {
    expect((await api.post(endpoints, { url: 'https://nowhere.invalid/hook' })).status).toBe(201);
  });

  const post = async (http: WebhookHttp, url: string) => http.post(url, '{}', {}, new AbortController().signal);
  const rules = { privateTargets: false, production: false };

  it('is connected to only at the address that was checked', async () => {
    let asked = 0;
    const resolve = (): Promise<{ address: string; family: 4 }[]> =>
      Promise.resolve([{ address: (asked += 1) > 0 ? '127.0.0.1' : '8.8.8.8', family: 4 }]);
    const http = new WebhookHttp(rules, { resolve, withinMs: 2_000 });
    const { port } = new URL(receiver.url);
    expect(await post(http, `https://rebound.example:${port}/`)).toMatchObject({
      httpStatus: null,
      error: 'the target must be at a public address',
    });
    expect([asked, receiver.received]).toEqual([1, []]);
    await http.close();
  });

  it('is not redirected, and its response is bounded in size and time', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/redirect') response.writeHead(302, { location: receiver.url }).end();
      else if (request.url === '/endless') {
        response.writeHead(200);
        const more = setInterval(() => response.write(Buffer.alloc(16_384)), 1);
        response.on('close', () => clearInterval(more));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const http = new WebhookHttp(rules, { withinMs: 20_000 });
    expect(await post(http, `${base}/redirect`)).toMatchObject({
      httpStatus: 302,
      error: expect.stringContaining('redirect'),
    });
    expect(receiver.received).toEqual([]);
    const endless = await post(http, `${base}/endless`);
    expect(endless).toMatchObject({ httpStatus: 200, error: null });
    expect(endless.ms).toBeLessThan(15_000);
    const hasty = new WebhookHttp(rules, { withinMs: 500 });
    expect(await post(hasty, `${base}/silent`)).toMatchObject({ httpStatus: null, error: 'no response in time' });
    await Promise.all([http.close(), hasty.close()]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

it('refuses bodies and ids that cannot be endpoints', async () => {
  for (const body of [
    {},
    { url: 1 },
    { url: receiver.url, events: [] },
    { url: receiver.url, events: ['room.made'] },
    { url: receiver.url, colour: 1 },
  ])
    expect((await api.post(endpoints, body)).status).toBe(422);
  for (const path of [randomUUID(), 'x', `${randomUUID()}/messages`])
    expect((await api.get(`${endpoints}/${path}`)).status).toBe(404);
  expect((await api.get(endpoints, { authorization: 'Bearer wrong' })).status).toBe(401);
});
