// The limits of one party over HTTP: the page, the problem and the timeline line of what is over. Contract, section
// 7.1; RATE_LIMIT is off here.
// The counting itself is in apps/scheduling-api/src/rooms/decide-limits.spec.ts.
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#persistence';
import { type Api, type ApiAnswer, type ApiBody, startApi } from '../../support/scheduling-api';
import { confirmToken } from './confirm-fixtures';
import {
  bookedRoom,
  browser,
  hourAhead,
  hourOn,
  press,
  proposal,
  readRoom,
  tokenFor,
  visit,
  words,
} from './links-fixtures';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const whys = async (roomId: string, code: string): Promise<unknown[]> => {
  const { items } = (await api.get(`/api/practice-room/${roomId}/timeline`)).body;
  return items.filter((each) => String(each['why']).startsWith(`${code}:`)).map((each) => each['role']);
};
const proposeFive = async (room: ApiBody): Promise<void> => {
  for (let n = 0; n < 5; n++) await proposal(api, room, 'guest', hourAhead(6, n));
};
const asForm = async (roomId: string, role: 'host' | 'guest'): Promise<ApiAnswer> => {
  const date = hourAhead(9).toISOString();
  const token = await tokenFor(api.database.db, roomId, role, 'propose');
  const form = {
    token,
    date: date.slice(0, 10),
    time: date.slice(11, 16),
    length: 'keep',
    zone: 'UTC',
    offset: '',
    note: '',
  };
  return press(api, '/api/reschedule/propose', form);
};
/** Mails with a link that went to a party, as the handling of their mails records them. */
const offered = (roomId: string, role: 'host' | 'guest', count: number): Promise<void> =>
  api.database.db.transaction(async (tx) => {
    const line = { roomId, kind: 'mail' as const, role, verdict: 'link-offered', why: 'text: unclear', actor: role };
    appendAudit(
      tx,
      'scheduling-api',
      Array.from({ length: count }, () => ({ ...line, correlationId: randomUUID() })),
    );
  });

it('the sixth proposal of a day is a 429 with Retry-After, uses no link up, and stands in the timeline', async () => {
  const room = await bookedRoom(api);
  await proposeFive(room);
  const token = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
  const problem = await api.post('/api/reschedule/propose', { token, ...hourOn(8) });
  expect([problem.status, problem.body.code]).toEqual([429, 'too-many-proposals']);
  const retry = Number(problem.headers.get('retry-after'));
  expect(retry).toBeGreaterThan(24 * 3_600 - 120);
  expect(retry).toBeLessThanOrEqual(24 * 3_600);
  const page = await asForm(room.roomId, 'guest');
  expect([page.status, Number(page.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(words(page.text)).toContain('as many new times as are possible in a day. You can ask again from');
  expect((await visit(api, `/reschedule?r=${token}`, browser)).status).toBe(200);
  expect(await whys(room.roomId, 'too-many-proposals')).toEqual(['guest', 'guest']);
  expect((await readRoom(api, room.roomId)).proposals).toHaveLength(5);
  await proposal(api, room, 'host', hourAhead(10));
});

it('a refusal for its count is not kept under its Idempotency-Key', async () => {
  const room = await bookedRoom(api);
  await proposeFive(room);
  const token = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
  const key = { 'idempotency-key': randomUUID() };
  expect((await api.post('/api/reschedule/propose', { token, ...hourOn(8) }, key)).status).toBe(429);
  await api.database.db.query(
    `update pending_proposals set created_at = created_at - interval '1 day' where room_id = $1`,
    [room.roomId],
  );
  expect((await api.post('/api/reschedule/propose', { token, ...hourOn(8) }, key)).status).toBe(201);
});

it('refused attempts do not count', async () => {
  const room = await bookedRoom(api);
  const token = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
  const past = { proposedStartUtc: '2020-01-01T09:00:00Z', proposedEndUtc: '2020-01-01T10:00:00Z' };
  for (let n = 0; n < 8; n++) expect((await api.post('/api/reschedule/propose', { token, ...past })).status).toBe(422);
  await proposeFive(room);
});

it('two proposals at a time cannot both be the fifth', async () => {
  const room = await bookedRoom(api);
  const first = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
  const tokens = [first];
  for (let n = 0; n < 4; n++) {
    await proposal(api, room, 'guest', hourAhead(6, n));
    tokens.push(await tokenFor(api.database.db, room.roomId, 'guest', 'propose'));
  }
  await api.post('/reschedule/fresh', { token: first });
  const second = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
  const last = tokens.at(-1) ?? '';
  expect(second).not.toBe(last);
  const both = await Promise.all(
    [last, second].map((token, n) => api.post('/api/reschedule/propose', { token, ...hourOn(8, n) })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([201, 429]);
});

it('a proposal whose mail could not leave is a 429, by page and by problem, until there is room again', async () => {
  const room = await bookedRoom(api);
  await offered(room.roomId, 'host', 6);
  const token = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
  const problem = await api.post('/api/reschedule/propose', { token, ...hourOn(8) });
  expect([problem.status, problem.body.code]).toEqual([429, 'mail-limit']);
  expect(Number(problem.headers.get('retry-after'))).toBeLessThanOrEqual(3_600);
  const page = await asForm(room.roomId, 'guest');
  expect([page.status, words(page.text).includes('Your host has already had as many mails')]).toEqual([429, true]);
  expect(await whys(room.roomId, 'mail-limit')).toEqual(['guest', 'guest']);
  // The other way round nothing is full.
  await proposal(api, room, 'host', hourAhead(7));
});

it('a confirmed COUNTER above the limit is a 429, and its link serves again', async () => {
  const room = await bookedRoom(api);
  await proposeFive(room);
  const startUtc = hourAhead(9).toISOString();
  const token = await confirmToken(api.database.db, room, 'guest', null, {
    startUtc,
    endUtc: hourAhead(9, 1).toISOString(),
  });
  const problem = await api.post('/confirm', { token });
  expect([problem.status, problem.body.code]).toEqual([429, 'too-many-proposals']);
  expect(Number(problem.headers.get('retry-after'))).toBeGreaterThan(3_600);
  const page = await press(api, '/confirm', { t: token });
  expect([page.status, words(page.text).includes('You can ask again from')]).toEqual([429, true]);
  await api.database.db.query(
    `update pending_proposals set created_at = created_at - interval '1 day' where room_id = $1`,
    [room.roomId],
  );
  expect((await api.post('/confirm', { token })).status).toBe(200);
});

it('an approval that waits and is replaced is named in the event of the new proposal', async () => {
  const room = await bookedRoom(api);
  const first = await proposal(api, room, 'guest', hourAhead(6));
  expect((await visit(api, `/approve?t=${first.approve}`)).status).toBe(200);
  const second = await proposal(api, room, 'guest', hourAhead(7));
  const events = await api.events();
  const created = events.filter((each) => each.name === 'ProposalCreated').map(({ data }) => data);
  const event = created.find((data) => 'proposal' in data && data.proposal.proposalId === second.proposalId);
  expect(event).toMatchObject({
    replaced: first.proposalId,
    undone: { startUtc: first.startUtc.toISOString(), endUtc: first.endUtc.toISOString() },
  });
});
