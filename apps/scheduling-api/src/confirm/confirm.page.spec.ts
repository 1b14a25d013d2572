// Which button of the confirm page stands out: what was asked for where its reader wrote it, the cautious one where a
// mail was not believed (contract, section 4); what the page says of the consequence, before and after.
import { languages } from '#words';
import { applied, creation, rules } from '../rooms/decide.fixture';
import type { OpenLink } from '../links/links.service';
import { confirmPage } from './confirm.page';
import type { ConfirmOutcome } from './confirm.service';
import { confirmTexts } from './texts';

const now = new Date('2026-12-01T09:00:00.000Z');
const at = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
const { room: made } = applied(null, creation(at(24), at(25)), { now, newId: () => 'id', rules });
const link: OpenLink = {
  token: 'token',
  linkId: 'id',
  purpose: 'confirm',
  roomId: made.roomId,
  proposalId: null,
  optionId: null,
  invitationId: 'id',
  roomSequence: 0,
  role: 'guest',
  used: false,
  expired: false,
};

/** The buttons of the page, each with whether it stands out. */
function buttonsOf(locale: string, partstat: 'accepted' | 'declined', own: boolean): [string, boolean][] {
  const room = { ...made, invitations: made.invitations.map((each) => ({ ...each, locale })) };
  const claim = { partstat, sequence: 0, startUtc: null, endUtc: null, note: null, ...(own && { own }) };
  const { page } = confirmPage({ kind: 'asks', room, link, claim }, locale);
  return [...page.matchAll(/<button( class="quiet")?>([^<]*)</g)].map(([, quiet, label = '']) => [label, !quiet]);
}

it.each(languages)('the button that stands out is the cautious one but for one’s own words: %s', (language) => {
  const { yes, no } = confirmTexts(language);
  for (const partstat of ['accepted', 'declined'] as const)
    for (const own of [true, false])
      expect(buttonsOf(language, partstat, own)).toEqual([
        [yes[partstat], own],
        [no, !own],
      ]);
});

describe('a decline', () => {
  const claim = { partstat: 'declined', sequence: 0, startUtc: null, endUtc: null, note: null, own: true } as const;
  const under = (onDecline: 'strict' | 'soft'): typeof made => ({ ...made, policy: { ...made.policy, onDecline } });
  const tokens = { answer: 'answer-token' };

  it('says that it cancels the session, and only where it does', () => {
    const asked = (onDecline: 'strict' | 'soft'): string =>
      confirmPage({ kind: 'asks', room: under(onDecline), link, claim }, 'en').page;
    expect(asked('strict')).toContain('If you decline, the session is cancelled for you and your host.');
    expect(asked('soft')).not.toContain('cancelled');
  });

  it('says that it has cancelled the session', () => {
    const room = { ...under('strict'), status: 'cancelled' as const };
    const { page } = confirmPage({ kind: 'done', room, link, claim, events: [], tokens }, 'en');
    expect(page).toContain('You have declined, so the session is cancelled for you and your host.');
    expect(page).not.toContain('/calendar');
  });

  it.each([
    ['accepted', true],
    ['tentative', true],
    ['declined', false],
  ] as const)('or another answer leads to the calendar where the time is agreed: %s', (partstat, agreed) => {
    const outcome: ConfirmOutcome = {
      kind: 'done',
      room: under('soft'),
      link,
      claim: { ...claim, partstat },
      events: [],
      tokens,
    };
    expect(confirmPage(outcome, 'en').page.includes('/calendar?a=answer-token')).toBe(agreed);
  });
});
