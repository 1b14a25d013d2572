// Given text (titles, places, reasons, notes) in letters: it finds its own direction and changes none around it.
import { noProposal } from '#contracts';
import { event, invitation, link, proposal, room, senderSettings } from '../../../../test/support/sender-events';
import type { Letter } from '../letters/letter';
import { type RoomsEvent, lettersFor } from '../letters/letters';
import { linkWriter } from '../letters/links';
import type { Composition } from './blocks';
import { compose } from './compose';
import { htmlDocument } from './html';
import { plainText } from './plain';

const writer = linkWriter(senderSettings.PUBLIC_URL, { current: senderSettings.TOKEN_SECRET });
const first = (from: RoomsEvent, of = room()): Letter => {
  const [letter] = lettersFor(from, { room: of });
  if (!letter) throw new Error('no letter is owed');
  return letter;
};

const decoded = (html: string): string =>
  html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

describe('given text', () => {
  const hebrew = { title: 'שיעור פסנתר!', location: 'אולם 2 (קומה 1)!' };
  const note = 'אולי מאוחר יותר?\nתודה!';
  const moved = (locale: string): Composition =>
    compose(
      first(
        event('RoomRescheduled', {
          room: room({ ...hebrew, sequence: 1, invitations: [invitation('host', { locale }), invitation('guest')] }),
          proposalId: noProposal,
          previousStartUtc: '2026-11-30T09:00:00.000Z',
          previousEndUtc: '2026-11-30T10:00:00.000Z',
          reason: 'האולם תפוס!',
          closed: [],
        }),
      ),
      writer,
    );
  const asked = (): Composition =>
    compose(
      first(
        event('ProposalCreated', {
          room: room(hebrew),
          proposal: proposal({ note }),
          approveLink: link('approve'),
          declineLink: link('decline'),
          replaced: null,
        }),
      ),
      writer,
    );
  it.each(['en', 'de', 'ar', 'ja'])('finds its own direction in HTML and changes none around it, in %s', (locale) => {
    const html = decoded(htmlDocument(moved(locale)));
    for (const given of [...Object.values(hebrew), 'האולם תפוס!'])
      expect(html).toContain(`<bdi dir="auto">${given}</bdi>`);
    expect(html).not.toMatch(/[\u2066-\u2069]/);
    expect(decoded(htmlDocument(asked()))).toContain(
      note
        .split('\n')
        .map((line) => `<div dir="auto">${line}</div>`)
        .join('\n'),
    );
  });

  it('keeps its punctuation in plain text by isolates, each on its own line; text of the same direction has none', () => {
    const text = plainText(moved('en'));
    expect(text).toContain(`\n\u2068${hebrew.title}\u2069\n`);
    expect(text).toContain('The organizer writes: \u2068האולם תפוס!\u2069\n');
    expect(text).toContain(`Where:\n  \u2068${hebrew.location}\u2069\n`);
    expect(plainText(asked())).toContain('> \u2068אולי מאוחר יותר?\u2069\n> \u2068תודה!\u2069\n');
    expect(plainText(compose(first(event('RoomBooked', { room: room({ title: 'Übung!' }) })), writer))).not.toMatch(
      /[\u2066-\u2069]/,
    );
  });

  it('has isolates in a letter written from right to left where it runs from left to right', () => {
    const letter = first(
      event('RoomBooked', {
        room: room({ title: 'Scales (A)!', invitations: [invitation('host', { locale: 'ar' }), invitation('guest')] }),
      }),
    );
    expect(plainText(compose(letter, writer))).toContain('\n\u2068Scales (A)!\u2069\n');
  });
});

describe('a letter in Arabic', () => {
  const letter = (locale: string): string =>
    htmlDocument(
      compose(
        first(
          event('RoomBooked', { room: room({ invitations: [invitation('host', { locale }), invitation('guest')] }) }),
        ),
        writer,
      ),
    );

  it('is mirrored as a whole: every table, the edge of the time, links from left to right; others are not', () => {
    const arabic = letter('ar-EG');
    expect(arabic).toContain('<html lang="ar" dir="rtl">');
    expect(arabic).toContain('<body dir="rtl"');
    expect(arabic.match(/<table (?!dir="rtl")/g)).toBeNull();
    expect(decoded(arabic).replaceAll('\u00a0', '_')).toContain('الثلاثاء، ١_ديسمبر_٢٠٢٦<br>\n١٠:٠٠_ص_إلى_١١:٠٠_ص');
    expect(arabic).toContain('border-right:4px solid');
    expect(arabic).not.toContain('border-left');
    expect(arabic.match(/<a dir="ltr"/g)?.length).toBeGreaterThan(1);
    expect(letter('pl')).not.toMatch(/dir="(?:rtl|ltr)"|border-right/);
  });
});

describe('a letter in Japanese', () => {
  it('breaks its lines between characters, at no more than 76 columns, never before a closing mark', () => {
    const of = room({
      title: '「ショパン」の練習、第二回',
      invitations: [invitation('host', { locale: 'ja' }), invitation('guest')],
    });
    const lines = plainText(compose(first(event('RoomBooked', { room: of })), writer)).split('\n');
    const columns = (line: string): number => line.length + (line.match(/[\u3000-\u9fff\uff00-\uff60]/g)?.length ?? 0);
    expect(lines.filter((line) => columns(line) > 76 && !line.startsWith('https://'))).toEqual([]);
    expect(lines.filter((line) => columns(line) > 70).length).toBeGreaterThan(0);
    expect(lines.filter((line) => /^[、。」）]/.test(line))).toEqual([]);
    expect(lines).toContain('「ショパン」の練習、第二回');
  });
});
