// The form that books a room for two made-up people, and the rooms booked last.
// Used by page.mjs.
import { ask, at, day, el, pill } from './parts.mjs';

const zones = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
  'UTC',
];

/** `show(roomId)` opens a room, null the form again. */
export function setUpBooking(show) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const [name, chosen] of [
    ['hostZone', zones.includes(own) ? own : 'Europe/Berlin'],
    ['guestZone', own === 'America/New_York' ? 'Europe/Berlin' : 'America/New_York'],
  ]) {
    at('book').elements[name].append(
      ...zones.map((zone) => el('option', { value: zone, selected: zone === chosen }, zone)),
    );
  }
  at('book').addEventListener('submit', (event) => void book(event, show));
  at('another').addEventListener('click', () => show(null));
}

async function book(event, show) {
  event.preventDefault();
  const { title, hostName, hostZone, guestName, guestZone, policy } = Object.fromEntries(new FormData(event.target));
  const body = {
    title,
    policy,
    host: { name: hostName, timeZone: hostZone },
    guest: { name: guestName, timeZone: guestZone },
  };
  try {
    at('book-said').textContent = '';
    show((await ask('/demo/rooms', body)).roomId);
  } catch (error) {
    at('book-said').textContent = error.message;
  }
}

/** The rooms booked last, below the form. */
export async function listRecent() {
  const { items } = await ask('/demo/rooms').catch(() => ({ items: [] }));
  const row = (room) =>
    el(
      'li',
      {},
      el(
        'a',
        { href: `/?room=${room.roomId}` },
        el('b', {}, room.title),
        ' ',
        el(
          'span',
          { class: 'faint' },
          `${day(room.startUtc, 'UTC')}, ${room.invitations.map((each) => each.name ?? each.role).join(' and ')}`,
        ),
        room.status === 'cancelled' ? pill('cancelled', 'bad') : null,
      ),
    );
  at('recent').hidden = items.length === 0;
  at('recent')
    .querySelector('ul')
    .replaceChildren(...items.map(row));
}
