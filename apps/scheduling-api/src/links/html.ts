// HTML templates, whose values are escaped unless they are Html themselves, and the one form of a button.
// Used by every page.
import { escapeHtml } from '#mime';

export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template; null and false write nothing, so that `condition && html…` reads as it should. */
export type Part = Html | string | number | null | false | readonly Part[];

/** A template whose values are escaped for element content and quoted attributes alike. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, string, at) => text + written(parts[at - 1] ?? null) + string));
}

function written(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part.map(written).join('');
}

/** A button of its own form. The token travels in the body, never in an address. */
export const postButton = (action: string, field: string, token: string, label: string, quiet = false): Html => {
  const button = html`<button${quiet && html` class="quiet"`}>${label}</button>`;
  return html`<form method="post" action="${action}"><input type="hidden" name="${field}" value="${token}">${button}</form>`;
};
