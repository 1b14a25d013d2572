// Decides which language a letter speaks and what every language must be able to say.
// Called by the templates; a language is one file, and one that lacks a text does not compile.
import type { Role, Unreadable } from '#contracts';
import { de } from './texts.de';
import { en } from './texts.en';

/**
 * All that letters say in one language. `other` is the role of the one who is not the reader: "your host", "your
 * guest".
 */
export interface Texts {
  /** Between start and end of a time. */
  until: string;
  labels: {
    when: string;
    now: string;
    before: string;
    earlier: string;
    proposed: string;
    newTime: string;
    where: string;
    join: string;
  };
  invite: { heading: string; intro(other: Role): string };
  update: {
    heading: string;
    intro(other: Role): string;
    unchanged(other: Role): string;
    /** Not the time: title, place or online link. */
    changedHeading: string;
    changed(other: Role, what: ('title' | 'location' | 'videoUrl')[]): string;
    titleBefore: string;
    whereBefore: string;
    requestClosed: string;
  };
  /** Before the platform's own words for a move or a cancellation. */
  organizerWrites(reason: string): string;
  cancel: {
    heading: string;
    intro(other: Role): string;
    declinedByYou: string;
    declinedByOther(other: Role): string;
    description: string;
    withdrawn: string;
  };
  proposal: {
    heading(other: Role): string;
    intro(other: Role): string;
    /** The reader had approved an earlier request, which this one replaced before that took effect. */
    undone(other: Role): string;
    note(other: Role): string;
    approve: string;
    decline: string;
    validUntil(moment: string): string;
  };
  proposalSent: {
    subject(title: string): string;
    heading: string;
    intro(other: Role): string;
    undone(other: Role): string;
  };
  proposalDeclined: {
    subject(title: string): string;
    heading: string;
    byOther(other: Role): string;
    byNobody: Refused;
    stays: string;
  };
  proposalExpired: {
    subject(title: string): string;
    heading: string;
    unanswered(other: Role): string;
    lapsed: string;
    otherChanged(other: Role): string;
    stays: string;
  };
  freshLink: { subject(title: string): string; heading: string; intro: string };
  /** What an answer says, in words that stand alone. */
  claims: { accepted: string; declined: string; tentative: string; newTime: string };
  heldAnswer: {
    subject(title: string): string;
    heading: string;
    intro: string;
    says: string;
    ask: string;
    button: string;
    otherwise: string;
  };
  textAnswer: {
    subject(title: string): string;
    heading: string;
    /** Words are never relayed and never acted on: what to do instead. */
    intro(other: Role): string;
    /** In place of it, where what the person sent cannot be read. */
    unreadable: Record<Unreadable, (other: Role) => string>;
    askTime: string;
    askNoTime: string;
    askYesNo: string;
    buttons: { time: string; noTime: string; accepted: string; declined: string };
  };
  howToAnswer: string;
  /** Before the answer link: in an invitation, and in the answer to a person's words, which has no calendar buttons. */
  answerLink: { invited: string; text: string; button: string };
  reschedule: {
    /** Before the link: in an invitation, while a request is pending, after one came to nothing. */
    ask: { invited(other: Role): string; pending(other: Role): string; again(other: Role): string };
    button: string;
  };
  linkOf(label: string): string;
  /** Under a letter with links. */
  linksAreYours: string;
  privacy(other: Role): string;
}

const languages: Readonly<Record<string, Texts>> = { en, de };

/** The texts for a reader's locale and the locale to write dates in: `de-AT` speaks German, `fr` English. */
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

/** The four subjects of PRD 8.3 are the contract's words in every language: mail programs thread by them. */
export const subjects = {
  invite: (title: string) => `${title} — Invitation`,
  update: (title: string) => `${title} — Updated Time`,
  cancel: (title: string) => `${title} — Cancelled`,
  proposal: (title: string) => `Approve new time for ${title}?`,
} as const;

/**
 * Why a proposed time could not be taken up: `notAllowed` by the room's policy, `stale` for an earlier state of the
 * room, else `unfit`.
 */
export interface Refused {
  unfit: string;
  stale: string;
  notAllowed: string;
}

/** The words for a refusal's code; a code that has none of its own is about the time. */
export function refusedWords(refused: Refused, why: string | null): string {
  if (why === 'proposals-not-allowed') return refused.notAllowed;
  return why === 'older-sequence' ? refused.stale : refused.unfit;
}
