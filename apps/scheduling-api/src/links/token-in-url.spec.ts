// What mail programs do to a link, and what still opens it.
import fc from 'fast-check';
import { signLink } from '#tokens';
import { tokenIn, tokenInQuery } from './token-in-url';
import { leastCpuMsOf } from '../../../../test/support/cpu';

const tokenOf = (linkId: string): string =>
  signLink('a secret of the tests, long enough for production', {
    linkId,
    purpose: 'propose',
    uid: 'u@acme.test',
    role: 'guest',
    email: 'guest@guests.test',
  });
const token = tokenOf('0f8fad5b-d9cb-469f-a165-70867728950e');
const other = tokenOf('1f8fad5b-d9cb-469f-a165-70867728950e');
const [head = '', tail = ''] = [token.slice(0, 30), token.slice(30)];
const encoded = [...token].map((each) => `%${each.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');

describe('the token of a link', () => {
  it.each<[string, unknown]>([
    ['alone', token],
    ['with a full stop behind it', `${token}.`],
    ['with several stops', `${token}...`],
    ['with an angle bracket', `${token}>`],
    ['in angle brackets', `<${token}>`],
    ['in round brackets', `(${token})`],
    ['in square brackets with a comma', `[${token}],`],
    ['in quotes', `"${token}"`],
    ['in typographic quotes', `„${token}“`],
    ['with a blank before', ` ${token}`],
    ['with a blank behind', `${token} `],
    ['with a blank inside', `${head} ${tail}`],
    ['with a line end inside', `${head}\r\n${tail}`],
    ['with a folded line inside', `${head}\n\t ${tail}`],
    ['with a soft line break of quoted-printable inside', `${head}=\r\n${tail}`],
    ['with a zero-width space inside', `${head}\u200b${tail}`],
    ['with `=` left as =3D', `3D${token}`],
    ['with `=3D` whole', `=3D${token}`],
    ['percent-encoded twice', encoded],
    ['its dot percent-encoded twice, in lower case', token.replace('.', '%2e')],
    ['a blank percent-encoded twice', `${head}%20${tail}`],
    ['beside a broken escape', `%zz${token}%`],
    ['with words around it', `please open ${token} soon`],
    ['in a sentence that goes on', `${token}. Thank you very much for everything that you have done for us`],
    ['behind a sentence', `We have written to you about it. Please open the following link soon: ${token}`],
    ['as a link of its own', `https://meet.example/reschedule?r=${token}`],
    ['twice', `${token}<${token}>`],
    ['twice as a parameter', [token, token]],
    ['with a letter glued to it', `${token}x`],
  ])('is found %s', (_how, given) => {
    expect(tokenIn(given)).toBe(token);
  });

  it.each<[string, unknown]>([
    ['nothing is given', undefined],
    ['it is empty', ''],
    ['it is no text', 7],
    ['it is cut at its end', token.slice(0, -1)],
    ['it is cut at its beginning', token.slice(1)],
    ['its dot is gone', token.replace('.', '')],
    ['two stand there', `${token} ${other}`],
    ['two are glued', `${token}${other}`],
    ['two are given', [token, other]],
    ['it is encoded three times', encoded.replaceAll('%', '%25')],
  ])('is not guessed where %s', (_how, given) => {
    expect(tokenIn(given)).toBeUndefined();
  });

  it('is found where the equals sign was encoded, in the parameter that was asked for alone', () => {
    expect(tokenInQuery({ [`r=${token}`]: '' }, 'r')).toBe(token);
    expect(tokenInQuery({ [`r=${token}`]: '' }, 't')).toBeUndefined();
    expect(tokenInQuery({ t: token, r: other }, 'r')).toBe(other);
    expect(tokenInQuery({ a: token }, 'a')).toBe(token);
  });

  it('is found whatever stands around it, and a changed one never becomes a right one', () => {
    const around = fc.string({ unit: fc.constantFrom(...' \n.<>()[]"\',;:!?=&#/\\|*_-aZ9é€') });
    fc.assert(
      fc.property(around, around, fc.integer({ min: 0, max: token.length - 1 }), (before, after, at) => {
        expect(tokenIn(`${before} ${token} ${after}`)).toBe(token);
        const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
        expect(tokenIn(`${before} ${changed} ${after}`)).not.toBe(token);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is looked for in linear time', () => {
    for (const text of [
      'A'.repeat(200_000),
      `${'A'.repeat(22)}.`.repeat(9_000),
      '%41'.repeat(66_000),
      ' A'.repeat(100_000),
    ]) {
      expect(leastCpuMsOf(() => tokenIn(text), 1_000)).toBeLessThan(1_000);
    }
  });
});
