// Proves that an address survives the way into a mailto URI and back, and what is no address to us.
import fc from 'fast-check';
import { domainToASCII, domainToUnicode } from 'node:url';
import { bareAddress, mailtoUri, withAsciiDomain } from './address';

const localPart = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,40}$/);
const domain = fc.stringMatching(/^[a-zà-ž0-9-]{1,20}\.(?:org|example|рф)$/);

it('every mail address survives the way into a mailto URI and out again', () => {
  fc.assert(
    fc.property(localPart, domain, (local, host) => {
      const uri = mailtoUri(`${local}@${host}`);
      // RFC 3986 2: nothing but URI characters.
      expect(uri).toMatch(/^mailto:[A-Za-z0-9\-._~!$'()*+%]+@[A-Za-z0-9\-._~!$'()*+%]+$/);
      const back = bareAddress(uri) ?? '';
      expect(back).toBe(withAsciiDomain(`${local}@${host}`));
      expect(back.slice(0, local.length)).toBe(local);
      expect(domainToUnicode(back.slice(local.length + 1))).toBe(domainToUnicode(domainToASCII(host)));
      expect(bareAddress(uri.replace('mailto', 'MAILTO'))).toBe(back);
    }),
  );
});

it('what RFC 6068 wants encoded is encoded and the plus of a tag is not', () => {
  expect(mailtoUri('ann+music@example.net')).toBe('mailto:ann+music@example.net');
  expect(mailtoUri('gorby%kremvax@example.com')).toBe('mailto:gorby%25kremvax@example.com');
  expect(mailtoUri('unlikely?address=a&b;c@example.com')).toBe('mailto:unlikely%3Faddress%3Da%26b%3Bc@example.com');
  expect(mailtoUri('josé@example.org')).toBe('mailto:jos%C3%A9@example.org');
});

it.each([
  ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
  ['josé@Bücher.Example', 'josé@xn--bcher-kva.example'],
  ['ann@例子.广告', 'ann@xn--fsqu00a.xn--4rr70v'],
  ['ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
  ['Ann@Example.ORG', 'Ann@Example.ORG'],
])('%s is mailed and written as %s', (email, known) => {
  expect(withAsciiDomain(email)).toBe(known);
  expect(mailtoUri(email).endsWith(known.slice(known.indexOf('@')))).toBe(true);
});

it('no text at all can leave the URI it is put into', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(mailtoUri(text)).toMatch(/^mailto:[A-Za-z0-9\-._~!$'()*+%]*(?:@[A-Za-z0-9\-._~!$'()*+%]*)?$/);
    }),
  );
});

it.each([
  ['mailto:ann@example.org', 'ann@example.org'],
  ['MAILTO:Ann@Example.org', 'Ann@Example.org'],
  ['  MailTo: ann@example.org ', 'ann@example.org'],
  ['ann@example.org', 'ann@example.org'],
  ['mailto:ann%2Bmusic@example.org', 'ann+music@example.org'],
  ['mailto:ann+music@example.org', 'ann+music@example.org'],
  ['mailto:%22a%20b%22@example.org', '"a b"@example.org'],
  ['mailto:ann@example.org?subject=x', 'ann@example.org'],
  ['mailto:<ann@example.org>', 'ann@example.org'],
  ['mailto:MAILTO:ann@example.org', 'ann@example.org'],
  ['mailto:50%off@example.org', '50%off@example.org'],
  ['mailto:jos%C3%A9@example.org', 'josé@example.org'],
])('reads %s as %s', (value, expected) => {
  expect(bareAddress(value)).toBe(expected);
});

it.each([
  '',
  'mailto:',
  'mailto:ann',
  'mailto:Ann Doe <ann@example.org>',
  'mailto:"Ann" ann@example.org',
  'Ann ann@example.org',
  'mailto:ann@example.org,bob@example.org',
  'mailto:ann@bob@example.org',
  'mailto:ann%0D%0ABcc:bob@example.org',
  'mailto:ann%00@example.org',
  'mailto:mailto:mailto:ann@example.org',
  'urn:uuid:0b9c1c52-6a3e-4d0f-9a57-3f1de2b7c4aa',
  'https://ann@example.org/',
  '/principals/users/ann/',
  `mailto:${'a'.repeat(320)}@example.org`,
])('refuses %j', (value) => {
  expect(bareAddress(value)).toBeNull();
});
