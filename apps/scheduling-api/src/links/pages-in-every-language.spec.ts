// Every page in every language: nothing that it shows is English.
import type { Partstat } from '#contracts';
import { languages } from '#words';
import { confirmPage } from '../confirm/confirm.page';
import { Refusal, type RefusalCode } from '../rooms/refusal';
import { type Invitation, newInvitation, type Proposal, type Room } from '../rooms/room';
import { answerClosedPage, answeredPage, answerPage } from './answer.page';
import { decisionPage } from './decision.page';
import type { LinkView } from './link-use';
import { freshSentPage, refusedLinkPage, strangerPage } from './notice.page';
import { firstValues, formPage, sentPage } from './reschedule.page';
import { textsFor } from './languages';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const invited = (role: 'host' | 'guest', locale: string, partstat: Partstat): Invitation => {
  const person = { email: `${role}@side.example`, name: null, timeZone: 'Europe/Berlin', locale };
  return { ...newInvitation(uuid(role === 'host' ? 1 : 2), role, person), partstat };
};

const roomIn = (locale: string, partstat: Partstat = 'needs-action', over: Partial<Room> = {}): Room => ({
  roomId: uuid(3),
  uid: `${uuid(3)}@central.example`,
  sequence: 1,
  timeSequence: 1,
  status: 'scheduled',
  title: 'Zzyzx',
  startUtc: at(48),
  endUtc: at(49),
  location: null,
  videoUrl: null,
  externalId: null,
  policy: { onDecline: 'soft', proposals: 'both', proposalTtlHours: 24 },
  invitations: [invited('host', locale, partstat), invited('guest', locale, 'accepted')],
  proposals: [],
  revision: 1,
  createdAt: now,
  updatedAt: now,
  cancelledBy: null,
  cancelReason: null,
  ...over,
});

const seenIn = (room: Room): LinkView => ({
  link: {
    token: 'tok',
    linkId: uuid(5),
    purpose: 'answer',
    roomId: room.roomId,
    proposalId: null,
    optionId: null,
    invitationId: uuid(1),
    roomSequence: 1,
    role: 'host',
    used: false,
    expired: false,
  },
  room,
  proposal: null,
  tokens: { propose: 'tok' },
  now,
});

const notices: RefusalCode[] = [
  'link-used',
  'link-expired',
  'proposal-expired',
  'older-sequence',
  'room-cancelled',
  'room-started',
  'room-not-booked',
  'proposals-not-allowed',
  'own-proposal',
  'option-passed',
  'too-many-proposals',
  'mail-limit',
];
const answers: Partstat[] = ['needs-action', 'accepted', 'tentative', 'declined'];
const strangers = ['unknown', 'nowhere', 'crossSite', 'tooMany', 'trouble', 'former'] as const;

/** Pages that a party can be shown of a room and of links that do nothing, as HTML. */
function pagesIn(locale: string): string[] {
  const room = roomIn(locale);
  const seen = seenIn(room);
  const values = firstValues(room, 'Europe/Berlin', now, { starts: [null, at(60)], endUtc: null });
  const claim = { sequence: 0, startUtc: at(60).toISOString(), endUtc: null, note: null };
  const retry = { at: at(30), afterSeconds: 108_000 };
  return [
    formPage(seen, { values, faults: [] }),
    freshSentPage(seen),
    ...notices.map((code) => refusedLinkPage(seen, new Refusal(code, undefined, retry))),
    ...strangers.map((which) => strangerPage((texts) => texts.notices[which], locale)),
    ...answers.flatMap((partstat) => {
      const answering = seenIn(roomIn(locale, partstat));
      return [answerPage(answering), answerPage(answering, 'note'), answeredPage(answering)];
    }),
    answeredPage(seenIn(roomIn(locale, 'declined', { status: 'cancelled' }))),
    ...(['answer-outdated', 'answer-too-late'] as const).map((code) => answerClosedPage(seen, new Refusal(code))),
    ...answers.flatMap((partstat) => {
      const of = { room, link: seen.link, claim: { ...claim, partstat } };
      return [
        confirmPage({ kind: 'asks', ...of }, locale).page,
        confirmPage({ kind: 'dropped', ...of }, locale).page,
        confirmPage({ kind: 'overtaken', ...of }, locale).page,
        confirmPage({ kind: 'done', events: [], tokens: { answer: 'tok' }, ...of }, locale).page,
      ];
    }),
    ...proposalPagesIn(locale),
  ];
}

