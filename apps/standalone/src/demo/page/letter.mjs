// A mail of the demo: the letter as its reader sees it, and the parts that it is made of.
// Imported by page.mjs.
import { texts } from './language.mjs';
import { el, isNarrow, linked } from './parts.mjs';

const { mailbox: words } = texts;

/**
 * As high as the letter is, so that nothing scrolls within the page. No script runs in it: neither its sandbox nor
 * its policy lets one.
 */
function frame(mail) {
  const node = el('iframe', {
    title: words.letter,
    src: `/dev/mails/${mail.id}/html`,
    sandbox: 'allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    referrerpolicy: 'no-referrer',
  });
  const fit = () => {
    const high = node.contentDocument?.documentElement.offsetHeight ?? 0;
    if (high > 0) node.style.height = `${high}px`;
  };
  node.addEventListener('load', () => new ResizeObserver(fit).observe(node.contentDocument.documentElement));
  return node;
}

const plainText = (mail) => el('pre', { dir: 'auto' }, ...linked(mail.text));

/** What a mail contains, one part at a time: the letter, its text, its calendar part, its source. */
export function tabs(mail) {
  const content = el('div', { class: 'content', tabindex: '0' });
  const shows = {
    letter: () => (mail.hasHtml ? frame(mail) : plainText(mail)),
    text: () => plainText(mail),
    ...(mail.calendar === null ? {} : { calendar: () => el('pre', { dir: 'ltr' }, mail.calendar) }),
    source: () => el('pre', { dir: 'ltr' }, mail.source),
  };
  const choose = (name) => {
    content.replaceChildren(shows[name]());
    for (const button of row.children) button.setAttribute('aria-pressed', String(button.dataset.tab === name));
  };
  const row = el(
    'div',
    { class: 'tabs' },
    ...Object.keys(shows).map((name) =>
      el('button', { type: 'button', 'data-tab': name, onclick: () => choose(name) }, words.tabs[name]),
    ),
  );
  // On a phone the buttons of both mailboxes stay within reach; the letter is one tap away.
  if (!isNarrow()) choose('letter');
  return el('div', { class: 'body' }, row, content);
}
