// The webhooks of a room, as a platform's receiver got them, beside its timeline.
// Imported by page.mjs.
import { at, el, pill, seconds, shorten } from './parts.mjs';

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
        el('b', {}, type),
        pill(signed ? 'signed' : 'wrong signature', signed ? 'good' : 'bad'),
        tries > 1 ? pill(`came ${tries} times`, 'wait') : null,
      ),
      el('p', { class: 'faint' }, messageId),
      el('pre', { tabindex: '0' }, JSON.stringify(body, null, 2)),
    ),
  );
