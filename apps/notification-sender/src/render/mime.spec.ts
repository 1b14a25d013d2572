// The bytes of a mail: the exact tree of PRD 8.2, headers, encodings; read back with string functions and with somebody else's parser.
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { letterId, letterMessageId } from '#contracts';
import { type Mail, mailable, writeMail } from './mime';
import { base64Lines, encodedWords, quotedPrintable } from '#mime';

const seed = 'b6a4a5ee-0000-8000-8000-000000000000';
const calendar = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Übung\r\nEND:VCALENDAR\r\n';
const mail = (changes: Partial<Mail> = {}): Mail => ({
  organizer: { email: 'scheduling@central.example', name: 'Central Scheduling' },
  to: { email: 'ann@x.example', name: 'Ann' },
  subject: 'Practice Session — Invitation',
  date: new Date('2026-11-23T09:05:07.999Z'),
  messageId: '<own@central.example>',
  firstMessageId: '<first@central.example>',
  plain: 'Hello Ann,\n\nsee you\n',
  html: '<p>Hello Ann</p>\n',
  calendar: { method: 'REQUEST', text: calendar },
  attachment: 'text/calendar',
  seed,
  ...changes,
});
const written = (changes: Partial<Mail> = {}): string => writeMail(mail(changes)).toString();

/** The tree by indentation, from Content-Type lines and boundaries alone. */
function tree(source: string): string[] {
  const open: string[] = [];
  const out: string[] = [];
  for (const line of source.split('\r\n')) {
    const type = /^Content-Type: (.*)$/.exec(line)?.[1];
    if (type !== undefined) out.push(`${'  '.repeat(open.length)}${type.replace(/; boundary=.*/, '')}`);
    const boundary = /boundary="([^"]+)"/.exec(line)?.[1];
    if (boundary !== undefined) open.push(boundary);
    if (line === `--${open.at(-1)}--`) open.pop();
  }
  expect(open).toEqual([]);
  return out;
}

describe('the tree', () => {
  it('is mixed{ alternative{ plain, html, calendar }, invite.ics }', () => {
    expect(tree(written())).toEqual([
      'multipart/mixed',
      '  multipart/alternative',
      '    text/plain; charset=utf-8',
      '    text/html; charset=utf-8',
      '    text/calendar; charset=utf-8; method=REQUEST',
      '  text/calendar; method=REQUEST; name="invite.ics"; charset=utf-8',
    ]);
  });

  it('has the attachment as application/ics or not at all where the operator says so', () => {
    expect(tree(written({ attachment: 'application/ics' })).at(-1)).toBe('  application/ics; name="invite.ics"');
    expect(tree(written({ attachment: 'none' }))).toEqual([
      'multipart/alternative',
      '  text/plain; charset=utf-8',
      '  text/html; charset=utf-8',
      '  text/calendar; charset=utf-8; method=REQUEST',
    ]);
  });

  it('has no calendar for a plain mail', () => {
    expect(tree(written({ calendar: null }))).toEqual([
      'multipart/alternative',
      '  text/plain; charset=utf-8',
      '  text/html; charset=utf-8',
    ]);
  });

  it('carries the calendar twice in base64, inline without Content-ID and disposition', () => {
    const parts = written()
      .split(/--=_[a-z]+_[-\w]+\r\n/)
      .filter((part) => part.includes('method=REQUEST'));
    expect(parts).toHaveLength(2);
    const [inline = '', attached = ''] = parts;
    expect(inline.split('\r\n\r\n')[0]).toBe(
      'Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\nContent-Transfer-Encoding: base64',
    );
    expect(attached).toContain('Content-Disposition: attachment; filename="invite.ics"');
    for (const part of parts) {
      const encoded = part.split('\r\n\r\n')[1] ?? '';
      expect(Buffer.from(encoded.split('--')[0] ?? '', 'base64').toString()).toBe(calendar);
      expect(encoded.split('\r\n').every((line) => line.length <= 76)).toBe(true);
    }
  });
});

