// The form that books a room for two made-up people, and the rooms booked last.
// Used by page.mjs.
import { comma, fullDay, language, span, texts, zoneName, zones } from './language.mjs';
import { addressOf, ask, at, bdi, el, pill } from './parts.mjs';

/** All zones by continent and city, each with its name and its offset now. */
function zoneOptions(chosen) {
  const option = ({ zone, label }) => el('option', { value: zone, selected: zone === chosen }, label);
  return [
    ...zones.first.map(option),
    ...zones.groups.map((group) => el('optgroup', { label: group.label }, ...group.zones.map(option))),
  ];
}

/** In three days at four in the afternoon, as the field wants it. */
function soon() {
  const day = new Date(Date.now() + 3 * 86_400_000);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}T16:00`;
}

/** `show(roomId)` opens a room, null the form again. */
export function setUpBooking(show) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const fields = at('book').elements;
  const known = Intl.supportedValuesOf('timeZone').includes(own) && own !== 'UTC';
  fields.hostZone.append(...zoneOptions(known ? own : 'Europe/Berlin'));
  fields.guestZone.append(...zoneOptions(own === 'America/New_York' ? 'Europe/Berlin' : 'America/New_York'));
  fields.at.value = soon();
  at('book').addEventListener('submit', (event) => void book(event, show));
  at('another').addEventListener('click', () => show(null));
}

async function book(event, show) {
  event.preventDefault();
  const given = Object.fromEntries(new FormData(event.target));
  const body = {
    title: given.title,
    policy: given.policy,
    at: given.at,
    minutes: Number(given.minutes),
    host: { name: given.hostName, timeZone: given.hostZone, locale: given.hostLanguage },
    guest: { name: given.guestName, timeZone: given.guestZone, locale: given.guestLanguage },
  };
  try {
    at('book-said').textContent = '';
    show((await ask('/demo/rooms', body)).roomId);
  } catch (error) {
    at('book-said').textContent = error.message;
  }
}

/** Day, year and hours on the host's clock. */
function whenIn({ startUtc, endUtc, invitations }) {
  const zone = invitations.find((each) => each.role === 'host')?.timeZone ?? 'UTC';
  return `${fullDay(startUtc, zone)}${comma}${span(startUtc, endUtc, zone)} (${zoneName(zone, startUtc)})`;
}

/** `Hana and Gil`, in the order that the language has. */
const namesOf = ({ invitations }) =>
  new Intl.ListFormat(language)
    .formatToParts(invitations.map(({ name, role }) => name ?? texts.role[role]))
    .map(({ type, value }) => (type === 'element' ? bdi(value) : value));

/** The rooms booked last, below the form. */
export async function listRecent() {
  const { items } = await ask('/demo/rooms').catch(() => ({ items: [] }));
  const row = (room) =>
    el(
      'li',
      {},
      el(
        'a',
        { href: addressOf(room.roomId) },
        el('b', {}, bdi(room.title)),
        ' ',
        el('span', { class: 'faint' }, whenIn(room), comma, ...namesOf(room)),
        room.status === 'cancelled' ? pill(texts.room.status.cancelled, 'bad') : null,
      ),
    );
  at('recent').hidden = items.length === 0;
  at('recent')
    .querySelector('ul')
    .replaceChildren(...items.map(row));
}
