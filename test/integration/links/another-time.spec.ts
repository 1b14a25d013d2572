// "Suggest another time" over real HTTP and Postgres: the link of the approval page, its form, what is sent there, and
// what becomes of the proposal that it answers (contract, section 7.4). The rules are in decide-another-time.spec.ts.
import { eventually } from '../../support/eventually';
import { type Api, type ApiAnswer, type ApiBody, startApi } from '../../support/scheduling-api';
import {
  age,
  bookedRoom,
  eventsOf,
  hourAhead,
  hourOn,
  press,
  proposal,
  type SentProposal,
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

/** A guest has asked for another time. */
async function asked(): Promise<{ room: ApiBody; made: SentProposal; suggest: string }> {
  const room = await bookedRoom(api);
  const made = await proposal(api, room, 'guest', hourAhead(6));
  const suggest = await tokenFor(api.database.db, room.roomId, 'host', 'propose', made.proposalId);
  return { room, made, suggest };
}
const send = (token: string, days = 8): Promise<ApiAnswer> =>
  api.post('/api/reschedule/propose', { token, ...hourOn(days) });
const fields = (token: string, days = 8, over: Record<string, string> = {}): Record<string, string> => {
  const at = hourAhead(days).toISOString();
  return { token, zone: 'UTC', date: at.slice(0, 10), time: at.slice(11, 16), length: 'keep', note: '', ...over };
};
const statuses = async ({ roomId }: { roomId: string }): Promise<string[]> =>
  (await readRoom(api, roomId)).proposals.map((each) => `${each.proposedBy} ${each.status}`);
const linkIn = (text: string): string => /href="\/reschedule\?r=([^"]+)"/.exec(text)?.[1] ?? '';

