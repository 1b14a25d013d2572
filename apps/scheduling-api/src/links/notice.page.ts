// The pages without a choice: why a link does nothing, the current time, and what the reader can do.
// Called by links.controller.ts and by the other pages.
import type { UnknownPage } from '#service';
import type { Refusal } from '../rooms/refusal';
import { pendingProposals, type Proposal, type Room } from '../rooms/room';
import { html } from './html';
import { type Mark, page, pageHeaders } from './layout';
import { elsewhere, freshLink, type Reader, readerOf, statusMessage, timeBlock } from './parts';
import type { LinkView } from './link-use';
import { noticeFor, textsFor } from './languages';
import type { Texts, Words } from './texts';
import { writeLine, writeMoment } from './times';
import { browserLanguage } from './visit';

/** A page for an unknown reader, in the language of the browser. */
export function strangerPage(choose: (texts: Texts) => Words, language: string): string {
  const known = textsFor(language);
  const { heading, body } = choose(known.texts);
  return page({ ...known, heading, title: null, mark: 'no', other: null, content: html`<p>${body}</p>` });
}

/**
 * The page for an unknown path, in the language of the browser: most readers get here by a broken link.
 */
export const unknownPage: UnknownPage = (acceptLanguage) => ({
  page: strangerPage(({ notices }) => notices.nowhere, browserLanguage(acceptLanguage)),
  headers: pageHeaders,
});

/** Why a reschedule link does not open the form. */
export function refusedLinkPage(seen: LinkView, refusal: Refusal): string {
  const reader = readerOf(seen.room, seen.link.role);
  const pending = ownPending(seen.room, reader);
  const words = wordsFor(refusal, reader, pending !== null);
  const content = html`<p>${words.body}</p>
${pending !== null && pending.options.map((each) => timeBlock(reader.texts.labels.asked, each, reader, 'main'))}
${pendingLines(seen.room, reader, pending)}
${currentTime(seen.room, reader)}
${mayAskAgain(refusal) && freshLink(seen.link.token, reader)}`;
  return page({
    ...reader,
    heading: words.heading,
    title: seen.room.title,
    mark: refusal.code === 'link-used' ? 'mail' : markOf(refusal),
    content,
  });
}

/** The text for a refusal of the whole link; `waiting`: the request that it sent is still open. */
export function wordsFor({ code, retry }: Refusal, { texts, other, clock }: Reader, waiting = false): Words {
  const until = retry === undefined ? '' : writeMoment(retry.at, clock);
  if (code === 'too-many-proposals') return texts.notices.tooManyProposals(until);
  if (code === 'mail-limit') return texts.notices.mailLimit(other, until);
  return noticeFor(code, texts, other, waiting);
}

/** The page after a request for a fresh link; the same whether or not the limit allowed a mail. */
export function freshSentPage({ room, link }: LinkView): string {
  const reader = readerOf(room, link.role);
  const { heading, body } = reader.texts.fresh.done;
  return page({
    ...reader,
    heading,
    title: room.title,
    mark: 'mail',
    content: html`<p>${body}</p>${currentTime(room, reader)}`,
  });
}

/** The current time, or the former time of a cancelled session. */
export function currentTime(room: Room, reader: Reader, look: 'main' | 'plain' = 'plain'): ReturnType<typeof html> {
  const { labels } = reader.texts;
  if (room.status === 'cancelled') return timeBlock(labels.wasPlanned, room, reader, 'past');
  return html`${timeBlock(labels.now, room, reader, look)}${elsewhere(room, reader)}`;
}

/** What this page's reader has asked for and waits for. */
const ownPending = (room: Room, { role }: Reader): Proposal | null =>
  pendingProposals(room).find((each) => each.proposedBy === role) ?? null;

/**
 * Lines about the proposals that are open, but for the one that the page is about: with them both parties' pages show
 * the same proposals.
 */
export function pendingLines(room: Room, reader: Reader, shown: Proposal | null): ReturnType<typeof html>[] {
  const { texts, role, other } = reader;
  return pendingProposals(room)
    .filter((each) => each.proposalId !== shown?.proposalId)
    .map((each) => {
      const times = timesIn(each, reader);
      return statusMessage(
        each.proposedBy === role ? texts.form.ownPending(times) : texts.form.otherPending(other, times),
      );
    });
}

/** A proposal's times in one sentence. */
export const timesIn = ({ options }: Proposal, { texts, clock }: Reader): string =>
  texts.or(options.map((each) => writeLine(each, clock)));

/** Whether a fresh link could help: not for a cancelled or started meeting, nor where the policy forbids proposals. */
export const mayAskAgain = ({ code }: Refusal): boolean =>
  ['link-used', 'link-expired', 'proposal-expired', 'older-sequence'].includes(code);

export const markOf = ({ code }: Refusal): Mark => (code === 'room-cancelled' ? 'no' : 'wait');
