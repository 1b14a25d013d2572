// The building blocks of the pages: the reader, a time with its calendar leaf, other zones, a note, buttons that post a
// token.
// Called by the page files.
import { counterpartyOf, type Role } from '#contracts';
import { isZone, knownZone } from '#words';
import type { Span } from '../rooms/decide-options';
import { invitationOf, type Room } from '../rooms/room';
import { type Html, html, postButton } from './html';
import { textsFor } from './languages';
import type { Texts } from './texts';
import { type Clock, writeElsewhere, writeSpan } from './times';

/** The reader of a page: texts, time zone, role, and the role of the other party. */
export interface Reader {
  texts: Texts;
  language: string;
  clock: Clock;
  role: Role;
  other: Role;
}

/** The reader for a role of the room; `zone` is the one that was chosen on the page, if any. */
export function readerOf(room: Room, role: Role, zone?: string): Reader {
  const invited = invitationOf(room, role);
  const { texts, language, dates } = textsFor(invited?.locale ?? 'en');
  const chosen = zone !== undefined && isZone(zone) ? zone : knownZone(invited?.timeZone ?? 'UTC');
  return { texts, language, clock: { dates, zone: chosen, until: texts.until }, role, other: counterpartyOf(role) };
}

/** `main`: the one that matters on this page; `past`: no longer so. */
export function timeBlock(
  label: string,
  span: Span,
  { clock }: Reader,
  look: 'main' | 'past' | 'plain' = 'plain',
): Html {
  const { dayPieces, hours, zone, leaf } = writeSpan(span, clock);
  return html`<div class="time ${look}">
<div class="leaf" aria-hidden="true"><span>${leaf.month}</span><b>${leaf.day}</b><span>${leaf.weekday}</span></div>
<div><p class="label">${label}</p>
<p class="day"><time datetime="${span.startUtc.toISOString()}">${inPieces(dayPieces)}</time></p>
<p class="hours">${hours}</p>
<p class="zone">${zone}</p></div>
</div>`;
}

/** A line that ends only between its pieces; not by no-break spaces, since a piece wider than its place must wrap. */
const inPieces = (pieces: readonly string[]): Html =>
  html`${pieces.map((piece, order) => html`${order > 0 && ' '}<span class="piece">${piece}</span>`)}`;

export function elsewhere(span: Span, { texts, clock }: Reader): Html {
  const lines = writeElsewhere(span, clock).map(
    ({ zone, pieces }) => html`<li><b>${inPieces(pieces)}</b> <span class="zone">${zone}</span></li>`,
  );
  return html`<details><summary>${texts.elsewhere}</summary>
<ul class="zones">${lines}</ul></details>`;
}

/** A line about what the reader has just done, or a warning. */
export const statusMessage = (text: string, look: 'plain' | 'wait' | 'bad' = 'plain'): Html =>
  html`<p class="says ${look}" role="status">${text}</p>`;

export const wrote = (label: string, note: string | null): Html | null =>
  note === null
    ? null
    : html`<div class="wrote"><p class="label">${label}</p><blockquote dir="auto">${note}</blockquote></div>`;

/** `token`: of the reader's answer link. */
export const addToCalendar = (token: string, { texts }: Reader): Html =>
  html`<div class="actions"><a class="button quiet" href="/calendar?a=${token}">${texts.addToCalendar}</a></div>`;

/**
 * The button for a fresh link (PRD 13). It is mailed to the address of the party, which the page never shows.
 */
export const freshLink = (token: string, { texts }: Reader): Html =>
  html`<div class="away"><p>${texts.fresh.ask}</p>${postButton('/reschedule/fresh', 'r', token, texts.fresh.button, true)}</div>`;

/** The form of the attendee's own reschedule link, or a fresh link by mail where that is used up. */
export function otherTime(
  { link, tokens }: { link: { token: string }; tokens: { propose?: string; suggest?: string } },
  reader: Reader,
): Html {
  const token = tokens.propose ?? tokens.suggest;
  if (token === undefined) return freshLink(link.token, reader);
  const { answer } = reader.texts;
  return formLink(answer.otherTimeAsk, token, answer.otherTime);
}

/** `token`: of the reader's reschedule link. */
export const formLink = (ask: string, token: string, label: string): Html =>
  html`<div class="away"><p>${ask}</p>
<a class="button quiet" href="/reschedule?r=${token}">${label}</a></div>`;
