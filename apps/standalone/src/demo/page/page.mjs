// The demo page: books a room, listens to it, shows both mailboxes, and sends what a person's mail program would send.
// Loaded by the page of demo-page.ts; talks to /demo/* of this server only.
import { comma, day, fill, minute, seconds, secondsLeft, span, texts, zoneName } from './language.mjs';
import { addressOf, ask, at, bdi, el, leaf, partstatLooks, pill, programs, shorten, withoutCounter } from './parts.mjs';
import { actsOf, doneNode } from './acts.mjs';
import { listRecent, setUpBooking } from './booking.mjs';
import { showWebhooks } from './hooks.mjs';
import { tabs } from './letter.mjs';
import { timelineText } from './words.mjs';

const roles = ['host', 'guest'];
const { room: words, mailbox: mailWords } = texts;

let roomId = new URLSearchParams(location.search).get('room');
let stream;
let state;
const boxes = {};

// ── one room ──

function show(id) {
  stream?.close();
  state = undefined;
  roomId = id;
  history.replaceState(null, '', addressOf(id));
  for (const link of document.querySelectorAll('.languages a')) {
    const query = new URLSearchParams({ lang: link.lang, ...(id !== null && { room: id }) });
    link.href = `/?${query}`;
  }
  at('booking').hidden = id !== null;
  at('stage').hidden = id === null;
  at('another').hidden = id === null;
  for (const role of roles) boxes[role] = undefined;
  for (const part of [...roles, 'state']) at(part).replaceChildren();
  at('timeline').querySelector('ol').replaceChildren();
  for (const part of ['timeline', 'webhooks']) delete at(part).dataset.all;
  showWebhooks([]);
  if (id === null) return void listRecent();
  stream = new EventSource(`/demo/rooms/${encodeURIComponent(id)}/live`);
  stream.addEventListener('message', (message) => update(JSON.parse(message.data)));
  stream.addEventListener('error', () =>
    stream.readyState === EventSource.CLOSED && !state ? show(null) : document.body.classList.add('away'),
  );
}

function update(next) {
  document.body.classList.remove('away');
  state = next;
  showRoom();
  showWebhooks(next.webhooks);
  for (const role of roles) showMailbox(role);
}

const invited = (role) => state.room.invitations.find((each) => each.role === role);

function showRoom() {
  const { room, timeline } = state;
  const cancelled = room.status === 'cancelled';
  at('state').classList.toggle('over', cancelled);
  at('state').replaceChildren(
    el('p', { class: 'faint' }, words.label, el('span', { class: 'live' }, words.live)),
    el('h1', { dir: 'auto' }, room.title),
    el(
      'div',
      { class: 'when' },
      leaf(room.startUtc, 'UTC'),
      el('div', {}, ...room.invitations.map((each) => localTime(room, each))),
    ),
    el(
      'p',
      { class: 'facts' },
      pill(words.status[room.status], cancelled ? 'bad' : 'good'),
      pill(fill(words.sequence, { number: room.sequence })),
      pill(words[room.policy.onDecline]),
    ),
    el('ul', { class: 'parties' }, ...room.invitations.map(party)),
    ...room.proposals.toReversed().map(proposal),
  );
  at('timeline')
    .querySelector('ol')
    .replaceChildren(...timeline.toReversed().map(entry));
  shorten(at('timeline'), 5);
}

const localTime = ({ startUtc, endUtc }, { role, timeZone }) =>
  el(
    'p',
    {},
    el('b', {}, span(startUtc, endUtc, timeZone)),
    el(
      'span',
      { class: 'faint' },
      [day(startUtc, timeZone), texts.role[role], zoneName(timeZone, startUtc)].join(comma),
    ),
  );

const party = ({ role, partstat, delivery }) =>
  el(
    'li',
    {},
    el('span', { class: `dot ${role}` }),
    el('b', {}, texts.role[role]),
    pill(words.partstat[partstat], partstatLooks[partstat]),
    el('span', { class: 'faint' }, words.delivery[delivery.state]),
  );

function proposal({ proposedBy, startUtc, endUtc, status, held, source }) {
  const zone = invited(proposedBy)?.timeZone;
  const looks = { pending: 'wait', approved: 'good', declined: 'bad', expired: '' };
  return el(
    'div',
    { class: 'proposal' },
    el(
      'p',
      {},
      el('b', {}, `${day(startUtc, zone)}${comma}${span(startUtc, endUtc, zone)}`),
      pill(words.proposal[status], looks[status]),
    ),
    el('p', { class: 'faint' }, `${words.proposed[source][proposedBy]} (${zoneName(zone, startUtc)})`),
    held ? el('p', { class: 'note wait', 'data-until': held.effectiveAt, 'data-what': held.decision }, '') : null,
  );
}

function countDown() {
  for (const node of document.querySelectorAll('[data-until]')) {
    const left = Math.max(0, Math.ceil((Date.parse(node.dataset.until) - Date.now()) / 1000));
    node.textContent = fill(words.held[node.dataset.what], { seconds: secondsLeft(left) });
  }
}

function entry(item) {
  const { what, outcome, reason, tongue, look } = timelineText(item);
  return el(
    'li',
    { class: look },
    el('time', { datetime: item.at }, seconds(item.at)),
    el(
      'span',
      {},
      el('b', {}, what),
      outcome ? ` ${outcome}` : '',
      reason ? el('span', { class: 'faint', lang: tongue }, ' ', bdi(reason)) : null,
    ),
  );
}

