// Decides in which language a letter is written.
// Called by the sender's templates and calendar objects.
import { type LanguageChoice, languageOf } from './language';
import type { LetterTexts, RefusedTexts } from './letter-texts';
import { letters as ar } from './ar/letters';
import { letters as de } from './de/letters';
import { letters as en } from './en/letters';
import { letters as es } from './es/letters';
import { letters as fr } from './fr/letters';
import { letters as it } from './it/letters';
import { letters as ja } from './ja/letters';
import { letters as nl } from './nl/letters';
import { letters as pl } from './pl/letters';
import { letters as pt } from './pt/letters';
import { letters as sv } from './sv/letters';

/** Every language of letters and pages: what one of the two has and the other lacks does not compile. */
const texts = {
  ar,
  de,
  en,
  es,
  fr,
  it,
  ja,
  nl,
  pl,
  pt,
  sv,
};

export type Language = keyof typeof texts;
export const languages = Object.keys(texts) as Language[];

/** Whether there are texts in the language of a locale (BCP 47). */
export const isWritten = (locale: string): boolean =>
  Object.hasOwn(texts, locale.split('-', 1)[0]?.toLowerCase() ?? '');

/** A letter's texts for a reader's locale: German for `de-AT`, English for a language without texts. */
export const letterTextsFor = (locale: string): LanguageChoice<LetterTexts> => languageOf<LetterTexts>(texts, locale);

/** The words for a refusal's code; a code that has none of its own is about the time. */
export function refusedWords(refused: RefusedTexts, why: string | null): string {
  if (why === 'proposals-not-allowed') return refused.notAllowed;
  return why === 'older-sequence' ? refused.stale : refused.unfit;
}
