// Decides about answers that must not count without a confirmation: an unconfirmed answer, and text. Whether a mail with
// a link is sent, and to which page the link leads.
// Called by decide.ts. Nothing here changes a meeting. What the attendee then does on the page is a Reply, a Counter or
// a Propose like any other.
import type { Claim, EventPayload, Partstat, Role } from '#contracts';
import { answerLink, type Context, proposeLink, sameSecond } from './context';
import { futureWhy, isStale, sequenceOf, staleWhy, terminalWhy } from './decide-answers';
import { mailLimitWhy } from './decide-limits';
import { whyNotPropose } from './decide-propose';
import { Refusal } from './refusal';
import { invitationOf, isBooked, type NewLink, type Room, type RoomEvent } from './room';

/** How many links this person was sent for this room before; counted by the store. */
export interface OffersBefore {
  today: number;
  ever: number;
  /** Whether a link about the same claim is still open. */
  same: boolean;
  /** What the texts of today that got a mail asked for. */
  asked?: readonly string[];
}

/** What a person's text asks for. */
type Wish = Pick<EventPayload<'TextReplyReceived'>, 'intent' | 'proposedTimes' | 'unreadable' | 'tentative'>;

export type OfferCommand =
  | { type: 'AskToConfirm'; role: Role; invitationId?: string; mailId: string; claim: Claim; before: OffersBefore }
  | {
      type: 'AnswerText';
      role: Role;
      invitationId?: string;
      mailId: string;
      wish: Wish;
      before: OffersBefore;
    };

/** Limits, so that forgeries and mail loops do not fill a mailbox (RFC 3834 2). */
const questionsPerDay = 3;
const textsPerDay = 3;
const textsEver = 10;

export function decideOffer(room: Room, command: OfferCommand, context: Context): RoomEvent[] {
  const { role } = command;
  if (!invitationOf(room, role)) return [];
  const why =
    terminalWhy(room, context.now) ?? (isBooked(room) ? null : 'room-not-booked: there is nobody to meet yet');
  if (why !== null) return [{ type: 'AnswerIgnored', role, why }];
  return command.type === 'AskToConfirm' ? askToConfirm(room, command, context) : answerText(room, command, context);
}

function askToConfirm(
  room: Room,
  { role, mailId, claim, before }: Extract<OfferCommand, { type: 'AskToConfirm' }>,
  context: Context,
): RoomEvent[] {
  const ignored = (why: string): RoomEvent[] => [{ type: 'AnswerIgnored', role, why }];
  const startUtc = claim.partstat === null || claim.startUtc === null ? null : new Date(claim.startUtc);
  const sequence = sequenceOf(room, { sequence: claim.sequence, startUtc });
  // No question about an answer that would not count if it were confirmed.
  if (isStale(sequence, room)) return ignored(staleWhy(sequence, room));
  if (sequence > room.sequence) return ignored(futureWhy(sequence, room));
  if (claim.partstat === null) {
    const why = whyNotPropose(room, role, context.now)?.why ?? unfit(room, claim.startUtc, context.now);
    if (why !== null) return ignored(why);
  }
  if (before.same) return ignored('asked-before: the attendee was asked about the same answer');
  const limit = mailLimitWhy(room, role, context);
  if (limit !== null) return ignored(limit);
  if (before.today >= questionsPerDay) return ignored('rate-limited: the attendee was asked often enough today');
  return [
    {
      type: 'LinkOffered',
      role,
      why: 'held',
      occasion: mailId,
      asked: '',
      claim: { ...claim, sequence },
      link: confirmLink(room, role, { ...claim, sequence }, context),
      answerLink: null,
    },
  ];
}

function answerText(
  room: Room,
  { role, mailId, wish, before }: Extract<OfferCommand, { type: 'AnswerText' }>,
  context: Context,
): RoomEvent[] {
  const ignored = (why: string): RoomEvent[] => [{ type: 'AnswerIgnored', role, why }];
  if (before.today >= textsPerDay || before.ever >= textsEver)
    return ignored('rate-limited: as many messages of this attendee were answered already');
  const offer = offerFor(room, role, wish, context);
  if (typeof offer === 'string') return ignored(offer);
  const asked = askedFor(wish, offer.claim);
  if (before.asked?.includes(asked) === true)
    return ignored('asked-before: a message of today that asks for the same was answered');
  const limit = mailLimitWhy(room, role, context);
  if (limit !== null) return ignored(limit);
  const unreadable = wish.unreadable === undefined ? {} : { unreadable: wish.unreadable };
  const answer = answerLink(role, room.startUtc, context);
  return [
    { type: 'LinkOffered', role, why: 'text', occasion: mailId, asked, ...offer, answerLink: answer, ...unreadable },
  ];
}

/** The key that tells two requests of a person apart. */
function askedFor({ intent, unreadable, tentative }: Wish, { startUtc }: Claim): string {
  if (unreadable !== undefined) return unreadable;
  if (tentative === true) return 'tentative';
  return startUtc === null ? intent : `${intent} ${startUtc}`;
}

/** The answer in a text, or null if it asks for a time or for nothing clear. */
function answerIn({ intent, tentative }: Wish): Partstat | null {
  if (tentative === true) return 'tentative';
  if (intent === 'accept') return 'accepted';
  return intent === 'decline' ? 'declined' : null;
}

/** The link that fits what a text asks for, and its claim; or why there is none. */
function offerFor(room: Room, role: Role, wish: Wish, context: Context): { claim: Claim; link: NewLink } | string {
  const about = { partstat: null, sequence: room.sequence, startUtc: null, endUtc: null, note: null };
  const partstat = answerIn(wish);
  if (partstat !== null) {
    const claim: Claim = { ...about, partstat, own: true };
    return { claim, link: confirmLink(room, role, claim, context) };
  }
  const refusal = whyNotPropose(room, role, context.now);
  const link = proposeLink(room, role, room.startUtc, context);
  if (refusal !== null || link === null) return (refusal ?? new Refusal('proposals-not-allowed')).why;
  const time = wish.proposedTimes.find(({ startUtc }) => unfit(room, startUtc, context.now) === null);
  return { claim: { ...about, startUtc: time?.startUtc ?? null, endUtc: time?.endUtc ?? null }, link };
}

function unfit(room: Room, startUtc: string | null, now: Date): string | null {
  if (startUtc === null || new Date(startUtc) <= now) return 'start-in-past: the proposed time is over';
  return sameSecond(new Date(startUtc), room.startUtc) ? 'no-new-time: the proposed time is the current one' : null;
}

const confirmLink = (room: Room, role: Role, claim: Claim, context: Context): NewLink => ({
  linkId: context.newId(),
  purpose: 'confirm',
  role,
  proposalId: null,
  expiresAt: room.endUtc,
  claim,
});
