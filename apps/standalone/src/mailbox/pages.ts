// The mailbox as a person sees it: the list of mails, and one mail with all its parts. Light and dark.
// Called by the mailbox controller; the mail's own HTML never enters these pages, it stands in a sandboxed frame.
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { ParsedMail } from 'mailparser';
import { plural } from '#service';
import type { CaughtMail } from './mail-store';
import { Html, html } from '../../../scheduling-api/src/links/html';
import { palette } from '../../../scheduling-api/src/links/style';

const style = `${palette}
* { box-sizing: border-box; }
body { margin: 0; color: var(--text); background: var(--page); overflow-wrap: anywhere;
  font: 0.9375rem/1.45 -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
.top { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; justify-content: space-between; align-items: center;
  padding: .8rem 1.25rem; background: var(--card); border-bottom: 1px solid var(--line); }
.top b { font-size: 1.05rem; } .top nav { display: flex; gap: 1rem; }
main { margin: 0 auto; padding: 1.25rem; max-width: 56rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
p { margin: 0 0 1rem; }
a { color: var(--link); }
.soft { color: var(--faint); font-size: .8438rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; margin: 0 0 1rem; overflow: hidden; }
.mail { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; padding: .55rem 1rem;
  border-top: 1px solid var(--line); position: relative; }
.mail:first-child { border-top: 0; }
.mail:hover { background: var(--tint); }
.mail > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mail a { text-decoration: none; } .mail > a { color: inherit; font-weight: 600; }
.mail > a::after { content: ''; position: absolute; inset: 0; }
.mail .room { position: relative; text-align: end; font-size: .8438rem; }
.find { display: flex; gap: .5rem; margin: 0 0 1rem; }
input, button { font: inherit; color: inherit; min-height: 2.4rem; border: 1px solid var(--field); border-radius: 8px;
  padding: .35rem .7rem; background: var(--card); }
input { flex: 1; min-width: 0; } button { font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.mail > a:focus-visible { outline: 0; } .mail:has(> a:focus-visible) { outline: 3px solid var(--accent);
  outline-offset: -3px; }
select { font: inherit; color: inherit; min-height: 2.4rem; padding: .35rem .6rem; border: 1px solid var(--field);
  border-radius: 8px; background: var(--card); }
.both { display: grid; grid-template-columns: 1fr 1fr; } .both iframe { resize: none; }
main:has(.both) { max-width: 84rem; }
.note { padding: .6rem 1rem; }
.pages { display: flex; gap: 1rem; }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .2rem 1rem; margin: 0; padding: 1rem; }
dt { color: var(--faint); } dd { margin: 0; }
summary { padding: .7rem 1rem; cursor: pointer; font-weight: 600; }
pre { margin: 0; padding: 0 1rem 1rem; font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; white-space: pre-wrap; }
iframe { display: block; width: 100%; height: 30rem; border: 0; border-top: 1px solid var(--line); background: #fff; resize: vertical; }
@media (max-width: 40rem) { .both { grid-template-columns: 1fr; } main { padding: .75rem; } .day { display: none; } }`;

/** Asks for this page again every three seconds and shows what came in; what is being typed stays. */
const script = `
setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('mails');
  const now = document.getElementById('mails');
  if (next && next.innerHTML !== now.innerHTML && !now.contains(document.activeElement)) now.replaceWith(next);
}, 3000);`;

