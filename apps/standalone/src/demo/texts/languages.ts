// Decides in which language the demo page speaks: the one that its address names, else the browser's, else English.
// Called by demo-page.ts.
import { preferencesIn } from '#service';
import { type Language, type LanguageChoice, languageOf } from '#words';
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

const spoken = (locale: string | undefined): locale is string =>
  locale !== undefined && Object.hasOwn(texts, locale.split('-')[0]?.toLowerCase() ?? '');

/**
 * `asked`: of the address (BCP 47). `acceptLanguage`: RFC 9110 12.5.4; the first language with texts among the most
 * wanted counts. Regions are left out: the page's dates are those of the language that its picker shows.
 */
export function demoTexts(asked: string | undefined, acceptLanguage = ''): LanguageChoice<DemoTexts> {
  const wanted = preferencesIn(acceptLanguage)
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ value }) => value);
  const locale = [asked, ...wanted].find(spoken) ?? 'en';
  return languageOf<DemoTexts>(texts, locale.split('-')[0]?.toLowerCase() ?? 'en');
}
