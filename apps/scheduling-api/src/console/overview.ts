// What the Overview shows: the samples of the last day in quarters of an hour, and the counts of what needs a person.
// Called by overview.controller.ts; reads only, a bounded number of rows.
import type { Queryable } from '#persistence';
import { countLetters } from './find-letters';
import { mostCounted } from './keyset';
import { countMails } from './find-mails';

/** Sums of a quarter of an hour, or its largest value; null where nothing was counted in it. */
export interface Quarter {
  at: Date;
  sent: number | null;
  failed: number | null;
  replies: number | null;
  bounces: number | null;
  lettersWaiting: number | null;
  mailsWaiting: number | null;
  letterAgeSeconds: number | null;
  outboxAgeSeconds: number | null;
}

/** 96, the oldest first, the last one still going on. */
export const quartersOfDay = (db: Queryable): Promise<Quarter[]> =>
  db.query<Quarter>(
    `select q.at, sum(letters_sent)::int as sent, sum(letters_failed)::int as failed, sum(replies)::int as replies,
            sum(bounces)::int as bounces, max(letters_waiting) as "lettersWaiting", max(mails_waiting) as "mailsWaiting",
            max(letter_age_seconds) as "letterAgeSeconds", max(outbox_age_seconds) as "outboxAgeSeconds"
       from generate_series(date_bin('15 minutes', now(), '2000-01-01') - interval '1425 minutes',
              date_bin('15 minutes', now(), '2000-01-01'), interval '15 minutes') as q(at)
       left join operation_samples s on s.at >= q.at and s.at < q.at + interval '15 minutes'
      group by q.at order by q.at`,
  );

export interface Needs {
  lettersFailed: number;
  lettersStopped: number;
  quarantined: number;
  unconfirmed: number;
  deadLetters: number;
  endpointsFailing: number;
}

/** Each up to `mostCounted`. */
export async function needsOfPeople(db: Queryable): Promise<Needs> {
  const [letters, mails, [row]] = await Promise.all([
    countLetters(db),
    countMails(db),
    db.query<{ dead: number; failing: number }>(
      `select (select count(*)::int from (select 1 from dead_letters order by died_at desc, id desc
                limit ${mostCounted}) c) as dead,
              (select count(*)::int from webhook_endpoints where failing_since is not null
                or (status = 'disabled' and disabled_why in ('gone', 'failing'))) as failing`,
    ),
  ]);
  return {
    lettersFailed: letters.failed,
    lettersStopped: letters.stopped,
    quarantined: mails.quarantined,
    unconfirmed: mails.unconfirmed,
    deadLetters: row?.dead ?? 0,
    endpointsFailing: row?.failing ?? 0,
  };
}
