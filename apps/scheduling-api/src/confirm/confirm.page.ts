// The pages about an unconfirmed answer: the question with two buttons, and the result.
// Called by confirm.controller.ts; the layout and the blocks are those of the other pages.
import type { Claim } from '#contracts';
import { type Html, html } from '../links/html';
import { type Mark, page } from '../links/layout';
import { currentTime, markOf, mayAskAgain, strangerPage, wordsFor } from '../links/notice.page';
import { addToCalendar, elsewhere, freshLink, type Reader, readerOf, timeBlock, wrote } from '../links/parts';
import { mayWriteNote } from '../rooms/decide-answer-link';
import { endAsLong } from '../rooms/decide-options';
import type { Room } from '../rooms/room';
import type { ConfirmOutcome } from './confirm.service';
import type { ClaimKind } from './confirm-texts';
import { confirmTexts } from './texts';

type OutcomeOfLink = Exclude<ConfirmOutcome, { kind: 'unknown' }>;

export const kindOf = ({ partstat }: Claim): ClaimKind =>
  partstat === null || partstat === 'needs-action' ? 'new-time' : partstat;

/** Status and page; `language` is for a reader of whom nothing else is known. */
export function confirmPage(outcome: ConfirmOutcome, language: string): { status: number; page: string } {
  if (outcome.kind === 'unknown')
    return { status: 404, page: strangerPage(({ notices }) => notices.unknown, language) };
  const reader = readerOf(outcome.room, outcome.link.role);
  const { status, heading, mark, content } = body(outcome, reader);
  return { status, page: page({ ...reader, heading, mark, title: outcome.room.title, content }) };
}

function body(outcome: OutcomeOfLink, reader: Reader): { status: number; heading: string; mark: Mark; content: Html } {
  const texts = confirmTexts(reader.language);
  const { room, link } = outcome;
  switch (outcome.kind) {
    case 'asks':
      return { status: 200, heading: texts.heading, mark: 'wait', content: question(outcome, reader) };
    case 'dropped':
      return {
        status: 200,
        heading: texts.dropped.heading,
        mark: 'done',
        ...message(texts.dropped.body, room, reader),
      };
    case 'overtaken':
      return {
        status: 409,
        heading: texts.overtaken.heading,
        mark: 'wait',
        ...message(texts.overtaken.body, room, reader),
      };
    case 'done':
      return { status: 200, ...done(outcome, reader) };
    case 'closed': {
      const { refusal } = outcome;
      const words = refusal.code === 'link-used' ? texts.used : wordsFor(refusal, reader);
      const again = refusal.code !== 'link-used' && mayAskAgain(refusal) && freshLink(link.token, reader);
      return {
        status: refusal.status,
        heading: words.heading,
        mark: markOf(refusal),
        content: html`<p>${words.body}</p>${currentTime(room, reader)}${again}`,
      };
    }
  }
}

/** What the confirmed answer has done; an agreed time can be had for the calendar. */
function done(
  { room, claim, tokens }: Extract<OutcomeOfLink, { kind: 'done' }>,
  reader: Reader,
): { heading: string; mark: Mark; content: Html } {
  const kind = kindOf(claim);
  const { heading, body: words } = confirmTexts(reader.language).done[kind];
  if (room.status === 'cancelled') {
    const { answer, notices } = reader.texts;
    const why = kind === 'declined' ? answer.cancelled(reader.other) : notices.cancelledSince;
    return { heading, mark: 'declined', ...message(why, room, reader) };
  }
  const { content } = message(words(reader.other), room, reader);
  const agreed = kind === 'accepted' || kind === 'tentative';
  return {
    heading,
    mark: kind === 'declined' ? 'declined' : kind === 'new-time' ? 'mail' : 'done',
    content: html`${content}${agreed && tokens.answer !== undefined && addToCalendar(tokens.answer, reader)}`,
  };
}

const message = (words: string, room: Room, reader: Reader): { content: Html } => ({
  content: html`<p>${words}</p>${currentTime(room, reader, 'main')}`,
});

function question({ room, claim, link }: OutcomeOfLink, reader: Reader): Html {
  const texts = confirmTexts(reader.language);
  const kind = kindOf(claim);
  const proposed = kind === 'new-time' ? proposedTime(room, claim) : null;
  // Who wrote it themselves is offered what they asked for; where a mail was not believed, nothing is.
  const own = claim.own === true;
  const yes = button(link.token, 'yes', texts.yes[kind], !own);
  const no = button(link.token, 'no', texts.no, own);
  return html`<p><b>${texts.claims[kind](reader.other)}</b></p>
<p>${texts.body}</p>
${kind === 'declined' && !mayWriteNote(room) && html`<p>${reader.texts.answer.strict(reader.other)}</p>`}
${proposed !== null && html`${timeBlock(reader.texts.labels.proposed, proposed, reader, 'main')}${elsewhere(proposed, reader)}`}
${currentTime(room, reader, proposed === null ? 'main' : 'plain')}
${wrote(reader.texts.form.note(reader.other), claim.note)}
<div class="actions two">${yes}${no}</div>`;
}

const button = (token: string, answer: 'yes' | 'no', label: string, quiet: boolean): Html => {
  const fields = html`<input type="hidden" name="t" value="${token}"><input type="hidden" name="answer" value="${answer}">`;
  const pressed = html`<button${quiet && html` class="quiet"`}>${label}</button>`;
  return html`<form method="post" action="/confirm">${fields}${pressed}</form>`;
};

/** A COUNTER without an end keeps the meeting's length. */
function proposedTime(room: Room, { startUtc, endUtc }: Claim): { startUtc: Date; endUtc: Date } | null {
  if (startUtc === null) return null;
  const start = new Date(startUtc);
  return { startUtc: start, endUtc: endUtc === null ? endAsLong(room, start) : new Date(endUtc) };
}
