// Who is the same person, and who is not.
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
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

it('a domain is written as IDNA writes it, also where that is not asked', () => {
  const label = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  const plain = fc.tuple(fc.array(label, { maxLength: 3 }), fc.stringMatching(/^[a-z0-9]{1,6}$/));
  const domain = plain.map(([labels, last]) => [...labels, last].join('.'));
  fc.assert(
    fc.property(fc.oneof(domain, fc.constantFrom('xn--a.test', 'ab--cd.test', '1.2.3', 'a.0x1', '-.-a')), (given) => {
      expect(personKey(`ann@${given}`)).toBe(`ann@${domainToASCII(given) || given}`);
    }),
    { numRuns: 2_000 },
  );
});
