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

const maxCachedValues = 1_000;

/**
 * `make` with a cache of its values by its texts: formats of Intl cost as much CPU as a hundred letters. Bounded, because
 * locales and zones come from outside. What `make` throws is not cached.
 */
export function cached<Texts extends string[], Value extends object | string>(
  make: (...texts: Texts) => Value,
): (...texts: Texts) => Value {
  const values = new Map<string, Value>();
  return (...texts) => {
    const key = texts.join(' ');
    let value = values.get(key);
    if (value === undefined) {
      if (values.size >= maxCachedValues) values.clear();
      values.set(key, (value = make(...texts)));
    }
    return value;
  };
}

/** Every text of a letter asks anew. */
const read = cached((locale: string): ReadLocale => {
  try {
    const { language, region } = new Intl.Locale(locale);
    return { language, region };
  } catch {
    return { language: 'en', region: undefined };
  }
});

/** Whole sentences in a row: Japanese sets no blank between them. `language` as of a LanguageChoice. */
export const sentences = (language: string, ...each: string[]): string => each.join(language === 'ja' ? '' : ' ');
