// Several times in one proposal over real HTTP and Postgres: the form, the API, a link for each time, one decline
// (contract, section 7.4).
import { eventually } from '../../support/eventually';
import { type Api, type ApiAnswer, type ApiBody, startApi } from '../../support/scheduling-api';
import { age, bookedRoom, hourAhead, press, readRoom, tokenFor, visit, words } from './links-fixtures';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

interface Several {
  roomId: string;
  proposalId: string;
  options: { optionId: string; startUtc: string; endUtc: string }[];
  approve: string[];
  decline: string;
}
interface ProposalView {
  status: string;
  startUtc: string;
  held: { decision: string } | null;
  chosenOptionId: string | null;
  options: Several['options'];
}

const span = (days: number): { startUtc: string; endUtc: string } => ({
  startUtc: hourAhead(days).toISOString(),
  endUtc: hourAhead(days, 1).toISOString(),
});
const propose = async (room: ApiBody, days: number[], over: object = {}): Promise<ApiAnswer> => {
  const [first = 6, ...others] = days;
  const { startUtc, endUtc } = span(first);
  const token = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
  const body = { token, proposedStartUtc: startUtc, proposedEndUtc: endUtc, alternatives: others.map(span), ...over };
  return api.post('/api/reschedule/propose', body);
};
const shown = async ({ roomId }: { roomId: string }): Promise<ProposalView> => {
  const [proposal] = (await readRoom(api, roomId)).proposals as (ApiBody['proposals'][number] & ProposalView)[];
  if (!proposal) throw new Error('no proposal');
  return proposal;
};
async function several(days = [6, 7, 8], room?: ApiBody): Promise<Several> {
  const made = room ?? (await bookedRoom(api));
  const answer = await propose(made, days);
  if (answer.status !== 201) throw new Error(answer.text);
  const { roomId } = made;
  const { options } = await shown(made);
  const { db } = api.database;
  const approve = await Promise.all(
    options.map(({ optionId }) => tokenFor(db, roomId, 'host', 'approve', null, optionId)),
  );
  const proposalId = String(answer.body['proposalId']);
  return { roomId, proposalId, options, approve, decline: await tokenFor(db, roomId, 'host', 'decline', proposalId) };
}

describe('the API', () => {
  it('takes up to three times and shows them with their ids', async () => {
    const made = await several();
    expect(made.options.map(({ startUtc, endUtc }) => ({ startUtc, endUtc }))).toEqual([6, 7, 8].map(span));
    expect(new Set(made.options.map((each) => each.optionId)).size).toBe(3);
    expect(await shown(made)).toMatchObject({ ...span(6), chosenOptionId: null, status: 'pending' });
  });

  it('shows one option where one time is proposed', async () => {
    const room = await bookedRoom(api);
    expect((await propose(room, [6], { alternatives: undefined })).status).toBe(201);
    expect((await shown(room)).options).toEqual([{ optionId: expect.any(String), ...span(6) }]);
  });

  it('refuses what is no proposed time, and names it', async () => {
    const room = await bookedRoom(api);
    const refused = async (over: object): Promise<unknown[]> => {
      const { status, body } = await propose(room, [6], over);
      return [status, body.errors.map((each) => each.pointer)];
    };
    const past = { startUtc: '2020-01-01T10:00:00Z', endUtc: '2020-01-01T11:00:00Z' };
    expect(await refused({ alternatives: [past] })).toEqual([422, ['/alternatives/0/startUtc']]);
    expect(await refused({ alternatives: [span(7), span(6)] })).toEqual([422, ['/alternatives/1/startUtc']]);
    expect(await refused({ alternatives: [7, 8, 9].map(span) })).toEqual([422, ['/alternatives']]);
    expect(await refused({ alternatives: [span(5)] })).toEqual([422, ['/alternatives/0/startUtc']]);
    expect(await refused({ alternatives: [{ startUtc: 'soon', endUtc: span(7).endUtc }] })).toEqual([
      422,
      ['/alternatives/0/startUtc'],
    ]);
    expect((await readRoom(api, room.roomId)).proposals).toEqual([]);
  });
});

