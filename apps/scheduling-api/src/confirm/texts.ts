// Decides in which language the pages about an unconfirmed answer are written.
// Called by confirm.page.ts.
import { type Language, languageOf } from '#words';
import type { ConfirmTexts } from './confirm-texts';
import { de } from './texts.de';
import { en } from './texts.en';

const languages: Readonly<Record<Language, ConfirmTexts>> = {
  de,
  en,
};

/** By the language that the page's other texts speak. */
export const confirmTexts = (language: string): ConfirmTexts => languageOf<ConfirmTexts>(languages, language).texts;
