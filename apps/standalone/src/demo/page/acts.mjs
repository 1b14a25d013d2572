// What each of the two can do with a mail of theirs: the buttons of a mail program, and what was sent so far.
// Used by page.mjs; mails are made by the server, nothing here knows a format.
import { counted, fill, texts } from './language.mjs';
import { bdi, el, programs } from './parts.mjs';
import { understood } from './words.mjs';

const { acts: words, timeline: timelineWords } = texts;

/** `send` with its progress and its faults in words beside the buttons. */
const telling =
  (status, send) =>
  async (kind, more = {}) => {
    status.textContent = kind === 'scanner' ? words.scanning : words.sending;
    try {
      await send(kind, more);
      status.textContent = '';
    } catch (error) {
      status.textContent = error.message;
    }
  };

/**
 * The buttons under a mail. `send(kind, more)` makes the mail program act and resolves once the product has taken what
 * it sent; `tomorrow` fills the field of a new time.
 */
export function actsOf(mail, tomorrow, status, send) {
  const act = telling(status, send);
  const { time, text } = writtenActs(act, tomorrow, mail.wish);
  const button = (kind, click) =>
    el(
      'button',
      {
        type: 'button',
        class: kind === 'accept' ? 'small main' : 'small',
        'data-act': kind,
        onclick: click ?? (() => void act(kind)),
      },
      words.buttons[kind],
    );
  const invitation = mail.card?.method === 'REQUEST';
  return el(
    'div',
    { class: 'acts' },
    ...(invitation ? [answerButtons(button, time), time] : []),
    linkButtons(mail),
    el(
      'div',
      { class: 'row quiet' },
      button('text', () => flip(text)),
      button('bounce'),
      button('out-of-office'),
      button('scanner'),
    ),
    text,
  );
}

const answerButtons = (button, time) =>
  el(
    'div',
    { class: 'row' },
    ...['accept', 'tentative', 'decline'].map((kind) => button(kind)),
    button('counter', () => flip(time)),
  );

/** The acts that need something typed: a new time, words. Their forms show once their button is pressed. */
function writtenActs(act, tomorrow, wish) {
  const time = form(
    'counter',
    words.newTime,
    el('input', { type: 'datetime-local', name: 'at', required: true, value: tomorrow }),
    (at_) => act('counter', { at: at_ }),
  );
  const text = form(
    'text',
    words.words,
    el('textarea', { name: 'text', required: true, maxlength: '2000', rows: '2', dir: 'auto' }, wish),
    (written) => act('text', { text: written }),
  );
  return { time, text };
}

function form(kind, label, input, send) {
  const submit = (event) => {
    event.preventDefault();
    node.hidden = true;
    void send(input.value);
  };
  const node = el(
    'form',
    { class: 'ask', hidden: true, onsubmit: submit },
    el('label', {}, label, input),
    el('button', { class: 'small main' }, kind === 'counter' ? words.propose : words.send),
  );
  return node;
}

function flip(node) {
  node.hidden = !node.hidden;
  if (!node.hidden) node.querySelector('input, textarea').focus();
}

/** What was sent for a person, with what the product made of it by its timeline. */
export function doneNode(each, timeline) {
  const key = `${each.at} ${each.kind}`;
  if (each.scanned) return scannedNode(each.scanned, key);
  const event = timeline.find(
    (item) => item.kind === 'mail' && item.messageId?.replace(/^<|>$/g, '') === each.sent.messageId,
  );
  const { verdict, why } = event ? understood(event) : { verdict: timelineWords.deliveredToProduct, why: '' };
  const program = each.kind === 'bounce' ? words.mailSystem : programs[each.client];
  return el(
    'details',
    { class: 'act', 'data-key': key },
    el(
      'summary',
      {},
      `${fill(words.sent, { program })} `,
      el('b', {}, bdi(each.sent.subject)),
      // The reason is the product's own, in English.
      el('span', { class: 'faint' }, ` — ${verdict} `, why && el('bdi', { lang: 'en', dir: 'ltr' }, why)),
    ),
    el('pre', { dir: 'ltr' }, each.sent.source),
  );
}

function scannedNode({ visits, moved }, key) {
  return el(
    'details',
    { class: `act ${moved ? 'bad' : ''}`, 'data-key': key },
    el(
      'summary',
      {},
      visits.length === 0 ? words.scannedNothing : counted(words.scanned, visits.length),
      ' ',
      el('b', {}, moved ? words.moved : words.still),
    ),
    el(
      'pre',
      { dir: 'ltr' },
      visits.map(({ method, what, status }) => `${status}  ${method.padEnd(4)}  ${what}`).join('\n'),
    ),
  );
}

function linkButtons({ links }) {
  const row = links.flatMap((link) => {
    const [, path] = /^https?:\/\/[^/]+\/(\w+)\?/.exec(link) ?? [];
    return words.links[path] === undefined
      ? []
      : [el('a', { class: 'button', href: link, target: '_blank', rel: 'noopener noreferrer' }, words.links[path])];
  });
  return row.length === 0
    ? null
    : el('div', { class: 'row', role: 'group', 'aria-label': words.linksOfLetter }, ...row);
}
