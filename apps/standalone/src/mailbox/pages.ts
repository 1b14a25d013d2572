// The mailbox as a person sees it: the list of mails, and one mail with all its parts. No script, light and dark.
// Called by the mailbox controller; the mail's own HTML never enters these pages, it stands in a sandboxed frame.
import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import type { CaughtMail } from './mail-store';
import { type Html, html, linked } from './html';

const style = `
:root { color-scheme: light dark; --line: light-dark(#d9dde3, #363c45); --soft: light-dark(#5b6470, #9aa4b2);
  --card: light-dark(#fff, #1b1f25); --ink: light-dark(#17202a, #e8ebef); --link: light-dark(#0b57c2, #7db4ff); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 56rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink); background: light-dark(#f4f6f8, #12151a); }
h1 { font-size: 1.4rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
a { color: var(--link); }
.soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: 0 0 1rem; overflow: hidden; }
.row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; padding: .7rem 1rem; color: inherit;
  text-decoration: none; border-top: 1px solid var(--line); }
.row:first-child { border-top: 0; }
.row:hover, .row:focus-visible { background: light-dark(#eef3fa, #232a33); }
.row b, .row span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .2rem 1rem; margin: 0; padding: 1rem; overflow-wrap: anywhere; }
dt { color: var(--soft); } dd { margin: 0; }
summary { padding: .7rem 1rem; cursor: pointer; font-weight: 600; }
pre { margin: 0; padding: 0 1rem 1rem; font: .85rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 30rem; border: 0; border-top: 1px solid var(--line); background: #fff; resize: vertical; }`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing but the page's own style, and frames of this server. */
export const pagePolicy =
  `default-src 'none'; style-src 'sha256-${styleHash}'; frame-src 'self'; form-action 'none'; base-uri 'none'; ` +
  `frame-ancestors 'none'`;

/**
 * For a mail's own HTML: no script, nothing fetched, and its links leave the frame. Same origin only so that the demo
 * can ask how high it is.
 */
export const framePolicy =
  "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src " +
  "'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Tells the browser to load again every few seconds: new mails show up by themselves. */
const refresh = html`<meta http-equiv="refresh" content="5">`;

export function listPage(mails: CaughtMail[], to: string | undefined): string {
  const shown = mails.slice(-200).reverse();
  const count =
    mails.length > shown.length
      ? `the last ${shown.length} of ${mails.length} mails`
      : `${mails.length} ${mails.length === 1 ? 'mail' : 'mails'}`;
  const whose = to === undefined ? html`` : html` to ${to} (<a href="/dev/mails">all mails</a>)`;
  return page(
    'Mailbox',
    refresh,
    html`
    <h1>Mailbox</h1>
    <p class="soft">Every mail that this instance sends is caught here and goes nowhere else: ${count}${whose}.</p>
    ${shown.length === 0 ? html`` : html`<div class="card">${shown.map(row)}</div>`}`,
  );
}

const row = (mail: CaughtMail): Html => html`<a class="row" href="/dev/mails/${mail.id}">
  <b>${mail.subject || '(no subject)'}</b><span class="soft">${when(mail.receivedAt)}</span><span class="soft">to ${mail.to}</span></a>`;

const when = (instant: string): Html =>
  html`<time datetime="${instant}">${instant.slice(0, 19).replace('T', ' ')} UTC</time>`;

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
    <a href="/dev/mails/${mail.id}/raw">raw</a></p>
    <h1>${mail.subject || '(no subject)'}</h1>
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

function page(title: string, head: Html, body: Html): string {
  const start = html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${head}<style>`;
  return `${start.text}${style}</style></head><body>${body.text}</body></html>`;
}
