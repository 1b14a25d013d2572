// The list of rooms for an operator: a search, and for each room its parties, its time and its delivery states.
// Called by rooms.controller.ts.
import { type Html, html } from '../links/html';
import { type Invitation, invitationOf } from '../rooms/room';
import type { StoredRoom } from '../rooms/rooms.rows';
import { type RoomFilter, roomStates } from './find-rooms';
import type { ShownView } from './frame';
import { badge, liveRegion, type Look, moment, pager, pathWith, span, table } from './parts';

const path = '/console/rooms';

export interface RoomsParts {
  filter: RoomFilter;
  rooms: StoredRoom[];
  next: string | null;
  isFirst: boolean;
}

export function roomsPage({ filter, rooms, next, isFirst }: RoomsParts): ShownView {
  const here = pathWith(path, { q: filter.q, state: filter.state });
  const list = table({
    caption: 'The last changed first',
    columns: ['Meeting', 'When', 'State', 'Host', 'Guest', 'Changed'],
    rows: rooms.map(row),
    empty: filter.q === '' ? 'There is no such room.' : 'No room has this id, uid, externalId or address.',
  });
  return {
    title: 'Rooms',
    section: path,
    live: isFirst,
    audit: { verdict: filter.q === '' ? 'rooms-listed' : 'rooms-searched' },
    content: html`${searchForm(filter)}<div class="card">${liveRegion('rooms', html`${list}${pager(here, next, isFirst)}`)}</div>`,
  };
}

const searchForm = ({ q, state }: RoomFilter): Html => html`<form class="search" action="${path}" role="search">
<div class="field"><label for="q">Id, uid, externalId or a person's address</label>
<input id="q" name="q" type="search" value="${q}" maxlength="300" autocomplete="off" spellcheck="false"></div>
<div class="field"><label for="state">State</label><select id="state" name="state"><option value="">Any</option>${roomStates.map(
  (each) => html`<option${each === state && html` selected`}>${each}</option>`,
)}</select></div>
<div><button>Find</button></div></form>`;

const row = (stored: StoredRoom): Html[] => [
  html`<a href="${path}/${stored.room.roomId}"><bdi dir="auto">${stored.room.title}</bdi></a>`,
  span(stored.room.startUtc, stored.room.endUtc),
  statusBadge(stored.room.status),
  party(stored, 'host'),
  party(stored, 'guest'),
  moment(stored.room.updatedAt),
];

export const statusBadge = (status: RoomFilter['state'] & string): Html =>
  badge(status, status === 'cancelled' ? 'bad' : 'plain');

function party(stored: StoredRoom, role: Invitation['role']): Html {
  const invited = invitationOf(stored.room, role);
  if (!invited) return html`<span class="faint">none yet</span>`;
  return html`${invited.email} ${partstatBadge(invited.partstat)} ${deliveryBadge(deliveryOf(stored, invited))}`;
}

const partstatLooks: Record<Invitation['partstat'], Look> = {
  accepted: 'good',
  declined: 'bad',
  tentative: 'wait',
  'needs-action': 'plain',
};
export const partstatBadge = (partstat: Invitation['partstat']): Html =>
  partstat === 'needs-action' ? badge('no answer') : badge(partstat, partstatLooks[partstat]);

export const deliveryOf = ({ deliveries }: StoredRoom, { invitationId }: Invitation): string =>
  deliveries.get(invitationId)?.state.state ?? 'pending';

/** Shown only for states that need a person. */
export function deliveryBadge(state: string): Html | null {
  if (state === 'bounced' || state === 'failed') return badge(state, 'bad');
  return state === 'deferred' ? badge(state, 'wait') : null;
}
