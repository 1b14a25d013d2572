// Events that were given up: those in the database, and those in the dead-letter queues of the broker.
// Called by dead-letters.controller.ts. Of an event only its name, ids and reason are shown: a snapshot of a room in it
// has addresses.
import type { QueueName } from '#contracts';
import type { DeadLetter } from '#messaging';
import { type Html, html } from '../links/html';
import type { Act } from './confirm-act';
import type { ShownView } from './frame';
import type { KeysetPage } from './keyset';
import { liveRegion, moment, pager, pathWith, statusMessage, table } from './parts';

export const deadLettersPath = '/console/dead-letters';

export interface StoredDead {
  app: string;
  event: string;
  event_id: string;
  reason: string;
  died_at: Date;
  replayable: boolean;
}

export interface DeadQueue {
  queue: QueueName;
  count: number;
  letters: DeadLetter[];
}

export interface DeadLettersParts {
  stored: KeysetPage<StoredDead>;
  /** Null without a broker; a text where it cannot be asked. */
  queues: DeadQueue[] | string | null;
  isFirst: boolean;
  done: string | undefined;
}

/** Which of them a page is about. */
export type DeadChoice = { id: string } | { queue: QueueName; event?: string | undefined };

const replayPath = (choice: Readonly<Record<string, string | undefined>>): string =>
  pathWith(`${deadLettersPath}/replay`, choice);

export const deadLettersPage = ({ stored, queues, isFirst, done }: DeadLettersParts): ShownView => ({
  title: 'Dead letters',
  section: deadLettersPath,
  live: isFirst,
  content: html`<p class="faint">Events that a consumer gave up. What they should have caused has not happened.</p>
${done !== undefined && statusMessage(`${done} of them will be handled again.`, 'good')}
${liveRegion('dead', html`${queues !== null && onBroker(queues)}${inDatabase(stored, isFirst)}`)}`,
});

function inDatabase(stored: KeysetPage<StoredDead>, isFirst: boolean): Html {
  const list = table({
    caption: 'In the database',
    columns: ['Event', 'App', 'Reason', 'Given up', 'Act'],
    rows: stored.rows.map((row) => [
      html`${row.event} <span class="faint">${row.event_id}</span>`,
      row.app,
      row.reason,
      moment(row.died_at),
      row.replayable
        ? html`<a href="${replayPath({ id: row.id })}">Handle again</a>`
        : 'See PrivacyGateHit in the runbook',
    ]),
    empty: 'There is none in the database.',
  });
  return html`<section class="card">${list}${pager(deadLettersPath, stored.next, isFirst)}</section>`;
}

function onBroker(queues: DeadQueue[] | string): Html {
  if (typeof queues === 'string') return statusMessage(`The broker cannot be reached: ${queues}.`, 'bad');
  const some = queues.filter(({ count }) => count > 0);
  if (some.length === 0) return html`<p class="faint">There is none in the queues of the broker.</p>`;
  return html`${some.map(
    ({ queue, count, letters }) =>
      html`<section class="card">${table({
        caption: `${queue}: ${count}${letters.length < count ? `, the oldest ${letters.length} of them` : ''}`,
        columns: ['Event', 'Reason', 'Given up', 'Replays', 'Act'],
        rows: letters.map(({ event, eventId, reason, diedAt, replays }) => [
          html`${event ?? 'unreadable'} <span class="faint">${eventId ?? ''}</span>`,
          reason ?? 'its consumer failed repeatedly',
          diedAt === undefined || Number.isNaN(Date.parse(diedAt)) ? null : moment(new Date(diedAt)),
          replays,
          eventId === undefined ? null : html`<a href="${replayPath({ queue, event: eventId })}">Handle again</a>`,
        ]),
        empty: '',
      })}<p><a href="${replayPath({ queue })}">Handle all of this queue again</a></p></section>`,
  )}`;
}

export function replayDeadAct(choice: DeadChoice): Act {
  const isOne = 'id' in choice || choice.event !== undefined;
  return {
    title: isOne
      ? 'Handle an event again'
      : `Handle all dead letters of ${'queue' in choice ? choice.queue : ''} again`,
    section: deadLettersPath,
    path: replayPath({ ...choice }),
    back: deadLettersPath,
    about: Object.entries(choice).map(([term, value]) => [term, value ?? null] as const),
    effects: [
      'It gets a new first attempt. Handlers recognize events by their ids, so nothing is done twice.',
      'Its effects, such as letters, happen now. If the cause is not fixed, it comes back here.',
    ],
    button: isOne ? 'Handle again' : 'Handle all again',
  };
}
