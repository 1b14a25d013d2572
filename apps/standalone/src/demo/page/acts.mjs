// What each of the two can do with a mail of theirs: the buttons of a mail program, and what was sent so far.
// Used by page.mjs; mails are made by the server, nothing here knows a format.
import { acts, el, linkWords, programs } from './parts.mjs';
import { understood } from './words.mjs';

/** `send` with its progress and its faults in words beside the buttons. */
const telling =
  (status, send) =>
  async (kind, more = {}) => {
    status.textContent = kind === 'scanner' ? 'The scanner opens every link …' : 'On its way …';
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
  const { time, words } = writtenActs(act, tomorrow, mail.wish);
  const button = (kind, click) =>
    el(
      'button',
      {
        type: 'button',
        class: kind === 'accept' ? 'small main' : 'small',
        'data-act': kind,
        onclick: click ?? (() => void act(kind)),
      },
      acts[kind],
    );
  const invitation = mail.card?.method === 'REQUEST';
  return el(
    'div',
    { class: 'acts' },
    invitation
      ? el(
          'div',
          { class: 'row' },
          button('accept'),
          button('tentative'),
          button('decline'),
          button('counter', () => flip(time)),
        )
      : null,
    invitation ? time : null,
    linkButtons(mail),
    el(
      'div',
      { class: 'row quiet' },
      button('text', () => flip(words)),
      button('bounce'),
      button('out-of-office'),
      button('scanner'),
    ),
    words,
  );
}

/** The acts that need something typed: a new time, words. Their forms show once their button is pressed. */
function writtenActs(act, tomorrow, wish) {
  const time = form(
    'counter',
    'New time, on their clock',
    el('input', { type: 'datetime-local', name: 'at', required: true, value: tomorrow }),
    (at_) => act('counter', { at: at_ }),
  );
  const words = form(
    'text',
    'What they write',
    el('textarea', { name: 'text', required: true, maxlength: '2000', rows: '2', dir: 'auto' }, wish),
    (text) => act('text', { text }),
  );
  return { time, words };
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
    el('button', { class: 'small main' }, kind === 'counter' ? 'Propose' : 'Send'),
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
  if (each.scanned) {
    const { visits, moved } = each.scanned;
    return el(
      'details',
      { class: `act ${moved ? 'bad' : ''}`, 'data-key': key },
      el(
        'summary',
        {},
        `A mail scanner opened ${visits.length === 0 ? 'nothing: no links here' : `every link, ${visits.length} requests`}. `,
        el('b', {}, moved ? 'The room moved!' : 'Nothing moved.'),
      ),
      el('pre', {}, visits.map(({ method, what, status }) => `${status}  ${method.padEnd(4)}  ${what}`).join('\n')),
    );
  }
  const event = timeline.find(
    (item) => item.kind === 'mail' && item.messageId?.replace(/^<|>$/g, '') === each.sent.messageId,
  );
  const verdict = event ? understood(event) : 'handed in …';
  return el(
    'details',
    { class: 'act', 'data-key': key },
    el(
      'summary',
      {},
      `${each.kind === 'bounce' ? 'Their mail system' : programs[each.client]} sent: `,
      el('b', {}, each.sent.subject),
      el('span', { class: 'faint' }, ` — ${verdict}`),
    ),
    el('pre', {}, each.sent.source),
  );
}

function linkButtons({ links }) {
  const row = links.flatMap((link) => {
    const [, path] = /^https?:\/\/[^/]+\/(\w+)\?/.exec(link) ?? [];
    return linkWords[path] === undefined
      ? []
      : [el('a', { class: 'button', href: link, target: '_blank', rel: 'noopener noreferrer' }, linkWords[path])];
  });
  return row.length === 0
    ? null
    : el('div', { class: 'row', role: 'group', 'aria-label': 'Links of the letter' }, ...row);
}
