// The webhook endpoints, one of them with its messages, and the page before an act on it.
// Called by webhooks.controller.ts. A URL may contain a secret of the platform: of it only the host is shown.
import { type Html, html, type Part } from '../links/html';
import { type Act, counted } from './confirm-act';
import { mostCounted } from './keyset';
import type { ShownView } from './frame';
import { badge, facts, liveRegion, type Look, moment, pager, pathWith, statusMessage, table } from './parts';
import type { EndpointState } from './webhook-lists';

export const webhooksPath = '/console/webhooks';

export const endpointActs = ['disable', 'enable', 'test', 'replay'] as const;
export type EndpointAct = (typeof endpointActs)[number];

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'unreadable');

const whys: Record<string, string> = {
  gone: 'it responded with 410',
  failing: 'it failed for five days',
  platform: 'by a caller',
};

const stateOf = ({ status, disabled_why, failing_since }: EndpointState): Html =>
  status === 'disabled'
    ? html`${badge('disabled', 'bad')} ${disabled_why && (whys[disabled_why] ?? disabled_why)}`
    : failing_since === null
      ? badge('enabled', 'good')
      : html`${badge('failing', 'wait')} since ${moment(failing_since)}`;

export const webhooksPage = (endpoints: EndpointState[]): ShownView => ({
  title: 'Webhooks',
  section: webhooksPath,
  live: true,
  content: html`<div class="card">${liveRegion(
    'endpoints',
    table({
      caption: 'Endpoints of platforms, the oldest first',
      columns: ['Endpoint', 'Description', 'State', 'Waiting', 'Failed'],
      rows: endpoints.map((endpoint) => [
        html`<a href="${webhooksPath}/${endpoint.id}">${hostOf(endpoint.url)}</a>`,
        endpoint.description,
        stateOf(endpoint),
        counted(endpoint.pending, mostCounted),
        counted(endpoint.failed, mostCounted),
      ]),
      empty: 'No platform has registered an endpoint.',
    }),
  )}</div>`,
});

export interface EndpointParts {
  endpoint: EndpointState;
  messages: { items: Record<string, unknown>[]; nextCursor: string | null };
  status: string | undefined;
  isFirst: boolean;
  done: string | undefined;
}

const doneWords: Record<string, string> = {
  disable: 'It is disabled.',
  enable: 'It is enabled. Pending messages are sent now.',
  test: 'A webhook.test is being sent. It is the first of the list.',
  replay: 'The failed messages are being sent again.',
};

export function endpointPage({ endpoint, messages, status, isFirst, done }: EndpointParts): ShownView {
  const here = `${webhooksPath}/${endpoint.id}`;
  const list = html`${messageTable(messages.items)}${pager(pathWith(here, { status }), messages.nextCursor, isFirst)}`;
  return {
    title: `Webhooks to ${hostOf(endpoint.url)}`,
    section: webhooksPath,
    live: isFirst,
    content: html`${done !== undefined && doneWords[done] !== undefined && statusMessage(doneWords[done], 'good')}
${liveRegion('endpoint', factsAndActs(endpoint))}
${filterForm(here, status)}<div class="card">${liveRegion('messages', list)}</div>`,
  };
}

function factsAndActs(endpoint: EndpointState): Html {
  const act = (name: EndpointAct, label: string): Html =>
    html`<a class="button quiet" href="${webhooksPath}/${endpoint.id}/${name}">${label}</a>`;
  const isEnabled = endpoint.status === 'enabled';
  return html`<div class="card">${facts(factsOf(endpoint))}
<div class="actions">${isEnabled ? act('disable', 'Disable') : act('enable', 'Enable')}${isEnabled && act('test', 'Send a test')}${
    endpoint.failed > 0 && act('replay', 'Send failed ones again')
  }</div></div>`;
}

const factsOf = (endpoint: EndpointState): [string, Part][] => [
  ['State', stateOf(endpoint)],
  ['Endpoint', endpoint.id],
  ['Description', endpoint.description],
  ['Events', endpoint.events === null ? 'all' : endpoint.events.join(', ')],
  ['Names and addresses', endpoint.include_addresses ? 'are in its messages' : 'are not in its messages'],
  ['Registered', html`${moment(endpoint.created_at)}${endpoint.created_by !== null && ` by ${endpoint.created_by}`}`],
  ['Waiting', counted(endpoint.pending, mostCounted)],
  ['Failed', counted(endpoint.failed, mostCounted)],
];

const statuses = ['pending', 'delivered', 'failed'] as const;
export const messageStatusOf = (given: unknown): (typeof statuses)[number] | undefined =>
  statuses.find((each) => each === given);

const filterForm = (here: string, status: string | undefined): Html => html`<form class="search" action="${here}">
<div class="field"><label for="status">Messages</label><select id="status" name="status"><option value="">All</option>${statuses.map(
  (each) => html`<option${each === status && html` selected`}>${each}</option>`,
)}</select></div><div><button>Show</button></div></form>`;

const looks: Record<string, Look> = { delivered: 'good', failed: 'bad', pending: 'wait' };

interface Attempt {
  at: string;
  httpStatus?: number | null;
  ms?: number | null;
  error?: string | null;
}

const messageTable = (items: Record<string, unknown>[]): Html =>
  table({
    caption: 'Messages, the newest first',
    columns: ['Type', 'Room', 'State', 'Tries', 'Last try', 'Next try'],
    rows: items.map(({ type, roomId, status, attempts, nextAttemptAt }) => {
      const tries = (attempts ?? []) as Attempt[];
      const last = tries.at(-1);
      return [
        String(type),
        typeof roomId === 'string' && html`<a href="/console/rooms/${roomId}">${roomId.slice(0, 8)}</a>`,
        badge(String(status), looks[String(status)] ?? 'plain'),
        tries.length,
        last === undefined ? null : html`${moment(new Date(last.at))} ${last.httpStatus ?? last.error ?? null}`,
        typeof nextAttemptAt === 'string' ? moment(new Date(nextAttemptAt)) : null,
      ];
    }),
    empty: 'There is no such message.',
  });

const effects: Record<EndpointAct, readonly string[]> = {
  disable: [
    'Nothing is sent to it until it is enabled again. Pending messages are kept.',
    'No messages are written for it while it is disabled; the platform will not get them later.',
  ],
  enable: ['Pending messages are sent at once.', 'Its history of failures is cleared.'],
  test: ['One message of type webhook.test is sent to it now, signed like every other.'],
  replay: [
    'Every failed message is sent again with its old id and all its attempts.',
    'A platform that did receive one recognizes it by its id.',
  ],
};
const buttons: Record<EndpointAct, string> = {
  disable: 'Disable',
  enable: 'Enable',
  test: 'Send the test',
  replay: 'Send again',
};

export const endpointAct = (endpoint: EndpointState, act: EndpointAct): Act => ({
  title: `${buttons[act]}: ${hostOf(endpoint.url)}`,
  section: webhooksPath,
  path: `${webhooksPath}/${endpoint.id}/${act}`,
  back: `${webhooksPath}/${endpoint.id}`,
  about: [
    ['Endpoint', endpoint.id],
    ...(act === 'replay' ? ([['Failed', counted(endpoint.failed, mostCounted)]] as const) : []),
  ],
  effects: effects[act],
  button: buttons[act],
  isFinal: act === 'disable',
});
