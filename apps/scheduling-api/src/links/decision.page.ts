// The page behind an approve or decline link: the choice, what is held with its Undo, what was decided, or why it is
// over.
// Called by links.controller.ts with the outcome of the request.
import type { Decision, Proposal } from '../rooms/room';
import type { Refusal } from '../rooms/refusal';
import { decisionState, type DecisionState } from './decision-state';
import { type Html, html } from './html';
import { type Mark, page } from './layout';
import { currentTime, markOf, mayAskAgain } from './notice.page';
import {
  addToCalendar,
  elsewhere,
  freshLink,
  postButton,
  type Reader,
  readerOf,
  says,
  timeBlock,
  wrote,
} from './parts';
import type { LinkOutcome, Seen } from './link-use';
import { noticeFor } from './languages';
import type { LapseWhy } from './texts';
import { writeMoment, writeSeconds } from './times';

interface Body {
  heading: string;
  mark?: Mark;
  content: Html;
}

/**
 * Status and page for a decision link; `refusal` of a button stands above what holds. Contract, section 4: 200 for a
 * live or decided proposal.
 */
export function decisionPage(
  seen: Seen,
  proposal: Proposal,
  outcome: LinkOutcome,
): { status: number; page: string; refusal: Refusal | null } {
  const reader = readerOf(seen.room, seen.link.role);
  const state = decisionState(seen.room, proposal, seen.link.role, seen.now, outcome.events);
  const { heading, mark, content } = body(state, seen, proposal, reader);
  const refused =
    outcome.refusal === null || state.kind === 'closed' ? null : refusedLine(outcome.refusal.code, reader);
  const refusal = outcome.refusal ?? (state.kind === 'closed' ? state.refusal : null);
  const whole = page({
    ...reader,
    heading,
    ...(mark && { mark }),
    title: seen.room.title,
    content: html`${refused}${content}`,
  });
  return { status: refusal?.status ?? 200, page: whole, refusal };
}

function refusedLine(code: string, { texts }: Reader): Html {
  return says(code === 'nothing-held' ? texts.decision.nothingHeld : texts.decision.decidedBefore, 'wait');
}

function body(state: DecisionState, seen: Seen, proposal: Proposal, reader: Reader): Body {
  switch (state.kind) {
    case 'choose':
      return choose(state.hint, seen, proposal, reader);
    case 'held':
      return held(state, seen, proposal, reader);
    case 'decided':
      return decided(state.decision, seen, proposal, reader);
    case 'closed':
      return closed(state, seen, proposal, reader);
  }
}

function choose(
  hint: 'undone' | 'contested' | 'buttonsOnly' | null,
  seen: Seen,
  proposal: Proposal,
  reader: Reader,
): Body {
  const { texts, clock } = reader;
  const content = html`
${hint !== null && says(texts.decision[hint], hint === 'undone' ? 'plain' : 'wait')}
<p>${texts.decision.body}</p>
${bothTimes(seen, proposal, reader)}
${wrote(texts.decision.wrote(reader.other), proposal.note)}
<div class="actions two">${buttons(seen, reader)}</div>
<p class="hint">${texts.decision.until(writeMoment(proposal.expiresAt, clock))}</p>`;
  return { heading: texts.decision.heading(reader.other), mark: 'calendar', content };
}

/** The link's own decision first in weight, the other one beside it. */
function buttons({ link, tokens }: Seen, { texts }: Reader): Html[] {
  const own = link.purpose === 'decline' ? 'decline' : 'approve';
  return (['approve', 'decline'] as const).flatMap((decision: Decision) => {
    const token = decision === own ? link.token : tokens[decision];
    return token === undefined
      ? []
      : [postButton(`/${decision}`, 't', token, texts.decision[decision], decision !== own)];
  });
}

function held(state: Extract<DecisionState, { kind: 'held' }>, seen: Seen, proposal: Proposal, reader: Reader): Body {
  const { texts, clock, other } = reader;
  const words = texts.decision.held[state.decision](other);
  const content = html`<p>${words.body}</p>
${says(texts.decision.effective(writeSeconds(state.effectiveAt, clock)), 'wait')}
<div class="actions">${postButton('/undo', 't', seen.link.token, texts.decision.undo, true)}</div>
${bothTimes(seen, proposal, reader, state.decision === 'decline')}`;
  return { heading: words.heading, mark: 'wait', content };
}

