import fc from 'fast-check';
import { holdsAddress } from './holds-address';
import { stripAddresses } from './strip-addresses';
import { leastCpuMsOf } from '../../../test/support/cpu';

describe('stripAddresses', () => {
  it.each([
    ['plain', 'Ask ann@example.org please', 'Ask […] please'],
    ['with punctuation', 'Ask ann@example.org, please', 'Ask […], please'],
    ['in angle brackets', 'Ann Bell <ann@example.org>', 'Ann Bell […]'],
    ['as a link', 'mailto:ann@example.org?subject=hi', '[…]'],
    ['percent-encoded', 'see https://x.test/?to=ann%40example.org', 'see […]'],
    ['percent-encoded twice', 'ann%2540example%252Eorg', '[…]'],
    ['as an entity', 'ann&#64;example&#x2e;org and ann&commat;example.org', '[…] and […]'],
    ['with a full-width sign', 'ann＠example.org', '[…]'],
    ['with full-width letters', 'ａｎｎ＠ｅｘａｍｐｌｅ．ｏｒｇ', '[…]'],
    ['with blanks around the sign', 'ann @ example.org', '[…]'],
    ['with blanks everywhere', 'ann . bell @ example . org ok', '[…] ok'],
    ['with the sign at the end of a line', 'ann@\nexample.org', '[…]'],
    ['with the sign at the start of a line', 'write ann\n@example.org', 'write […]'],
    ['spelled out', 'it is ann at example dot org', 'it is […]'],
    ['spelled out, dotted domain', 'ann AT example.org', '[…]'],
    ['in brackets', 'ann[at]example[dot]org', '[…]'],
    ['in brackets with blanks', 'ann ( at ) example ( dot ) org', '[…]'],
    ['in German', 'ann (ät) example punkt org', '[…]'],
    ['with a quoted local part', 'my "ann bell"@example.org', 'my […]'],
    ['with an invisible character', 'ann\u200B@exam\u00ADple.org', '[…]'],
    ['with a soft joiner', 'ann\u200D@\u200Cexample.org', '[…]'],
    ['of an international domain', 'ann@münchen.example and ann@xn--mnchen-3ya.example', '[…] and […]'],
    ['without a dot', 'root@localhost', '[…]'],
    ['as an entity of an entity', 'ann&amp;#64;example.org', '[…]'],
    ['quoted-printable', 'ann=40example.org', '[…]'],
    ['as in a program', 'ann\\u0040example.org or ann\\x40example.org', '[…] or […]'],
    ['in French', 'ann arobase example.org', '[…]'],
    ["tied to the sign's word", 'ann_at_example.org or ann-at-example.org or ann*at*example.org', '[…] or […] or […]'],
    ['letter by letter', 'write to a n n @ e x a m p l e . o r g', 'write to […]'],
    ['with an address literal', 'ann@[192.0.2.1]', '[…]'],
    ['tied with words throughout', 'ann_at_example_dot_org or ann-at-example-punkt-org', '[…] or […]'],
    ['shouted', 'write annATexampleDOTorg or annATexample.org', 'write […] or […]'],
    ['with a letter in brackets', 'ann(a)example.org or ann (a) example (dot) org', '[…] or […]'],
    ['between signs', 'ann -at- example -dot- org', '[…]'],
    ['in Spanish', 'ann arroba example punto org', '[…]'],
    ['in Italian', 'scrivi ann chiocciola example punto org', 'scrivi […]'],
    ['in Dutch', 'ann apenstaartje example punt org', '[…]'],
    ['in Polish', 'ann małpa example kropka org', '[…]'],
    ['in Portuguese', 'ann arroba example ponto org', '[…]'],
    ['in Swedish', 'ann snabel-a example punkt org', '[…]'],
    ['in French with brackets', 'ann [arobase] example [point] org', '[…]'],
    ['in Japanese', 'annアットマークexampleドットorg', '[…]'],
    ['in Japanese with blanks', 'ann アット example ドット org', '[…]'],
    ['in Japanese brackets', 'ann【アット】example.org', '[…]'],
    ['in Arabic', 'ann آت example دوت org', '[…]'],
    ['in base64', 'code: YW5uQGV4YW1wbGUub3Jn ok', 'code: […] ok'],
    ['in base64 with a letter before it', 'xYW5uQGV4YW1wbGUub3Jn', '[…]'],
    ['in base64 over a line end', 'see YW5uQGV4\nYW1wbGUub3Jn', 'see […]'],
    ['in base64 of the URL alphabet', '_YW5uK3hAZXhhbXBsZS5vcmc', '[…]'],
    ['in base64 twice', 'WVc1dVFHVjRZVzF3YkdVdWIzSm4=', '[…]'],
    ['percent-encoded in base64', 'YW5uJTQwZXhhbXBsZS5vcmc=', '[…]'],
    ['in base64 of UTF-16', 'YQBuAG4AQABlAHgAYQBtAHAAbABlAC4AbwByAGcA', '[…]'],
    ['in hexadecimal', 'hex 616e6e406578616d706c652e6f7267 end', 'hex […] end'],
    ['in hexadecimal with blanks', '61 6e 6e 40 65 78 61 6d 70 6c 65 2e 6f 72 67', '[…]'],
    ['in hexadecimal of a program', '\\x61\\x6e\\x6e\\x40\\x65\\x78\\x61\\x6d\\x2e\\x6f\\x72\\x67', '[…]'],
    ['in quoted-printable throughout', '=61=6e=6e=40=65=78=61=6d=2e=6f=72=67', '[…]'],
    ['in entities throughout', '&#97;&#110;&#110;&#64;&#101;&#120;&#46;&#111;&#114;&#103; ok', '[…]; ok'],
    ['in percent throughout', '%61%6e%6e%40%65%78%2e%6f%72%67', '[…]'],
  ])('takes out an address %s', (_how, text, left) => {
    expect(stripAddresses(text)).toBe(left);
  });

  it.each([
    'Can we meet at noon? Or at 3.30pm?',
    'Lunch @ noon, room 12.30 or 14.15.',
    'See you at Starbucks. Bring the file.',
    'Follow @ann, thanks',
    'I stay-at-home. State-at-arms, 20-at-5.',
    'x=40, that is all; plan B @ 5',
    'option (a) and option (b)',
    'https://example.org/path?x=1%20y',
    'Rendez-vous à Paris, on se voit chez Paul. Le point important: rien.',
    'Il punto è questo: ci vediamo a Roma.',
    'Kropka nad i, a potem punkt drugi.',
    'アットホームな雰囲気で、ドットの服を着てください。',
    'WhatsApp: IT-Abteilung, STATUS OK, FORMAT A4, DOTs and ATs',
    'polka-dot-dress, look-at-me, dot-to-dot',
    'The key is dGhpcyBpcyBub3QgYW4gYWRkcmVzcw== and deadbeefcafe0123456789abcdef',
    'Donaudampfschifffahrtsgesellschaftskapitänsmütze und Straßenbahnhaltestelle',
    'Call 0049 30 12 34 56 78 or 61 62 63 64 65 66 67',
    'https://meet.example/j/98765432101?pwd=QmFzZTY0VGV4dE9mTm9CYWNr',
    'Grüße 👩\u200D👩\u200D👧 bis morgen…',
    '',
    '  two  blanks\n\nand lines  ',
  ])('leaves %j as it is', (text) => {
    expect(stripAddresses(text)).toBe(text);
  });

  const local = fc.stringMatching(/^[a-z0-9]{1,10}([._+-][a-z0-9]{1,6})?$/);
  const domain = fc.stringMatching(/^[a-z0-9]{2,8}(\.[a-z]{2,6}){1,2}$/);
  const disguise = fc.constantFrom<(l: string, d: string) => string>(
    (l, d) => `${l}@${d}`,
    (l, d) => `<${l}@${d}>`,
    (l, d) => `mailto:${l}@${d}`,
    (l, d) => `${l}%40${d}`,
    (l, d) => `${l}＠${d.replaceAll('.', '．')}`,
    (l, d) => `${l} @ ${d}`,
    (l, d) => `${l} at ${d.replaceAll('.', ' dot ')}`,
    (l, d) => `${l} [at] ${d.replaceAll('.', ' [dot] ')}`,
    (l, d) => `"${l} x"@${d}`,
    (l, d) => `${l.toUpperCase()}@${d.toUpperCase()}`,
    (l, d) => [...`${l}@${d}`].join('\u200B'),
    (l, d) => `${l}_at_${d.replaceAll('.', '_dot_')}`,
    (l, d) => `${l}AT${d.replaceAll('.', 'DOT')}`,
    (l, d) => `${l}(a)${d}`,
    (l, d) => `${l} chiocciola ${d.replaceAll('.', ' punto ')}`,
    (l, d) => Buffer.from(`${l}@${d}`).toString('base64'),
    (l, d) => Buffer.from(`<${l}@${d}>`).toString('base64url'),
    (l, d) => Buffer.from(`${l}@${d}`).toString('hex'),
    (l, d) => [...Buffer.from(`${l}@${d}`)].map((byte) => `%${byte.toString(16)}`).join(''),
    (l, d) => [...`${l}@${d}`].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
  );

  it('leaves neither half of an address, wherever it stands and however it is disguised', () => {
    fc.assert(
      fc.property(fc.string(), local, domain, disguise, fc.string(), (before, l, d, write, after) => {
        // A text that already contains the domain says nothing about the address.
        fc.pre(![before, after].some((text) => text.toLowerCase().includes(d)));
        const stripped = stripAddresses(`${before} ${write(l, d)} ${after}`)
          .normalize('NFKC')
          .toLowerCase();
        expect(stripped).not.toContain(d);
        expect(stripped).not.toContain(`${l}@`);
        expect(holdsAddress(Buffer.from(stripped), `${l}@${d}`, [])).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves nothing that reads as an address, and a second pass changes nothing', () => {
    const piece = fc.constantFrom(
      'a',
      'at',
      '@',
      '＠',
      '.',
      ' ',
      'dot',
      'org',
      '"',
      '%40',
      '[at]',
      '( at )',
      '\n',
      '\u200B',
      'x.co',
      '…',
      '&#64;',
      ',',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const stripped = stripAddresses(pieces.join(''));
        expect(stripped.normalize('NFKC')).not.toMatch(/[\p{L}\p{N}]@[\p{L}\p{N}]/u);
        expect(stripAddresses(stripped)).toBe(stripped);
      }),
      { numRuns: 5_000 },
    );
  });

  it('stays fast on long and hostile texts', () => {
    for (const text of [
      '@'.repeat(200_000),
      'a'.repeat(200_000),
      'a @ '.repeat(50_000),
      '" '.repeat(100_000),
      '( '.repeat(100_000),
      '. '.repeat(100_000),
      '%25'.repeat(70_000),
      'YW5uQGV4YW1wbGUub3Jn '.repeat(9_000),
      'QUFB'.repeat(50_000),
      '61 '.repeat(66_000),
      'a_at_'.repeat(40_000),
      `${'a.'.repeat(100_000)} YW5uQGV4YW1wbGUub3Jn`,
      'aATa'.repeat(50_000),
    ]) {
      expect(leastCpuMsOf(() => stripAddresses(text), 2_000)).toBeLessThan(2_000);
    }
  });
});
