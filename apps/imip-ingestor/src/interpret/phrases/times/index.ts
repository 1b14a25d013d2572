// The words for days and times of day of every language that is read, by language.
// Read by words/times/lexicon.ts. To add a language: a file like these, a line here and one in ../languages.ts.
import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { it } from './it';
import { ja } from './ja';
import { nl } from './nl';
import { pl } from './pl';
import { pt } from './pt';
import { sv } from './sv';

export const timePhrases = { en, de, fr, es, it, pt, nl, pl, sv, ja, ar } as const;
export type TimeLanguage = keyof typeof timePhrases;
