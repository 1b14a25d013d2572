// Decides which language, and which way of writing dates, a reader's locale means.
// Called by letters.ts, once for every kind of text.

/** The texts found, their language, and the locale to write dates in. */
export interface LanguageChoice<Texts> {
  texts: Texts;
  /** BCP 47, for the `lang` of HTML. */
  language: string;
  dates: string;
}

/** English where the locale's language has no texts here, or where it is no locale at all. */
export function languageOf<Texts>(
  languages: Readonly<Record<string, Texts>> & { en: Texts },
  locale: string,
): LanguageChoice<Texts> {
  const { language, region } = read(locale);
  const texts = Object.hasOwn(languages, language) ? languages[language] : undefined;
  if (!texts) return { texts: languages.en, language: 'en', dates: international };
  if (region !== undefined) return { texts, language, dates: `${language}-${region}` };
  return { texts, language, dates: language === 'en' ? international : language };
}

/** Day before month and a day of 24 hours, for readers of whom only the language is known. */
const international = 'en-GB';

interface ReadLocale {
  language: string;
  region: string | undefined;
}

/** Every text of a letter asks anew; bounded, because locales come from outside. */
const known = new Map<string, ReadLocale>();
const mostKept = 1_000;

function read(locale: string): ReadLocale {
  let found = known.get(locale);
  if (found === undefined) {
    if (known.size >= mostKept) known.clear();
    known.set(locale, (found = parsed(locale)));
  }
  return found;
}

function parsed(locale: string): ReadLocale {
  try {
    const { language, region } = new Intl.Locale(locale);
    return { language, region };
  } catch {
    return { language: 'en', region: undefined };
  }
}

/** Whole sentences in a row: Japanese sets no blank between them. `language` as of a LanguageChoice. */
export const sentences = (language: string, ...each: string[]): string => each.join(language === 'ja' ? '' : ' ');
