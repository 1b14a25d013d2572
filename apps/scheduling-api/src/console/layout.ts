// The layout of every page of the console: head, navigation, the operator's name, and the HTTP headers.
// Called by frame.ts and login.page.ts.
import { Html, html } from '../links/html';
import { pageHeaders } from '../links/layout';
import { formTokenField } from './parts';
import type { Session } from './sessions';
import { style, styleHash } from './style';

/** One script of our own, and frames of our own for mails; nothing is loaded from elsewhere. */
export const consoleHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders,
  'content-security-policy':
    `default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'self'; style-src '${styleHash}'; ` +
    `form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export interface ConsolePage {
  path: string;
  label: string;
}

/** In the order of the navigation; a login leads to the first one. */
export const pages: [ConsolePage, ...ConsolePage[]] = [
  { path: '/console/overview', label: 'Overview' },
  { path: '/console/rooms', label: 'Rooms' },
  { path: '/console/letters', label: 'Letters' },
  { path: '/console/mail', label: 'Mail' },
  { path: '/console/dead-letters', label: 'Dead letters' },
  { path: '/console/webhooks', label: 'Webhooks' },
  { path: '/console/health', label: 'Health' },
];

export interface ConsoleView {
  title: string;
  content: Html;
  /** Whether the page follows what changes: its parts in `liveRegion` are replaced when they are different. */
  live?: boolean;
  /** The entry of the navigation that is marked; one of `pages`. */
  section?: string;
}

export function consolePage({ title, content, live = false, section }: ConsoleView, session: Session): string {
  const link = ({ path, label }: (typeof pages)[number]): Html =>
    html`<a href="${path}"${path === section && html` aria-current="page"`}>${label}</a>`;
  return page(
    title,
    html`<a class="skip" href="#main">To the content</a>
<header class="top"><b>Console</b>
<nav aria-label="Pages">${pages.map(link)}</nav>
<div class="who"><span>${session.name}</span>
<form method="post" action="/console/logout">${formTokenField(session)}<button class="quiet">Log out</button></form></div></header>
<main id="main"${live && html` data-live`}><h1>${title}</h1>
${content}
${live && html`<p class="live" role="status" data-status></p>`}</main>
${live && html`<script type="module" src="/console/live.mjs"></script>`}`,
  );
}

/** A page for somebody who is not logged in. */
export const strangersPage = (title: string, content: Html): string =>
  page(title, html`<main class="small" id="main"><div class="card"><h1>${title}</h1>${content}</div></main>`);

const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Console</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
