// Every text of the demo page that a language must have. Shapes only: a language that lacks a text does not compile.
// Shared by the languages, one file each. They are data, not functions, since the page's scripts get them as JSON:
// `{name}` stands for what the scripts put in.
import type { DeliveryState, Partstat, ProposalStatus, Role, RoomStatus } from '#contracts';

/** The case and gender of a role differ by language and sentence, so each sentence stands once for each. */
export type RoleText = Record<Role, string>;
/** `nobody`: the role is not known. */
export type AnyoneText = Record<Role | 'nobody', string>;
/** By the language's plural categories (CLDR), with `{count}` for the number. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export interface DemoTexts {
  page: {
    title: string;
    tagline: string;
    noScript: string;
    /** Accessible names of the two navigations. */
    elsewhere: string;
    parts: string;
    allMails: string;
    another: string;
    language: string;
    /** Before what is left out on a phone. */
    showAll: string;
  };
  /** A role by itself: as a heading, and within a line. */
  heading: RoleText;
  role: RoleText;
  form: {
    heading: string;
    intro: string;
    name: string;
    zone: string;
    language: string;
    title: string;
    /** The title that the form starts with. */
    practice: string;
    start: string;
    length: string;
    onDecline: string;
    strict: string;
    soft: string;
    submit: string;
    recent: string;
  };
  room: {
    label: string;
    live: string;
    sequence: string;
    strict: string;
    soft: string;
    status: Record<RoomStatus, string>;
    partstat: Record<Partstat, string>;
    delivery: Record<DeliveryState, string>;
    proposal: Record<ProposalStatus, string>;
    proposed: Record<'link' | 'counter', RoleText>;
    held: Record<'approve' | 'decline', string>;
  };
  timeline: TimelineTexts;
  mailbox: {
    of: RoleText;
    program: string;
    programOf: RoleText;
    googleElsewhere: string;
    none: string;
    from: string;
    kinds: Record<'invitation' | 'update' | 'question' | 'cancelled' | 'declined' | 'mail', string>;
    parties: string;
    letter: string;
    tabs: Record<'letter' | 'text' | 'calendar' | 'source', string>;
    noCounter: string;
  };
  acts: ActTexts;
  webhooks: { heading: string; intro: string; signed: string; wrong: string; tries: Plural };
  /** By the code of a refusal; `status` for one without words. */
  faults: Record<
    'unreachable' | 'status' | 'no-such-mail' | 'client-cannot' | 'room-not-found' | 'invalid-field',
    string
  >;
}

export interface TimelineTexts {
  heading: string;
  /** A mail of ours. */
  letters: Record<'invitation' | 'update' | 'cancellation' | 'refusal' | 'mail' | 'delivery', RoleText>;
  /** A mail that came in. */
  mails: Record<'answer' | 'newTime' | 'refresh' | 'text' | 'automatic' | 'report', AnyoneText>;
  opened: AnyoneText;
  links: Record<'propose' | 'answer' | 'approve' | 'decline' | 'confirm', string>;
  proposed: AnyoneText;
  proposal: string;
  decision: AnyoneText;
  note: AnyoneText;
  calls: Record<
    | 'created'
    | 'booked'
    | 'cancelled'
    | 'rescheduled'
    | 'updated'
    | 'attendee-changed'
    | 'resent'
    | 'fresh-link'
    | 'unchanged'
    | 'no-video-room'
    | 'refused',
    string
  >;
  decisions: Record<
    | 'approved'
    | 'declined'
    | 'cancelled'
    | 'approve-held'
    | 'decline-held'
    | 'hold-undone'
    | 'hold-contested'
    | 'hold-lapsed',
    string
  >;
  outcomes: Record<
    | 'event'
    | 'applied'
    | 'link-offered'
    | 'held'
    | 'recorded'
    | 'ignored'
    | 'quarantined'
    | 'read-again'
    | 'resent'
    | 'refused'
    | 'expired'
    | 'used'
    | 'forged'
    | 'sent'
    | 'deferred'
    | 'failed'
    | 'blocked'
    | 'superseded'
    | 'driven-again'
    | 'delivered'
    | 'bounced'
    | 'complained',
    string
  >;
  /** What a person's text asks for. */
  intents: Record<'propose' | 'accept' | 'decline' | 'tentative' | 'unclear', string>;
  /** The product's own reason, by its code; `now`: what a reply counts as. */
  reasons: Record<'now' | 'link' | 'counter' | 'declined' | 'duplicate', string>;
  understood: string;
  deliveredToProduct: string;
}

export interface ActTexts {
  buttons: Record<
    'accept' | 'tentative' | 'decline' | 'counter' | 'text' | 'bounce' | 'out-of-office' | 'scanner',
    string
  >;
  /** By the page that a letter's link leads to. */
  links: Record<'approve' | 'decline' | 'reschedule' | 'confirm' | 'answer', string>;
  linksOfLetter: string;
  newTime: string;
  words: string;
  propose: string;
  send: string;
  sending: string;
  scanning: string;
  scannedNothing: string;
  scanned: Plural;
  moved: string;
  still: string;
  sent: string;
  mailSystem: string;
}
