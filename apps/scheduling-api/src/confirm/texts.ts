// Decides in which language the pages about an unconfirmed answer are written.
// Called by confirm.page.ts.
import { type Language, languageOf } from '#words';
import type { ConfirmTexts } from './confirm-texts';
import { de } from './texts.de';
import { en } from './texts.en';
import { es } from './texts.es';
import { fr } from './texts.fr';
import { it } from './texts.it';
import { nl } from './texts.nl';
import { pt } from './texts.pt';

const languages: Readonly<Record<Language, ConfirmTexts>> = {
  de,
  en,
  es,
  fr,
  it,
  nl,
  pt,
};

/** By the language that the page's other texts speak. */
export const confirmTexts = (language: string): ConfirmTexts => languageOf<ConfirmTexts>(languages, language).texts;
