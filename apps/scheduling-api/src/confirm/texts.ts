// Decides in which language the pages about an unconfirmed answer are written.
// Called by confirm.page.ts.
import { type Language, languageOf } from '#words';
import type { ConfirmTexts } from './confirm-texts';
import { ar } from './texts.ar';
import { de } from './texts.de';
import { en } from './texts.en';
import { es } from './texts.es';
import { fr } from './texts.fr';
import { it } from './texts.it';
import { ja } from './texts.ja';
import { nl } from './texts.nl';
import { pl } from './texts.pl';
import { pt } from './texts.pt';
import { sv } from './texts.sv';

const languages: Readonly<Record<Language, ConfirmTexts>> = {
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

/** By the language that the page's other texts speak. */
export const confirmTexts = (language: string): ConfirmTexts => languageOf<ConfirmTexts>(languages, language).texts;
