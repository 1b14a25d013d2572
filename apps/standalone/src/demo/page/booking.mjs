// The form that books a room for two made-up people, and the rooms booked last.
// Used by page.mjs.
import { ask, at, el, fullDay, offset, pill, span } from './parts.mjs';

/** All zones by their region; the language's own names for people, IANA's for zones. */
function zoneGroups(chosen) {
  const groups = Map.groupBy(Intl.supportedValuesOf('timeZone'), (zone) => zone.split('/')[0]);
  const option = (zone) =>
    el(
      'option',
      { value: zone, selected: zone === chosen },
      `${zone.split('/').slice(1).join(', ').replaceAll('_', ' ')} (${offset(zone)})`,
    );
  return [
    el('option', { value: 'UTC', selected: chosen === 'UTC' }, 'UTC'),
    ...[...groups]
      .filter(([region]) => region !== 'UTC')
      .map(([region, zones]) => el('optgroup', { label: region }, ...zones.map(option))),
  ];
}

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'ja', 'ar'];
const ownName = (language) => new Intl.DisplayNames(language, { type: 'language' }).of(language);

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
  fields.hostZone.append(...zoneGroups(known ? own : 'Europe/Berlin'));
  fields.guestZone.append(...zoneGroups(own === 'America/New_York' ? 'Europe/Berlin' : 'America/New_York'));
  for (const name of ['hostLanguage', 'guestLanguage'])
    fields[name].append(
      ...languages.map((language) => el('option', { value: language, lang: language }, ownName(language))),
    );
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
  return `${fullDay(startUtc, zone)}, ${span(startUtc, endUtc, zone)} (${zone})`;
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
          `${whenIn(room)}, ${room.invitations.map((each) => each.name ?? each.role).join(' and ')}`,
        ),
        room.status === 'cancelled' ? pill('cancelled', 'bad') : null,
      ),
    );
  at('recent').hidden = items.length === 0;
  at('recent')
    .querySelector('ul')
    .replaceChildren(...items.map(row));
}