describe('the headers', () => {
  it('are those of the facts, From and Reply-To being the organizer', () => {
    const [head = ''] = written().split('\r\n\r\n');
    expect(head.split(/\r\n(?! )/)).toEqual([
      'From: "Central Scheduling" <scheduling@central.example>',
      'Reply-To: "Central Scheduling" <scheduling@central.example>',
      'To: "Ann" <ann@x.example>',
      'Subject: =?utf-8?B?UHJhY3RpY2UgU2Vzc2lvbiDigJQgSW52aXRhdGlvbg==?=',
      'Date: Mon, 23 Nov 2026 09:05:07 +0000',
      'Message-ID: <own@central.example>',
      'In-Reply-To: <first@central.example>',
      'References: <first@central.example>\r\n <own@central.example>',
      'MIME-Version: 1.0',
      'X-Auto-Response-Suppress: OOF, DR, RN, NRN',
      `Content-Type: multipart/mixed; boundary="=_mix_${seed}"`,
    ]);
  });

  it('name only itself for the first invite', () => {
    const head = written({ firstMessageId: null });
    expect(head).toContain('\r\nReferences: <own@central.example>\r\n');
    expect(head).not.toContain('In-Reply-To');
  });

  it('cannot be broken out of by a title, a name or an address', () => {
    const evil = 'x\r\nBcc: spy@x.example\r\n\r\n<b>\u0000\u2028y';
    const source = written({
      subject: evil,
      to: { email: 'ann@x.example\r\nBcc: spy@x.example', name: evil },
      organizer: { email: 'o@c.example', name: evil },
    });
    const [head = ''] = source.split('\r\n\r\n');
    expect(head.split('\r\n').filter((line) => /^(bcc|<b>)/i.test(line))).toEqual([]);
    expect(head.split(/\r\n(?! )/)).toHaveLength(11);
  });

  it('put an international domain into its ASCII form', () => {
    expect(mailable('jo@bücher.example')).toBe('jo@xn--bcher-kva.example');
    expect(written({ to: { email: 'jo@bücher.example', name: null } })).toContain(
      '\r\nTo: <jo@xn--bcher-kva.example>\r\n',
    );
  });
});

describe('the Message-ID', () => {
  const key = {
    uid: 'u@central.example',
    sequence: 0,
    invitationId: '11111111-1111-4111-8111-111111111111',
    method: 'REQUEST',
    occasion: '',
  } as const;

  it("follows from the letter's key alone, so that every app knows it before the letter is written", () => {
    expect(letterId(key)).toBe(letterId({ ...key }));
    // Those of older invitations stay what they were; those of newer ones begin with the invitation's time.
    const newer = { ...key, invitationId: '0190a3b4-c5d6-7e8f-9a0b-c1d2e3f4a5b6' };
    expect(letterId(newer)).toMatch(/^0190a3b4-c5d6-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(letterId({ ...newer, invitationId: '0190a3b4-c5d6-7e8f-9a0b-c1d2e3f4a5b7' })).not.toBe(letterId(newer));
    expect(letterId(key)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const others = [
      { uid: 'v@central.example' },
      { sequence: 1 },
      { invitationId: seed },
      { method: 'CANCEL' },
      { occasion: 'x' },
    ] as const;
    expect(new Set([key, ...others.map((change) => ({ ...key, ...change }))].map(letterId)).size).toBe(6);
  });

  it("stands in the organizer's domain", () => {
    expect(letterMessageId(seed, 'scheduling@bücher.example')).toBe(`<${seed}@xn--bcher-kva.example>`);
  });
});

describe('any text', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 });

  it('comes back from a mail parser as it went in', async () => {
    const line = text
      .map((words) => words.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').trim())
      .filter((words) => words !== '');
    await fc.assert(
      fc.asyncProperty(line, line, async (subject, body) => {
        const source = writeMail(mail({ subject, plain: `${body}\n`, to: { email: 'ann@x.example', name: subject } }));
        const parsed = await simpleParser(source, { skipHtmlToText: true });
        expect(parsed.subject).toBe(subject.toWellFormed());
        expect(parsed.text?.trimEnd()).toBe(body.toWellFormed());
        const to = Array.isArray(parsed.to) ? parsed.to[0] : parsed.to;
        expect(to?.value[0]).toEqual({ address: 'ann@x.example', name: subject.toWellFormed() });
        expect(
          source
            .toString('latin1')
            .split('\r\n')
            .every((each) => each.length <= 400),
        ).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('is encoded into lines of at most 76 characters, never inside a character', () => {
    fc.assert(
      fc.property(text, (words) => {
        for (const encoded of [
          base64Lines(words),
          quotedPrintable(words.replace(/[\r\n]/g, '')),
          encodedWords(words),
        ]) {
          expect(encoded.split('\r\n').every((line) => line.length <= 76)).toBe(true);
        }
        for (const [, word = ''] of encodedWords(words).matchAll(/=\?utf-8\?B\?([^?]*)\?=/g)) {
          expect(Buffer.from(word, 'base64').toString().includes('\ufffd')).toBe(
            words.toWellFormed().includes('\ufffd'),
          );
        }
      }),
    );
  });
});
