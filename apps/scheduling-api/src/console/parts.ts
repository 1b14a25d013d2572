// The building blocks of the console pages: regions that follow changes, tables, times, badges, forms.
// Called by the page files.
import { type Html, html, type Part } from '../links/html';
import type { Session } from './sessions';

/** A part of a live page that is replaced when it is different; `name` is unique on its page. */
export const liveRegion = (name: string, content: Part): Html => html`<div data-region="${name}">${content}</div>`;

/** Binds a form to its session. */
export const formTokenField = ({ formToken }: Session): Html =>
  html`<input type="hidden" name="formToken" value="${formToken}">`;

/** An instant in UTC, to the second. */
export const moment = (at: Date): Html =>
  html`<time datetime="${at.toISOString()}">${at.toISOString().slice(0, 19).replace('T', ' ')} UTC</time>`;

/** The two ends of a meeting in UTC, to the minute. */
export function span(start: Date, end: Date): Html {
  const [from, to] = [start.toISOString(), end.toISOString()];
  const until = from.slice(0, 10) === to.slice(0, 10) ? to.slice(11, 16) : to.slice(0, 16).replace('T', ' ');
  return html`<time datetime="${from}">${from.slice(0, 16).replace('T', ' ')}</time> to ${until} UTC`;
}

export type Look = 'plain' | 'good' | 'bad' | 'wait';

export const badge = (text: string, look: Look = 'plain'): Html => html`<span class="badge ${look}">${text}</span>`;

/** A sentence about what was done, or a warning. */
export const statusMessage = (content: Part, look: Look = 'plain'): Html =>
  html`<div class="says ${look}" role="status">${content}</div>`;

/** Terms with their values; a value that is null is left out. */
export const facts = (rows: readonly (readonly [term: string, value: Part])[]): Html =>
  html`<dl>${rows.filter(([, value]) => value !== null).map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;

export interface TableParts {
  caption: string;
  columns: readonly string[];
  /** A cell for each column; on a phone each stands on a line of its own under its column's name. */
  rows: readonly (readonly Part[])[];
  /** Shown instead of a table without rows. */
  empty: string;
}

export function table({ caption, columns, rows, empty }: TableParts): Html {
  if (rows.length === 0) return html`<p class="faint">${empty}</p>`;
  const cells = (row: readonly Part[]): Html[] =>
    row.map((cell, at) => html`<td data-label="${columns[at] ?? ''}">${cell}</td>`);
  return html`<table><caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table>`;
}

/** The links below a list to its next and its first page. `path` includes the filters. */
export const pager = (path: string, next: string | null, isFirst: boolean): Html | null =>
  next === null && isFirst
    ? null
    : html`<nav class="more" aria-label="Pages of the list">${!isFirst && html`<a href="${path}">First page</a>`}
${next !== null && html`<a rel="next" href="${path}${path.includes('?') ? '&' : '?'}cursor=${next}">Next page</a>`}</nav>`;

/** A path with the query parameters that are set. */
export function pathWith(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
