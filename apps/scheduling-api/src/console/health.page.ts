// The findings of the doctor: what must be fixed, what waits, and unwise settings.
// Called by health.controller.ts.
import type { Finding } from '#doctor';
import { plural } from '#service';
import { type Html, html } from '../links/html';
import type { ShownView } from './frame';
import type { HealthState } from './health-report';
import { badge, formTokenField, liveRegion, type Look, moment, statusMessage, table } from './parts';
import type { Session } from './sessions';

export const healthPath = '/console/health';

export function healthPage(state: HealthState, knowsRelay: boolean, session: Session): ShownView {
  return {
    title: 'Health',
    section: healthPath,
    live: true,
    content: html`<p class="faint">The findings of <code>npm run doctor</code>. The checks change nothing. They connect to the relay and
read whole tables, and run again after five minutes.</p>
<form class="actions" method="post" action="${healthPath}">${formTokenField(session)}<button class="quiet">Check again now</button></form>
${liveRegion('health', html`${stateOf(state)}${!knowsRelay && relayHint}${lists(state)}`)}`,
  };
}

const relayHint = statusMessage(
  'SMTP_URL is not set for scheduling-api, so the SMTP relay is not checked here. The letters that wait for it are listed.',
);

function stateOf({ checkedAt, isChecking, findings, fault }: HealthState): Html {
  if (checkedAt === null) return statusMessage('Checking for the first time …', 'wait');
  const when = html`Checked at ${moment(checkedAt)}${isChecking && ', checking again now'}.`;
  if (fault !== null) return statusMessage(html`The checks failed: ${fault}. ${when}`, 'bad');
  const faults = findings.filter(isFault).length;
  return faults === 0
    ? statusMessage(html`Nothing must be fixed. ${when}`, 'good')
    : statusMessage(html`${plural(faults, 'thing')} must be fixed. ${when}`, 'bad');
}

const isFault = ({ level }: Finding): boolean => level !== 'notice';

const lists = ({ findings, warnings }: HealthState): Html =>
  html`${section('Must be fixed', findings.filter(isFault), 'bad')}${section(
    'Waits, or needs a person',
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
          advice ?? (repair ? 'npm run doctor -- --repair repairs it' : null),
        ]),
        empty: '',
      })}</section>`;
