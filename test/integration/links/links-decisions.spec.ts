// One click, and the machines that click too: section 4 of the contract, line by line, over real HTTP and a real
// Postgres.
import { Database } from '#persistence';
import { proposalsDue } from '../../../apps/scheduling-api/src/rooms/room-writes';
import { type Api, type ApiAnswer, startApi } from '../../support/scheduling-api';
import { eventually } from '../../support/eventually';
import {
  age,
  bookedRoom,
  browser,
  eventsOf,
  hourAhead,
  ofForm,
  press,
  proposal,
  type SentProposal,
  readProposal,
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

const asked = async (over: Record<string, unknown> = {}): Promise<SentProposal> =>
  proposal(api, await bookedRoom(api, over), 'guest');
const approveAt = (made: SentProposal): string => `/approve?t=${made.approve}`;
const declineAt = (made: SentProposal): string => `/decline?t=${made.decline}`;
const raw = (path: string, init: RequestInit): Promise<Response> =>
  fetch(`${api.url}${path}`, { redirect: 'manual', ...init });
const seconds = (from: number, to: string | undefined): number => (new Date(to ?? 0).getTime() - from) / 1_000;

const expectPage = ({ headers, text }: ApiAnswer): void => {
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(text).toMatch(/^<!doctype html>/);
};

describe('a page load', () => {
  it('records the decision, to take effect 30 s later; the status stays pending and the page offers Undo', async () => {
    const made = await asked();
    const from = Date.now();
    const page = await visit(api, approveAt(made));
    expect(page.status).toBe(200);
    expectPage(page);
    expect(words(page.text)).toMatch(/You approve the new time.*Takes effect in about (?:30|2\d) seconds.*Undo/);
    // The page asks for itself again when the decision is due, without a script.
    expect(Number(page.headers.get('refresh'))).toBeGreaterThanOrEqual(20);
    expect(Number(page.headers.get('refresh'))).toBeLessThanOrEqual(32);
    const { status, held } = await readProposal(api, made);
    expect([status, held?.decision]).toEqual(['pending', 'approve']);
    expect(seconds(from, held?.effectiveAt)).toBeGreaterThanOrEqual(29.9);
    expect(seconds(from, held?.effectiveAt)).toBeLessThan(32);
    expect(await eventsOf(api, made.roomId)).toEqual(['RoomBooked', 'ProposalCreated']);
  });

  it('counts without Sec-Fetch-Dest where Accept names text/html', async () => {
    const made = await asked();
    await visit(api, declineAt(made), { accept: 'text/html' });
    expect((await readProposal(api, made)).held?.decision).toBe('decline');
  });

  it('is announced to the other replicas, each of which may apply it; and so is the proposal', async () => {
    const other = new Database({ url: api.database.url, applicationName: 'replica', poolSize: 1 });
    let announced = 0;
    await other.listen(proposalsDue, () => (announced += 1));
    const made = await asked();
    await eventually('the proposal is announced', () => announced > 0);
    const before = announced;
    await visit(api, approveAt(made));
    await eventually('the decision is announced', () => announced > before);
    await other.close();
  });

  it('again changes nothing: the first moment counts', async () => {
    const made = await asked();
    await visit(api, approveAt(made));
    const { held } = await readProposal(api, made);
    const again = await visit(api, approveAt(made));
    expect(words(again.text)).toMatch(/You approve the new time.*Undo/);
    expect((await readProposal(api, made)).held).toEqual(held);
  });
});

describe('what is no page load', () => {
  const looks: [string, RequestInit & { method: string }][] = [
    ['HEAD', { method: 'HEAD', headers: browser }],
    ['a prefetch', { method: 'GET', headers: { ...browser, 'sec-purpose': 'prefetch' } }],
    ['an older prefetch', { method: 'GET', headers: { ...browser, purpose: 'prefetch' } }],
    ['a frame', { method: 'GET', headers: { ...browser, 'sec-fetch-dest': 'iframe' } }],
    ['a fetch of a script', { method: 'GET', headers: { accept: 'text/html', 'sec-fetch-dest': 'empty' } }],
    ['a client for anything', { method: 'GET', headers: { accept: '*/*' } }],
    ['a JSON client', { method: 'GET', headers: { accept: 'application/json' } }],
  ];

  it.each(looks)('%s gets the page with both buttons and changes nothing, ever', async (_, init) => {
    const made = await asked();
    for (const path of [approveAt(made), declineAt(made), approveAt(made)]) {
      const answer = await raw(path, init);
      const text = await answer.text();
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      if (init.method === 'HEAD') expect(text).toBe('');
      else expect(text).toContain(`action="/approve"><input type="hidden" name="t" value="${made.approve}">`);
      if (init.method !== 'HEAD')
        expect(text).toContain(`action="/decline"><input type="hidden" name="t" value="${made.decline}">`);
    }
    expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
    const [row] = await api.database.db.query<{ buttons_only: boolean }>(
      'select buttons_only from pending_proposals where id = $1',
      [made.proposalId],
    );
    expect(row?.buttons_only).toBe(false);
  });

  it('neither takes a hold away nor looks away from it', async () => {
    const made = await asked();
    await visit(api, approveAt(made));
    for (const [, init] of looks) expect((await raw(declineAt(made), init)).status).toBe(200);
    expect((await readProposal(api, made)).held?.decision).toBe('approve');
  });

  it('leaves no line in the audit; a page load and a press of a button do', async () => {
    const made = await asked();
    for (const [, init] of looks) await raw(approveAt(made), init);
    await visit(api, approveAt(made));
    await press(api, '/undo', { t: made.decline });
    await press(api, '/decline', { t: made.decline });
    await visit(api, approveAt(made));
    const { body } = await api.get(`/api/practice-room/${made.roomId}/timeline`);
    const uses = body.items
      .filter((each) => each['kind'] === 'token')
      .map((each) => [each['role'], each['verdict'], each['why']]);
    expect(uses).toEqual([
      ['guest', 'ok', 'propose-link'],
      ['host', 'ok', 'approve-link'],
      ['host', 'ok', 'decline-link'],
      ['host', 'ok', 'decline-link'],
      ['host', 'used', 'approve-link'],
    ]);
  });
});

describe('a hold', () => {
  it('that falls due takes effect soon, like a button: one transaction, one sequence up', async () => {
    const made = await asked();
    await visit(api, approveAt(made));
    await age.hold(api, made);
    const from = Date.now();
    await eventually(
      'the held approval takes effect',
      async () => (await readProposal(api, made)).status === 'approved',
    );
    expect(Date.now() - from).toBeLessThan(6_000);
    const room = await readRoom(api, made.roomId);
    expect(room).toMatchObject({
      sequence: 1,
      startUtc: made.startUtc.toISOString(),
      endUtc: made.endUtc.toISOString(),
    });
    expect(room.invitations.map((each) => each.partstat)).toEqual(['needs-action', 'needs-action']);
    expect(await eventsOf(api, made.roomId)).toEqual([
      'RoomBooked',
      'ProposalCreated',
      'ProposalApproved',
      'RoomRescheduled',
    ]);
  });

  it('of a decline changes nothing but the proposal when it falls due', async () => {
    const made = await asked();
    await visit(api, declineAt(made));
    await age.hold(api, made);
    await eventually(
      'the held decline takes effect',
      async () => (await readProposal(api, made)).status === 'declined',
    );
    expect((await readRoom(api, made.roomId)).sequence).toBe(0);
    expect(await eventsOf(api, made.roomId)).toEqual(['RoomBooked', 'ProposalCreated', 'ProposalDeclined']);
  });

  it('undone with either link leaves everything as it was; from then on the links show buttons only', async () => {
    for (const which of ['approve', 'decline'] as const) {
      const made = await asked();
      await visit(api, approveAt(made));
      const undone = await press(api, '/undo', { t: made[which] });
      expect([undone.status, words(undone.text)]).toEqual([
        200,
        expect.stringMatching(/Undone\..*Approve the new time.*Decline, keep/),
      ]);
      for (const path of [approveAt(made), declineAt(made)]) {
        const page = await visit(api, path);
        expect([page.status, words(page.text)]).toEqual([
          200,
          expect.stringMatching(/choose with a button.*Approve the new time/),
        ]);
      }
      expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
      expect(await eventsOf(api, made.roomId)).toEqual(['RoomBooked', 'ProposalCreated']);
    }
  });

  it('can be undone only while it is held', async () => {
    const made = await asked();
    const early = await press(api, '/undo', { t: made.approve });
    expect([early.status, words(early.text)]).toEqual([409, expect.stringContaining('There was nothing to undo.')]);
    await visit(api, approveAt(made));
    await age.hold(api, made);
    // Due but not yet applied by the clock is no longer held: what is due is applied first.
    const late = await press(api, '/undo', { t: made.approve });
    expect(late.status).toBe(409);
    expect((await readProposal(api, made)).status).toBe('approved');
  });

  it('is contested by a page load of the other link: nothing takes effect, and the links show buttons from then on', async () => {
    const made = await asked();
    await visit(api, approveAt(made));
    const contest = await visit(api, declineAt(made));
    expect([contest.status, words(contest.text)]).toEqual([
      200,
      expect.stringMatching(/Both links were opened.*Approve the new time.*Decline, keep/),
    ]);
    for (const path of [approveAt(made), declineAt(made), approveAt(made)]) await visit(api, path);
    expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
    const pressed = await press(api, '/approve', { t: made.approve });
    expect([pressed.status, (await readProposal(api, made)).status]).toEqual([200, 'approved']);
  });

  it('ends when a button is pressed, which acts at once, for it or against it', async () => {
    for (const decision of ['approve', 'decline'] as const) {
      const made = await asked();
      await visit(api, approveAt(made));
      expect((await press(api, `/${decision}`, { t: made[decision] })).status).toBe(200);
      expect(await readProposal(api, made)).toMatchObject({
        status: decision === 'approve' ? 'approved' : 'declined',
        held: null,
      });
    }
  });

  it('begun before the expiry counts even if it ends after it', async () => {
    const made = await asked();
    await visit(api, approveAt(made));
    await age.proposal(api, made);
    expect((await readProposal(api, made)).held?.decision).toBe('approve');
    await age.hold(api, made);
    await eventually(
      'the click that came in time counts',
      async () => (await readProposal(api, made)).status === 'approved',
    );
  });

  it('of two approvals the first to fall due wins and expires the other, whose page says why', async () => {
    const room = await bookedRoom(api);
    const first = await proposal(api, room, 'guest', hourAhead(6));
    const second = await proposal(api, room, 'host', hourAhead(7));
    await visit(api, approveAt(second));
    await visit(api, approveAt(first));
    await age.hold(api, first, 90);
    await age.hold(api, second, 80);
    await eventually('one of them takes effect', async () => (await readRoom(api, room.roomId)).sequence === 1);
    expect([(await readProposal(api, first)).status, (await readProposal(api, second)).status]).toEqual([
      'approved',
      'expired',
    ]);
    const lapsed = await visit(api, approveAt(second));
    expect([lapsed.status, words(lapsed.text)]).toEqual([
      409,
      expect.stringMatching(/could not take effect.*Another new time was agreed/),
    ]);
    expect((await eventsOf(api, room.roomId)).filter((each) => each === 'RoomRescheduled')).toHaveLength(1);
  });

  it('lapses where the room is cancelled, and the page says so', async () => {
    const made = await asked();
    await visit(api, approveAt(made));
    await api.post('/api/practice-room/delete', { roomId: made.roomId });
    await age.hold(api, made);
    const page = await visit(api, approveAt(made));
    expect([page.status, words(page.text)]).toEqual([
      409,
      expect.stringMatching(/could not take effect.*cancelled in the meantime/),
    ]);
    expect(await readRoom(api, made.roomId)).toMatchObject({ status: 'cancelled', sequence: 1 });
  });

  it('lapses where the proposed time has passed, and the page says so', async () => {
    const made = await asked();
    await visit(api, approveAt(made));
    await api.database.db.query(
      `update pending_proposals set proposed_start_utc = now() - interval '1 minute', expires_at = now() - ` +
        `interval '1 minute', held_effective_at = now() where id = $1`,
      [made.proposalId],
    );
    await eventually('the hold lapses', async () => (await readProposal(api, made)).status === 'expired');
    const page = await visit(api, approveAt(made));
    expect([page.status, words(page.text)]).toEqual([
      410,
      expect.stringMatching(/could not take effect.*time had passed/),
    ]);
    expect((await readRoom(api, made.roomId)).sequence).toBe(0);
  });
});

describe('what was decided', () => {
  it('is not changed by the other link, whose page says so and offers another time', async () => {
    const made = await asked();
    await press(api, '/approve', { t: made.approve });
    const other = await visit(api, `/decline?t=${made.decline}`);
    expect([other.status, other.headers.get('refresh')]).toEqual([200, null]);
    expect(words(other.text)).toMatch(
      /The new time is agreed.*has changed nothing.*You approved it.*Add to calendar.*Request new time/,
    );
    expect(words((await visit(api, approveAt(made))).text)).not.toContain('has changed nothing');
  });

  it('is shown by both links for ever with 200; the same press again is a success without effect, the other one a 409', async () => {
    const made = await asked();
    await press(api, '/approve', { t: made.approve });
    const before = await api.events();
    for (const path of [approveAt(made), declineAt(made)]) {
      const page = await visit(api, path);
      expect([page.status, words(page.text)]).toEqual([200, expect.stringContaining('The new time is agreed')]);
    }
    expect((await press(api, '/approve', { t: made.approve })).status).toBe(200);
    const other = await press(api, '/decline', { t: made.decline });
    expect([other.status, words(other.text)]).toEqual([
      409,
      expect.stringMatching(/decided before.*The new time is agreed|The new time is agreed.*decided before/),
    ]);
    expect(await api.events()).toEqual(before);
  });

  it('stays what it was when the meeting moves on or is cancelled', async () => {
    const room = await bookedRoom(api);
    const first = await proposal(api, room, 'guest', hourAhead(6));
    await press(api, '/approve', { t: first.approve });
    const second = await proposal(api, room, 'guest', hourAhead(7));
    await press(api, '/approve', { t: second.approve });
    expect((await visit(api, approveAt(first))).status).toBe(200);
    await api.post('/api/practice-room/delete', { roomId: room.roomId });
    const page = await visit(api, approveAt(second));
    expect([page.status, words(page.text)]).toEqual([
      200,
      expect.stringMatching(/The session is cancelled.*has since been cancelled/),
    ]);
    expect(words(page.text)).not.toContain('agreed');
  });

  // Contract, section 4: 200 for a decided proposal, 409 for a cancelled room and an older sequence. Each approval makes
  // its own proposal's sequence an older one, so the two can only be about what is not decided.
  it.each(['approve', 'decline'] as const)(
    'a proposal with its %s in a room that was cancelled later: looking is 200, the other button a 409',
    async (decision) => {
      const made = await asked();
      await press(api, `/${decision}`, { t: made[decision] });
      await api.post('/api/practice-room/delete', { roomId: made.roomId });
      const before = await api.events();
      for (const path of [approveAt(made), declineAt(made)]) {
        const page = await visit(api, path);
        expect([page.status, words(page.text)]).toEqual([200, expect.stringContaining('has since been cancelled')]);
        expect((await visit(api, path, { accept: 'application/json' })).status).toBe(200);
      }
      const other = decision === 'approve' ? 'decline' : 'approve';
      expect((await press(api, `/${decision}`, { t: made[decision] })).status).toBe(200);
      expect((await press(api, `/${other}`, { t: made[other] })).status).toBe(409);
      expect(await api.events()).toEqual(before);
    },
  );
});

describe('statuses', () => {
  const both = (made: SentProposal): [string, string][] => [
    [approveAt(made), made.approve],
    [declineAt(made), made.decline],
  ];

  it("410 for an expired proposal, 409 for a cancelled room, an older sequence and one's own proposal", async () => {
    const expired = await asked();
    await age.proposal(api, expired);
    const cancelled = await asked();
    await api.post('/api/practice-room/delete', { roomId: cancelled.roomId });
    const room = await bookedRoom(api);
    const older = await proposal(api, room, 'guest');
    await press(api, '/approve', { t: (await proposal(api, room, 'host', hourAhead(8))).approve });
    const own = await asked();
    await api.database.db.query(`update pending_proposals set proposed_by = 'host' where id = $1`, [own.proposalId]);
    const wanted: [SentProposal, number, string][] = [
      [expired, 410, 'proposal-expired'],
      [cancelled, 409, 'room-cancelled'],
      [older, 409, 'older-sequence'],
      [own, 409, 'own-proposal'],
    ];
    for (const [made, status, code] of wanted) {
      for (const [path, token] of both(made)) {
        const page = await visit(api, path);
        expect([code, page.status]).toEqual([code, status]);
        expectPage(page);
        const problem = await visit(api, path, { accept: 'application/json' });
        expect([problem.status, problem.headers.get('content-type'), problem.body.code]).toEqual([
          status,
          expect.stringMatching(/^application\/problem\+json/),
          code,
        ]);
        const pressed = await press(api, path.slice(0, path.indexOf('?')), { t: token });
        expect([code, pressed.status]).toEqual([code, status]);
        const json = await api.post(path.slice(0, path.indexOf('?')), { token });
        expect([json.status, json.body.code]).toEqual([status, code]);
      }
      expect(['pending', 'expired']).toContain((await readProposal(api, made)).status);
    }
  });

  it('a token cut, altered, crossed or empty, or two at a time, is a 404 with one and the same page, at every position', async () => {
    const made = await asked();
    const { approve } = made;
    const other = (character: string): string => (character === 'A' ? 'B' : character === '.' ? '-' : 'A');
    const altered = [...approve].map(
      (character, at) => approve.slice(0, at) + other(character) + approve.slice(at + 1),
    );
    const cut = [...approve].map((_, at) => approve.slice(0, at));
    const crossed = [
      made.decline,
      await tokenFor(api.database.db, made.roomId, 'host', 'propose'),
      await tokenFor(api.database.db, made.roomId, 'guest', 'propose'),
    ];
    const unlike = [
      '',
      approve.toUpperCase(),
      '%00',
      "' or 1=1",
      'ü',
      'x'.repeat(4_000),
      `${approve}&t=${made.decline}`,
    ];
    const bodies = new Set<string>();
    for (const token of [...altered, ...cut, ...crossed, ...unlike]) {
      const query = unlike.includes(token) && !token.includes('&') ? encodeURIComponent(token) : token;
      const page = await visit(api, `/approve?t=${query}`);
      expect([token, page.status]).toEqual([token, 404]);
      bodies.add(page.text);
    }
    bodies.add((await visit(api, '/approve')).text);
    bodies.add((await visit(api, `/decline?t=${approve}`)).text);
    bodies.add((await visit(api, `/reschedule?r=${approve}`)).text);
    expect(bodies.size).toBe(1);
    expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
    expect((await visit(api, approveAt(made))).status).toBe(200);
  });

  it('of a POST with a token that is not ours: 404, page or problem by Accept; a token in the address is no authority', async () => {
    const made = await asked();
    for (const path of ['/approve', '/decline', '/undo', '/reschedule/fresh']) {
      expect((await press(api, path, { t: 'nonsense', r: 'nonsense' })).status).toBe(404);
      expect((await press(api, path, {})).status).toBe(404);
      const problem = await api.post(path, { token: made.approve.slice(1) });
      expect([problem.status, problem.body.code]).toEqual([404, 'link-unknown']);
    }
    expect((await press(api, approveAt(made), {})).status).toBe(404);
    expect(
      (await raw(approveAt(made), { method: 'POST', headers: { ...browser, 'sec-fetch-site': 'same-origin' } })).status,
    ).toBe(404);
    expect((await press(api, '/approve', { t: made.decline })).status).toBe(404);
    expect((await api.post('/approve', '[1]')).status).toBe(400);
    expect((await api.post('/approve', '{"token":')).status).toBe(400);
    expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
  });
});

describe('POST', () => {
  it('takes JSON and answers with JSON', async () => {
    const made = await asked();
    await visit(api, declineAt(made));
    const undone = await api.post('/undo', { token: made.decline });
    expect([undone.status, undone.body]).toEqual([200, { proposalId: made.proposalId, status: 'pending', held: null }]);
    const approved = await api.post('/approve', { token: made.approve });
    expect([approved.status, approved.body]).toEqual([
      200,
      { proposalId: made.proposalId, status: 'approved', held: null },
    ]);
    const declined = await api.post('/decline', { token: made.decline });
    expect([declined.status, declined.headers.get('content-type'), declined.body.code]).toEqual([
      409,
      expect.stringMatching(/^application\/problem\+json/),
      'already-decided',
    ]);
  });

  it('with an Idempotency-Key gives the first answer again', async () => {
    const made = await asked();
    await visit(api, declineAt(made));
    const key = { 'idempotency-key': 'undo-once' };
    const first = await api.post('/undo', { token: made.decline }, key);
    const again = await api.post('/undo', { token: made.decline }, key);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect((await api.post('/undo', { token: made.decline })).status).toBe(409);
    expect((await api.post('/undo', { token: made.decline, more: 1 }, key)).status).toBe(422);
  });

  it('that another site sends is refused and changes nothing; Origin is not compared', async () => {
    const made = await asked();
    const crossSite = await api.post('/approve', `t=${made.approve}`, { ...ofForm, 'sec-fetch-site': 'cross-site' });
    expect([crossSite.status, words(crossSite.text)]).toEqual([403, expect.stringContaining('another website')]);
    for (const path of ['/approve', '/undo', '/reschedule/fresh', '/api/reschedule/propose']) {
      const json = await api.post(path, { token: made.approve }, { 'sec-fetch-site': 'cross-site' });
      expect([json.status, json.body.code]).toEqual([403, 'cross-site']);
    }
    expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
    expect((await api.post('/approve', `t=${made.approve}`, { ...ofForm, origin: 'null' })).status).toBe(200);
  });
});

it(
  'no answer redirects, sets a cookie, may be kept, framed or indexed, or tells the next site where its reader ' +
    'came from',
  async () => {
    const made = await asked();
    const form = await tokenFor(api.database.db, made.roomId, 'host', 'propose');
    const answers = [
      await visit(api, `/reschedule?r=${form}`),
      await visit(api, '/reschedule?r=none'),
      await visit(api, approveAt(made)),
      await press(api, '/undo', { t: made.approve }),
      await press(api, '/approve', { t: made.approve }),
      await press(api, '/decline', { t: made.decline }),
      await press(api, '/reschedule/fresh', { r: form }),
    ];
    for (const { status, headers, text } of answers) {
      expect(String(status)).not.toMatch(/^3/);
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('location')).toBeNull();
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
      );
      expect(text).not.toMatch(/<script|<iframe|<img|\son\w+=|javascript:|\sstyle=/i);
    }
  },
);

