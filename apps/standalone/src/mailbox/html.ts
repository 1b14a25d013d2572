// Text that is safe in HTML: every value put into `html` is escaped unless it came out of `html` itself.
// Used by the mailbox pages, which show mails that anybody may have written.
export class Html {
  constructor(readonly text: string) {}
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

/** A template literal: `html\`<p>${anything}</p>\``. Arrays are joined. */
export function html(fixed: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  const texts = values.map((value) =>
    value instanceof Html
      ? value.text
      : Array.isArray(value)
        ? value.map((each) => each.text).join('')
        : escaped(String(value)),
  );
  return new Html(String.raw({ raw: fixed }, ...texts));
}

/** Text with its http links made clickable; they open in a tab of their own and are told nothing of this page. */
export function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"\\]+)/)
    .map((piece, index) =>
      index % 2 === 1
        ? html`<a href="${piece}" target="_blank" rel="noopener noreferrer">${piece}</a>`
        : html`${piece}`,
    );
}
