// What holds for the demo page in every language: nothing in it is English, and every number has its plural.
import { directionOf, languages } from '#words';
import { faultsOf, written } from '../../../../../test/support/texts';
import { demoPage } from '../demo-page';
import { demoTexts } from './languages';

const now = new Date('2026-11-24T09:00:00Z');
const others = languages.filter((each) => each !== 'en');
const en = demoTexts('en').texts;

/** Words that the language writes as English does. */
const alike: Readonly<Record<string, string[]>> = {
  de: ['form.name', 'room.live', 'webhooks.heading', 'mailbox.kinds.mail'],
  fr: ['webhooks.heading', 'mailbox.kinds.invitation', 'mailbox.kinds.question'],
  es: ['webhooks.heading'],
  pt: ['webhooks.heading'],
  nl: ['heading.host', 'role.host', 'webhooks.heading'],
};
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe.each(others)('the demo page in %s', (language) => {
  const { texts } = demoTexts(language);

  it('holds no English', () => {
    expect(faultsOf(texts, en, alike[language])).toEqual([]);
  });

  it('fills in what the English one fills in', () => {
    const theirs = written(texts);
    for (const [path, text] of written(en)) {
      if (/\.(?:scanned|tries)\./.test(`.${path}.`)) continue;
      expect([path, placeholders(theirs.get(path) ?? '')]).toEqual([path, placeholders(text)]);
    }
  });

  it('tells the host from the guest', () => {
    const theirs = written(texts);
    for (const path of theirs.keys())
      if (path.endsWith('.host')) expect(theirs.get(path)).not.toBe(theirs.get(path.replace(/host$/, 'guest')));
  });
});

it.each(languages)(
  'every count in %s has a sentence of its plural, each with the number or the word for it',
  (language) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const { acts, webhooks } = demoTexts(language).texts;
    for (const plural of [acts.scanned, webhooks.tries])
      expect(Object.keys(plural).toSorted()).toEqual([...pluralCategories].toSorted());
  },
);

// Each language's names of all zones cost half a second of CPU.
it.each(['ar', 'de', 'ja'])('is written in %s before any script runs, in the direction of its script', (language) => {
  const choice = demoTexts(language);
  const page = demoPage(choice, now, '00000000-0000-4000-8000-000000000000');
  expect(page).toContain(`<html lang="${language}" dir="${directionOf(language)}">`);
  expect(page).toContain(`lang=${language}&amp;room=00000000-0000-4000-8000-000000000000`);
  const words = JSON.parse(/id="words">(.*?)<\/script>/s.exec(page)?.[1] ?? '') as object;
  expect(words).toMatchObject({
    language,
    texts: choice.texts,
    zoneNames: { 'Europe/Berlin': expect.stringMatching(/\D{3}/) },
  });
  const body = page.slice(page.indexOf('<body>'));
  const theirs = written(choice.texts);
  for (const [path, text] of written(en)) {
    const own = theirs.get(path);
    if (own !== text && text.length > 12) expect(body).not.toContain(`>${text}<`);
  }
});

it.each([
  [undefined, undefined, 'en'],
  [undefined, 'de-AT,de;q=0.9,en;q=0.8', 'de'],
  [undefined, 'fi, ja;q=0.5, fr;q=0.7', 'fr'],
  [undefined, 'en;q=0, fi', 'en'],
  ['ar', 'de', 'ar'],
  ['pt-BR', 'de', 'pt'],
  ['xx', 'pl', 'pl'],
  ['__proto__', 'constructor', 'en'],
])('asked for %s by a browser that wants %s, it is in %s', (asked, accepted, language) => {
  expect(demoTexts(asked, accepted).language).toBe(language);
});

it('lets no address close the texts or the picker’s links', () => {
  const page = demoPage(demoTexts('en'), now, '"><script>alert(1)</script>');
  expect(page).not.toContain('<script>alert');
});
