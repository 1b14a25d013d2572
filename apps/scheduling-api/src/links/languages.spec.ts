// What is true of the pages' texts of every language.
import { languages } from '#words';
import { faultsOf } from '../../../../test/support/texts';
import { confirmTexts } from '../confirm/texts';
import { textsFor } from './languages';

/** Words that another language writes as English does. */
const alike: Readonly<Record<string, string[]>> = { fr: ['form.date', 'form.minutes'] };

describe('the texts of pages', () => {
  it.each(languages.filter((each) => each !== 'en'))('hold no English in %s', (language) => {
    const { texts } = textsFor(language);
    expect(faultsOf(texts, textsFor('en').texts, alike[language])).toEqual([]);
    expect(faultsOf(confirmTexts(language), confirmTexts('en'))).toEqual([]);
  });

  it.each(languages)('about a request that waits are not about its link: %s', (language) => {
    const { used } = textsFor(language).texts.notices;
    const [waiting, over] = [used('guest', true), used('guest', false)];
    expect([waiting.heading, waiting.body]).not.toEqual([over.heading, over.body]);
    expect(waiting.body).not.toContain(over.body);
  });

  it.each([
    ['pt-BR', 'pt'],
    ['fr-CA', 'fr'],
    ['pl-PL', 'pl'],
    ['sv-FI', 'sv'],
    ['ja-JP', 'ja'],
    ['ar-EG', 'ar'],
    ['fi', 'en'],
  ])('for %s are those of %s', (locale, language) => {
    expect(textsFor(locale).language).toBe(language);
    expect(confirmTexts(locale)).toBe(confirmTexts(language));
  });
});
