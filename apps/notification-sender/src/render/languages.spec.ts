// Every kind of letter in every language: nothing of it is English, and it contains no address but its reader's.
import { holdsAddress } from '#privacy';
import { languages, letterTextsFor } from '#words';
import { event, link, room, senderSettings } from '../../../../test/support/sender-events';
import { Letter, type LetterKind, type MatterInput } from '../letters/letter';
import { lettersFor } from '../letters/letters';
import { linkWriter } from '../letters/links';
import { compose } from './compose';
import { htmlDocument } from './html';
import { plainText } from './plain';

const writer = linkWriter(senderSettings.PUBLIC_URL, { current: senderSettings.TOKEN_SECRET });
const of = room({ title: 'Zzyzx', location: 'Qvar', videoUrl: 'https://video.example/1' });
const times = { startUtc: '2026-12-02T13:00:00.000Z', endUtc: '2026-12-02T14:00:00.000Z' };
const proposed = { ...times, note: 'Hmm', alternatives: [{ ...times, startUtc: '2026-12-02T13:30:00.000Z' }] };
const expiresAt = '2026-12-01T08:00:00.000Z';
const links = { approveLink: link('approve'), declineLink: link('decline'), suggestLink: link('propose') };
const decided = { proposed, expiresAt, ...links, undone: times };
const declined = { ...times, alternatives: [times] };
const answered = { partstat: null, startUtc: times.startUtc, link: link('confirm') };

/** The compiler misses a kind that is not here. */
const matters: { [K in LetterKind]: Omit<Extract<MatterInput, { kind: K }>, 'kind'>[] } = {
  invite: [{}],
  update: [
    { previous: times, reason: 'Hmm', requestClosed: true },
    { previous: null, changed: ['title', 'location', 'videoUrl'], titleBefore: 'Zzy', locationBefore: 'Qv' },
    { previous: null },
    { previous: times, approvedBy: 'host' },
    { previous: times, approvedBy: 'guest' },
  ],
  cancel: [{ declinedBy: 'host', reason: 'Hmm' }, { declinedBy: 'guest' }, { declinedBy: null, withdrawn: true }],
  proposal: [undefined, declined].flatMap((insteadOf) => [
    { ...decided, moreApproveLinks: [link('approve')], insteadOf },
    { ...decided, proposed: { ...proposed, alternatives: [] }, insteadOf },
  ]),
  'proposal-sent': [
    { proposed, expiresAt, undone: times },
    { proposed, expiresAt, insteadOf: declined },
  ],
  'proposal-declined': [
    { proposed, byParty: true },
    ...['proposals-not-allowed', 'older-sequence', 'start-in-past'].map((why) => ({ proposed, byParty: false, why })),
  ],
  'proposal-expired': [
    { proposed, lapsed: false },
    { proposed, lapsed: true },
    { proposed, lapsed: true, otherChanged: true },
  ],
  'fresh-link': [{}],
  'held-answer': [answered, { ...answered, partstat: 'accepted' }, { ...answered, partstat: 'tentative' }],
  'text-answer': [
    answered,
    { ...answered, startUtc: null },
    { ...answered, partstat: 'accepted' },
    { ...answered, partstat: 'tentative' },
    { ...answered, partstat: 'declined' },
    { ...answered, partstat: 'declined', strict: true },
    { ...answered, unreadable: 'encrypted' },
    { ...answered, unreadable: 'time' },
  ],
};

const [host, guest] = lettersFor(event('RoomBooked', { room: of }), { room: of });

function lettersIn(locale: string): Letter[] {
  return [host, guest].flatMap((letter) =>
    Object.entries(matters).flatMap(([kind, each]) =>
      each.map((matter) => Letter.parse({ ...letter, to: { ...letter?.to, locale }, matter: { kind, ...matter } })),
    ),
  );
}

/** The lines of text that a language must change; names, links and the subjects of the contract are not among them. */
const words = (letter: Letter): string[] => {
  const written = compose(letter, writer, 'localized');
  const sameInAll = /^(?:[> ]*(?:https:\S+|Hmm|Zzy\w*|Qv\w*)|--|\s*UTC\S*|)$/;
  return [...plainText(written).split('\n'), written.subject].filter((line) => !sameInAll.test(line));
};

it.each(languages)('only invitations and updates, which have a calendar part, speak of its buttons: %s', (language) => {
  const { howToAnswer, answerLink } = letterTextsFor(language).texts;
  const dense = (text: string): string => text.replace(/\s+/g, '');
  for (const letter of lettersIn(language)) {
    const written = dense(plainText(compose(letter, writer)));
    const { kind } = letter.matter;
    const invites = kind === 'invite' || kind === 'update';
    for (const text of [howToAnswer, answerLink.invited])
      expect([kind, written.includes(dense(text))]).toEqual([kind, invites]);
  }
});

describe.each(languages.filter((each) => each !== 'en'))('letters in %s', (language) => {
  it('share no line with those in English', () => {
    const english = lettersIn('en').map(words);
    lettersIn(language).forEach((letter, at) => {
      const theirs = new Set(english[at]);
      expect(words(letter).filter((line) => theirs.has(line))).toEqual([]);
    });
  });

  it('name their language and hold no address of the other party', () => {
    for (const letter of lettersIn(language)) {
      const written = compose(letter, writer, 'localized');
      const html = htmlDocument(written);
      expect(html).toContain(`<html lang="${language}"`);
      const all = Buffer.from([written.subject, plainText(written), html].join('\n'));
      expect(holdsAddress(all, letter.otherEmail ?? '', [letter.to.email])).toBe(false);
    }
  });
});
