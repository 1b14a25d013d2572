// One letter of every kind, as the gallery shows it: made up, with links that lead nowhere.
// Called by gallery.controller.ts.
import { Letter, type LetterKind, type MatterInput } from '../../../notification-sender/src/letters/letter';
import type { LinkWriter } from '../../../notification-sender/src/letters/links';

type Matters = { [K in LetterKind]: Record<string, Omit<Extract<MatterInput, { kind: K }>, 'kind'>> };

/** `name` is the kind, with the case of it. */
export interface Sample {
  name: string;
  letter: Letter;
}

/** The session is in a week; `locale` is BCP 47. The reader is the host, who has asked for nothing yet. */
export function samples(locale: string, now: Date): Sample[] {
  const context = contextOf(now);
  return Object.entries(mattersOf(now)).flatMap(([kind, cases]) =>
    Object.entries(cases).map(([which, matter]) => ({
      name: which === '' ? kind : `${kind}, ${which}`,
      letter: Letter.parse({
        ...context,
        ...calendarOf(kind),
        to: { ...context.to, locale },
        matter: { kind, ...(matter as object) },
      }),
    })),
  );
}

/** A link of its own shape that signs nothing. */
export const sampleLink =
  (publicUrl: string): LinkWriter =>
  ({ purpose }) =>
    `${publicUrl}/dev/letters?sample=${purpose}`;

const id = '00000000-0000-4000-8000-000000000000';
const span = (now: Date, day: number, hour: number): { startUtc: string; endUtc: string } => {
  const start = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + day, hour);
  return { startUtc: new Date(start).toISOString(), endUtc: new Date(start + 3_600_000).toISOString() };
};
const linkOf = <P extends string>(purpose: P) => ({
  linkId: id,
  keyId: 'sample',
  purpose,
  expiresAt: '2100-01-01T00:00:00.000Z',
});

const contextOf = (now: Date) => ({
  sequence: 0,
  roomSequence: 0,
  occasion: '',
  room: {
    ...span(now, 7, 15),
    roomId: id,
    uid: `${id}@sample.invalid`,
    title: 'Practice Session',
    location: 'Room 12',
    videoUrl: 'https://video.example/practice',
  },
  to: {
    invitationId: id,
    role: 'host',
    email: 'hana@example.com',
    name: 'Hana',
    timeZone: 'Europe/Berlin',
    partstat: 'needs-action',
  },
  otherEmail: null,
  mayPropose: true,
});

/** Which letters carry which links, as `lettersFor` gives them. */
function calendarOf(kind: string) {
  const invites = kind === 'invite' || kind === 'update';
  const none = kind === 'cancel' || kind === 'held-answer' || kind === 'text-answer' || kind === 'proposal';
  return {
    method: invites ? 'REQUEST' : kind === 'cancel' ? 'CANCEL' : 'none',
    rescheduleLink: none ? null : linkOf('propose'),
    answerLink: invites || kind === 'text-answer' ? linkOf('answer') : null,
  };
}

/** The compiler misses a kind that is not here. */
function mattersOf(now: Date): Matters {
  const before = span(now, 6, 9);
  const answer = { partstat: null, startUtc: span(now, 8, 13).startUtc, link: linkOf('propose') };
  return {
    invite: { '': {} },
    update: {
      'approved by the reader': { previous: before, approvedBy: 'host' },
      'approved by the other': { previous: before, approvedBy: 'guest' },
      'moved by the organizer': { previous: before, reason: 'the hall is taken', requestClosed: true },
      'title and place': {
        previous: null,
        changed: ['title', 'location'],
        titleBefore: 'Rehearsal',
        locationBefore: 'Room 7',
      },
    },
    cancel: {
      'declined by the other': { declinedBy: 'guest' },
      'by the organizer': { declinedBy: null, reason: 'the hall is taken' },
      'invitation withdrawn': { declinedBy: null, withdrawn: true },
    },
    ...ofProposals(now),
    'fresh-link': { '': {} },
    'held-answer': { '': { ...answer, partstat: 'declined', startUtc: null, link: linkOf('confirm') } },
    'text-answer': {
      'a time': answer,
      'a no': { ...answer, partstat: 'declined', strict: true, startUtc: null, link: linkOf('confirm') },
      'a maybe': { ...answer, partstat: 'tentative', startUtc: null, link: linkOf('confirm') },
      encrypted: { ...answer, startUtc: null, unreadable: 'encrypted' },
    },
  };
}

type OfProposals = 'proposal' | 'proposal-sent' | 'proposal-declined' | 'proposal-expired';

function ofProposals(now: Date): Pick<Matters, OfProposals> {
  const note = 'Could we start later?\nThanks!';
  const proposed = { ...span(now, 8, 13), note };
  const several = { ...proposed, alternatives: [span(now, 9, 13), span(now, 9, 16)] };
  const expiresAt = span(now, 2, 12).startUtc;
  const links = { approveLink: linkOf('approve'), declineLink: linkOf('decline'), suggestLink: linkOf('propose') };
  const decide = { expiresAt, ...links };
  const insteadOf = { ...span(now, 5, 8), alternatives: [] };
  return {
    proposal: {
      '': { ...decide, proposed },
      'several times': { ...decide, proposed: several, moreApproveLinks: [linkOf('approve'), linkOf('approve')] },
      'in place of the reader’s': { ...decide, proposed, insteadOf },
    },
    'proposal-sent': { '': { proposed, expiresAt }, 'in place of the other’s': { proposed, expiresAt, insteadOf } },
    'proposal-declined': {
      '': { proposed, byParty: true },
      'cannot be taken up': { proposed, byParty: false, why: 'older-sequence' },
    },
    'proposal-expired': { '': { proposed, lapsed: false } },
  };
}