/** Makes each frame as high as its letter. */
const fit = `
const grow = (frame) => {
  const high = frame.contentDocument?.documentElement?.offsetHeight ?? 0;
  if (high > 0) frame.style.height = high + 'px';
};
for (const frame of document.querySelectorAll('iframe.letter')) {
  frame.addEventListener('load', () => grow(frame));
  grow(frame);
}`;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Nothing but the pages' own style and script, and what this server answers. */
export const pagePolicy =
  `default-src 'none'; style-src 'sha256-${hashOf(style)}'; script-src 'sha256-${hashOf(script)}' ` +
  `'sha256-${hashOf(fit)}'; connect-src 'self'; ` +
  `frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/**
 * For a mail's own HTML: no script, nothing fetched, and its links leave the frame. Same origin only so that the demo
 * can ask how high it is.
 */
export const framePolicy =
  "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src " +
  "'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Without scripts the page loads itself again. */
const live = html`<script type="module">${new Html(script)}</script><noscript><meta http-equiv="refresh" content="5"></noscript>`;

export const fitFrames = html`<script type="module">${new Html(fit)}</script>`;

const mailsOnPage = 50;

export interface ListQuery {
  to: string | undefined;
  /** Words to find; empty for all. */
  q: string;
  /** From 1, the newest first. */
  page: number;
}

export function listPage(mails: CaughtMail[], { to, q, page: asked }: ListQuery): string {
  const last = Math.max(1, Math.ceil(mails.length / mailsOnPage));
  const shown = Math.min(Math.max(1, Math.trunc(asked)), last);
  const end = mails.length - (shown - 1) * mailsOnPage;
  const rows = mails.slice(Math.max(0, end - mailsOnPage), end).reverse();
  const address = (changes: { to?: string | undefined; page?: number }): string => {
    const { to: whose, page } = { to, page: 1, ...changes };
    const query = new URLSearchParams({
      ...(whose ? { to: whose } : {}),
      ...(q && { q }),
      ...(page > 1 && { page: `${page}` }),
    });
    return `/dev/mails${query.size === 0 ? '' : `?${query}`}`;
  };
  const whose = to === undefined ? html`` : html` to ${to} (<a href="${address({ to: undefined })}">to all</a>)`;
  const turn = (page: number, label: string): Html =>
    page < 1 || page > last ? html`` : html`<a href="${address({ page })}">${label}</a>`;
  const recipientField = to === undefined ? html`` : html`<input type="hidden" name="to" value="${to}">`;
  const showAll = `/dev/mails${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`;
  const search = q === '' ? html`` : html` with “${q}” (<a href="${showAll}">show all</a>)`;
  const pages = html`<nav class="pages" aria-label="Pages">${turn(shown - 1, 'Newer')}
    <span class="soft">page ${shown} of ${last}</span>${turn(shown + 1, 'Older')}</nav>`;
  return page(
    'Mailbox',
    live,
    html`
    <h1>Mailbox</h1>
    <p class="soft">Every mail that this instance sends is caught here and goes nowhere else.</p>
    <form class="find" role="search" action="/dev/mails">${recipientField}
    <input type="search" name="q" value="${q}" aria-label="Address or subject" placeholder="Address or subject">
    <button>Find</button></form>
    <div id="mails">
    <p class="soft">${plural(mails.length, 'mail')}${whose}${search}</p>
    ${rows.length === 0 ? html`` : html`<div class="card">${rows.map(row)}</div>`}
    ${last === 1 ? html`` : pages}
    </div>`,
  );
}

const row = (
  mail: CaughtMail,
): Html => html`<div class="mail"><a href="/dev/mails/${mail.id}" dir="auto">${mail.subject || '(no subject)'}</a>
  <span class="soft">${when(mail.receivedAt)}</span><span class="soft">to ${mail.to}</span>
  <span class="room">${room(mail, 'Room')}</span></div>`;

/** Leads to the demo, which is there wherever this mailbox is. */
const room = ({ roomId }: CaughtMail, label: string): Html =>
  roomId ? html`<a href="/?room=${roomId}">${label}</a>` : html``;

const when = (instant: string): Html =>
  html`<time datetime="${instant}"><span class="day">${instant.slice(0, 10)} </span>${instant.slice(11, 19)} UTC</time>`;

export function mailPage(mail: CaughtMail, parsed: ParsedMail, raw: string): string {
  const headers = raw.slice(0, raw.search(/\r?\n\r?\n/));
  const calendars = parsed.attachments.filter(
    (part) => part.contentType === 'text/calendar' || /\.ics$/i.test(part.filename ?? ''),
  );
  const parts = [
    ...(parsed.text === undefined ? [] : [section('Text', linked(parsed.text), true)]),
    ...calendars.map((part) =>
      section(
        `Calendar: ${part.contentType}${part.filename ? `, ${part.filename}` : ''}`,
        linked(part.content.toString()),
        false,
      ),
    ),
    section('Headers', [html`${headers}`], false),
    section('Source', [html`${raw}`], false),
  ];
  return page(
    mail.subject || 'Mail',
    html``,
    html`
    <p><a href="/dev/mails">Mailbox</a> · <a href="/dev/mails?to=${encodeURIComponent(mail.to)}">all to ${mail.to}</a> ·
    <a href="/dev/mails/${mail.id}/raw">raw</a>${mail.roomId ? html` · ${room(mail, 'its room')}` : html``}</p>
    <h1 dir="auto">${mail.subject || '(no subject)'}</h1>
    <div class="card"><dl>
      <dt>From</dt><dd>${parsed.from?.text ?? ''}</dd><dt>To</dt><dd>${mail.to}</dd>
      <dt>Envelope sender</dt><dd>${mail.from || '<>'}</dd><dt>Received</dt><dd>${when(mail.receivedAt)}</dd></dl></div>
    ${typeof parsed.html === 'string' ? frame(mail) : html``}
    ${parts}`,
  );
}

const frame = (mail: CaughtMail): Html => html`<details class="card" open><summary>HTML</summary>
  <iframe title="The mail as HTML" src="/dev/mails/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"
    referrerpolicy="no-referrer"></iframe></details>`;

const section = (title: string, content: Html[], open: boolean): Html =>
  open
    ? html`<details class="card" open><summary>${title}</summary><pre>${content}</pre></details>`
    : html`<details class="card"><summary>${title}</summary><pre>${content}</pre></details>`;

/** The frame of the mailbox's and the gallery's pages. */
export function page(title: string, head: Html, body: Html): string {
  const start = html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${head}<style>`;
  const top = html`<header class="top"><b>Hybrid Scheduling</b><nav aria-label="Elsewhere"><a href="/">Demo</a><a
 href="/dev/mails">All mails</a><a href="/dev/letters">Letters</a><a href="/docs">API</a></nav></header>`;
  return `${start.text}${style}</style></head><body>${top.text}<main>${body.text}</main></body></html>`;
}

export async function sendPage(
  reply: FastifyReply,
  policy: string,
  content: string,
  type = 'text/html; charset=utf-8',
): Promise<void> {
  await reply
    .headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .type(type)
    .send(content);
}

/** Text with its http links made clickable; they open in a tab of their own and are told nothing of this page. */
function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"\\]+)/)
    .map((piece, index) =>
      index % 2 === 1
        ? html`<a href="${piece}" target="_blank" rel="noopener noreferrer">${piece}</a>`
        : html`${piece}`,
    );
}
