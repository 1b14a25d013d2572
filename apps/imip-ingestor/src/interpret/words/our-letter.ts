// Decides whether a line is from one of our own letters, whatever program quotes it and in whatever language it is.
// Called by quote.ts: what stands below is not the writer's.
import { folded } from './folded';
import { everyPhrase, oneOf } from '../phrases/compile';
import { ourLinks, ourSentences } from '../phrases/ours';

/** `last`: the last line of a letter; a person's words may follow. */
export type OurLine = 'body' | 'last';

const links = oneOf(everyPhrase(ourLinks), '%', 'u');

/** Programs wrap lines: of a longer sentence only so much counts. Japanese says more with fewer characters. */
const enough = { spaced: 40, unspaced: 14 };
/** A shorter sentence may be a person's. */
const tooShort = { spaced: 10, unspaced: 6 };

interface Sentence {
  text: string;
  /** It must stand alone on its line. */
  whole: boolean;
}

const isUnspaced = (text: string): boolean => /[\u3040-\u30ff]/.test(text);
const sizeOf = (text: string, sizes: typeof enough): number => sizes[isUnspaced(text) ? 'unspaced' : 'spaced'];

/** Case, accents, forms of quotes and blanks, marks of direction and closing marks do not count. */
const plain = (text: string): string =>
  folded(text.replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ''))
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.:：。、!?؟… ]{1,4}$/, '');

function beginningOf(sentence: string): Sentence {
  const text = plain(sentence);
  const size = sizeOf(text, enough);
  if (text.length <= size) return { text, whole: true };
  const cut = text.slice(0, size);
  return { text: isUnspaced(text) ? cut : cut.slice(0, cut.lastIndexOf(' ')), whole: false };
}

/** "Does the time not suit you?": a program that wraps early leaves it alone on its line. */
const questionOf = (sentence: string): string[] => /^[^?؟？]{10,60}[?؟？](?=\s)/.exec(sentence) ?? [];

function endOf(sentence: string): string {
  const text = plain(sentence);
  const cut = text.slice(-Math.ceil(sizeOf(text, enough) * 0.6));
  return isUnspaced(text) ? cut : cut.slice(cut.indexOf(' ') + 1);
}

const keyLength = 6;
interface KnownSentences {
  /** By their first characters. */
  body: ReadonlyMap<string, readonly Sentence[]>;
  last: readonly string[];
}
let known: KnownSentences | undefined;

function knownSentences(): KnownSentences {
  const { body, last } = ourSentences();
  const found = new Map<string, Sentence[]>();
  for (const sentence of body.flatMap((each) => [each, ...questionOf(each)]).map(beginningOf)) {
    if (sentence.text.length < sizeOf(sentence.text, tooShort)) continue;
    const key = sentence.text.slice(0, keyLength);
    found.set(key, [...(found.get(key) ?? []), sentence]);
  }
  return { body: found, last: [...new Set(last.map(endOf))] };
}

/** What programs put before a quoted line. */
const quoteMarks = /^[>|*_ \t]{0,12}/;

const textOf = (line: string): string => plain(line.slice(0, 400).replace(quoteMarks, ''));

/** `before`: the line above, whose sentence a program may have wrapped. */
export function ourLine(line: string, before = ''): OurLine | null {
  known ??= knownSentences();
  const begin = line.slice(0, 400);
  const text = textOf(line);
  const isRest = text !== '' && text.length < enough.spaced && before.length > enough.spaced;
  const ending = isRest ? `${textOf(before)}${isUnspaced(text) ? '' : ' '}${text}` : text;
  if (known.last.some((each) => ending.endsWith(each))) return 'last';
  const isBody = known.body
    .get(text.slice(0, keyLength))
    ?.some((each) => (each.whole ? text === each.text : text.startsWith(each.text)));
  return isBody === true || links.test(begin) ? 'body' : null;
}
