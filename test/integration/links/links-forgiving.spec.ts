// What mail programs make of a link still opens; what names no page of ours answers a person with words.
// Contract, section 7.1, Links. The readings of a token alone are in
// apps/scheduling-api/src/links/token-in-url.spec.ts.
import { type Api, startApi } from '../../support/scheduling-api';
import { bookedRoom, browser, press, proposal, readProposal, tokenFor, visit } from './links-fixtures';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const encodedTwice = (token: string): string =>
  [...token].map((each) => `%25${each.charCodeAt(0).toString(16)}`).join('');

const mangled: [string, (token: string) => string][] = [
  ['a full stop behind it', (token) => `${token}.`],
  ['an angle bracket behind it', (token) => `${token}%3E`],
  ['an angle bracket not encoded', (token) => `${token}>`],
  ['brackets around it', (token) => `(${token})`],
  ['blanks around it', (token) => `%20${token}+`],
  ['a blank inside', (token) => `${token.slice(0, 40)}%20${token.slice(40)}`],
  ['a line end inside', (token) => `${token.slice(0, 40)}%0D%0A${token.slice(40)}`],
  ['=3D for the equals sign', (token) => `3D${token}`],
  ['everything percent-encoded twice', encodedTwice],
  ['words around it', (token) => `please%20open%20${token},%20thanks`],
];

describe.each(mangled)('a link with %s', (_how, mangle) => {
  it('opens the form, and the form can be sent', async () => {
    const made = await bookedRoom(api);
    const token = await tokenFor(api.database.db, made.roomId, 'guest', 'propose');
    const form = await visit(api, `/reschedule?r=${mangle(token)}`);
    expect(form.status).toBe(200);
    expect(form.text).toContain(`value="${token}"`);
  });

  it('decides, by a page load and by a button', async () => {
    const made = await proposal(api, await bookedRoom(api), 'guest');
    expect((await visit(api, `/approve?t=${mangle(made.approve)}`)).status).toBe(200);
    expect(await readProposal(api, made)).toMatchObject({ held: { decision: 'approve' } });
    const pressed = await press(api, '/undo', { t: decodeURIComponent(mangle(made.approve).replaceAll('+', ' ')) });
    expect(pressed.status).toBe(200);
    expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
  });
});

it('a slash before the question mark is ignored', async () => {
  const made = await proposal(api, await bookedRoom(api), 'guest');
  const token = await tokenFor(api.database.db, made.roomId, 'host', 'propose');
  expect((await visit(api, `/reschedule/?r=${token}`)).status).toBe(200);
  expect((await visit(api, `/approve/?t=${made.approve}`)).status).toBe(200);
});

it('two tokens in one link are not guessed, and nothing of their shape counts as forged', async () => {
  const made = await proposal(api, await bookedRoom(api), 'guest');
  const forged = async (): Promise<number> =>
    (await api.database.db.query(`select 1 from audit where kind = 'token' and verdict = 'forged'`)).length;
  const before = await forged();
  expect((await visit(api, `/approve?t=${made.approve}%20${made.decline}`)).status).toBe(404);
  expect((await visit(api, `/approve?t=${made.approve.slice(0, 50)}`)).status).toBe(404);
  expect(await forged()).toBe(before + 2);
  expect(await readProposal(api, made)).toMatchObject({ status: 'pending', held: null });
});

describe('an address that there is not', () => {
  it.each([
    ['GET', '/reshedule?r=abc'],
    ['GET', '/reschedule/abc'],
    ['GET', '/%E0%A4%A'],
    ['GET', `/${'x'.repeat(400)}`],
    ['POST', '/reschedule'],
    ['DELETE', '/approve'],
    ['PUT', '/api/practice-room/create'],
  ])('answers a browser with a page and everybody else with a problem: %s %s', async (method, path) => {
    const page = await fetch(`${api.url}${path}`, { method, headers: { ...browser, 'accept-language': 'de-AT,de' } });
    const text = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain(`default-src 'none'`);
    expect(text).toContain('An dieser Adresse ist nichts');
    expect(text).not.toContain('not-found');
    for (const accept of ['*/*', 'application/json', 'application/problem+json, text/html;q=0.5']) {
      const problem = await fetch(`${api.url}${path}`, { method, headers: { accept } });
      expect([problem.status, problem.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
      expect(await problem.json()).toMatchObject({ code: 'not-found' });
    }
  });

  it('has no body for HEAD', async () => {
    const answer = await fetch(`${api.url}/nowhere`, { method: 'HEAD', headers: browser });
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  });
});
