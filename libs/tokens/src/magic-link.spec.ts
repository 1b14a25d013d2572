// Properties of a token: it reveals nothing, fits one link only, and an altered character makes it invalid.
import fc from 'fast-check';
import {
  hashToken,
  keyIdOf,
  type LinkBinding,
  linkIdIn,
  secretFor,
  signLink,
  verifyLink,
  withoutTokens,
} from './magic-link';

const binding: LinkBinding = {
  linkId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  purpose: 'propose',
  uid: 'u@acme.test',
  role: 'guest',
  email: 'guest@guests.test',
};
const secrets = { current: 'current-secret-0123456789-0123456789', previous: 'previous-secret-0123456789-012345678' };
const token = signLink(secrets.current, binding);

it('is short, of safe characters, does not end in a dot and names its link', () => {
  expect(token).toMatch(/^[A-Za-z0-9._-]{66}$/);
  expect(token.endsWith('.')).toBe(false);
  expect(linkIdIn(token)).toBe(binding.linkId);
});

it('holds no address in any reading', () => {
  const bytes = token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    .join('');
  for (const word of ['guest', '@', 'acme']) expect(`${token}${bytes}`.includes(word)).toBe(false);
});

it('any one character altered, cut or added no longer fits', () => {
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === 'A' ? 'B' : 'A';
    expect(verifyLink(secrets, token.slice(0, at) + other + token.slice(at + 1), binding)).toBe(false);
    expect(verifyLink(secrets, token.slice(0, at), binding)).toBe(false);
  }
  expect(verifyLink(secrets, `${token}A`, binding)).toBe(false);
});

it.each<[keyof LinkBinding, Partial<LinkBinding>]>([
  ['linkId', { linkId: '1f8fad5b-d9cb-469f-a165-70867728950e' }],
  ['purpose', { purpose: 'approve' }],
  ['uid', { uid: 'v@acme.test' }],
  ['role', { role: 'host' }],
  ['email', { email: 'host@hosts.test' }],
])('is bound to its %s', (_field, over) => {
  expect(verifyLink(secrets, token, { ...binding, ...over })).toBe(false);
});

it('a link of the previous secret still fits, one of a secret out of force does not', () => {
  expect(verifyLink(secrets, signLink(secrets.previous, binding), binding)).toBe(true);
  expect(verifyLink({ current: secrets.current }, signLink(secrets.previous, binding), binding)).toBe(false);
});

it('a key id names its secret and reveals nothing of it', () => {
  expect(secretFor(secrets, keyIdOf(secrets.previous))).toBe(secrets.previous);
  expect(secretFor(secrets, '00000000')).toBeUndefined();
  expect(keyIdOf(secrets.current)).toMatch(/^[0-9a-f]{8}$/);
});

it('whatever is no token of ours names no link and never throws', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(linkIdIn(text)).toBeNull();
      expect(verifyLink(secrets, text, binding)).toBe(false);
      expect(hashToken(text)).toMatch(/^[0-9a-f]{64}$/);
    }),
  );
});

describe('withoutTokens', () => {
  const token = signLink(secrets.current, binding);
  it.each([
    ['as it is', token],
    ['with the dot of a URL', token.replace('.', '%2E')],
    ['in undecoded quoted-printable', `${token.slice(0, 30)}=\r\n${token.slice(30)}`.replace('.', '=2E')],
    ['folded by a calendar', `${token.slice(0, 10)}\r\n ${token.slice(10, 40)}\r\n ${token.slice(40)}`],
    ['quoted and wrapped', `${token.slice(0, 50)}\n> > ${token.slice(50)}`],
    ['behind other characters', `r3D${token}`],
  ])('takes a token out that stands %s', (_how, broken) => {
    const text = withoutTokens(`see https://x.test/reschedule?r=${broken}\nbye`);
    expect(text).toMatch(/^see https:\/\/x\.test\/reschedule\?r=(?:r3D)?\[removed\]\nbye$/);
  });
  it('leaves other text alone', () => {
    const text = 'Message-ID: <018f0000-0000-7000-8000-000000000001@x.test>, 12.5 and a.b';
    expect(withoutTokens(text)).toBe(text);
  });
});
