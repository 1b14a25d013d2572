// Decides what the words of a language mean for days and times: compiles the lists of phrases/times once a language.
// Called by tokens.ts. A phrase with a capital behind `^` counts only as it is written.
import { phrasesIn } from '../../phrases/compile';
import { timePhrases, type TimeLanguage } from '../../phrases/times';
import { folded, unaccented } from '../folded';

/**
 * What a phrase can mean. Days: `weekday` (0 is Sunday), `month` (1 to 12), `day` (days from today), `same day` (the
 * meeting's), `next`, `coming`, `this`, `last` beside a weekday, `next week`, `this week`, `dated` before the number of
 * a day, `unread` (a day that is not understood:
 * no time beside it counts), `no day` (words that only look like a day). Clocks: `hour` behind a number, `hours` (a
 * clock or a length), `span hours`, `minutes`, `days` (lengths), `at` and `weak at` before a number, `half to` and the
 * like before, `plus 30` behind. The rest joins or refuses.
 */
export type MeaningKind =
  | 'weekday' | 'month' | 'day' | 'same day' | 'next' | 'coming' | 'this' | 'last' | 'next week' | 'this week'
  | 'dated' | 'unread' | 'no day' | 'part' | 'am' | 'pm' | 'noon' | 'midnight' | 'hour' | 'hours' | 'span hours' | 'minutes' | 'days'
  | 'date year' | 'date month' | 'date day' | 'at' | 'weak at' | 'after' | 'from' | 'to' | 'and' | 'or' | 'half past' | 'half to'
  | 'half unsure' | 'quarter past' | 'quarter to' | 'plus' | 'minus' | 'number' | 'fill' | 'in' | 'length' | 'limit' | 'not'
  | 'instead' | 'postnot' | 'turn' | 'invite' | 'move'; // prettier-ignore

export type Part = 'morning' | 'afternoon' | 'evening';

export interface Meaning {
  kind: MeaningKind;
  /** Of a weekday, month, day or number; minutes of `plus` and `minus`. */
  value: number;
  part: Part | null;
}

export interface Phrase {
  text: string;
  /** As it must stand in the text, case included; null where any case will do. */
  exact: string | null;
  meanings: Meaning[];
}

export interface Lexicon {
  language: TimeLanguage;
  /** By first character, longest phrase first. */
  phrases: ReadonlyMap<string, Phrase[]>;
  /** Whether words stand apart: not in Japanese. */
  spaced: boolean;
}

const parts: readonly string[] = ['morning', 'afternoon', 'evening'];

/**
 * `weekday 2 evening`, `plus 30`, `part morning`, `weak at`: words are the kind, a number the value, a part of the
 * day the part.
 */
function meaningOf(head: string): Meaning {
  const words = head.split(' ');
  const kind = words.filter((word) => !/^-?\d+$/.test(word) && (word === head || !parts.includes(word))).join(' ');
  const part = words.find((word) => parts.includes(word)) ?? null;
  return {
    kind: kind as MeaningKind,
    value: Number(words.find((word) => /^-?\d+$/.test(word)) ?? 0),
    part: part as Part | null,
  };
}

/** German keyboards without umlauts write `ue`; folding writes `u`. */
const spellings = (phrase: string, language: TimeLanguage): string[] =>
  language === 'de' && /[äöü]/.test(phrase)
    ? [phrase, phrase.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue')]
    : [phrase];

function compiled(language: TimeLanguage): Lexicon {
  const found = new Map<string, Phrase>();
  for (const [head, list] of Object.entries(timePhrases[language])) {
    const meaning = meaningOf(head);
    for (const phrase of phrasesIn(list).flatMap((each) => spellings(each, language))) {
      const exact = phrase.startsWith('^') ? unaccented(phrase.slice(1)) : null;
      const text = exact === null ? folded(phrase) : exact.toLowerCase();
      const known = found.get(phrase);
      if (known === undefined) found.set(phrase, { text, exact, meanings: [meaning] });
      else known.meanings.push(meaning);
    }
  }
  const merged = new Map<string, Phrase>();
  for (const phrase of found.values()) {
    const key = `${phrase.exact ?? ''}\n${phrase.text}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, phrase);
    else known.meanings.push(...phrase.meanings);
  }
  const phrases = new Map<string, Phrase[]>();
  for (const phrase of merged.values())
    phrases.set(phrase.text.charAt(0), [...(phrases.get(phrase.text.charAt(0)) ?? []), phrase]);
  for (const list of phrases.values()) list.sort((a, b) => b.text.length - a.text.length);
  return { language, phrases, spaced: language !== 'ja' };
}

const lexicons = new Map<TimeLanguage, Lexicon>();

/** The lexicon of a language, compiled at its first use. */
export function lexiconOf(language: TimeLanguage): Lexicon {
  const known = lexicons.get(language) ?? compiled(language);
  lexicons.set(language, known);
  return known;
}

/** Every word for an hour, in every language: noon, midday, three. */
export const hourWords = (): string[] =>
  Object.values(timePhrases).flatMap((phrases) =>
    Object.entries(phrases)
      .filter(([head]) => /^(?:number|noon|hours|span hours)/.test(head))
      .flatMap(([, list]) => phrasesIn(list))
      .map((phrase) => folded(phrase).replaceAll('.', '\\.')),
  );