it('stands on the approval page, and leads to a form that says what sending it does', async () => {
  const { made, suggest } = await asked();
  const page = await visit(api, `/approve?t=${made.approve}`, { accept: 'text/html', 'sec-purpose': 'prefetch' });
  expect(words(page.text)).toContain('Suggest another time');
  expect(linkIn(page.text)).toBe(suggest);
  const form = await visit(api, `/reschedule?r=${suggest}`);
  expect([form.status, words(form.text)]).toEqual([
    200,
    expect.stringMatching(/Suggest another time.*Your guest has asked for .*theirs is declined/),
  ]);
  // Quick choices never offer what was asked for: who wants that approves it.
  const chips = [...form.text.matchAll(/class="chip" href="[^"]*start=([^&"]+)/g)].map(([, at = '']) =>
    decodeURIComponent(at),
  );
  expect(chips.length).toBeGreaterThan(0);
  expect(chips).not.toContain(made.startUtc.toISOString());
  expect(await statuses(made)).toEqual(['guest pending']);
});

it('sent, declines the first and asks for the new time in one transaction, with its events, webhooks and lines', async () => {
  const { room, made, suggest } = await asked();
  const answer = await send(suggest);
  expect([answer.status, answer.body['status']]).toEqual([201, 'pending']);
  const { proposals } = await readRoom(api, room.roomId);
  expect(proposals).toMatchObject([
    { proposalId: made.proposalId, status: 'declined', held: null, insteadOf: null },
    { proposalId: answer.body['proposalId'], status: 'pending', proposedBy: 'host', insteadOf: made.proposalId },
  ]);
  expect(await eventsOf(api, room.roomId)).toEqual([
    'RoomBooked',
    'ProposalCreated',
    'ProposalDeclined',
    'ProposalCreated',
  ]);
  const { items } = (await api.get(`/api/practice-room/${room.roomId}/timeline`)).body;
  const lines = items.map(({ kind, verdict, role, why }) => [kind, verdict, role, String(why).split(':')[0]]);
  expect(lines).toContainEqual(['decision', 'declined', 'host', 'countered']);
  expect(lines).toContainEqual(['proposal', 'proposed', 'host', 'link']);
});

it('sent by the form, is shown on the page after it; a reload says that it was sent, and does nothing more', async () => {
  const { made, suggest } = await asked();
  const form = fields(suggest);
  const page = await press(api, '/api/reschedule/propose', form);
  expect([page.status, words(page.text)]).toEqual([
    201,
    expect.stringMatching(/Your request is on its way.*With it you have declined what your guest had asked for/),
  ]);
  const again = await press(api, '/api/reschedule/propose', form);
  expect([again.status, words(again.text)]).toEqual([409, expect.stringContaining('Your request was sent')]);
  expect(words(again.text)).not.toContain('This link was used');
  expect(await statuses(made)).toEqual(['guest declined', 'host pending']);
  expect(words((await visit(api, `/approve?t=${made.approve}`)).text)).toMatch(
    /You suggested another time.*You have already asked for/,
  );
});

it('shows the first proposer both: their time, and the one that they are asked about', async () => {
  const { room, made, suggest } = await asked();
  const { body } = await send(suggest);
  const approve = await tokenFor(api.database.db, room.roomId, 'guest', 'approve', String(body['proposalId']));
  const look = await visit(api, `/approve?t=${approve}`, { accept: 'text/html', 'sec-purpose': 'prefetch' });
  expect(words(look.text)).toMatch(
    /Your host suggests another time.*cannot make the time that you asked for.*Suggest another time/,
  );
  expect((await api.post('/approve', { token: approve })).body).toMatchObject({ status: 'approved' });
  expect(await readRoom(api, made.roomId)).toMatchObject({ sequence: 1, startUtc: hourOn(8).proposedStartUtc });
});

it('ends an approval of the first that waits to take effect', async () => {
  const { made, suggest } = await asked();
  await visit(api, `/approve?t=${made.approve}`);
  expect((await send(suggest)).status).toBe(201);
  await age.hold(api, made);
  await api.post('/undo', { token: made.approve });
  expect(await readRoom(api, made.roomId)).toMatchObject({ sequence: 0 });
  expect(await statuses(made)).toEqual(['guest declined', 'host pending']);
});

it('comes after what fell due: an approval that has waited its time takes effect first', async () => {
  const { made, suggest } = await asked();
  await visit(api, `/approve?t=${made.approve}`);
  await age.hold(api, made);
  expect((await send(suggest)).status).toBe(201);
  await eventually('the approval takes effect', async () => (await readRoom(api, made.roomId)).sequence === 1);
  expect(await statuses(made)).toEqual(['guest approved', 'host pending']);
});

it('where the first has ended meanwhile, is a request like any other, and keeps what was typed', async () => {
  const { room, made, suggest } = await asked();
  await press(api, '/decline', { t: made.decline });
  const form = await visit(api, `/reschedule?r=${suggest}`);
  expect(words(form.text)).toContain('Request a new time');
  const page = await press(api, '/api/reschedule/propose', fields(suggest, 9, { note: 'Or later?' }));
  expect(page.status).toBe(201);
  expect(words(page.text)).not.toContain('you have declined');
  expect((await readRoom(api, room.roomId)).proposals[1]).toMatchObject({ note: 'Or later?', insteadOf: null });
});

it('with a fault keeps the form, its words and the first', async () => {
  const { made, suggest } = await asked();
  const typed = { date: '2020-05-06', note: 'kept <b>' };
  const page = await press(api, '/api/reschedule/propose', fields(suggest, 8, typed));
  expect([page.status, words(page.text)]).toEqual([422, expect.stringContaining('theirs is declined')]);
  expect(page.text).toContain('kept &lt;b&gt;');
  expect(await statuses(made)).toEqual(['guest pending']);
});

it('by twenty at once with one link is one', async () => {
  const { made, suggest } = await asked();
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => send(suggest, 8 + n)));
  expect(answers.map((each) => each.status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
  expect(await statuses(made)).toEqual(['guest declined', 'host pending']);
});

it('waits for a move of the meeting without holding it up', async () => {
  const { room, suggest } = await asked();
  const { db } = api.database;
  const sent = db.transaction(async (tx) => {
    await tx.query('select 1 from practice_rooms where id = $1 for update', [room.roomId]);
    const waiting = send(suggest);
    await eventually('the form waits for the room', async () => {
      const [locks] = await db.query<{ waiting: number }>(
        `select count(*)::int as waiting from pg_locks l join pg_stat_activity a using (pid)
          where not l.granted and a.datname = current_database()`,
      );
      return (locks?.waiting ?? 0) > 0;
    });
    // What an approval does to the links that are out.
    await tx.query(`update magic_links set expires_at = expires_at where room_id = $1 and purpose = 'propose'`, [
      room.roomId,
    ]);
    return { waiting };
  });
  expect((await (await sent).waiting).status).toBe(201);
});

it('at once with an approval is one of the two', async () => {
  for (let round = 0; round < 4; round++) {
    const { made, suggest } = await asked();
    await Promise.all([send(suggest), api.post('/approve', { token: made.approve })]);
    const ended = (await statuses(made)).join();
    expect(['guest declined,host pending', 'guest approved,host pending']).toContain(ended);
  }
});

it('with an Idempotency-Key gives the first answer again', async () => {
  const { suggest } = await asked();
  const body = { token: suggest, ...hourOn(8) };
  const first = await api.post('/api/reschedule/propose', body, { 'idempotency-key': 'another' });
  const again = await api.post('/api/reschedule/propose', body, { 'idempotency-key': 'another' });
  expect([again.status, again.body]).toEqual([first.status, first.body]);
});

it('is offered to nobody who may propose nothing', async () => {
  const room = await bookedRoom(api, { policy: { proposals: 'guest' } });
  const made = await proposal(api, room, 'guest');
  await expect(tokenFor(api.database.db, room.roomId, 'host', 'propose', made.proposalId)).rejects.toThrow(
    'no propose',
  );
  expect(words((await visit(api, `/approve?t=${made.approve}`)).text)).not.toContain('Suggest another time');
});

it('through the link of the invitation stands beside the first, and both forms show both', async () => {
  const { room, made } = await asked();
  const other = await proposal(api, room, 'host', hourAhead(9));
  expect(await statuses(room)).toEqual(['guest pending', 'host pending']);
  const pages = await Promise.all(
    (['host', 'guest'] as const).map(async (role) => {
      await api.post('/reschedule/fresh', { token: await tokenFor(api.database.db, room.roomId, role, 'propose') });
      return words(
        (await visit(api, `/reschedule?r=${await tokenFor(api.database.db, room.roomId, role, 'propose')}`)).text,
      );
    }),
  );
  const times = [made, other].map(({ startUtc }) =>
    new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(startUtc),
  );
  for (const page of pages) for (const time of times) expect(page).toContain(time.split(' ').reverse().join(' '));
});