/**
 * What was decided stays to be seen, and beside it what holds now: another move or a cancellation may have followed.
 */
function decided(decision: Decision, seen: Seen, proposal: Proposal, reader: Reader): Body {
  const { texts, other } = reader;
  const words = decision === 'approve' ? texts.decision.approved : texts.decision.declined(other);
  if (seen.room.status === 'cancelled') {
    const content = html`${says(texts.notices.cancelledSince, 'bad')}${currentTime(seen.room, reader)}`;
    return { heading: words.heading, mark: 'declined', content };
  }
  const content = html`<p>${words.body}</p>
${decision === 'approve' ? agreedTime(seen, proposal, reader) : declinedTime(seen, proposal, reader)}`;
  return { heading: words.heading, mark: decision === 'approve' ? 'done' : 'declined', content };
}

function agreedTime({ room, tokens }: Seen, proposal: Proposal, reader: Reader): Html {
  const { newTime } = reader.texts.labels;
  if (!sameTime(room, proposal))
    return html`${timeBlock(newTime, proposal, reader, 'past')}${currentTime(room, reader)}`;
  return html`${timeBlock(newTime, proposal, reader, 'main')}${elsewhere(proposal, reader)}
${tokens.answer !== undefined && addToCalendar(tokens.answer, reader)}`;
}

const declinedTime = (seen: Seen, proposal: Proposal, reader: Reader): Html =>
  html`${timeBlock(reader.texts.labels.notAgreed, proposal, reader, 'past')}
${currentTime(seen.room, reader)}
${mayPropose(seen) && freshLink(seen.link.token, reader)}`;

function closed(
  state: Extract<DecisionState, { kind: 'closed' }>,
  seen: Seen,
  proposal: Proposal,
  reader: Reader,
): Body {
  const { texts, other } = reader;
  const { lapsed, lapsedHeading } = texts.decision;
  const why = state.lapsedWhy;
  const notice =
    why !== null
      ? { heading: lapsedHeading, body: isLapse(why, lapsed) ? lapsed[why] : lapsed['proposal-expired'] }
      : state.replaced
        ? texts.notices.replaced(other)
        : noticeFor(state.refusal.code, texts, other);
  const cancelledSince = seen.room.status === 'cancelled' && why !== null && why !== 'room-cancelled';
  const content = html`<p>${notice.body}</p>
${cancelledSince && says(texts.notices.cancelledSince, 'bad')}
${seen.room.status === 'scheduled' && timeBlock(texts.labels.notAgreed, proposal, reader, 'past')}
${currentTime(seen.room, reader)}
${mayAskAgain(state.refusal) && mayPropose(seen) && freshLink(seen.link.token, reader)}`;
  return { heading: notice.heading, mark: markOf(state.refusal), content };
}

const isLapse = (why: string, known: Record<LapseWhy, string>): why is LapseWhy => Object.hasOwn(known, why);

/** The time that holds and the one that is asked for; `keeps`: the reader stays with the first. */
const bothTimes = ({ room }: Seen, proposal: Proposal, reader: Reader, keeps = false): Html =>
  html`${timeBlock(reader.texts.labels.now, room, reader, keeps ? 'main' : 'plain')}
${timeBlock(reader.texts.labels.proposed, proposal, reader, keeps ? 'plain' : 'main')}
${elsewhere(proposal, reader)}`;

const sameTime = (a: { startUtc: Date; endUtc: Date }, b: { startUtc: Date; endUtc: Date }): boolean =>
  a.startUtc.getTime() === b.startUtc.getTime() && a.endUtc.getTime() === b.endUtc.getTime();

/** Where no fresh link could be had, none is offered. */
const mayPropose = ({ room, link, now }: Seen): boolean =>
  room.status === 'scheduled' &&
  room.startUtc > now &&
  (room.policy.proposals === 'both' || room.policy.proposals === link.role);