describe('with DECISION_HOLD_SECONDS=0', () => {
  it('the first page load acts at once; no Undo, no contest; the other link shows what was decided', async () => {
    const quick = await startApi({ DECISION_HOLD_SECONDS: 0 });
    try {
      for (const [first, second, status, said] of [
        ['approve', 'decline', 'approved', 'is agreed'],
        ['decline', 'approve', 'declined', 'was declined'],
      ] as const) {
        const made = await proposal(quick, await bookedRoom(quick), 'host');
        await visit(quick, `/${first}?t=${made[first]}`, { ...browser, 'sec-purpose': 'prefetch' });
        await fetch(`${quick.url}/${first}?t=${made[first]}`, { method: 'HEAD', headers: browser });
        expect((await readProposal(quick, made)).status).toBe('pending');
        const page = await visit(quick, `/${first}?t=${made[first]}`);
        expect([page.status, words(page.text)]).toEqual([200, expect.stringContaining(said)]);
        expect(words(page.text)).not.toContain('Undo');
        expect(await readProposal(quick, made)).toMatchObject({ status, held: null });
        const other = await visit(quick, `/${second}?t=${made[second]}`);
        expect([other.status, words(other.text)]).toEqual([200, expect.stringContaining(said)]);
        expect((await press(quick, '/undo', { t: made[first] })).status).toBe(409);
        expect((await readProposal(quick, made)).status).toBe(status);
      }
    } finally {
      await quick.stop();
    }
  });
});

it('with DECISION_LINKS=confirm a GET never records, and a button acts at once', async () => {
  const careful = await startApi({ DECISION_LINKS: 'confirm' });
  try {
    const made = await proposal(careful, await bookedRoom(careful), 'host');
    for (const path of [approveAt(made), declineAt(made), approveAt(made)]) {
      const page = await visit(careful, path);
      expect([page.status, words(page.text)]).toEqual([
        200,
        expect.stringMatching(/asks for a new time.*Approve the new time.*Decline, keep/),
      ]);
    }
    expect(await readProposal(careful, made)).toMatchObject({ status: 'pending', held: null });
    expect((await press(careful, '/approve', { t: made.approve })).status).toBe(200);
    expect((await readProposal(careful, made)).status).toBe('approved');
  } finally {
    await careful.stop();
  }
});