describe('the links of the other party', () => {
  it('approve each its own time with one click', async () => {
    const made = await several();
    const page = await visit(api, `/approve?t=${made.approve[1]}`);
    expect([page.status, words(page.text)]).toEqual([200, expect.stringContaining('You approve the new time')]);
    expect((await shown(made)).held).toMatchObject({ decision: 'approve' });
    await age.hold(api, made);
    await eventually('the approval takes effect', async () => (await readRoom(api, made.roomId)).sequence === 1);
    expect(await readRoom(api, made.roomId)).toMatchObject(span(7));
    expect(await shown(made)).toMatchObject({
      status: 'approved',
      chosenOptionId: made.options[1]?.optionId,
      ...span(7),
    });
    for (const token of [...made.approve, made.decline]) {
      const decided = await visit(api, `/approve?t=${token}`);
      if (token !== made.decline)
        expect([decided.status, words(decided.text)]).toEqual([200, expect.stringContaining('agreed')]);
    }
  });

  it('by a button at once; the same again is 200, another time 409', async () => {
    const made = await several();
    const act = (order: number): Promise<ApiAnswer> => api.post('/approve', { token: made.approve[order] });
    expect((await act(2)).body).toMatchObject({ status: 'approved' });
    expect(await readRoom(api, made.roomId)).toMatchObject({ ...span(8), sequence: 1 });
    expect((await act(2)).status).toBe(200);
    expect([(await act(0)).status, (await act(0)).body.code]).toEqual([409, 'already-decided']);
  });

  it('contest each other, and after that show buttons', async () => {
    const made = await several();
    await visit(api, `/approve?t=${made.approve[0]}`);
    const page = await visit(api, `/approve?t=${made.approve[1]}`);
    expect(words(page.text)).toContain('Both links were opened');
    expect(page.text.match(/action="\/approve"/g)).toHaveLength(3);
    expect(page.text.match(/action="\/decline"/g)).toHaveLength(1);
    await visit(api, `/approve?t=${made.approve[0]}`);
    expect(await shown(made)).toMatchObject({ status: 'pending', held: null });
  });

  it('are ended by one decline for all', async () => {
    const made = await several();
    expect((await api.post('/decline', { token: made.decline })).body).toMatchObject({ status: 'declined' });
    expect([(await api.post('/approve', { token: made.approve[1] })).status]).toEqual([409]);
    expect((await readRoom(api, made.roomId)).sequence).toBe(0);
  });

  it('are undone by any of them', async () => {
    const made = await several();
    await visit(api, `/approve?t=${made.approve[2]}`);
    expect((await api.post('/undo', { token: made.approve[0] })).status).toBe(200);
    expect(await shown(made)).toMatchObject({ status: 'pending', held: null });
  });

  it('for a time that has passed are 410, and the page offers the others', async () => {
    const made = await several();
    await api.database.db.query(
      `update pending_proposals set proposed_start_utc = '2020-01-01T10:00:00.000Z' where id = $1`,
      [made.proposalId],
    );
    const page = await visit(api, `/approve?t=${made.approve[0]}`);
    expect([page.status, words(page.text)]).toEqual([410, expect.stringContaining('This time has passed')]);
    expect(page.text.match(/action="\/approve"/g)).toHaveLength(2);
    expect([(await api.post('/approve', { token: made.approve[0] })).body.code]).toEqual(['option-passed']);
    expect((await api.post('/approve', { token: made.approve[1] })).status).toBe(200);
  });
});

