// The gate finds the other party's address in every place and encoding, and stops nothing else (R28).
import fc from 'fast-check';
import { holdsAddress } from '#privacy';
import { event, room, senderSettings } from '../../../../test/support/sender-events';
import { IcsService } from './ics.service';
import type { Letter } from '../letters/letter';
import { lettersFor } from '../letters/letters';
import { renderLetter } from './render';
import { leastCpuMsOf } from '../../../../test/support/cpu';

const ascii = (alphabet: string, min: number, max: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: min, maxLength: max }).map((characters) => characters.join(''));
const word = ascii('abcdefghijklmnopqrstuvwxyz0123456789', 2, 12);
const address = fc
  .tuple(
    word,
    fc.option(word, { nil: null }),
    fc.constantFrom('.', '+', '_', '-'),
    fc.array(word, { minLength: 1, maxLength: 2 }),
  )
  .map(([local, more, sign, labels]) => `${local}${more === null ? '' : sign + more}@x${labels.join('.')}.example`);

const hexOf = (text: string, lead: string) =>
  Array.from(Buffer.from(text), (byte) => `${lead}${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const halves = (text: string): [string, string] => [text.slice(0, text.length >> 1), text.slice(text.length >> 1)];
const linesOf = (text: string, width: number, between: string) =>
  text.match(new RegExp(`[\\s\\S]{1,${width}}`, 'g'))?.join(between) ?? text;

/** Ways in which a mail may carry a text; each can be put around another. */
const encodings: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  'percent, the sign only': (text) => text.replaceAll('%', '%25').replaceAll('@', '%40'),
  'percent, all of it': (text) => hexOf(text, '%'),
  'quoted-printable, the sign only': (text) => text.replaceAll('=', '=3D').replaceAll('@', '=40'),
  'quoted-printable, all of it, wrapped': (text) => linesOf(hexOf(text, '='), 72, '=\r\n'),
  base64,
  'base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
  'base64 in short lines': (text) => linesOf(base64(text), 20, '\r\n'),
  'base64 in an ICS property': (text) => linesOf(`ATTACH;ENCODING=BASE64:${base64(text)}`, 60, '\r\n '),
  'base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'an encoded word': (text) => `=?utf-8?B?${base64(text)}?=`,
  'two encoded words': (text) =>
    halves(text)
      .map((half) => `=?UTF-8?b?${base64(half)}?=`)
      .join('\r\n '),
  'an encoded word in Q': (text) => `=?utf-8?Q?${hexOf(text, '=')}?=`,
  'decimal references': (text) => Array.from(text, (character) => `&#${character.codePointAt(0)};`).join(''),
  'hex references': (text) => Array.from(text, (character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(''),
  'a named reference': (text) => text.replaceAll('&', '&amp;').replaceAll('@', '&commat;').replaceAll('.', '&period;'),
  'JavaScript escapes': (text) => text.replaceAll('\\', '\\\\').replaceAll('@', '\\u0040'),
};

/** What may stand between the characters of an address that a reader still sees whole. */
const seams: Record<string, (text: string) => string> = {
  nothing: (text) => text,
  'an ICS fold': (text) => halves(text).join('\r\n '),
  'a soft break': (text) => halves(text).join('=\r\n'),
  'a tag': (text) => halves(text).join('<wbr>'),
  'a tag around the domain': (text) => text.replace(/@(.*)$/, '@<b style="color:red">$1</b>'),
  'a comment': (text) => halves(text).join('<!-- x > y -->'),
  'a soft hyphen': (text) => halves(text).join('\u00ad'),
  'a full-width sign': (text) => text.replace('@', '\uff20'),
};

const letter = (): Letter => {
  const [first] = lettersFor(event('RoomBooked', { room: room({ title: 'Übung – 練習' }) }), { room: null });
  if (!first) throw new Error('a booking owes letters');
  return first;
};
const facts = {
  letterId: 'b6a4a5ee-0000-8000-8000-000000000000',
  messageId: '<b6a4a5ee-0000-8000-8000-000000000000@central.example>',
  firstMessageId: null,
  dtstamp: new Date('2026-11-23T12:00:00Z'),
  writtenAt: new Date('2026-11-23T12:00:00Z'),
};
const ics = new IcsService(senderSettings);
const mailOf = (each: Letter) => renderLetter(each, facts, ics.textOf(each, facts), senderSettings);

describe('the gate', () => {
  const carrier = mailOf(letter()).bytes.toString();
  const lines = carrier.split('\r\n').length;

  it.each(Object.keys(encodings))('finds an address planted anywhere in a letter: %s', (name) => {
    const encode = encodings[name] ?? ((text: string) => text);
    const around = fc.constantFrom('\r\n', ' ', '<', '"', ':', '(', ',');
    fc.assert(
      fc.property(
        address,
        fc.nat(lines),
        around,
        fc.constantFrom(...Object.values(seams)),
        (planted, at, mark, seam) => {
          const rows = carrier.split('\r\n');
          rows.splice(at, 0, `X-Plant${mark}${encode(seam(planted))}${mark}end`);
          expect(holdsAddress(Buffer.from(rows.join('\r\n')), planted, ['hanna.host@host-side.example'])).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds an address under two encodings inside one another', () => {
    // Capitals around base64 would make another text of it.
    const kinds = fc.constantFrom(...Object.entries(encodings).filter(([name]) => name !== 'in capitals'));
    fc.assert(
      fc.property(address, kinds, kinds, (planted, [, inner], [, outer]) => {
        expect(holdsAddress(Buffer.from(`before: ${outer(`x ${inner(planted)} y`)} after`), planted, [])).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['a blank line before a fold', 'X: anna\r\n\r\n  .smith@x.org\r\n'],
    ['a blank that is encoded, behind a line end', 'X: y.\r\nanna.\r\n&nbsp;smith@x.org\r\n'],
    ['a line with nothing but a tag', `X: y.\r\n${base64('to anna.s')}=\r\n<b>\r\n${base64('mith@x.org y')}\r\n`],
    ['a tag before a fold', `X: y.\r\n${base64('to anna.s')}\r\n<b>\r\n ${base64('mith@x.org y')}\r\n`],
    ['an equals sign that is encoded', 'X: anna\\u{3d}\r\n.smith@x.org\r\n'],
    ['a tag whose brackets are encoded', 'X: anna&lt;b\r\n.\r\n.\r\n&gt;.smith@x.org\r\n'],
  ])('finds an address that goes over %s', (_where, text) => {
    expect(holdsAddress(Buffer.from(text), 'anna.smith@x.org', [])).toBe(true);
  });

  it('finds base64 that begins in the middle of other letters', () => {
    fc.assert(
      fc.property(address, ascii('abcXYZ09+/', 0, 9), ascii('abcXYZ09+/', 0, 9), (planted, before, after) => {
        expect(holdsAddress(Buffer.from(`${before}${base64(` ${planted} `)}${after}`), planted, [])).toBe(true);
      }),
    );
  });

  it('finds an address between bytes that are no text, also with a character in it that nobody sees', () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    const hidden = fc.constantFrom('@', '\uff20', '\ufe6b', '@\u00ad', '@\u034f', '@\u200b', '@\u{e0100}');
    fc.assert(
      fc.property(address, hidden, bytes, bytes, (planted, sign, before, after) => {
        const inner = Buffer.from(` ${planted.replace('@', sign)} `);
        const text = Buffer.concat([before, inner, after]).toString('base64');
        expect(holdsAddress(Buffer.from(`x ${text} y`), planted, [])).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the other form of an international domain', () => {
    expect(holdsAddress(Buffer.from('to jo@xn--bcher-kva.example today'), 'jo@bücher.example', [])).toBe(true);
    expect(holdsAddress(Buffer.from('to jo@BÜCHER.example today'), 'jo@xn--bcher-kva.example', [])).toBe(true);
    expect(holdsAddress(Buffer.from('an jörg@bücher.example heute', 'latin1'), 'jörg@bücher.example', [])).toBe(true);
    expect(holdsAddress(Buffer.from(base64('x jörg@bücher.example y')), 'jörg@xn--bcher-kva.example', [])).toBe(true);
  });

  it.each([
    ['joann@x.org'],
    ['jo.ann@x.org'],
    ['jo+ann@x.org'],
    ['ann@x.org.uk'],
    ['ann@x.organic'],
    ['ann@x.org-isch.example'],
    ['ann@sub.x.org'],
    ['éann@x.org'],
    ['ann at x.org, x.org, ann'],
    ['mailto:joann%40x.org'],
  ])('does not take %s for ann@x.org', (text) => {
    expect(holdsAddress(Buffer.from(`see ${text} there`), 'ann@x.org', [])).toBe(false);
    expect(holdsAddress(Buffer.from(`see ${base64(`: ${text} `)} there`), 'ann@x.org', [])).toBe(false);
  });

  it.each([
    "'ann@x.org'",
    '<ann@x.org>',
    'mailto:ann@x.org',
    '=ann@x.org&',
    '(ann@x.org)',
    'Ann@X.Org.',
    '/ann@x.org/',
    '*ann@x.org*',
  ])('takes %s for ann@x.org', (text) => {
    expect(holdsAddress(Buffer.from(`see ${text} there`), 'ann@x.org', [])).toBe(true);
  });

  it("allows an address of the reader's own, even one that ends in the other's", () => {
    const own = ["o'ann@x.org", 'ann@x.org.uk'];
    expect(holdsAddress(Buffer.from("To: <o'ann@x.org>, ann@x.org.uk"), 'ann@x.org', own)).toBe(false);
    expect(holdsAddress(Buffer.from("To: <o'ann@x.org>, ann@x.org"), 'ann@x.org', own)).toBe(true);
  });

  it('looks at the address itself even where it reads like an encoding', () => {
    for (const odd of ['a%41b@x.org', 'a=41b@x.org', 'a^nb@x.org', 'a&amp;b@x.org']) {
      for (const encode of Object.values(encodings))
        expect(holdsAddress(Buffer.from(`<${encode(odd)}>`), odd, [])).toBe(true);
    }
  });

  it('checks a letter that consists of markers within a second', () => {
    const knot = '=%&\\^<=41%41&#65;\\n\r\n =?utf-8?Q?=41?='.repeat(3_000);
    expect(holdsAddress(Buffer.from(knot), 'ann@x.org', [])).toBe(false);
    expect(leastCpuMsOf(() => holdsAddress(Buffer.from(knot), 'ann@x.org', []), 1_000)).toBeLessThan(1_000);
  });

  it.each(['>\r\n', 'x>\r\n', '<b> \r\n', ' \r\n', '&lt;b\r\n', '=="\r\n'])(
    'checks a letter that consists of %j within a second',
    (line) => {
      const bytes = Buffer.from(line.repeat(50_000));
      expect(leastCpuMsOf(() => holdsAddress(bytes, 'ann@x.org', []), 1_000)).toBeLessThan(1_000);
    },
  );
});
