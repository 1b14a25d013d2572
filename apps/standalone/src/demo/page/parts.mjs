// Small pieces of the demo page: elements, mail programs, the server's answers. Everything from outside becomes text
// nodes, never markup.
// Imported by page.mjs; texts and times are in language.mjs, the timeline's words in words.mjs.
import { counted, fill, leafParts, texts } from './language.mjs';

/** An element; `on…` props are listeners, null and false children are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function leaf(instant, zone) {
  const [month, day, weekday] = leafParts(instant, zone);
  return el(
    'div',
    { class: 'leaf', 'aria-hidden': 'true' },
    el('span', {}, month),
    el('b', {}, day),
    el('span', {}, weekday),
  );
}

export const pill = (text, look) => el('span', { class: `pill ${look ?? ''}` }, text);

/** What a person or the platform wrote, in its own direction. */
export const bdi = (text) => el('bdi', {}, text);

/** Text whose links can be clicked; they open beside this page and are told nothing of it. */
export function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"\\]+)/)
    .map((piece, at) =>
      at % 2 === 1 ? el('a', { href: piece, target: '_blank', rel: 'noopener noreferrer' }, piece) : piece,
    );
}

export const programs = {
  google: 'Gmail',
  'google-notification': texts.mailbox.googleElsewhere,
  outlook: 'Outlook',
  apple: 'Apple',
  thunderbird: 'Thunderbird',
  sogo: 'SOGo',
  kde: 'KMail',
  gnus: 'Gnus',
  horde: 'Horde',
  aerc: 'aerc',
  'exchange-2010': 'Exchange 2010',
  icloud: 'iCloud',
  samsung: 'Samsung Email',
};
/** Those without a button for a new time. */
export const withoutCounter = ['thunderbird', 'sogo', 'gnus', 'horde', 'aerc', 'samsung'];
/** How an answer looks. */
export const partstatLooks = { 'needs-action': '', accepted: 'good', tentative: 'wait', declined: 'bad' };

/** A phone: one column, and what is long stays closed until it is asked for. */
export const isNarrow = () => matchMedia('(max-width: 45.99rem)').matches;

/**
 * Shows the first of a list on a phone, and all of it once `more` is pressed; elsewhere the list scrolls in its panel.
 */
export function shorten(panel, most) {
  const rows = [...panel.querySelector('ol').children];
  const more = panel.querySelector('.more');
  const cut = isNarrow() && panel.dataset.all === undefined && rows.length > most;
  rows.forEach((row, order) => (row.hidden = cut && order >= most));
  more.hidden = !cut;
  more.textContent = counted({ other: texts.page.showAll }, rows.length);
  more.onclick = () => {
    panel.dataset.all = '';
    shorten(panel, most);
  };
}

/** Of this page with a room, or with none, in the language that it was opened in. */
export function addressOf(roomId) {
  const query = new URLSearchParams(location.search);
  if (roomId === null) query.delete('room');
  else query.set('room', roomId);
  return query.size === 0 ? '/' : `/?${query}`;
}

export const at = (id) => document.getElementById(id);

/** The server's JSON answer; throws what it says went wrong, in words. */
export async function ask(path, body) {
  const options =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(path, options).catch(() => null);
  if (!answer) throw new Error(texts.faults.unreachable);
  const content = await answer.json();
  if (!answer.ok) throw new Error(faultWords(answer.status, content));
  return content;
}

/** `code` and `detail` of the server's problem: words of the page's language where it has them. */
function faultWords(status, { code, detail }) {
  const words = texts.faults[code];
  return words === undefined ? (detail ?? fill(texts.faults.status, { status })) : fill(words, { detail });
}
