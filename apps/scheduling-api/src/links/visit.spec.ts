// Who counts as a person opening a page, and who gets a page rather than JSON.
import { visitOf } from './visit';

const chrome = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-dest': 'document' };

it.each<[string, string, Record<string, string>, boolean]>([
  ['a browser that opens a page', 'GET', chrome, true],
  ['a browser without Sec-Fetch headers', 'GET', { accept: 'text/html,*/*' }, true],
  ['a browser that names the type in capitals', 'GET', { accept: 'Text/HTML' }, true],
  ['a document fetched for any type', 'GET', { accept: '*/*', 'sec-fetch-dest': 'document' }, true],
  ['HEAD', 'HEAD', chrome, false],
  ['a prefetch', 'GET', { ...chrome, 'sec-purpose': 'prefetch;prerender' }, false],
  ['an older prefetch', 'GET', { ...chrome, purpose: 'prefetch' }, false],
  ['the oldest prefetch', 'GET', { ...chrome, 'x-moz': 'prefetch' }, false],
  ['a frame', 'GET', { ...chrome, 'sec-fetch-dest': 'iframe' }, false],
  ['a script that fetches', 'GET', { accept: 'text/html', 'sec-fetch-dest': 'empty' }, false],
  ['an image', 'GET', { accept: 'image/*', 'sec-fetch-dest': 'image' }, false],
  ['a client for anything', 'GET', { accept: '*/*' }, false],
  ['a client that says nothing', 'GET', {}, false],
  ['a JSON client', 'GET', { accept: 'application/json' }, false],
  ['a form', 'POST', chrome, false],
])('%s: a page load only where a person sees the page', (_, method, headers, pageLoad) => {
  expect(visitOf({ method, headers }).pageLoad).toBe(pageLoad);
});

it.each<[string, Record<string, string>, boolean]>([
  ['a browser', { accept: chrome.accept }, true],
  ['a client for JSON', { accept: 'application/json' }, false],
  ['a client for problems', { accept: 'application/problem+json' }, false],
  ['a client that likes JSON better', { accept: 'text/html;q=0.5, application/json' }, false],
  ['a client that likes pages better', { accept: 'application/json;q=0.1, text/html;q=0.2' }, true],
  ['a form of a client for anything', { accept: '*/*', 'content-type': 'application/x-www-form-urlencoded' }, true],
  ['JSON of a client for anything', { accept: '*/*', 'content-type': 'application/json; charset=utf-8' }, false],
  ['JSON of a client that says nothing', { 'content-type': 'application/json' }, false],
  ['a client that says nothing', {}, true],
])('%s gets what it reads', (_, headers, wantsPage) => {
  expect(visitOf({ method: 'POST', headers }).wantsPage).toBe(wantsPage);
});

it('only another site is cross-site; of our languages the one that the browser wants most counts', () => {
  expect(visitOf({ method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }).crossSite).toBe(true);
  for (const site of ['same-origin', 'same-site', 'none'])
    expect(visitOf({ method: 'POST', headers: { 'sec-fetch-site': site } }).crossSite).toBe(false);
  const languageFor = (acceptLanguage?: string): string =>
    visitOf({ method: 'GET', headers: { 'accept-language': acceptLanguage } }).language;
  expect(languageFor('de-AT;q=0.9, en')).toBe('en');
  expect(languageFor('de-AT, en;q=0.9')).toBe('de-at');
  expect(languageFor('fi, de;q=0.7, fr;q=0.8')).toBe('fr');
  expect(languageFor('fr;q=0, fi')).toBe('en');
  expect(languageFor()).toBe('en');
});
