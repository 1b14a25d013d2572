// Decides whether a person's words say yes, no, maybe, or another time. In doubt they say nothing: the answer to them is a link, never an act.
// Called by interpret and judge-text with the visible text alone.
import { everyPhrase, oneOf } from '../phrases/compile';
import { intentPhrases } from '../phrases/intent';
import { languageOf } from './language';
import { unaccented } from './folded';

export const intents = ['accept', 'decline', 'tentative', 'new-time', 'other'] as const;
export type Intent = (typeof intents)[number];

type Concern = keyof typeof intentPhrases;

const inAny = (concern: Concern): RegExp => oneOf(everyPhrase(intentPhrases[concern]).map(unaccented));
const accept = inAny('accept');
const confirm = inAny('confirm');
const decline = inAny('decline');
const everyDecline = new RegExp(decline.source, 'giu');
const tentative = inAny('tentative');
const newTime = inAny('newTime');

/** Small words such as "se", "ma", "so" mean something else in other languages. */
const reserved = new Map(
  Object.entries(intentPhrases.reserved).map(([language, list]) => [
    language,
    oneOf(everyPhrase({ list }).map(unaccented)),
  ]),
);

/** More nobody needs to say yes or no. */
const maxChars = 600;

/** What the words mean; `proposesTime`: whether they name a time that suits their writer. */
export function intentOf(text: string, proposesTime: boolean): Intent {
  const opening = unaccented(text.slice(0, maxChars)).replace(/\s+/g, ' ').trim();
  const declines = decline.test(opening);
  // "That does not work for me" is no yes.
  const rest = opening.replaceAll(everyDecline, ' · ');
  const confirms = confirm.test(rest);
  const accepts = !declines && (confirms || accept.test(rest));
  const asks = /[?？؟]/.test(opening);
  if (accepts && (confirms || !proposesTime) && !isOpen(text, opening, asks)) return 'accept';
  if (proposesTime) return 'new-time';
  return withoutTime({ opening, rest, declines, accepts, asks });
}

const isOpen = (text: string, opening: string, asks: boolean): boolean =>
  asks || isReserved(text, opening) || tentative.test(opening);

interface Signs {
  opening: string;
  rest: string;
  declines: boolean;
  accepts: boolean;
  asks: boolean;
}

function withoutTime({ opening, rest, declines, accepts, asks }: Signs): Intent {
  if (newTime.test(rest) && (asks || !accepts)) return 'new-time';
  if (tentative.test(opening)) return 'tentative';
  // "Can't we do that another day?" asks; "I can't. Who else comes?" declines.
  const onlyAsks = asks && !/^[^?？؟]{0,600}[.!。]/.test(opening);
  return declines && !onlyAsks ? 'decline' : 'other';
}

function isReserved(text: string, opening: string): boolean {
  const language = languageOf(text);
  const pattern = language === null ? undefined : reserved.get(language);
  if (pattern !== undefined) return pattern.test(opening);
  return language === null && [...reserved.values()].some((each) => each.test(opening));
}
