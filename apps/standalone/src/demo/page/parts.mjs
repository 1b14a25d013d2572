// Small pieces of the demo page: elements, times, words. Everything from outside becomes text nodes, never markup.
// Imported by page.mjs; the words of the timeline are in words.mjs.

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

const format = (zone, options) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });
const clock = (instant, zone) => format(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(instant));

export const day = (instant, zone) =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(instant));
export const fullDay = (instant, zone) =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant));
/** Now, as `UTC+01:00`. */
export const offset = (zone) =>
  new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts()
    .find((part) => part.type === 'timeZoneName')
    .value.replace(/^GMT$/, 'UTC+00:00')
    .replace('GMT', 'UTC')
    .replace('-', '−');
export const span = (from, to, zone) => `${clock(from, zone)} – ${clock(to, zone)}`;
export const seconds = (instant) =>
  format(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(instant));
export const minute = clock;

export function leaf(instant, zone) {
  const part = (options) => format(zone, options).format(new Date(instant));
  return el(
    'div',
    { class: 'leaf', 'aria-hidden': 'true' },
    el('span', {}, part({ month: 'short' })),
    el('b', {}, part({ day: 'numeric' })),
    el('span', {}, part({ weekday: 'short' })),
  );
}

export const pill = (text, look) => el('span', { class: `pill ${look ?? ''}` }, text);

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
  'google-notification': 'Google Calendar, mail elsewhere',
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
export const partstats = {
  'needs-action': ['no answer yet', ''],
  accepted: ['accepted', 'good'],
  tentative: ['tentative', 'wait'],
  declined: ['declined', 'bad'],
};
export const methods = {
  REQUEST: ['Invitation', 'accent'],
  CANCEL: ['Cancelled', 'bad'],
  DECLINECOUNTER: ['Declined', 'wait'],
};
export const acts = {
  accept: 'Accept',
  tentative: 'Tentative',
  decline: 'Decline',
  counter: 'Propose new time',
  text: 'Reply with text',
  bounce: 'Bounce',
  'out-of-office': 'Out of office',
  scanner: 'Mail scanner',
};
/** What the links of a letter are called beside it, by the page they lead to. */
export const linkWords = {
  approve: 'Approve link',
  decline: 'Decline link',
  reschedule: 'New-time link',
  confirm: 'Confirm link',
  answer: 'Answer link',
};

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
  more.textContent = `Show all ${rows.length}`;
  more.onclick = () => {
    panel.dataset.all = '';
    shorten(panel, most);
  };
}

export const at = (id) => document.getElementById(id);

/** The server's JSON answer; throws what it says went wrong, in words. */
export async function ask(path, body) {
  const options =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(path, options).catch(() => null);
  if (!answer) throw new Error('The server does not answer. Is it running?');
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.detail ?? `Status ${answer.status}`);
  return content;
}
