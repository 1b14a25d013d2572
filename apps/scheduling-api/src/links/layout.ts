// The layout of every page: head, card, footer, and the HTTP headers that protect it.
// Called by the pages and by links.controller.ts.
import type { Role } from '#contracts';
import { directionOf, isolated, isolatesWhereNeeded } from '#words';
import { Html, html } from './html';
import { style, styleHash } from './style';
import type { Texts } from './texts';

/**
 * No script runs, nothing is loaded, no page is framed or cached, and no Referer with the token of the link is sent.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src '${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export interface PageParts {
  language: string;
  texts: Texts;
  heading: string;
  /** The meeting's title; null on a page that must not tell one. */
  title: string | null;
  mark?: Mark;
  /** The role of the one who is not the reader; null where the reader is unknown. */
  other: Role | null;
  content: Html;
}

export function page({ language, texts, heading, title, mark, other, content }: PageParts): string {
  const direction = directionOf(language);
  const document = html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title === null ? heading : `${heading} · ${isolatesWhereNeeded(isolated(title), direction)}`}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<div class="card">
${mark !== undefined && marks[mark]}
${title !== null && html`<p class="title"><bdi dir="auto">${title}</bdi></p>`}
<h1>${heading}</h1>
${content}
</div>
</main>
${other !== null && html`<footer><p>${texts.footer(other)}</p></footer>`}
</body>
</html>
`;
  return document.text;
}

export type Mark = 'done' | 'declined' | 'no' | 'wait' | 'mail' | 'calendar';

const mark = (kind: string, path: string): Html =>
  html`<div class="mark ${kind}" aria-hidden="true"><svg viewBox="0 0 24 24">${new Html(path)}</svg></div>`;

const marks: Record<Mark, Html> = {
  done: mark('good', '<path d="M5 12.5l4.5 4.5L19 7.5"/>'),
  no: mark('bad', '<path d="M7 7l10 10M17 7L7 17"/>'),
  declined: mark('calm', '<path d="M7 7l10 10M17 7L7 17"/>'),
  wait: mark('wait', '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>'),
  mail: mark('', '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="M4 7l8 6 8-6"/>'),
  calendar: mark('', '<rect x="3.5" y="5" width="17" height="15" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4"/>'),
};
