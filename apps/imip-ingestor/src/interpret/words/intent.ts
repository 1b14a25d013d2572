// Decides whether a person's words say yes, no, maybe, or another time; in doubt, none of these. They are answered with
// a link and change nothing.
// Called by interpret and judge-text with the visible text alone.
import { everyPhrase, oneOf } from '../phrases/compile';
import { intentPhrases } from '../phrases/intent';
import { languageOf } from './language';
import { unaccented } from './folded';

export const intents = ['accept', 'decline', 'tentative', 'new-time', 'other'] as const;
export type Intent = (typeof intents)[number];

type PhraseConcern = keyof typeof intentPhrases;

const phrasesOf = (concern: PhraseConcern): string[] => everyPhrase(intentPhrases[concern]).map(unaccented);
const inAny = (concern: PhraseConcern): RegExp => oneOf(phrasesOf(concern));
const everywhere = ({ source }: RegExp): RegExp => new RegExp(source, 'giu');
const yes = everywhere(oneOf([...phrasesOf('accept'), ...phrasesOf('confirm')]));
const confirm = inAny('confirm');
const decline = inAny('decline');
const everyDecline = everywhere(decline);
const tentative = inAny('tentative');
const newTime = inAny('newTime');
const noObjection = inAny('noObjection');
const harmless = everywhere(oneOf([...phrasesOf('noObjection'), ...phrasesOf('harmless')]));

const byLanguage = (lists: Readonly<Record<string, string>>): Map<string, RegExp> =>
  new Map(Object.entries(lists).map(([language, list]) => [language, oneOf(everyPhrase({ list }).map(unaccented))]));
/** Small words such as "se", "ma", "so", "no" mean something else in other languages. */
const reserved = byLanguage(intentPhrases.reserved);
const negation = byLanguage(intentPhrases.negation);

/** Only this much of a text is searched. */
const maxChars = 600;

/** The intent of the words. `proposesTime`: whether they name a time that suits the writer. */
export function intentOf(text: string, proposesTime: boolean): Intent {
  const begun = unaccented(text.slice(0, maxChars)).replace(/\s+/g, ' ').trim();
  // "No problem" is no refusal.
  const opening = begun.replaceAll(harmless, ' · ').trim();
  // "That does not work for me" is no acceptance.
  const rest = opening.replaceAll(everyDecline, ' · ');
  const agrees = yesIn(text, rest);
  const declines = agrees === 'negated' || decline.test(opening);
  const accepts = !declines && (agrees === 'plain' || noObjection.test(begun));
  const signs = { text, opening, rest, declines, accepts, asks: /[?？؟]/.test(opening) };
  if (accepts && (!proposesTime || confirm.test(rest)) && !isOpen(signs)) return 'accept';
  return proposesTime ? 'new-time' : withoutTime(signs);
}

interface IntentPatterns {
  text: string;
  opening: string;
  rest: string;
  declines: boolean;
  accepts: boolean;
  asks: boolean;
}

/** A yes that asks, depends, hesitates or wants another time. */
const isOpen = ({ text, opening, rest, asks }: IntentPatterns): boolean =>
  asks || inLanguageOf(text, reserved)(rest.replaceAll(yes, ' · ')) || tentative.test(opening) || newTime.test(rest);

function withoutTime({ opening, rest, declines, asks }: IntentPatterns): Intent {
  if (newTime.test(rest)) return 'new-time';
  if (tentative.test(opening)) return 'tentative';
  // "Can't we do that another day?" asks; "I can't. Who else comes?" declines.
  const onlyAsks = asks && !/^[^?？؟]{0,600}[.!。]/.test(opening);
  return declines && !onlyAsks ? 'decline' : 'other';
}

/** Where a clause begins; "I do not think, that …" is one clause, with its comma. */
const thoughtEnds = /[.!?;:·。、،؟]|,(?! (?:dass|that|ob|ze|que|che|dat|att)\b)/;

/** "Nothing works for me" contains a yes behind a no; one plain yes is enough. */
function yesIn(text: string, opening: string): 'plain' | 'negated' | null {
  const isNegated = inLanguageOf(text, negation);
  const found = [...opening.matchAll(yes)].map(({ index }) =>
    isNegated(opening.slice(0, index).split(thoughtEnds).at(-1) ?? ''),
  );
  if (found.length === 0) return null;
  return found.every(Boolean) ? 'negated' : 'plain';
}

/** Tries the pattern of the text's language, or every one where the language has none. */
function inLanguageOf(text: string, patterns: ReadonlyMap<string, RegExp>): (words: string) => boolean {
  const pattern = patterns.get(languageOf(text) ?? '');
  const tried = pattern === undefined ? [...patterns.values()] : [pattern];
  return (words) => tried.some((each) => each.test(words));
}
