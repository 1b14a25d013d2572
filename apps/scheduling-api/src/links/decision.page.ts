// The page behind an approve or decline link: the choice, the pending decision with its Undo, the final decision, or why
// it is closed.
// Called by links.controller.ts with the outcome of the request.
import { type Decision, pendingProposals, type Proposal, type ProposalOption, type Room } from '../rooms/room';
import { chosenOf, sameTime } from '../rooms/decide-options';
import { whyNotPropose } from '../rooms/decide-propose';
import type { Refusal } from '../rooms/refusal';
import { decisionState, type DecisionState } from './decision-state';
import { type Html, html, postButton } from './html';
import { type Mark, page } from './layout';
import { currentTime, markOf, mayAskAgain, pendingLines, timesIn } from './notice.page';
import {
  addToCalendar,
  elsewhere,
  formLink,
  freshLink,
  otherTime,
  type Reader,
  readerOf,
  statusMessage,
  timeBlock,
  wrote,
} from './parts';
import type { LinkOutcome, LinkView } from './link-use';
import { noticeFor } from './languages';
import type { LapseWhy, Words } from './texts';
import type { OpenLink } from './links.service';
import { writeMoment } from './times';

interface Body {
  heading: string;
  mark?: Mark;
  content: Html;
}

/**
 * Status and page for a decision link; `refusal` of a button stands above the current state. Contract, section 4: 200 for a
 * live or decided proposal.
 */
export function decisionPage(
  seen: LinkView,
  proposal: Proposal,
  outcome: LinkOutcome,
): { status: number; page: string; headers: Record<string, string>; refusal: Refusal | null } {
  const reader = readerOf(seen.room, seen.link.role);
  const state = decisionState(seen.room, proposal, seen.link, seen.now, outcome.events);
  const { heading, mark, content } = body(state, seen, proposal, reader);
  const unchanged = state.kind === 'closed' ? null : changedNothing(state, seen, proposal, outcome.refusal, reader);
  const agreed = state.kind === 'decided' && state.decision === 'approve';
  const instead = unchanged !== null && agreed && mayPropose(seen) && otherTime(seen, reader);
  const refusal = outcome.refusal ?? (state.kind === 'closed' ? state.refusal : null);
  const whole = page({
    ...reader,
    heading,
    ...(mark && { mark }),
    title: seen.room.title,
    content: html`${unchanged}${content}${instead}`,
  });
  return { status: refusal?.status ?? 200, page: whole, headers: refreshOf(state, seen), refusal };
}

/** The page of a pending decision reloads without a script when the decision is due, and then shows the result. */
function refreshOf(state: DecisionState, { now }: LinkView): Record<string, string> {
  return state.kind === 'held' ? { refresh: String(secondsUntil(state.effectiveAt, now) + appliedWithinSeconds) } : {};
}

/** Contract, section 4: what is due is applied within 2 s. */
const appliedWithinSeconds = 2;
const secondsUntil = (at: Date, now: Date): number => Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1_000));

/** A note that this click has changed nothing: it was refused, or the opposite was decided before. */
function changedNothing(
  state: DecisionState,
  seen: LinkView,
  proposal: Proposal,
  refusal: Refusal | null,
  reader: Reader,
): Html | null {
  const { decision: words } = reader.texts;
  if (refusal !== null)
    return statusMessage(refusal.code === 'nothing-held' ? words.nothingHeld : words.decidedBefore, 'wait');
  if (state.kind !== 'decided' || wantsDecided(state.decision, seen.link, proposal)) return null;
  return statusMessage(words.decidedBefore, 'wait');
}

const wantsDecided = (decided: Decision, { purpose, optionId }: OpenLink, proposal: Proposal): boolean =>
  purpose === decided && (decided === 'decline' || optionId === null || optionId === chosenOf(proposal));

function body(state: DecisionState, seen: LinkView, proposal: Proposal, reader: Reader): Body {
  switch (state.kind) {
    case 'choose':
      return choose(state.hint, seen, proposal, reader);
    case 'held':
      return pendingDecision(state, seen, proposal, reader);
    case 'decided':
      return decided(state.decision, seen, proposal, reader);
    case 'closed':
      return closed(state, seen, proposal, reader);
  }
}

