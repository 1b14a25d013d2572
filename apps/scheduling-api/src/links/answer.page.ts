// The page behind the answer link: accept, maybe, decline, another time. Also the page after the answer, and of a closed link.
// Called by answer.controller.ts; opening the page decides nothing.
import { allowsProposals, type Partstat } from '#contracts';
import { mayWriteNote } from '../rooms/decide-answer-link';
import type { Refusal } from '../rooms/refusal';
import { longestAnswerNote } from './answer-request';
import { partstatOf } from './answer.service';
import { type Html, html } from './html';
import { type Mark, page } from './layout';
import type { LinkView } from './link-use';
import { currentTime, markOf, wordsFor } from './notice.page';
import { addToCalendar, otherTime, type Reader, readerOf, statusMessage } from './parts';

export type GivenPartstat = Exclude<Partstat, 'needs-action'>;

/** The question; `fault` names the wrong field of the form that was sent. */
export function answerPage(seen: LinkView, fault: 'choose' | 'note' | null = null): string {
  const { room } = seen;
  const reader = readerOf(room, seen.link.role);
  const { answer } = reader.texts;
  const given = partstatOf(seen);
  const content = html`
${fault !== null && statusMessage(answer.faults[fault], 'bad')}
<p>${given === 'needs-action' ? answer.body : answer.soFar[given]}</p>
${currentTime(room, reader, 'main')}
${(given === 'accepted' || given === 'tentative') && addToCalendar(seen.link.token, reader)}
<div class="actions two">${choices(seen, reader, given)}</div>
${mayWriteNote(room) ? declineWithNote(seen, reader, given) : html`<p class="hint">${answer.strict(reader.other)}</p>`}
${allowsProposals(room.policy, seen.link.role) && otherTime(seen, reader)}`;
  return page({ ...reader, heading: answer.heading, title: room.title, mark: 'calendar', content });
}

/** The page after the answer: the current state, and a link to change the answer. */
export function answeredPage(seen: LinkView): string {
  const { room, link } = seen;
  const reader = readerOf(room, link.role);
  const { answer, notices } = reader.texts;
  const given = partstatOf(seen);
  const words = given === 'needs-action' ? { heading: answer.heading, body: answer.body } : answer.done[given];
  const over = room.status === 'cancelled';
  const content = html`<p>${over ? answer.cancelled(reader.other) : words.body}</p>
${currentTime(room, reader, 'main')}
${!over && given !== 'declined' && addToCalendar(link.token, reader)}
${
  !over &&
  html`<div class="away"><p>${answer.mayChange}</p>
<a class="button quiet" href="/answer?a=${link.token}">${answer.change}</a></div>`
}`;
  return page({
    ...reader,
    heading: over ? notices.cancelled.heading : words.heading,
    title: room.title,
    mark: doneMark[given],
    content,
  });
}

/** Says why the link is closed. */
export function answerClosedPage(seen: LinkView, refusal: Refusal): string {
  const reader = readerOf(seen.room, seen.link.role);
  const { heading, body } = wordsFor(refusal, reader);
  const content = html`<p>${body}</p>${currentTime(seen.room, reader)}`;
  return page({ ...reader, heading, title: seen.room.title, mark: markOf(refusal), content });
}

const doneMark: Record<Partstat, Mark> = {
  accepted: 'done',
  tentative: 'done',
  declined: 'declined',
  'needs-action': 'calendar',
};

/** The choices without the current answer. */
function choices({ room, link }: LinkView, { texts }: Reader, given: Partstat): Html[] {
  const all: GivenPartstat[] = mayWriteNote(room) ? ['accepted', 'tentative'] : ['accepted', 'tentative', 'declined'];
  return all
    .filter((each) => each !== given)
    .map((each) => answerForm(link.token, each, texts.answer.buttons[each], each !== 'accepted', null));
}

function declineWithNote({ link }: LinkView, { texts }: Reader, given: Partstat): Html | false {
  const note = html`<div class="field"><label for="note">${texts.answer.note}</label>
<textarea name="note" dir="auto" id="note" rows="2" maxlength="${longestAnswerNote}" aria-describedby="note-hint"></textarea>
<p class="hint" id="note-hint">${texts.answer.noteHint}</p></div>`;
  return (
    given !== 'declined' &&
    html`<div class="away">${answerForm(link.token, 'declined', texts.answer.buttons.declined, true, note)}</div>`
  );
}

function answerForm(token: string, partstat: GivenPartstat, label: string, quiet: boolean, before: Html | null): Html {
  return html`<form method="post" action="/answer"><input type="hidden" name="a" value="${token}">
<input type="hidden" name="partstat" value="${partstat}">${before}
${before === null ? button(label, quiet) : html`<div class="actions">${button(label, quiet)}</div>`}</form>`;
}

const button = (label: string, quiet: boolean): Html => html`<button${quiet && html` class="quiet"`}>${label}</button>`;
