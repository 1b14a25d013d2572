// Decides in which language a page is written, and which notice a refusal gets.
// Called by the pages.
import type { Role } from '#contracts';
import type { RefusalCode } from '../rooms/refusal';
import type { Texts, Words } from './texts';
import { de } from './texts.de';
import { en } from './texts.en';

const languages: Readonly<Record<string, Texts>> = { en, de };

/** The texts for a reader's locale and the locale to write dates in: German for `de-AT`, English for `fr`. */
export function textsFor(locale: string): { texts: Texts; language: string; dates: string } {
  const { language, region } = read(locale);
  const texts = Object.hasOwn(languages, language) ? languages[language] : undefined;
  if (!texts) return { texts: en, language: 'en', dates: international };
  if (region !== undefined) return { texts, language, dates: `${language}-${region}` };
  return { texts, language, dates: language === 'en' ? international : language };
}

/** Day before month and a day of 24 hours, for readers of whom only the language is known. */
const international = 'en-GB';

function read(locale: string): { language: string; region: string | undefined } {
  try {
    const { language, region } = new Intl.Locale(locale);
    return { language, region };
  } catch {
    return { language: 'en', region: undefined };
  }
}

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
