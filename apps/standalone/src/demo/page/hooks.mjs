// The webhooks of a room, as a platform's receiver got them, beside its timeline.
// Imported by page.mjs.
import { counted, seconds, texts } from './language.mjs';
import { at, el, pill, shorten } from './parts.mjs';

const { webhooks: words } = texts;

/** Shows them, the newest first; what a reader has opened stays open. */
export function showWebhooks(webhooks) {
  const list = at('webhooks').querySelector('ol');
  const open = new Set([...list.querySelectorAll('details[open]')].map((node) => node.dataset.id));
  list.replaceChildren(...webhooks.toReversed().map((each) => entry(each, open.has(each.messageId))));
  at('webhooks').querySelector('.empty').hidden = webhooks.length > 0;
  shorten(at('webhooks'), 3);
}

const entry = ({ at: when, messageId, type, signed, tries, body }, open) =>
  el(
    'li',
    {},
    el('time', { datetime: when }, seconds(when)),
    el(
      'details',
      { 'data-id': messageId, open },
      el(
        'summary',
        {},
        el('b', { dir: 'ltr' }, type),
        pill(signed ? words.signed : words.wrong, signed ? 'good' : 'bad'),
        tries > 1 ? pill(counted(words.tries, tries), 'wait') : null,
      ),
      el('p', { class: 'faint', dir: 'ltr' }, messageId),
      el('pre', { tabindex: '0', dir: 'ltr' }, JSON.stringify(body, null, 2)),
    ),
  );
