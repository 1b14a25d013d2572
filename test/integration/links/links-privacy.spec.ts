// No page, header or error tells anybody's address or name, whatever state a link is in and whatever people are called.
// Every state of links-states.ts with people made up by fast-check, as page and as problem.
import fc from 'fast-check';
import { languages } from '#words';
import { type Api, startApi } from '../../support/scheduling-api';
import { browser, ofForm } from './links-fixtures';
import { linkStates, type Request } from './links-states';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** Letters that stand in nothing else we write, so that any trace of them is a leak. */
const secret = fc
  .array(fc.constantFrom('q', 'x', 'z', 'w', '7', '9'), { minLength: 9, maxLength: 12 })
  .map((letters) => `k${letters.join('')}`);
const tag = fc.constantFrom('', '+tag', '.dots', "o'", '-');
const someone = fc.record({
  local: secret,
  suffix: tag,
  domain: secret,
  name: secret,
  dressed: fc.constantFrom(
    (name: string) => name,
    (name: string) => `Ann <${name}>`,
    (name: string) => `${name} "the" & Ünal`,
    (name: string) => `${name}'s <b>office</b>`,
  ),
  locale: fc.constantFrom(...languages, 'fi', 'en-US'),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'),
});
type Someone = typeof someone extends fc.Arbitrary<infer T> ? T : never;

const person = ({
  local,
  suffix,
  domain,
  name,
  dressed,
  locale,
  timeZone,
}: Someone): Record<string, unknown> & { email: string } => ({
  email: `${local}${suffix}x@${domain}.test`,
  name: dressed(name),
  locale,
  timeZone,
});

async function answersTo({ path, fields }: Request): Promise<string> {
  const ask = async (accept: string): Promise<string> => {
    const init = fields
      ? { method: 'POST', body: new URLSearchParams(fields).toString(), headers: { ...ofForm, accept } }
      : { headers: { ...browser, accept } };
    const answer = await fetch(`${api.url}${path}`, { redirect: 'manual', ...init });
    return `${JSON.stringify([...answer.headers])}${await answer.text()}`;
  };
  return `${await ask(browser.accept)}${await ask('application/json')}`;
}

it.each(linkStates)('$name tells neither party anything of a person but the role', async ({ reach }) => {
  await fc.assert(
    fc.asyncProperty(someone, someone, async (first, second) => {
      fc.pre(first.local !== second.local);
      const host = person(first);
      const guest = person(second);
      const note = `ask ${guest.email} or ${host.email}, <${guest.email}> or mailto:${host.email.toUpperCase()}`;
      const responses = (await answersTo(await reach(api, { host, guest, note }))).toLowerCase();
      for (const each of [first, second])
        for (const trace of [each.local, each.domain, each.name]) expect(responses).not.toContain(trace);
    }),
    { numRuns: 4, endOnFailure: true },
  );
});
