// Refusals as a person reads them: each names its field and the rule, in a sentence.
import { type Api, startApi } from '../../support/scheduling-api';
import { hourAhead } from '../links/links-fixtures';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const good = {
  startUtc: hourAhead(3).toISOString(),
  endUtc: hourAhead(3, 1).toISOString(),
  host: { email: 'hana@hosts.test' },
};

it.each<[string, Record<string, unknown>, string, string]>([
  ['an empty title', { title: '' }, '/title', 'title must not be empty'],
  ['a title of blanks', { title: '   ' }, '/title', 'title must not be empty'],
  ['a long title', { title: 'x'.repeat(201) }, '/title', 'title must be at most 200 characters'],
  ['a title that is a number', { title: 5 }, '/title', 'title must be text'],
  ['no start', { startUtc: undefined }, '/startUtc', 'startUtc must be given'],
  [
    'a start in words',
    { startUtc: 'soon' },
    '/startUtc',
    'startUtc must be an RFC 3339 instant, e.g. 2026-12-01T09:00:00Z',
  ],
  ['a host that is text', { host: 'hana' }, '/host', 'host must be an object'],
  ['a wrong address', { host: { email: 'hana' } }, '/host/email', 'host.email must be one bare mail address'],
  [
    'an unknown zone',
    { host: { ...good.host, timeZone: 'Mars' } },
    '/host/timeZone',
    'host.timeZone must be an IANA time zone, e.g. Europe/Berlin',
  ],
  [
    'a wrong policy',
    { policy: { onDecline: 'maybe' } },
    '/policy/onDecline',
    'policy.onDecline must be strict or soft',
  ],
  [
    'a time to live of nothing',
    { policy: { proposalTtlHours: 0 } },
    '/policy/proposalTtlHours',
    'policy.proposalTtlHours must be more than 0',
  ],
  ['a field that is none', { colour: 'red' }, '/colour', 'colour is not a field of this request'],
  ['yes for true', { videoRoom: 'yes' }, '/videoRoom', 'videoRoom must be true or false'],
])('%s', async (_what, over, pointer, detail) => {
  const { status, body } = await api.post('/api/practice-room/create', { ...good, ...over });
  expect([status, body.code, body['detail']]).toEqual([422, 'invalid-field', `${detail}.`]);
  expect(body.errors).toMatchObject([{ pointer, detail }]);
});

it('several faults are said together', async () => {
  const { body } = await api.post('/api/practice-room/create', { ...good, title: '', location: 7 });
  expect(body['detail']).toBe('title must not be empty; location must be text.');
});

it.each([
  ['limit=0', '?limit', 'limit must be at least 1'],
  ['limit=many', '?limit', 'limit must be a whole number from 1 to 200'],
  ['status=open', '?status', 'status must be scheduled or cancelled'],
  ['updatedSince=yesterday', '?updatedSince', 'updatedSince must be an RFC 3339 instant, e.g. 2026-12-01T09:00:00Z'],
  ['colour=red', '?colour', 'colour is not a field of this request'],
])('the query %s', async (query, pointer, detail) => {
  const { status, body } = await api.get(`/api/practice-room?${query}`);
  expect([status, body['detail'], body.errors[0]?.pointer]).toEqual([422, `${detail}.`, pointer]);
});

it('an unusable Idempotency-Key, a reason that is too long, and no body at all', async () => {
  const key = await api.post('/api/practice-room/create', good, { 'idempotency-key': 'a b' });
  expect(key.body['detail']).toBe('Idempotency-Key must be 1 to 255 visible ASCII characters.');
  const reason = await api.post('/api/practice-room/delete', { roomId: 'x', reason: 'r'.repeat(301) });
  expect(reason.body['detail']).toBe('reason must be at most 300 characters.');
  expect((await api.post('/api/practice-room/create', '')).body['detail']).toMatch(/^The .*\.$/);
});