// ── a mailbox ──

function showMailbox(role) {
  boxes[role] ??= openMailbox(role);
  const { list, mails, client } = boxes[role];
  for (const mail of state.mails[role]) {
    if (mails.has(mail.id)) continue;
    for (const older of mails.values()) older.node.open = false;
    const made = mailNode(role, mail, client);
    mails.set(mail.id, made);
    list.prepend(made.node);
  }
  for (const [id, { done }] of mails)
    done.replaceChildren(
      ...keepOpen(
        done,
        state.done
          .filter((each) => each.mailId === id && each.role === role)
          .map((each) => doneNode(each, state.timeline)),
      ),
    );
}

function openMailbox(role) {
  const { name, email, timeZone } = invited(role);
  const client = el(
    'select',
    { 'aria-label': mailWords.programOf[role] },
    ...Object.entries(programs).map(([value, text]) => el('option', { value }, text)),
  );
  client.value = localStorage.getItem(`client-${role}`) ?? (role === 'host' ? 'outlook' : 'google');
  const list = el('div', { class: 'mails' }, el('p', { class: 'empty faint' }, mailWords.none));
  at(role).replaceChildren(
    el(
      'div',
      { class: `who ${role}` },
      el('span', { class: 'avatar', 'aria-hidden': 'true' }, [...(name ?? texts.role[role])][0].toUpperCase()),
      el(
        'div',
        {},
        el('h2', {}, bdi(name ?? texts.role[role]), ' ', el('span', { class: 'faint' }, texts.role[role])),
        el('p', { class: 'faint' }, bdi(email)),
        el('p', { class: 'faint' }, zoneName(timeZone, state.room.startUtc)),
      ),
    ),
    el('label', { class: 'program' }, mailWords.program, ' ', client),
    list,
  );
  client.addEventListener('change', () => {
    localStorage.setItem(`client-${role}`, client.value);
    fitProgram(role);
  });
  boxes[role] = { list, mails: new Map(), client };
  return boxes[role];
}

/** Some programs have no button for a counter. */
function fitProgram(role) {
  for (const button of at(role).querySelectorAll('button[data-act=counter]')) {
    button.disabled = withoutCounter.includes(boxes[role].client.value);
    button.title = button.disabled ? mailWords.noCounter : '';
  }
}

function mailNode(role, mail, client) {
  const [kind, look] = kindOf(mail);
  const zone = invited(role).timeZone;
  const status = el('p', { class: 'said', role: 'status' });
  const done = el('div', { class: 'done' });
  const node = el(
    'details',
    { class: 'mail', open: true },
    el(
      'summary',
      {},
      el(
        'span',
        { class: 'line' },
        pill(mailWords.kinds[kind], look),
        el('b', { dir: 'auto' }, mail.subject),
        el(
          'time',
          { class: 'faint', datetime: mail.receivedAt, title: zoneName(zone, mail.receivedAt) },
          minute(mail.receivedAt, zone),
        ),
      ),
      el('span', { class: 'faint' }, fill(mailWords.from, { address: mail.from })),
    ),
    mail.card ? cardNode(role, mail) : null,
    actsOf(mail, tomorrow(role), status, (what, more) => act(role, mail, client, what, more)),
    status,
    done,
    tabs(mail),
  );
  queueMicrotask(() => fitProgram(role));
  return { node, done };
}

function kindOf({ card, links }) {
  if (card?.method === 'REQUEST' && card.sequence > 0) return ['update', 'accent'];
  if (links.some((link) => link.includes('/approve?'))) return ['question', 'wait'];
  return kinds[card?.method] ?? ['mail', ''];
}
const kinds = { REQUEST: ['invitation', 'accent'], CANCEL: ['cancelled', 'bad'], DECLINECOUNTER: ['declined', 'wait'] };

/** Makes the mail program of one of the two act on a mail of theirs. */
const act = (role, mail, client, kind, more) =>
  ask(`/demo/rooms/${encodeURIComponent(roomId)}/acts`, { role, kind, client: client.value, mailId: mail.id, ...more });

/** The same hour a day later on the person's clock, as a field of that kind wants it. */
const tomorrow = (role) => {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: invited(role).timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(new Date(Date.parse(state.room.startUtc) + 86_400_000)).replace(' ', 'T');
};

function cardNode(role, { card }) {
  const zone = invited(role).timeZone;
  return el(
    'div',
    { class: `card ${card.method === 'CANCEL' ? 'over' : ''}` },
    leaf(card.startUtc, zone),
    el(
      'div',
      {},
      el('p', { class: 'title', dir: 'auto' }, card.title),
      el('p', {}, el('b', {}, `${day(card.startUtc, zone)}${comma}${span(card.startUtc, card.endUtc, zone)}`)),
      el('p', { class: 'faint' }, zoneName(zone, card.startUtc)),
      el('p', { class: 'faint' }, fill(mailWords.parties, { organizer: card.organizer })),
    ),
  );
}

/** What a reader has opened stays open when the list is made anew. */
function keepOpen(before, nodes) {
  const open = new Set([...before.children].filter((node) => node.open).map((node) => node.dataset.key));
  for (const node of nodes) node.open = open.has(node.dataset.key);
  return nodes;
}

setUpBooking(show);
show(roomId);
setInterval(countDown, 250);
