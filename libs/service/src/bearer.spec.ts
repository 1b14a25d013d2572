// Which texts are keys of callers: what could never match is a fault, not a key.
import { parseKeys } from './bearer';

it('keys by their names; a key may hold colons', () => {
  expect([...parseKeys('a:1, b:2:3')]).toEqual([
    ['a', '1'],
    ['b', '2:3'],
  ]);
});

it.each([
  ['a', /name:key/],
  ['a:', /name:key/],
  [':k', /name:key/],
  ['a:1,,b:2', /name:key/],
  ['a:1,a:2', /two keys of one name/],
  ['a:1 2', /blanks/],
  ['a:1\t2', /blanks/],
  ['a b:1', /blanks/],
])('%j is refused', (text, why) => expect(() => parseKeys(text)).toThrow(why));
