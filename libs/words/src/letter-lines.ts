// Collects the sentences of every letter, in every language, so that a letter that somebody quotes is known by them.
// Called by imip-ingestor, which reads mails. A text that is added to the letters is here by itself.
import type { Role } from '#contracts';
import { languages, letterTextsFor } from './letters';

export interface LetterLines {
  /** Each a line of a letter, or the beginning of one that goes on with words of that letter only. */
  body: string[];
  /** What ends a letter. */
  last: string[];
}

const roles: readonly Role[] = ['host', 'guest'];

/** Words so short or so usual that a person may write them: labels, buttons, what an answer says. */
const notSentences: ReadonlySet<string> = new Set([
  'subject', 'subjects', 'until', 'labels', 'claims', 'colon', 'button', 'buttons', 'approve', 'decline', 'declineAll',
  'option', 'approveOption', 'says', 'titleBefore', 'whereBefore', 'join', 'privacy',
]); // prettier-ignore

/** The sentences of all letters in all languages, as they are written. */
export function letterLines(): LetterLines {
  const texts = languages.map((language) => letterTextsFor(language).texts);
  return { body: texts.flatMap(sentencesOf), last: texts.flatMap(({ privacy }) => roles.map(privacy)) };
}

type Sentence = (given: string, list: readonly never[]) => string;

function sentencesOf(texts: unknown): string[] {
  if (typeof texts === 'string') return [texts];
  if (typeof texts === 'function') return written(texts as Sentence);
  if (typeof texts !== 'object' || texts === null) return [];
  return Object.entries(texts).flatMap(([name, each]) => (notSentences.has(name) ? [] : sentencesOf(each)));
}

/** No sentence contains it by itself. */
const mark = '\u0001';

/** For both roles; of a sentence that takes other words, what stands before them. */
function written(sentence: Sentence): string[] {
  const marked = sentence(mark, []);
  const at = marked.indexOf(mark);
  return at < 0 ? roles.map((role) => sentence(role, [])) : [marked.slice(0, at)];
}
