// A platform that follows rooms by updatedSince, while others write: it misses nothing, whatever the order in which
// transactions commit.
import { setTimeout as wait } from 'node:timers/promises';
import { currentCorrelation } from '#service';
import { Refusal } from '../../../apps/scheduling-api/src/rooms/refusal';
import { type ChangedRoom, RoomsStore } from '../../../apps/scheduling-api/src/rooms/rooms.store';
import { type Api, type ApiBody, startApi, tokenSecret } from '../../support/scheduling-api';
import { bookedRoom, hourAhead } from '../links/links-fixtures';

let api: Api;
let store: RoomsStore;
beforeAll(async () => {
  api = await startApi();
  const rules = {
    organizerEmail: 'scheduling@organizer.test',
    rescheduleLinkTtlHours: null,
    decisionLinks: 'one-click' as const,
    holdSeconds: 30,
  };
  store = new RoomsStore(api.database.db, rules, tokenSecret, false);
});
afterAll(() => api.stop());

/** An answer of the guest that changes the partstat, in a transaction that stays open until `until` resolves. */
async function reply(roomId: string, partstat: 'accepted' | 'tentative', until: Promise<unknown>): Promise<void> {
  await store.transaction(async (tx) => {
    const answer = {
      role: 'guest' as const,
      mailId: '00000000-0000-4000-8000-000000000001',
      sequence: 0,
      dtstamp: new Date(),
      receivedAt: null,
      echoOf: null,
      contentKey: null,
      startUtc: null,
      endUtc: null,
      requests: [],
    };
    const meta = { actor: 'guest', correlationId: currentCorrelation() };
    const changed = await store.change(tx, roomId, { type: 'Reply', answer, partstat }, meta);
    if (changed instanceof Refusal || revisionOf(changed) === null) throw new Error('the answer did not count');
    await until;
  });
}
const revisionOf = (changed: ChangedRoom): number | null => (changed.events.length > 0 ? changed.room.revision : null);

/** All pages. */
async function changedSince(since: string, limit = 50, also = ''): Promise<ApiBody[]> {
  const items: ApiBody[] = [];
  for (let cursor = ''; ;) {
    const path = `/api/practice-room?updatedSince=${encodeURIComponent(since)}&limit=${limit}${also}${cursor && `&cursor=${cursor}`}`;
    const page = await api.get(path);
    if (page.status !== 200) throw new Error(page.text);
    items.push(...page.body.items);
    if (page.body.nextCursor === null) return items;
    cursor = page.body.nextCursor;
  }
}
const idsOf = (items: ApiBody[]): string[] => items.map((each) => each.roomId);
const latest = (items: ApiBody[], since: string): string =>
  items.map((each) => String(each['updatedAt'])).reduce((a, b) => (a > b ? a : b), since);

describe('revision and updatedAt', () => {
  it('grow with a change that shows and with nothing else', async () => {
    const room = await bookedRoom(api);
    expect(room).toMatchObject({ revision: 2, cancelledBy: null, cancelReason: null });
    expect(room['createdAt']).toBe(room['updatedAt']);
    await reply(room.roomId, 'accepted', Promise.resolve());
    const accepted = (await api.get(`/api/practice-room/${room.roomId}`)).body;
    expect(accepted['revision']).toBe(3);
    expect(Date.parse(String(accepted['updatedAt']))).toBeGreaterThanOrEqual(Date.parse(String(room['updatedAt'])));
    // The same answer again counts as the latest, and shows nothing new.
    await reply(room.roomId, 'accepted', Promise.resolve());
    expect((await api.get(`/api/practice-room/${room.roomId}`)).body).toEqual(accepted);
  });

  it('tell who cancelled and why, without an address', async () => {
    const { roomId } = await bookedRoom(api);
    const reason = 'the hall is closed, ask ann@example.org';
    const { body } = await api.post('/api/practice-room/delete', { roomId, reason });
    expect(body).toMatchObject({ revision: 3, cancelledBy: 'platform' });
    expect(body['cancelReason']).toMatch(/^the hall is closed, ask /);
    expect(body['cancelReason']).not.toMatch(/ann|example/);
  });
});

