// The first page of the console: what needs a person, and charts of the last day.
// Called by overview.controller.ts.
import { plural } from '#service';
import { type Html, html } from '../links/html';
import { chart } from './chart';
import { counted } from './confirm-act';
import { mostCounted } from './keyset';
import type { ShownView } from './frame';
import type { HealthState } from './health-report';
import type { Needs, Quarter } from './overview';
import { liveRegion, moment, statusMessage, table } from './parts';

export const overviewPath = '/console/overview';

export interface OverviewParts {
  quarters: Quarter[];
  needs: Needs;
  health: HealthState;
}

export const overviewPage = ({ quarters, needs, health }: OverviewParts): ShownView => ({
  title: 'Overview',
  section: overviewPath,
  live: true,
  content: html`${liveRegion('needs', needsPart(needs, health))}
${liveRegion('charts', dayPart(quarters))}
${liveRegion('numbers', numbersPart(quarters))}`,
});

const numbersPart = (quarters: Quarter[]): Html =>
  html`<details id="numbers" class="card"><summary>The same in numbers, by the hour</summary>
${numbers(quarters)}</details>`;

const dayPart = (
  quarters: Quarter[],
): Html => html`<section aria-labelledby="day"><h2 id="day" class="apart">The last day</h2>
<div class="cards">${charts(quarters)}</div></section>`;

function needsPart(needs: Needs, { checkedAt, findings }: HealthState): Html {
  const faults = findings.filter(({ level }) => level !== 'notice').length;
  const lines: [count: number, one: string, many: string, path: string][] = [
    [faults, 'finding of Health must be fixed', 'findings of Health must be fixed', '/console/health'],
    [needs.lettersFailed, 'letter was given up', 'letters were given up', '/console/letters?list=failed'],
    [needs.lettersStopped, 'letter was stopped', 'letters were stopped', '/console/letters?list=stopped'],
    [needs.quarantined, 'mail could not be read', 'mails could not be read', '/console/mail?list=quarantined'],
    [needs.unconfirmed, 'mail is unconfirmed', 'mails are unconfirmed', '/console/mail?list=unconfirmed'],
    [needs.deadLetters, 'event is a dead letter', 'events are dead letters', '/console/dead-letters'],
    [needs.endpointsFailing, 'webhook endpoint fails', 'webhook endpoints fail', '/console/webhooks'],
  ];
  const some = lines.filter(([count]) => count > 0);
  if (some.length > 0)
    return html`<section class="card" aria-labelledby="needs"><h2 id="needs">Needs a person</h2><ul>${some.map(
      ([count, one, many, path]) =>
        html`<li><a href="${path}">${plural(counted(count, mostCounted), one, many)}</a></li>`,
    )}</ul></section>`;
  return checkedAt === null
    ? statusMessage('Nothing needs a person. The first health check is still running.')
    : statusMessage(html`Nothing needs a person. Last health check: ${moment(checkedAt)}.`, 'good');
}

/** An age in seconds, minutes or hours, whichever is easiest to read. */
export function age(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

type Name = Exclude<keyof Quarter, 'at'>;

const add = (quarters: Quarter[], name: Name): number => quarters.reduce((all, each) => all + (each[name] ?? 0), 0);
const most = (quarters: Quarter[], name: Name): number => Math.max(0, ...quarters.map((each) => each[name] ?? 0));

/** `bad`: of its bars, those that are a fault. */
interface ChartOfDay {
  title: string;
  names: readonly Name[];
  bad?: Name;
  summary: (quarters: Quarter[]) => string;
  read?: (value: number) => string;
}

const chartsOfDay: readonly ChartOfDay[] = [
  {
    title: 'Letters',
    names: ['sent', 'failed'],
    bad: 'failed',
    summary: (day) => `${add(day, 'sent')} sent, ${add(day, 'failed')} given up`,
  },
  { title: 'Replies by mail', names: ['replies'], summary: (day) => `${add(day, 'replies')} believed` },
  {
    title: 'Bounces',
    names: ['bounces'],
    bad: 'bounces',
    summary: (day) => plural(add(day, 'bounces'), 'report'),
  },
  {
    title: 'Letters and mails that wait',
    names: ['lettersWaiting', 'mailsWaiting'],
    summary: (day) => `at most ${most(day, 'lettersWaiting')} and ${most(day, 'mailsWaiting')} at a time`,
  },
  {
    title: 'Age of the oldest due letter',
    names: ['letterAgeSeconds'],
    summary: (day) => `at most ${age(most(day, 'letterAgeSeconds'))}`,
    read: age,
  },
  {
    title: 'Age of the oldest event in the outbox',
    names: ['outboxAgeSeconds'],
    summary: (day) => `at most ${age(most(day, 'outboxAgeSeconds'))}`,
    read: age,
  },
];

const charts = (quarters: Quarter[]): Html[] =>
  chartsOfDay.map(({ title, names, bad, summary, read = String }, at) =>
    chart({
      id: `chart-${at}`,
      title,
      summary: summary(quarters),
      series: names.map((name) => ({
        look: name === bad ? 'bad' : 'plain',
        values: quarters.map((quarter) => quarter[name]),
      })),
      read,
    }),
  );

function numbers(quarters: Quarter[]): Html {
  const hours = Array.from({ length: Math.ceil(quarters.length / 4) }, (_, at) => quarters.slice(at * 4, at * 4 + 4));
  return table({
    caption: 'An hour from its beginning; waiting and ages are the largest of it',
    columns: [
      'From',
      'Sent',
      'Given up',
      'Replies',
      'Bounces',
      'Letters waiting',
      'Mails waiting',
      'Oldest letter',
      'Oldest event',
    ],
    rows: hours
      .toReversed()
      .map((hour) => [
        hour[0] ? moment(hour[0].at) : null,
        add(hour, 'sent'),
        add(hour, 'failed'),
        add(hour, 'replies'),
        add(hour, 'bounces'),
        most(hour, 'lettersWaiting'),
        most(hour, 'mailsWaiting'),
        age(most(hour, 'letterAgeSeconds')),
        age(most(hour, 'outboxAgeSeconds')),
      ]),
    empty: '',
  });
}
