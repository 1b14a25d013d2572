// What is true of the letters' texts of every language.
import { faultsOf, written } from '../../../test/support/texts';
import { invitationWordsFor, languages, letterTextsFor } from './index';
import { letters as en } from './en/letters';

const others = languages.filter((each) => each !== 'en');

describe('the texts of letters', () => {
  it.each(others)('hold no English in %s', (language) => {
    expect(faultsOf(letterTextsFor(language).texts, en, ['colon'])).toEqual([]);
  });

  it.each(others)('name the session and the moment that they are about in %s', (language) => {
    const { texts } = letterTextsFor(language);
    const { proposalSent, proposalDeclined, proposalExpired, freshLink, unconfirmedAnswer, textAnswer } = texts;
    const titled = [proposalSent, proposalDeclined, proposalExpired, freshLink, unconfirmedAnswer, textAnswer];
    for (const make of [...Object.values(texts.subjects), ...titled.map(({ subject }) => subject)])
      expect(make('Scales & chords')).toContain('Scales & chords');
    expect(texts.proposal.validUntil('M-1')).toContain('M-1');
    expect(texts.organizerWrites('R-1')).toContain('R-1');
  });

  it.each(others)('tell the host from the guest in %s', (language) => {
    const { texts } = letterTextsFor(language);
    for (const say of [texts.invite.intro, texts.proposal.heading, texts.invitation.askNewTime])
      expect(say('host')).not.toBe(say('guest'));
  });

  it('are those of the language for every region of it, else English', () => {
    const spoken = ['pt-BR', 'fr-CA', 'es-419', 'nl-BE', 'it-CH', 'fi', 'FR', 'de-Latn-AT'];
    expect(spoken.map((each) => letterTextsFor(each).language)).toEqual([
      'pt',
      'fr',
      'es',
      'nl',
      'it',
      'en',
      'fr',
      'de',
    ]);
    expect(invitationWordsFor('pt-BR')).toBe(letterTextsFor('pt').texts.invitation);
  });

  it('are as many in every language', () => {
    for (const language of others)
      expect([...written(letterTextsFor(language).texts).keys()]).toEqual([...written(en).keys()]);
  });
});
