import { preferencesIn, prefersPage } from './accept';

it('an entry of Accept has the weight that is written behind it, in either case, and 1 without one', () =>
  expect(preferencesIn('text/html;level=1;Q=0.4, application/json; q=0.9,*/*')).toEqual([
    { value: 'text/html', weight: 0.4 },
    { value: 'application/json', weight: 0.9 },
    { value: '*/*', weight: 1 },
  ]));

it.each([
  ['text/html, application/json;q=0.9', true],
  ['text/html;Q=0.5, application/problem+json', false],
  ['application/xhtml+xml, application/json', null],
  [undefined, null],
  ['*/*', null],
  ['application/json', false],
  ['application/json, text/html;q=0.5', false],
  ['text/html', true],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
])('Accept %p prefers a page: %p', (accept, expected) => expect(prefersPage(accept)).toBe(expected));