describe('the form', () => {
  const fill = async (room: ApiBody, over: Record<string, string>): Promise<Record<string, string>> => ({
    token: await tokenFor(api.database.db, room.roomId, 'guest', 'propose'),
    zone: 'UTC',
    date: hourAhead(9).toISOString().slice(0, 10),
    time: '14:30',
    length: 'keep',
    note: 'kept <b>',
    ...over,
  });
  const day = (days: number): string => hourAhead(days).toISOString().slice(0, 10);

  it('gives fields for a second and a third time, and keeps what was typed', async () => {
    const room = await bookedRoom(api);
    const first = await press(api, '/api/reschedule/propose', await fill(room, { add: '1' }));
    expect(first.status).toBe(200);
    for (const shows of ['name="date2"', 'value="14:30"', 'kept &lt;b&gt;', 'name="add"', 'Request these times'])
      expect(first.text).toContain(shows);
    const second = await press(
      api,
      '/api/reschedule/propose',
      await fill(room, { add: '1', date2: day(10), time2: '09:00' }),
    );
    expect(second.text).toContain('name="date3"');
    expect(second.text).toContain(`value="${day(10)}"`);
    expect(second.text).not.toContain('name="add"');
    expect((await readRoom(api, room.roomId)).proposals).toEqual([]);
  });

  it('proposes all that were filled in, and shows them all', async () => {
    const room = await bookedRoom(api);
    const fields = { date2: '', time2: '', date3: day(10), time3: '09:00' };
    const page = await press(api, '/api/reschedule/propose', await fill(room, fields));
    expect(page.status).toBe(201);
    expect(words(page.text)).toMatch(/14:30 to 15:30.*09:00 to 10:00/);
    const { options } = await shown(room);
    expect(options.map((each) => each.startUtc.slice(11, 16))).toEqual(['14:30', '09:00']);
  });

  it.each<[string, Record<string, string>, number, RegExp]>([
    ['half a time', { date2: '2031-05-06', time2: '' }, 422, /id="time2"[^>]*aria-invalid="true"/],
    ['a past one', { date2: '2020-05-06', time2: '10:00' }, 422, /id="time2-fault">This time is in the past/],
    [
      'one that the clocks skip',
      { zone: 'Europe/Berlin', date2: '2030-03-31', time2: '02:30' },
      422,
      /id="time2-fault">The clocks/,
    ],
  ])('with %s comes back with the fault at its field', async (_, over, status, shows) => {
    const room = await bookedRoom(api);
    const page = await press(api, '/api/reschedule/propose', await fill(room, over));
    expect([page.status, page.text]).toEqual([status, expect.stringMatching(shows)]);
    expect((await readRoom(api, room.roomId)).proposals).toEqual([]);
  });

  it('with the same time twice comes back with the fault at the second', async () => {
    const room = await bookedRoom(api);
    const page = await press(
      api,
      '/api/reschedule/propose',
      await fill(room, { date2: '', time2: '', date3: day(9), time3: '14:30' }),
    );
    expect([page.status, page.text]).toEqual([
      422,
      expect.stringMatching(/id="time3-fault">This time is listed twice/),
    ]);
  });

  it('never begins with a time that its button would refuse', async () => {
    for (const start of [hourAhead(5), hourAhead(1), hourAhead(0, 2)]) {
      const room = await bookedRoom(api, {
        startUtc: start.toISOString(),
        endUtc: new Date(start.getTime() + 3_600_000).toISOString(),
      });
      const token = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
      const { text } = await visit(api, `/reschedule?r=${token}`);
      const value = (name: string): string => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(text)?.[1] ?? '';
      const fields = { token, zone: 'UTC', date: value('date'), time: value('time'), length: 'keep', note: '' };
      expect((await press(api, '/api/reschedule/propose', fields)).status).toBe(201);
    }
  });

  it('fills in the last time by a quick choice and keeps the first', async () => {
    const room = await bookedRoom(api);
    const token = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
    const page = await visit(api, `/reschedule?r=${token}&start=${hourAhead(9).toISOString()}&start2=`);
    const [, chip = ''] = /class="chip" href="([^"#]+)/.exec(page.text) ?? [];
    const chosen = await visit(api, chip.replaceAll('&amp;', '&'));
    expect(chosen.text).toMatch(new RegExp(`name="date"[^>]*value="${day(9)}"`));
    expect(chosen.text).toMatch(/name="date2"[^>]*value="\d{4}-/);
  });
});
