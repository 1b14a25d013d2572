// Every text of the pages that a language must have; shapes only.
// Shared by the languages, one file each, and by the pages: a language that lacks a text does not compile.
import type { Role } from '#contracts';

/** A heading and what stands under it. */
export interface Words {
  heading: string;
  body: string;
}

/** Faults of the form's fields, by the code that the JSON route uses for the same fault. */
export type FormFault =
  | 'bad-date'
  | 'bad-time'
  | 'skipped-time'
  | 'repeated-time'
  | 'bad-length'
  | 'start-in-past'
  | 'end-not-after-start'
  | 'no-new-time'
  | 'times-alike'
  | 'too-long'
  | 'control-character';

/** What an attendee can answer on a page. */
export type AnswerPartstat = 'accepted' | 'tentative' | 'declined';

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
  /** Several times in one sentence: `a, b or c`. */
  or(times: string[]): string;
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
    submitSeveral: string;
    addTime: string;
    /** Over the fields of a second and a third time. */
    otherTime: string;
    ownPending(time: string): string;
    otherPending(other: Role, time: string): string;
    /** In place of the intro, on the form that declines what the other party asked for. */
    suggestIntro(other: Role, time: string): string;
    faults: Record<FormFault, string>;
    whichOne: string;
    first: string;
    second: string;
    check: string;
  };
  sent: {
    heading: string;
    body(other: Role): string;
    wrote: string;
    until(moment: string): string;
    /** What the other party had asked for is declined with it. */
    instead(other: Role, time: string): string;
  };
  decision: {
    heading(other: Role): string;
    body: string;
    wrote(other: Role): string;
    approve: string;
    decline: string;
    until(moment: string): string;
    /** Where there is more than one time to choose from. */
    bodySeveral: string;
    option(number: number): string;
    approveOption: string;
    declineAll: string;
    suggest: string;
    /** After the reader has suggested another time instead. */
    suggested(other: Role): Words;
    /** Where a proposal answers, and declines, what the reader had asked for. */
    instead(other: Role): Words;
    /** The reader's own request beside the one that the page is about. */
    ownOpen(time: string): string;
    undone: string;
    contested: string;
    buttonsOnly: string;
    held: Record<'approve' | 'decline', (other: Role) => Words>;
    /** Before a held decision takes effect. */
    effective(seconds: number): string;
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
    soFar: Record<AnswerPartstat, string>;
    /** Where a decline cancels for both. */
    strict(other: Role): string;
    buttons: Record<AnswerPartstat, string>;
    note: string;
    noteHint: string;
    faults: { choose: string; note: string };
    done: Record<AnswerPartstat, Words>;
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
    /** One of several proposed times is over. */
    optionPassed: Words;
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
