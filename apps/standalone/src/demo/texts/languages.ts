// Decides in which language the demo page is written: the one that its address names, else the browser's, else English.
// Called by demo-page.ts.
import { languagesIn } from '#service';
import { isWritten, type Language, type LanguageChoice, languageOf } from '#words';
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
import type { DemoTexts } from './texts';

const texts: Readonly<Record<Language, DemoTexts>> = { ar, de, en, es, fr, it, ja, nl, pl, pt, sv };

/**
 * `asked`: of the address (BCP 47). `acceptLanguage`: RFC 9110 12.5.4; the first language with texts among the most
 * wanted counts. Regions are left out: the page's dates are those of the language that its picker shows.
 */
export function demoTexts(asked: string | undefined, acceptLanguage = ''): LanguageChoice<DemoTexts> {
  const locale = [asked ?? '', ...languagesIn(acceptLanguage)].find(isWritten) ?? 'en';
  return languageOf<DemoTexts>(texts, locale.split('-')[0]?.toLowerCase() ?? 'en');
}
