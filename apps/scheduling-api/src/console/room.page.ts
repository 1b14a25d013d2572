// One room: its parties and the delivery states of their letters, proposals, letters, mails, and its whole history.
// Called by room.controller.ts.
import type { ImipMessage } from '#persistence';
import { callerNameOf } from '#service';
import { type Html, html, type Part } from '../links/html';
import { chosenOf } from '../rooms/decide-options';
import { type Invitation, invitationOf, isBooked, type Proposal } from '../rooms/room';
import type { StoredRoom } from '../rooms/rooms.rows';
import type { ShownView } from './frame';
import { letterBadge, mailOutcome } from './messages.page';
import { badge, facts, liveRegion, type Look, moment, statusMessage, span, table } from './parts';
import { deliveryOf, partstatBadge, statusBadge } from './rooms.page';
import type { LetterLine, MailOutcome } from './stored-messages';

export interface RoomParts {
  stored: StoredRoom;
  letters: LetterLine[];
  mails: ImipMessage[];
  /** By the id of a mail. */
  outcomes: ReadonlyMap<string, MailOutcome[]>;
  /** As the API gives it, the oldest first. */
  timeline: Record<string, unknown>[];
  now: Date;
  /** What was just done, in words. */
  done: string | undefined;
}

/** Verdicts of the lines that record an operator's view; they are not part of the room's history. */
const operatorViews = /-(?:viewed|rendered)$/;
const shownLines = 300;

export function roomPage(parts: RoomParts): ShownView {
  const { stored, letters, done } = parts;
  const { room } = stored;
  const cards = [roomCard(parts), partyCard(stored, 'host'), partyCard(stored, 'guest')];
  return {
    title: room.title,
    section: '/console/rooms',
    live: true,
    audit: { verdict: 'room-viewed', roomId: room.roomId },
    content: html`${done !== undefined && statusMessage(done, 'good')}
${liveRegion('state', html`${attention(stored)}<div class="cards">${cards}</div>`)}
${section('Proposals', liveRegion('proposals', proposalsTable(room.proposals)))}
${section('Letters', liveRegion('letters', lettersTable(letters)))}
${section('Mails that came in', liveRegion('mails', mailsTable(parts)))}
${section('History', liveRegion('history', history(parts)))}`,
  };
}

const section = (title: string, content: Html): Html =>
  html`<section class="card"><h2>${title}</h2>${content}</section>`;

function roomCard({ stored: { room }, now }: RoomParts): Html {
  const here = `/console/rooms/${room.roomId}`;
  const open = room.status === 'scheduled' && room.startUtc > now;
  const { onDecline, proposals, proposalTtlHours } = room.policy;
  return html`<section class="card"><h2>Room ${statusBadge(room.status)}</h2>${facts([
    ['When', span(room.startUtc, room.endUtc)],
    ['Where', room.location],
    ['Video', room.videoUrl],
    ['Cancelled by', room.cancelledBy],
    ['Reason', room.cancelReason],
    ['Sequence', `${room.sequence}, revision ${room.revision}`],
    ['On decline', onDecline],
    ['Proposals', `${proposals}, for ${proposalTtlHours} hours`],
    ['Id', room.roomId],
    ['UID', room.uid],
    ['externalId', room.externalId],
    ['Changed', moment(room.updatedAt)],
  ])}
<div class="actions">${open && html`<a class="button quiet" href="${here}/reschedule">Reschedule</a>`}
${room.status === 'scheduled' && html`<a class="button quiet" href="${here}/cancel">Cancel</a>`}</div></section>`;
}

function partyCard(stored: StoredRoom, role: Invitation['role']): Html {
  const { room } = stored;
  const invited = invitationOf(room, role);
  const title = role === 'host' ? 'Host' : 'Guest';
  if (!invited)
    return html`<section class="card"><h2>${title}</h2><p class="faint">Nobody has booked this room.</p></section>`;
  const delivery = stored.deliveries.get(invited.invitationId);
  const here = `/console/rooms/${room.roomId}`;
  return html`<section class="card"><h2>${title} ${partstatBadge(invited.partstat)}</h2>${facts([
    ['Address', invited.email],
    ['Name', invited.name && html`<bdi dir="auto">${invited.name}</bdi>`],
    ['Zone, language', `${invited.timeZone}, ${invited.locale}`],
    ['Last letter', delivery?.lastMethodSent ?? 'none yet'],
    [
      'Delivery',
      html`${badge(deliveryOf(stored, invited), deliveryLook(deliveryOf(stored, invited)))} ${reasonOf(delivery?.state)}`,
    ],
  ])}
<div class="actions">${isBooked(room) && html`<a class="button quiet" href="${here}/resend/${role}">Send again</a>`}
${room.status === 'scheduled' && html`<a class="button quiet" href="${here}/attendee/${role}">Correct</a>`}</div></section>`;
}

function deliveryLook(state: string): Look {
  if (state === 'bounced' || state === 'failed') return 'bad';
  if (state === 'deferred') return 'wait';
  return state === 'pending' ? 'plain' : 'good';
}