function choose(
  hint: 'undone' | 'contested' | 'buttonsOnly' | null,
  seen: LinkView,
  proposal: Proposal,
  reader: Reader,
): Body {
  const { texts } = reader;
  const instead = proposal.insteadOf === null ? null : texts.decision.instead(reader.other);
  const content = html`
${hint !== null && statusMessage(texts.decision[hint], hint === 'undone' ? 'plain' : 'wait')}
${instead !== null && html`<p>${instead.body}</p>`}
${open(seen, proposal, reader)}`;
  return { heading: instead?.heading ?? texts.decision.heading(reader.other), mark: 'calendar', content };
}

/** What can be done with an open proposal, and what else is open. */
const open = (seen: LinkView, proposal: Proposal, reader: Reader): Html => html`${choices(seen, proposal, reader)}
${ownOpen(seen.room, reader)}
<p class="hint">${reader.texts.decision.until(writeMoment(proposal.expiresAt, reader.clock))}</p>
${suggest(seen, reader)}`;

/** The reader's own requests, which end if they approve this one. */
const ownOpen = (room: Room, reader: Reader): Html[] =>
  pendingProposals(room)
    .filter((each) => each.proposedBy === reader.role)
    .map((each) => statusMessage(reader.texts.decision.ownOpen(timesIn(each, reader))));

/** The reader's own form, which declines what this page is about. */
function suggest({ tokens }: LinkView, { texts }: Reader): Html | false {
  const { answer, decision } = texts;
  return tokens.suggest !== undefined && formLink(answer.otherTimeAsk, tokens.suggest, decision.suggest);
}

/** One time: both buttons under it. Several: a button under each, and one decline. */
function choices(seen: LinkView, proposal: Proposal, reader: Reader): Html {
  const { decision } = reader.texts;
  const note = wrote(decision.wrote(reader.other), proposal.note);
  if (proposal.options.length === 1)
    return html`<p>${decision.body}</p>
${bothTimes(seen, proposal, reader)}
${note}
<div class="actions two">${buttons(seen, reader)}</div>`;
  return html`<p>${decision.bodySeveral}</p>
${note}
${proposal.options.map((option, order) => choice(seen, option, order, reader))}
${currentTime(seen.room, reader)}
<div class="actions">${declineButton(seen, decision.declineAll)}</div>`;
}

/** A time with its button. The time of the link has the primary button; a time that is over has none. */
function choice({ link, tokens, now }: LinkView, option: ProposalOption, order: number, reader: Reader): Html {
  const { decision } = reader.texts;
  const own = link.optionId === option.optionId;
  const token = own && link.purpose === 'approve' ? link.token : tokens.options?.[option.optionId];
  const over = option.startUtc <= now;
  return html`${timeBlock(decision.option(order + 1), option, reader, over ? 'past' : own ? 'main' : 'plain')}
${!over && token !== undefined && html`<div class="actions">${postButton('/approve', 't', token, decision.approveOption, !own)}</div>`}`;
}

function declineButton({ link, tokens }: LinkView, label: string): Html | false {
  const token = link.purpose === 'decline' ? link.token : tokens.decline;
  return token !== undefined && postButton('/decline', 't', token, label, link.purpose !== 'decline');
}

/** The decision of the link as the primary button, and the other one. */
function buttons({ link, tokens }: LinkView, { texts }: Reader): Html[] {
  const own = link.purpose === 'decline' ? 'decline' : 'approve';
  return (['approve', 'decline'] as const).flatMap((decision: Decision) => {
    const token = decision === own ? link.token : tokens[decision];
    return token === undefined
      ? []
      : [postButton(`/${decision}`, 't', token, texts.decision[decision], decision !== own)];
  });
}

function pendingDecision(
  state: Extract<DecisionState, { kind: 'held' }>,
  seen: LinkView,
  proposal: Proposal,
  reader: Reader,
): Body {
  const { texts, other } = reader;
  const words = texts.decision.held[state.decision](other);
  const content = html`<p>${words.body}</p>
${statusMessage(texts.decision.effective(secondsUntil(state.effectiveAt, seen.now)), 'wait')}
<div class="actions">${postButton('/undo', 't', seen.link.token, texts.decision.undo, true)}</div>
${bothTimes(seen, proposal, reader, state)}
${ownOpen(seen.room, reader)}
${state.decision === 'decline' && suggest(seen, reader)}`;
  return { heading: words.heading, mark: 'wait', content };
}

/**
 * The decision, and beside it the current time: another move or a cancellation may have followed.
 */