describe('updatedSince', () => {
  it('lists by last change, from that instant on, in pages', async () => {
    const before = await bookedRoom(api);
    await wait(3);
    const [first, second, third] = [await bookedRoom(api), await bookedRoom(api), await bookedRoom(api)];
    await reply(first?.roomId ?? '', 'tentative', Promise.resolve());
    const since = String(second?.['updatedAt']);
    const items = await changedSince(since, 1);
    expect(idsOf(items)).toEqual([second?.roomId, third?.roomId, first?.roomId]);
    expect(idsOf(items)).not.toContain(before.roomId);
    expect(items.at(-1)?.['revision']).toBe(3);
    expect(await changedSince(since, 1, '&status=cancelled')).toEqual([]);
  });

  it('finds what was committed after a later change had been seen', async () => {
    const [slow, quick] = [await bookedRoom(api), await bookedRoom(api)];
    const since = new Date(Date.parse(String(quick['updatedAt'])) + 1).toISOString();
    await wait(5);
    const gate = Promise.withResolvers<void>();
    const open = reply(slow.roomId, 'accepted', gate.promise);
    await wait(50);
    await reply(quick.roomId, 'accepted', Promise.resolve());
    const early = await changedSince(since);
    gate.resolve();
    await open;
    const late = await changedSince(latest(early, since));
    expect(idsOf([...early, ...late]).sort()).toEqual(
      expect.arrayContaining([slow.roomId, quick.roomId].sort() as unknown[]),
    );
    expect(late.find((each) => each.roomId === slow.roomId)?.['revision']).toBe(3);
  });

  it('keeps its order after the clock was set back', async () => {
    const [ahead, other] = [await bookedRoom(api), await bookedRoom(api)];
    const future = new Date(Date.now() + 3_600_000).toISOString();
    await api.database.db.query('update practice_rooms set updated_at = $2 where id = $1', [ahead.roomId, future]);
    expect(idsOf(await changedSince(future))).toEqual([ahead.roomId]);
    await reply(other.roomId, 'accepted', Promise.resolve());
    expect(idsOf(await changedSince(future)).sort()).toEqual([ahead.roomId, other.roomId].sort());
    await api.database.db.query(`update practice_rooms set updated_at = now() where updated_at > now()`);
  });

  it('misses nothing while many write at once, in pages of three', async () => {
    const rooms = await Promise.all(Array.from({ length: 12 }, () => bookedRoom(api)));
    const seen = new Map<string, number>();
    let [since, writing] = [latest(rooms, ''), true];
    const follow = async (): Promise<void> => {
      const items = await changedSince(since, 3);
      for (const each of items) seen.set(each.roomId, Math.max(seen.get(each.roomId) ?? 0, Number(each['revision'])));
      since = latest(items, since);
    };
    const writer = async (mine: ApiBody[]): Promise<void> => {
      for (let round = 0; round < 12; round++)
        for (const { roomId } of mine)
          // Some commit at once, some long after others that began later.
          await reply(roomId, round % 2 === 0 ? 'accepted' : 'tentative', wait((round * 7 + mine.length) % 3 ? 1 : 40));
    };
    const following = (async () => {
      while (writing) await follow();
    })();
    await Promise.all([0, 1, 2, 3].map((n) => writer(rooms.filter((_, at) => at % 4 === n))));
    writing = false;
    await following;
    await follow();
    const stored = await api.database.db.query<{ id: string; revision: number }>(
      'select id, revision from practice_rooms where id = any($1::uuid[])',
      [idsOf(rooms)],
    );
    expect(stored.map(({ revision }) => revision)).toEqual(rooms.map(() => 14));
    expect(stored.filter(({ id, revision }) => seen.get(id) !== revision)).toEqual([]);
  });

  it.each(['updatedSince=yesterday', 'cursor=AAAA', 'role=admin'])('refuses %s in words', async (query) => {
    const { status, body } = await api.get(`/api/practice-room?${query}`);
    expect([status, body.code]).toEqual([422, 'invalid-field']);
    expect(body['detail']).toMatch(/^[a-zA-Z]+ must be .*\.$/);
  });

  it('refuses the cursor of the other list', async () => {
    const page = await api.get('/api/practice-room?limit=1');
    const { status, body } = await api.get(
      `/api/practice-room?limit=1&updatedSince=2020-01-01T00:00:00Z&cursor=${page.body.nextCursor}`,
    );
    expect([status, body.errors[0]?.pointer]).toEqual([422, '?cursor']);
  });
});

describe('rooms are found', () => {
  it('by externalId and by the role of an address', async () => {
    const externalId = 'order 1042/ä+b';
    const room = (host: string, guest: string) =>
      api.post('/api/practice-room/create', {
        startUtc: hourAhead(30).toISOString(),
        endUtc: hourAhead(31).toISOString(),
        host: { email: host },
        guest: { email: guest },
        externalId,
      });
    const [a, b] = [await room('finn@one.test', 'gwen@two.test'), await room('gwen@two.test', 'finn@one.test')].map(
      ({ body }) => body.roomId,
    );
    const list = async (query: string): Promise<string[]> =>
      idsOf((await api.get(`/api/practice-room?${query}`)).body.items).sort();
    expect(await list(`externalId=${encodeURIComponent(externalId)}`)).toEqual([a, b].sort());
    expect(await list('externalId=order')).toEqual([]);
    expect(await list('email=gwen%2Bx@two.test&role=guest')).toEqual([a]);
    expect(await list('email=gwen@two.test&role=host')).toEqual([b]);
    const unbooked = await api.post('/api/practice-room/create', {
      startUtc: hourAhead(32).toISOString(),
      endUtc: hourAhead(33).toISOString(),
      host: { email: 'finn@one.test' },
    });
    expect(await list('role=guest&limit=200')).not.toContain(unbooked.body.roomId);
    expect(await list('role=host&limit=200')).toContain(unbooked.body.roomId);
  });

  it('with the ways they were changed in the timeline', async () => {
    const { roomId } = await bookedRoom(api);
    await api.post('/api/practice-room/delete', { roomId });
    const { items } = (await api.get(`/api/practice-room/${roomId}/timeline`)).body;
    expect(items.map(({ verdict, source, actor }) => ({ verdict, source, actor }))).toEqual([
      { verdict: 'created', source: 'api', actor: 'tests' },
      { verdict: 'booked', source: 'api', actor: 'tests' },
      { verdict: 'cancelled', source: 'api', actor: 'tests' },
    ]);
  });
});
