// Every text of the letters that a language must have: shapes, and the subjects that all languages share.
// Shared by the languages, one folder each: a language that lacks a text does not compile.
import type { Role, Unreadable } from '#contracts';

/** What the calendar entry of an invitation says; letters quote it. */
export interface InvitationWords {
  howToAnswer: string;
  /** Before the platform's own words for a move or a cancellation. */
  organizerWrites(reason: string): string;
  /** Before the online link. */
  join: string;
  /** Before the reschedule link; `other` is the role of the one who is not the reader. */
  askNewTime(other: Role): string;
}

/** The subjects of the four kinds of letter that PRD 8.3 fixes, each with the session's title in it. */
export type Subjects = Record<'invite' | 'update' | 'cancel' | 'proposal', (title: string) => string>;

/** The subjects in the contract's words; every language has these unless SUBJECTS is `localized`. */
export const fixedSubjects: Subjects = {
  invite: (title) => `${title} — Invitation`,
  update: (title) => `${title} — Updated Time`,
  cancel: (title) => `${title} — Cancelled`,
  proposal: (title) => `Approve new time for ${title}?`,
};

/**
 * All texts of letters in one language. `other` is the role of the one who is not the reader: "your host", "your
 * guest".
 */
export interface LetterTexts {
  invitation: InvitationWords;
  /** For `SUBJECTS=localized`; by default these subjects are English in every language. */
  subjects: Subjects;
  /** Between start and end of a time. */
  until: string;
  labels: {
    when: string;
    now: string;
    before: string;
    earlier: string;
    declined: string;
    proposed: string;
    newTime: string;
    where: string;
    join: string;
  };
  invite: { heading: string; intro(other: Role): string };
  update: {
    heading: string;
    intro(other: Role): string;
    /** A new time that one of the two approved; the calendar asks again. */
    approvedByYou(other: Role): string;
    approvedByOther(other: Role): string;
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
    /** Where there is more than one time to choose from; `option` names one, in its label and its link. */
    introSeveral(other: Role): string;
    option(number: number): string;
    approveOption(option: string): string;
    declineAll: string;
    validUntil(moment: string): string;
    /** In place of heading and intro where it answers, and declines, what the reader had proposed. */
    instead: { heading(other: Role): string; intro(other: Role): string; introSeveral(other: Role): string };
    /** Before the link to the reader's own form, which declines this request. */
    suggest: { ask: string; button: string };
  };
  proposalSent: {
    subject(title: string): string;
    heading: string;
    intro(other: Role): string;
    undone(other: Role): string;
    /** The reader has declined the other party's request with it. */
    instead(other: Role): string;
  };
  proposalDeclined: {
    subject(title: string): string;
    heading: string;
    byOther(other: Role): string;
    byNobody: RefusedTexts;
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
  unconfirmedAnswer: {
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
    /** What to do instead of writing: a text changes nothing and is not sent on. */
    intro(other: Role): string;
    /** In place of it, where what the person sent cannot be read. */
    unreadable: Record<Unreadable, (other: Role) => string>;
    askTime: string;
    askNoTime: string;
    /** Before the link to what the person wrote; `declinedForBoth` where a decline cancels. */
    confirm: { accepted: string; tentative: string; declined: string; declinedForBoth: string };
    buttons: { time: string; noTime: string; accepted: string; tentative: string; declined: string };
  };
  howToAnswer: string;
  /** Before the answer link: in an invitation, and in the answer to a person's words, which has no calendar buttons. */
  answerLink: { invited: string; text: string; button: string };
  reschedule: {
    /** Before the link: in an invitation, while a request is pending, after one was not approved. */
    ask: { invited(other: Role): string; pending(other: Role): string; again(other: Role): string };
    button: string;
  };
  /** Behind a label: French sets a no-break space before it, Japanese writes a wide one. */
  colon: string;
  /** Above the links in full, for whom a button does nothing. */
  buttonTrouble: string;
  /** Under a letter with links. */
  linksAreYours: string;
  privacy(other: Role): string;
}

/**
 * Why a proposed time was refused: `notAllowed` by the room's policy, `stale` for an earlier state of the room, else
 * `unfit`.
 */
export interface RefusedTexts {
  unfit: string;
  stale: string;
  notAllowed: string;
}
