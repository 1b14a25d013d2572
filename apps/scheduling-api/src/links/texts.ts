// Decides which language a page speaks and what every language must be able to say.
// Called by the pages; a language is one file, and one that lacks a text does not compile.
import type { Role } from '#contracts';
import type { RefusalCode } from '../rooms/refusal';
import { de } from './texts.de';
import { en } from './texts.en';

/** A heading and what stands under it. */
export interface Words {
  heading: string;
  body: string;
}

/** Faults of the form's fields, by the code that the JSON door uses for the same fault. */
export type FormFault =
  | 'bad-date'
  | 'bad-time'
  | 'skipped-time'
  | 'repeated-time'
  | 'bad-length'
  | 'start-in-past'
  | 'end-not-after-start'
  | 'no-new-time'
  | 'too-long'
  | 'control-character';

/** What an attendee can answer on a page. */
export type AnswerGiven = 'accepted' | 'tentative' | 'declined';

/** Why a held decision had no effect, by the code that decide gave. */
export type LapseWhy =
  | 'room-moved'
  | 'attendee-changed'
  | 'other-approved'
  | 'replaced'
  | 'room-cancelled'
  | 'older-sequence'
  | 'proposal-expired';

/**
 * All that pages say in one language. `other` is the role of the one who is not the reader: "your host", "your
 * guest".
 */
export interface Texts {
  /** Between start and end of a time. */
  until: string;
  labels: { now: string; wasPlanned: string; proposed: string; newTime: string; asked: string; notAgreed: string };
  elsewhere: string;
  addToCalendar: string;
  footer(other: Role): string;
  form: {
    heading: string;
    intro(other: Role): string;
    likely: string;
    newTime: string;
    date: string;
    start: string;
    length: string;
    sameLength(length: string): string;
    minutes(count: number): string;
    zone(zone: string): string;
    otherZone: string;
    zoneLabel: string;
    showZone: string;
    note(other: Role): string;
    noteHint: string;
    submit: string;
    ownPending(time: string): string;
    otherPending(other: Role, time: string): string;
    faults: Record<FormFault, string>;
    whichOne: string;
    first: string;
    second: string;
    check: string;
  };
  sent: { heading: string; body(other: Role): string; wrote: string; until(moment: string): string };
  decision: {
    heading(other: Role): string;
    body: string;
    wrote(other: Role): string;
    approve: string;
    decline: string;
    until(moment: string): string;
    undone: string;
    contested: string;
    buttonsOnly: string;
    held: Record<'approve' | 'decline', (other: Role) => Words>;
    effective(time: string): string;
    undo: string;
    approved: Words;
    declined(other: Role): Words;
    /** Beside what was decided, where the click wanted the opposite. */
    decidedBefore: string;
    nothingHeld: string;
    lapsed: Record<LapseWhy, string>;
    lapsedHeading: string;
  };
  answer: {
    heading: string;
    body: string;
    /** What the reader has answered before, and that it can be changed. */
    soFar: Record<AnswerGiven, string>;
    /** Where a decline cancels for both. */
    strict(other: Role): string;
    buttons: Record<AnswerGiven, string>;
    note: string;
    noteHint: string;
    faults: { choose: string; note: string };
    done: Record<AnswerGiven, Words>;
    /** The reader's decline has just cancelled the session. */
    cancelled(other: Role): string;
    mayChange: string;
    change: string;
    otherTimeAsk: string;
    otherTime: string;
  };
  notices: {
    /** `waiting`: the request that it sent is still open. */
    used(other: Role, waiting: boolean): Words;
    expiredLink: Words;
    expiredProposal(other: Role): Words;
    replaced(other: Role): Words;
    older: Words;
    /** An answer link of an earlier time, and one that is opened when the session has started. */
    answerOutdated: Words;
    answerTooLate: Words;
    cancelled: Words;
    cancelledSince: string;
    started: Words;
    notAllowed: Words;
    own(other: Role): Words;
    notBooked: Words;
    unknown: Words;
    /** The link of an address that another one has replaced. */
    former: Words;
    /** No page of ours stands at this address. */
    nowhere: Words;
    crossSite: Words;
    tooMany: Words;
    /** A limit of the meeting, not of the moment: `until` is when the same can be asked again, in the reader's zone. */
    tooManyProposals(until: string): Words;
    mailLimit(other: Role, until: string): Words;
    trouble: Words;
  };
  fresh: { ask: string; button: string; done: Words };
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