function proposalPagesIn(locale: string): string[] {
  const room = roomIn(locale);
  const option = { optionId: uuid(8), startUtc: at(50), endUtc: at(51) };
  const proposal: Proposal = {
    proposalId: uuid(7),
    proposedBy: 'guest',
    source: 'link',
    counterSequence: null,
    roomSequence: 1,
    startUtc: option.startUtc,
    endUtc: option.endUtc,
    options: [option],
    chosenOptionId: null,
    note: null,
    status: 'pending',
    held: null,
    buttonsOnly: false,
    lapsedWhy: null,
    createdAt: now,
    expiresAt: at(24),
    decisionAt: null,
    approvedBy: null,
    insteadOf: null,
  };
  const states: Partial<Proposal>[] = [
    {},
    { buttonsOnly: true },
    { options: [option, { ...option, optionId: uuid(9), startUtc: at(52), endUtc: at(53) }] },
    { held: { decision: 'approve', optionId: uuid(8), effectiveAt: at(0.005) } },
    { held: { decision: 'decline', optionId: null, effectiveAt: at(0.005) } },
    { status: 'approved' },
    { status: 'declined' },
    { status: 'expired' },
    { status: 'expired', lapsedWhy: 'room-moved' },
    { status: 'expired', lapsedWhy: 'replaced' },
  ];
  const own: Proposal = { ...proposal, proposalId: uuid(10), proposedBy: 'host', insteadOf: uuid(7) };
  const declined: Proposal = { ...proposal, status: 'declined', decisionAt: now };
  const values = firstValues(room, 'Europe/Berlin', now, { starts: [], endUtc: null });
  const decision = (shown: Proposal, proposals: Proposal[]): string => {
    const seen = { ...seenIn({ ...room, proposals }), proposal: shown, tokens: { suggest: 'tok' } };
    return decisionPage(seen, shown, { seen, refusal: null, faults: [], events: [], storedResponse: null }).page;
  };
  const asked = seenIn({ ...room, proposals: [proposal] });
  const suggesting = { ...asked, link: { ...asked.link, proposalId: proposal.proposalId } };
  return [
    formPage(suggesting, { values, faults: [] }),
    sentPage(seenIn({ ...room, proposals: [declined, own] }), own, 'Europe/Berlin'),
    decision(declined, [declined, own]),
    decision({ ...proposal, insteadOf: uuid(11) }, [
      { ...proposal, insteadOf: uuid(11) },
      { ...own, insteadOf: null },
    ]),
    sentPage(seenIn(room), proposal, 'Europe/Berlin'),
    ...states.map((state) => {
      const shown = { ...proposal, ...state };
      const seen = { ...seenIn({ ...room, proposals: [shown] }), proposal: shown };
      return decisionPage(seen, shown, { seen, refusal: null, faults: [], events: [], storedResponse: null }).page;
    }),
  ];
}

/**
 * What stands between the tags and is the same in every language: names of zones in lists, lengths, days, numbers;
 * Dutch has the English name of Greenwich Mean Time.
 */
const kept = /^(?:Zzyzx|tok|UTC\S*|[^<]* – Greenwich Mean Time, UTC\+00:00|[\w+/-]+\/[\w+/-]+|[\d:.,\s–-]*)$/;

const shownBy = (page: string): string[] =>
  [...page.replace(/<style>[^]*?<\/style>/, '').matchAll(/>([^<]+)</g)]
    .map(([, text = '']) => text.trim())
    .filter((text) => text !== '' && !kept.test(text));

const alike: Readonly<Record<string, string[]>> = { fr: [textsFor('fr').texts.form.date] };

it.each(languages.filter((each) => each !== 'en'))('pages in %s show no text of the English ones', (language) => {
  const english = pagesIn('en').map(shownBy);
  expect(english.every((texts) => texts.length >= 2)).toBe(true);
  pagesIn(language).forEach((page, number) => {
    expect(page).toContain(`<html lang="${language}"`);
    const theirs = new Set(english[number]);
    const left = shownBy(page).filter((text) => theirs.has(text) && !alike[language]?.includes(text));
    expect(left.filter((text) => !/^\d+ minutes?$/.test(text) || language !== 'fr')).toEqual([]);
  });
});