/** Code and text of the SMTP reply, where there is one; the text often begins with the code. */
function reasonOf(state: Record<string, unknown> | undefined): string {
  const [code = '', detail = ''] = ['code', 'detail'].map((name) =>
    typeof state?.[name] === 'string' ? state[name] : '',
  );
  return detail.startsWith(code) ? detail : `${code} ${detail}`;
}

/** What needs a person, above everything else. */
function attention(stored: StoredRoom): Html[] {
  const { room } = stored;
  if (room.status === 'cancelled') return [];
  return room.invitations
    .filter((invited) => ['bounced', 'failed'].includes(deliveryOf(stored, invited)))
    .map((invited) =>
      statusMessage(
        html`A letter to the ${invited.role} ${deliveryOf(stored, invited) === 'bounced' ? 'came back' : 'could not be sent'}.
<a href="/console/rooms/${room.roomId}/attendee/${invited.role}">Correct the address of the ${invited.role}</a>`,
        'bad',
      ),
    );
}

const proposalsTable = (proposals: readonly Proposal[]): Html =>
  table({
    caption: 'The newest first',
    columns: ['Asked', 'By', 'Times', 'State', 'Note'],
    rows: proposals.toReversed().map((each) => [
      moment(each.createdAt),
      `${each.proposedBy}, ${each.source}`,
      each.options.map((option) => {
        const mark = option.optionId === chosenOf(each) && html` ${badge('chosen', 'good')}`;
        return html`<div>${span(option.startUtc, option.endUtc)}${mark}</div>`;
      }),
      html`${badge(each.status, each.status === 'pending' ? 'wait' : 'plain')}${
        each.held && html` ${each.held.decision} waits until ${moment(each.held.effectiveAt)}`
      }`,
      each.note && html`<bdi dir="auto">${each.note}</bdi>`,
    ]),
    empty: 'Nobody has asked for another time.',
  });

const lettersTable = (letters: readonly LetterLine[]): Html =>
  table({
    caption: 'The newest first',
    columns: ['Written', 'To', 'Letter', 'State', 'Reply of the relay'],
    rows: letters.map((each) => [
      moment(each.createdAt),
      each.role,
      html`<a href="/console/letters/${each.id}">${each.kind}</a> ${each.method}, sequence ${each.sequence}`,
      html`${letterBadge(each)}${each.state === 'due' && each.attempts > 0 && html` next try ${moment(each.dueAt)}`}`,
      each.lastError ?? each.response,
    ]),
    empty: 'No letter is owed or sent.',
  });

const mailsTable = ({ mails, outcomes }: RoomParts): Html =>
  table({
    caption: 'The newest first',
    columns: ['Received', 'From', 'Mail', 'Outcome'],
    rows: mails.map((each) => [
      moment(each.receivedAt),
      each.role ?? 'unknown',
      html`<a href="/console/mail/${each.id}">${each.kind ?? 'mail'}</a> ${[each.method, each.partstat].filter(Boolean).join(', ')}`,
      mailOutcome(each, outcomes.get(each.id) ?? []),
    ]),
    empty: 'No mail about this room has come in.',
  });

function history({ timeline, letters, mails }: RoomParts): Html {
  const word = (line: Record<string, unknown>, name: string): string =>
    typeof line[name] === 'string' || typeof line[name] === 'number' ? String(line[name]) : '';
  const lines = timeline.filter((line) => !operatorViews.test(word(line, 'verdict')));
  const links = new Map([
    ...letters.map(({ id, messageId }) => [messageId, `/console/letters/${id}`] as const),
    ...mails.flatMap(({ id, messageId }) => (messageId === null ? [] : [[messageId, `/console/mail/${id}`] as const])),
  ]);
  const what = (line: Record<string, unknown>): Part => {
    const text = [word(line, 'kind'), word(line, 'method')].filter(Boolean).join(' ');
    const link = links.get(word(line, 'messageId'));
    return link === undefined ? text : html`<a href="${link}">${text}</a>`;
  };
  const shown = lines.slice(-shownLines);
  const rows = shown.map((line) => [
    moment(new Date(word(line, 'at'))),
    what(line),
    word(line, 'role'),
    html`${word(line, 'verdict')} <span class="faint">${word(line, 'why')}</span>`,
    [word(line, 'source'), callerNameOf(word(line, 'actor')) ?? word(line, 'actor')].filter(Boolean).join(', '),
  ]);
  const viewCount = timeline.length - lines.length;
  const shape = {
    caption: shown.length < lines.length ? `The last ${shownLines} of ${lines.length}` : 'The oldest first',
    columns: ['At', 'What', 'Role', 'Outcome', 'By'],
    empty: 'Nothing has happened yet.',
  };
  return html`${table({ ...shape, rows })}
${viewCount > 0 && html`<p class="faint small-text">${viewsCounted(viewCount)}: see the audit.</p>`}`;
}

const viewsCounted = (viewCount: number): string =>
  viewCount === 1
    ? 'An operator has viewed this room or its mails once'
    : `Operators have viewed this room or its mails ${viewCount} times`;