function decided(decision: Decision, seen: LinkView, proposal: Proposal, reader: Reader): Body {
  const { texts, other } = reader;
  const instead = seen.room.proposals.some((each) => each.insteadOf === proposal.proposalId);
  const declined = instead ? texts.decision.suggested(other) : texts.decision.declined(other);
  const words = decision === 'approve' ? texts.decision.approved : declined;
  if (seen.room.status === 'cancelled') {
    const content = html`${statusMessage(texts.notices.cancelledSince, 'bad')}${currentTime(seen.room, reader)}`;
    // An approval of what does not take place is no agreement any more.
    const heading = decision === 'approve' ? texts.notices.cancelled.heading : words.heading;
    return { heading, mark: 'declined', content };
  }
  const content = html`<p>${words.body}</p>
${pendingLines(seen.room, reader, proposal)}
${decision === 'approve' ? agreedTime(seen, proposal, reader) : declinedTime(seen, proposal, reader)}`;
  return { heading: words.heading, mark: decision === 'approve' ? 'done' : 'declined', content };
}

function agreedTime({ room, tokens }: LinkView, proposal: Proposal, reader: Reader): Html {
  const { newTime } = reader.texts.labels;
  if (!sameTime(room, proposal))
    return html`${timeBlock(newTime, proposal, reader, 'past')}${currentTime(room, reader)}`;
  return html`${timeBlock(newTime, proposal, reader, 'main')}${elsewhere(proposal, reader)}
${tokens.answer !== undefined && addToCalendar(tokens.answer, reader)}`;
}

const notAgreed = ({ options }: Proposal, reader: Reader): Html[] =>
  options.map((each) => timeBlock(reader.texts.labels.notAgreed, each, reader, 'past'));

const declinedTime = (seen: LinkView, proposal: Proposal, reader: Reader): Html =>
  html`${notAgreed(proposal, reader)}
${currentTime(seen.room, reader)}
${mayPropose(seen) && otherTime(seen, reader)}`;

type ClosedState = Extract<DecisionState, { kind: 'closed' }>;

function closed(state: ClosedState, seen: LinkView, proposal: Proposal, reader: Reader): Body {
  const { heading, body } = closedWords(state, reader);
  const { texts } = reader;
  const mark = markOf(state.refusal);
  if (state.refusal.code === 'option-passed')
    return { heading, mark, content: html`<p>${body}</p>${open(seen, proposal, reader)}` };
  const why = state.lapsedWhy;
  const stands = seen.room.status === 'scheduled';
  const content = html`<p>${body}</p>
${!stands && why !== null && why !== 'room-cancelled' && statusMessage(texts.notices.cancelledSince, 'bad')}
${pendingLines(seen.room, reader, proposal)}
${stands && notAgreed(proposal, reader)}
${currentTime(seen.room, reader)}
${mayAskAgain(state.refusal) && mayPropose(seen) && freshLink(seen.link.token, reader)}`;
  return { heading, mark, content };
}

function closedWords({ lapsedWhy: why, refusal, replaced }: ClosedState, { texts, other }: Reader): Words {
  const { lapsed, lapsedHeading } = texts.decision;
  if (why !== null && refusal.code !== 'option-passed')
    return { heading: lapsedHeading, body: isLapse(why, lapsed) ? lapsed[why] : lapsed['proposal-expired'] };
  return replaced ? texts.notices.replaced(other) : noticeFor(refusal.code, texts, other);
}

const isLapse = (why: string, known: Record<LapseWhy, string>): why is LapseWhy => Object.hasOwn(known, why);

/** The current time and the proposed ones; after a decline the current time is the main one. */
function bothTimes({ room }: LinkView, proposal: Proposal, reader: Reader, held: Choice | null = null): Html {
  const keeps = held?.decision === 'decline';
  const chosen = proposal.options.filter((each) => held === null || keeps || each.optionId === held.optionId);
  return html`${timeBlock(reader.texts.labels.now, room, reader, keeps ? 'main' : 'plain')}
${chosen.map((each) => timeBlock(reader.texts.labels.proposed, each, reader, keeps ? 'plain' : 'main'))}
${chosen.length === 1 && chosen.map((each) => elsewhere(each, reader))}`;
}

type Choice = Pick<Extract<DecisionState, { kind: 'held' }>, 'decision' | 'optionId'>;

/** Whether the reader could get a fresh link; otherwise none is offered. */
const mayPropose = ({ room, link, now }: LinkView): boolean => whyNotPropose(room, link.role, now) === null;
