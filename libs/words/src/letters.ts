// Decides in which language a letter is written, and what its fixed subjects are.
// Called by the sender's templates and calendar objects.
import { type LanguageChoice, languageOf } from './language';
import type { LetterTexts, RefusedTexts } from './letter-texts';
import { letters as de } from './de/letters';
import { letters as en } from './en/letters';

/** A letter's texts for a reader's locale: German for `de-AT`, English for `fr`. */
export const letterTextsFor = (locale: string): LanguageChoice<LetterTexts> => languageOf({ en, de }, locale);

/** The four subjects of PRD 8.3 are the contract's words in every language: mail programs thread by them. */
export const subjects = {
  invite: (title: string) => `${title} — Invitation`,
  update: (title: string) => `${title} — Updated Time`,
  cancel: (title: string) => `${title} — Cancelled`,
  proposal: (title: string) => `Approve new time for ${title}?`,
} as const;

/** The words for a refusal's code; a code that has none of its own is about the time. */
export function refusedWords(refused: RefusedTexts, why: string | null): string {
  if (why === 'proposals-not-allowed') return refused.notAllowed;
  return why === 'older-sequence' ? refused.stale : refused.unfit;
}
