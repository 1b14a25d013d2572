// A text that reaches both parties may contain neither address, however it is written; other addresses and words are no
// business of it.
import { fieldWithAddress, noteForOther } from './address-in-text';

const address = 'ann.b@example.com';
const bytes = (lead: string) => [...address].map((sign) => `${lead}${sign.charCodeAt(0).toString(16)}`).join('');

it.each([
  ['as it is', `Meet ${address}, please.`],
  ['in capitals', 'ANN.B@EXAMPLE.COM'],
  ['with a tag', 'ann.b+zoom@example.com'],
  ['with a tag in a link', 'https://meet.example.net/j?u=ann.b+x@example.com&x=1'],
  ['with a tag, all percent-encoded', 'https://meet.example.net/ann.b%2Bx%40example.com/room'],
  ['percent-encoded', bytes('%')],
  ['percent-encoded twice', 'ann.b%2540example.com'],
  ['quoted-printable', 'ann.b=40example.com'],
  ['as an encoded word', `=?utf-8?b?${Buffer.from(address).toString('base64')}?=`],
  ['in base64', Buffer.from(address).toString('base64')],
  ['as named entities', 'ann.b&commat;example&period;com'],
  ['as an entity without its end', 'ann.b&#64example.com'],
  ['as an entity of an entity', 'ann.b&amp;#64;example.com'],
  ['as an entity of a percent sign', 'ann.b&#37;40example.com'],
  ['escaped as in a program', 'ann.b\\u0040example.com'],
  ['with a needless backslash', 'ann.b\\@example.com'],
  ['in full-width letters', [...address].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join('')],
  ['with an invisible space', 'ann\u200b.b@example.com'],
  ['with a selector', 'ann.b\ufe0f@example.com'],
  ['with invisible tags', 'ann.b\u{e0020}@example.com'],
  ['with a filler', 'ann.b\u3164@example.com'],
  ['glued to another script', '会议ann.b@example.com请'],
  ['with blanks around the sign', 'ann.b @ example.com'],
  ['in words', 'ann dot b at example dot com'],
  ['in brackets', 'ann.b[at]example(dot)com'],
  ['with a comment', 'ann.b(me)@example.com'],
  ['emphasized', '_ann.b@example.com_'],
  ['in a list', '-ann.b@example.com'],
  ['in quotes', '"ann.b"@example.com'],
])('an address is found %s', (_how, text) => {
  expect(fieldWithAddress({ '/title': 'Practice', '/location': text }, ['host@hosts.test', address])).toBe('/location');
});

it.each([
  'joann.b@example.com',
  'ann.b@example.com.au',
  'ann.b@examples.com',
  'Room 5 @ 9.30',
  'example.com',
  'ann.b',
  '会议',
  'https://meet.example.net/ann.b?at=example.com',
])('%s holds no address of ann.b@example.com', (text) => {
  expect(fieldWithAddress({ '/title': text, '/location': null }, [address])).toBeNull();
});

it.each([Buffer.from(address).toString('base64'), `=?utf-8?q?${address.replace('@', '=40')}?=`])(
  "a note that still tells its writer's own address is not relayed; whose else it tells makes no difference: %s",
  (note) => {
    expect(noteForOther(`Write to ${note}`, address)).toBe('[…]');
    expect(noteForOther(`Write to ${note}`, 'other@people.test')).toBe(`Write to ${note}`);
    expect([noteForOther('After lunch?', address), noteForOther(null, address)]).toEqual(['After lunch?', null]);
  },
);

it('another spelling of an IDN domain or of a Google address is found too', () => {
  expect(fieldWithAddress({ '/title': 'ann@xn--bcher-kva.example' }, ['ann@bücher.example'])).toBe('/title');
  expect(fieldWithAddress({ '/title': 'ann@BÜCHER.example' }, ['ann@xn--bcher-kva.example'])).toBe('/title');
  expect(fieldWithAddress({ '/title': 'A.N.N@googlemail.com' }, ['ann@gmail.com'])).toBe('/title');
});
