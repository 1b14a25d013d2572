// One letter or one mail: its data, its rendered HTML, its text and its source.
// Called by messages.controller.ts. Its HTML stands in a frame of its own and never in this page.
import type { ImipMessage, Letter } from '#persistence';
import { type Html, html, type Part } from '../links/html';
import type { ShownView } from './frame';
import { badge, facts, type Look, moment, statusMessage } from './parts';
import type { ReadableMessage } from './readable-message';
import type { MailOutcome } from './stored-messages';

/** For a mail's own HTML: no script, nothing loaded, no link and no form; its styles are its own. */
export const framePolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const letterLooks: Record<string, Look> = { sent: 'good', failed: 'bad', blocked: 'bad', superseded: 'plain' };

export const letterBadge = ({ state, delivery }: Pick<Letter, 'state' | 'delivery'>): Html =>
  html`${badge(state, letterLooks[state] ?? 'wait')}${
    delivery !== null && html` ${badge(delivery, delivery === 'delivered' ? 'good' : 'bad')}`
  }`;

export function letterPage(letter: Letter, message: ReadableMessage | null): ShownView {
  const { role, kind, method, sequence, roomId } = letter;
  const rows: [string, Part][] = [
    ['State', letterBadge(letter)],
    ['To', html`${letter.attendeeEmail} (${role})`],
    ['Letter', `${kind}, ${method}, sequence ${sequence}`],
    ['Written', moment(letter.createdAt)],
    ['Due', letter.sentAt === null ? moment(letter.dueAt) : null],
    ['Sent', letter.sentAt && moment(letter.sentAt)],
    ['Attempts', letter.attempts],
    ['Reply of the relay', letter.response ?? letter.lastError],
    ['Message-ID', letter.messageId],
    ['Room', html`<a href="/console/rooms/${roomId}">${roomId}</a>`],
    ['Act', letter.state === 'failed' ? html`<a href="/console/letters/${letter.id}/replay">Send again</a>` : null],
  ];
  return {
    title: `Letter to the ${role}`,
    section: '/console/rooms',
    audit: { verdict: 'letter-viewed', roomId },
    content: messageContent(rows, `/console/letters/${letter.id}/html`, message, unwritten(letter)),
  };
}

const unwritten = ({ claimedAt }: Letter): string =>
  claimedAt === null
    ? 'Its bytes do not exist yet: they are made when it is sent for the first time.'
    : 'Its bytes cannot be made any more.';

export function mailPage(mail: ImipMessage, outcomes: MailOutcome[], message: ReadableMessage | null): ShownView {
  const { roomId, verdict, state, why, kind, method, partstat } = mail;
  const what = [kind, method, partstat].filter((each) => each !== null);
  const rows: [string, Part][] = [
    ['Outcome', mailOutcome(mail, outcomes)],
    ['Read by the ingestor', outcomes.length === 0 ? null : html`${verdict ?? state} ${why}`],
    ['Read as', what.length === 0 ? null : what.join(', ')],
    ['Received', html`${moment(mail.receivedAt)} by ${mail.wayIn}`],
    ['Envelope', html`from ${mail.envelopeFrom ?? 'unknown'} to ${mail.envelopeTo ?? 'unknown'}`],
    ['Authentication', mail.authentication],
    ['Size', `${mail.sizeBytes} bytes`],
    ['Message-ID', mail.messageId],
    ['Room', roomId && html`<a href="/console/rooms/${roomId}">${roomId}</a>`],
    ['Act', hadNoEffect(mail) ? html`<a href="/console/mail/${mail.id}/replay">Read again</a>` : null],
  ];
  const gone = 'Its bytes are no longer stored, or were sealed with a secret that is no longer configured.';
  return {
    title: 'Mail that came in',
    audit: { verdict: 'mail-viewed', ...(roomId === null ? {} : { roomId }) },
    content: messageContent(rows, `/console/mail/${mail.id}/html`, message, gone),
  };
}

/** Only such a mail can be read again. */
const hadNoEffect = ({ state, verdict }: ImipMessage): boolean =>
  state === 'quarantined' || (state === 'read' && (verdict === 'ignored' || verdict === 'held'));

const outcomeLooks: Record<string, Look> = { applied: 'good', ignored: 'wait', quarantined: 'bad' };

/** The outcome of a mail in its room, or the verdict of the ingestor where it did not reach the room. */
export function mailOutcome({ verdict, state, why }: ImipMessage, outcomes: readonly MailOutcome[]): Html[] {
  const lines = outcomes.length > 0 ? outcomes : [{ verdict: verdict ?? state, why }];
  return lines.map(
    (each) => html`<div>${badge(each.verdict ?? '', outcomeLooks[each.verdict ?? ''])} ${each.why}</div>`,
  );
}

function messageContent(rows: [string, Part][], frame: string, message: ReadableMessage | null, missing: string): Html {
  const known = html`<div class="card">${facts(rows)}</div>`;
  if (message === null) return html`${known}${statusMessage(missing, 'wait')}`;
  const { subject, from, to, text, hasHtml, source } = message;
  return html`${known}
<div class="card">${facts([
    ['Subject', html`<bdi dir="auto">${subject}</bdi>`],
    ['From', from],
    ['To', to],
  ])}
<p class="faint small-text">Magic links are removed. Nothing here can be clicked, and no image is loaded.</p></div>
${
  hasHtml &&
  html`<section class="card" aria-labelledby="rendered"><h2 id="rendered">As it looks</h2>
<iframe title="The mail as it looks" src="${frame}" sandbox="" referrerpolicy="no-referrer" tabindex="0"></iframe></section>`
}
${text !== null && html`<section class="card" aria-labelledby="words"><h2 id="words">Its words</h2><pre dir="auto">${text}</pre></section>`}
<section class="card" aria-labelledby="source"><h2 id="source">Source</h2>
<details><summary>Headers and parts, encodings undone</summary><pre>${source}</pre></details></section>`;
}
