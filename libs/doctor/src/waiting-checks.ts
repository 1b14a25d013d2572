// Finds letters and mails that are pending, and the reason: the relay, an older letter, a reader, or the attendee's
// confirmation.
// Called by examine.ts. Counts by reason, because there may be many, and their ids do not help.
import { isRelayTrouble } from '#contracts';
import { plural } from '#service';
import type { Check, Finding } from './finding';
import { relayTroubleIn } from './relay';

interface Group {
  code: string;
  count: string;
  since: Date | null;
  next: Date | null;
}

const at = (instant: Date | null): string => (instant === null ? 'an unknown time' : instant.toISOString());

/** A relay that refuses the sender delays every letter; a deferred letter is sent again automatically. */
const deferred: Check = async ({ db, graceSeconds }) => {
  const groups = await db.query<Group>(
    `select split_part(last_error, ':', 1) as code, count(*) as count, min(coalesce(tried_since, claimed_at)) as since,
            min(due_at) as next
       from letters where state = 'due' and due_at > now() and last_error is not null
        and coalesce(tried_since, claimed_at) < now() - $1 * interval '1 second'
      group by 1 order by 1`,
    [graceSeconds],
  );
  return groups.map(({ code, count, since, next }): Finding => {
    const tries = `the oldest since ${at(since)}, the next attempt is at ${at(next)}`;
    return isRelayTrouble(code)
      ? {
          kind: 'letters-wait-for-relay',
          subject: code,
          text: `${plural(count, 'letter waits', 'letters wait')}, because ${relayTroubleIn(code)}; ${tries}`,
          advice: 'see LettersLate in docs/runbook.md',
        }
      : {
          level: 'notice',
          kind: 'letters-deferred',
          subject: code,
          text: `${plural(count, 'letter waits', 'letters wait')}, because the relay responded with ${code}; ${tries}`,
        };
  });
};

/** Letters that failed in the last week; older ones no longer matter to anybody. */
const givenUp: Check = async ({ db }) => {
  const groups = await db.query<Group>(
    `select split_part(last_error, ':', 1) as code, count(*) as count, max(claimed_at) as since, null as next
       from letters where state = 'failed' and created_at > now() - interval '7 days' group by 1 order by 1`,
  );
  return groups.map(({ code, count, since }) => ({
    level: 'notice',
    kind: 'letters-failed',
    subject: code,
    text: `${plural(count, 'letter')} of the last 7 days failed with ${code}, the last attempt begun at ${at(since)}`,
    advice: `after the cause is fixed: npm run replay -- --failed --reason ${code}`,
  }));
};

/** A mail whose reading failed is tried again after a wait that doubles; the fifth time it goes to quarantine. */
const unread: Check = async ({ db, graceSeconds }) => {
  const [row] = await db.query<{ waiting: string; again: string; since: Date | null }>(
    `select count(*) as waiting, count(*) filter (where attempts > 1) as again, min(received_at) as since
       from imip_messages where state = 'stored' and received_at < now() - $1 * interval '1 second'`,
    [graceSeconds],
  );
  if (!row || Number(row.waiting) === 0) return [];
  const failed =
    Number(row.again) > 0
      ? `; ${plural(row.again, 'of them failed and is', 'of them failed and are')} tried again`
      : '';
  return [
    {
      kind: 'mails-unread',
      subject: 'imip-ingestor',
      text: `${plural(row.waiting, 'mail waits', 'mails wait')} to be read, the oldest since ${at(row.since)}${failed}`,
      advice: 'check that an imip-ingestor runs',
    },
  ];
};

const quarantined: Check = async ({ db }) => {
  const groups = await db.query<{ why: string | null; count: string }>(
    `select why, count(*) as count from imip_messages where state = 'quarantined' group by 1 order by 1`,
  );
  return groups.map(({ why, count }) => ({
    kind: 'mails-quarantined',
    subject: 'imip-ingestor',
    text: `${plural(count, 'mail')} could not be read${why === null ? '' : ` (${why})`}`,
    advice: 'fix the cause, then npm run replay -- --quarantined',
  }));
};

const ofDay = ' of the last day';

/** They wait for the attendee's confirmation; without a setting that trusts a check of senders, all mails do. */
const unconfirmed: Check = async ({ db }) => {
  const groups = await db.query<{ code: string; count: string }>(
    `select split_part(why, ':', 1) as code, count(*) as count from imip_messages
      where verdict = 'held' and received_at > now() - interval '1 day' group by 1 order by 1`,
  );
  return groups.map(({ code, count }) => ({
    level: 'notice',
    kind: 'mails-unconfirmed',
    subject: code,
    text: plural(
      count,
      `mail${ofDay} was not believed; its attendee is asked to confirm`,
      `mails${ofDay} were not believed; their attendees are asked to confirm`,
    ),
    advice: 'if this concerns all mails, see AUTHSERV_ID in docs/mail.md',
  }));
};

export const waitingChecks: Check[] = [deferred, givenUp, unread, quarantined, unconfirmed];
