// Decides in which language a page is written, and which notice a refusal gets.
// Called by the pages.
import type { Role } from '#contracts';
import { type Language, type LanguageChoice, languageOf } from '#words';
import type { RefusalCode } from '../rooms/refusal';
import type { Texts, Words } from './texts';
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

const languages: Readonly<Record<Language, Texts>> = {
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

/** The texts for a reader's locale: German for `de-AT`, English for a language without texts. */
export const textsFor = (locale: string): LanguageChoice<Texts> => languageOf<Texts>(languages, locale);

/** The notice for a refusal that concerns the whole link rather than a field of the form. */
export function noticeFor(code: RefusalCode, texts: Texts, other: Role, waiting = false): Words {
  const { notices } = texts;
  switch (code) {
    case 'link-used':
      return notices.used(other, waiting);
    case 'link-expired':
      return notices.expiredLink;
    case 'answer-outdated':
      return notices.answerOutdated;
    case 'answer-too-late':
      return notices.answerTooLate;
    case 'option-passed':
      return notices.optionPassed;
    case 'room-cancelled':
      return notices.cancelled;
    case 'room-started':
      return notices.started;
    case 'proposals-not-allowed':
      return notices.notAllowed;
    case 'room-not-booked':
      return notices.notBooked;
    case 'own-proposal':
      return notices.own(other);
    case 'older-sequence':
      return notices.older;
    case 'proposal-expired':
      return notices.expiredProposal(other);
    default:
      return notices.unknown;
  }
}
