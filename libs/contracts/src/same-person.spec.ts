// Who is the same person, and who is not.
import { personKey, samePerson } from './same-person';

it.each([
  ['Ann@Example.test', 'ann@example.TEST'],
  ['ann+work@example.test', 'ann@example.test'],
  ['ann+a+b@example.test', 'ann@example.test'],
  ['a.n.n@gmail.com', 'ann@googlemail.com'],
  ['a.nn+x@googlemail.com', 'ann@gmail.com'],
  ['ann@bücher.test', 'ann@xn--bcher-kva.test'],
  ['u\u0308ber@example.test', '\u00fcber@example.test'],
  [' ann@example.test ', 'ann@example.test'],
])('%s is %s', (a, b) => {
  expect(samePerson(a, b)).toBe(true);
});

it.each([
  ['ann@example.test', 'anne@example.test'],
  ['ann@example.test', 'ann@mail.example.test'],
  ['a.nn@example.test', 'ann@example.test'],
  ['ann@gmail.com', 'ann@gmail.co'],
])('%s is not %s', (a, b) => {
  expect(samePerson(a, b)).toBe(false);
});

it('a text without an at sign stays a text', () => {
  expect(personKey('Nobody')).toBe('nobody');
});
