// What the doctor found: what must be fixed, what waits for itself or for a person, what is unwise in the settings.
// Called by health.controller.ts.
import type { Finding } from '#doctor';
import { type Html, html } from '../links/html';
import type { ShownView } from './frame';
import type { HealthState } from './health-report';
import { badge, formTokenField, liveRegion, type Look, moment, says, table } from './parts';
import type { Session } from './sessions';

export const healthPath = '/console/health';

export function healthPage(state: HealthState, knowsRelay: boolean, session: Session): ShownView {
  return {
    title: 'Health',
    section: healthPath,
    live: true,
    content: html`<p class="faint">What <code>npm run doctor</code> says. Looking changes nothing; it greets the relay and
reads whole tables, and is done again after five minutes.</p>
<form class="actions" method="post" action="${healthPath}">${formTokenField(session)}<button class="quiet">Look again now</button></form>
${liveRegion('health', html`${stateOf(state)}${!knowsRelay && relayHint}${lists(state)}`)}`,
  };
}

const relayHint = says(
  'SMTP_URL is not set for scheduling-api: the relay is not greeted from here. What waits for it is listed all the same.',
);

function stateOf({ lookedAt, isLooking, findings, fault }: HealthState): Html {
  if (lookedAt === null) return says('Looking for the first time …', 'wait');
  const when = html`Looked at ${moment(lookedAt)}${isLooking && ', looking again now'}.`;
  if (fault !== null) return says(html`The look could not be ended: ${fault}. ${when}`, 'bad');
  const faults = findings.filter(isFault).length;
  return faults === 0
    ? says(html`Nothing must be fixed. ${when}`, 'good')
    : says(html`${faults === 1 ? '1 thing' : `${faults} things`} must be fixed. ${when}`, 'bad');
}

const isFault = ({ level }: Finding): boolean => level !== 'notice';

const lists = ({ findings, warnings }: HealthState): Html =>
  html`${section('Must be fixed', findings.filter(isFault), 'bad')}${section(
    'Waits for itself or for a person',
    findings.filter((each) => !isFault(each)),
    'wait',
  )}${
    warnings.length > 0 &&
    html`<section class="card" aria-labelledby="unwise"><h2 id="unwise">Unwise in the settings</h2>
<ul>${warnings.map((each) => html`<li>${each.replace(/^(?:warning|note) +/, '')}</li>`)}</ul></section>`
  }`;

const section = (title: string, findings: Finding[], look: Look): Html | null =>
  findings.length === 0
    ? null
    : html`<section class="card">${table({
        caption: title,
        columns: ['Kind', 'About', 'What', 'What to do'],
        rows: findings.map(({ kind, subject, text, advice, repair }) => [
          badge(kind, look),
          subject,
          text,
          advice ?? (repair ? 'npm run doctor -- --repair mends it' : null),
        ]),
        empty: '',
      })}</section>`;
