// The webhook deliveries in the database: leases due ones and records outcomes.
// Called by webhook-dispatcher.ts; several senders work on them at a time.
import type { Database, Queryable } from '#persistence';
import type { TryOutcome } from './webhook-http';

/** A try takes at most 15 s; the leases of a process that died expire after this. */
const lease = `interval '40 seconds'`;
/** An endpoint that only failed for so long is disabled. */
const disableAfter = `interval '5 days'`;
const longestLog = 25;

export interface LeasedWebhook {
  endpointId: string;
  messageId: string;
  /** Counts every lease: an outcome is recorded only by the latest one. */
  tries: number;
  /** The number of this try since the message was written or replayed, from 1. */
  step: number;
  type: string;
  occurredAt: Date;
  /** Of the message; null in those of the first version. */
  correlationId: string | null;
  data: unknown;
  url: string;
  includeAddresses: boolean;
  /** Sealed; the previous one while it still signs. */
  secrets: string[];
}

interface Row {
  endpoint_id: string;
  message_id: string;
  tries: number;
  step: number;
  type: string;
  occurred_at: Date;
  correlation_id: string | null;
  data: unknown;
  url: string;
  include_addresses: boolean;
  secret: string;
  previous_secret: string | null;
}

/** Leases due deliveries: of each endpoint as many as `free` has for it, else `others`; at most `most` in all. */
export async function leaseWebhooks(
  db: Queryable,
  { free, others, most }: { free: ReadonlyMap<string, number>; others: number; most: number },
): Promise<LeasedWebhook[]> {
  const rows = await db.query<Row>(leaseDue, [[...free.keys()], [...free.values()], others, most]);
  return rows.map((row) => ({
    endpointId: row.endpoint_id,
    messageId: row.message_id,
    tries: row.tries,
    step: row.step,
    type: row.type,
    occurredAt: row.occurred_at,
    correlationId: row.correlation_id,
    data: row.data,
    url: row.url,
    includeAddresses: row.include_addresses,
    secrets: row.previous_secret === null ? [row.secret] : [row.secret, row.previous_secret],
  }));
}

const leaseDue = `
  with due as materialized (
    select d.endpoint_id, d.message_id
      from webhook_endpoints e
      left join unnest($1::uuid[], $2::int[]) as b(id, free) on b.id = e.id
     cross join lateral (
       select w.endpoint_id, w.message_id from webhook_deliveries w
        where w.endpoint_id = e.id and w.status = 'pending' and w.due_at <= now()
        order by w.due_at limit coalesce(b.free, $3::int) for update skip locked) d
     where e.status = 'enabled'
     limit $4
  )
  update webhook_deliveries d set due_at = now() + ${lease}, tries = d.tries + 1, step = d.step + 1
    from due join webhook_messages m on m.id = due.message_id join webhook_endpoints e on e.id = due.endpoint_id
   where d.endpoint_id = due.endpoint_id and d.message_id = due.message_id
  returning d.endpoint_id, d.message_id, d.tries, d.step, m.type, m.occurred_at, m.correlation_id, m.data, e.url, e.include_addresses,
    e.secret,
            case when e.previous_until > now() then e.previous_secret end as previous_secret`;

/** SQL: when the next delivery to an enabled endpoint is due; a leased one at the end of its lease. */
export const nextWebhookDue = `
  select min(d.due_at) from webhook_endpoints e
   cross join lateral (
     select w.due_at from webhook_deliveries w
      where w.endpoint_id = e.id and w.status = 'pending' and w.due_at < 'infinity' order by w.due_at limit 1) d
   where e.status = 'enabled'`;

export interface WebhookAttempt {
  webhook: LeasedWebhook;
  at: Date;
  outcome: TryOutcome;
  status: 'delivered' | 'pending' | 'failed';
  waitMs: number;
}

/** An endpoint that failed; `why` where it was disabled. */
export interface DisabledEndpoint {
  endpointId: string;
  why: 'gone' | 'failing' | null;
}

/** Records tries and the resulting state of their endpoints. */
export async function recordWebhooks(db: Database, tried: readonly WebhookAttempt[]): Promise<DisabledEndpoint[]> {
  const rows = tried.map(({ webhook, at, outcome, status, waitMs }) => ({
    endpoint_id: webhook.endpointId,
    message_id: webhook.messageId,
    tries: webhook.tries,
    status,
    wait_ms: waitMs,
    entry: { at: at.toISOString(), ...outcome },
  }));
  const of = (which: (each: WebhookAttempt) => boolean): string[] => [
    ...new Set(tried.filter(which).map(({ webhook }) => webhook.endpointId)),
  ];
  const took = of(({ status }) => status === 'delivered');
  const refused = of(({ status }) => status !== 'delivered').filter((id) => !took.includes(id));
  const gone = of(({ outcome }) => outcome.httpStatus === 410);
  return db.transaction(async (tx) => {
    tx.write(record, [JSON.stringify(rows)]);
    if (took.length > 0) tx.write(isWell, [took]);
    if (refused.length === 0 && gone.length === 0) return [];
    return tx.query<DisabledEndpoint>(isFailing, [refused, gone]);
  });
}

const record = `
  update webhook_deliveries d set
    status = r.status, due_at = now() + r.wait_ms * interval '1 millisecond',
    log = (case when jsonb_array_length(d.log) >= ${longestLog} then d.log - 0 else d.log end) || r.entry
    from jsonb_to_recordset($1::jsonb) as r(endpoint_id uuid, message_id uuid, tries int, status text, wait_ms float8,
      entry jsonb)
   where d.endpoint_id = r.endpoint_id and d.message_id = r.message_id and d.tries = r.tries
     and d.status = 'pending'`;

const isWell = `
  update webhook_endpoints set failing_since = null
   where id = any($1::uuid[]) and failing_since is not null`;

// Written only where something changes: an endpoint that is down must not cause a row version for each try.
const isFailing = `
  update webhook_endpoints set
    failing_since = coalesce(failing_since, now()),
    status = case when id = any($2::uuid[]) or failing_since < now() - ${disableAfter} then 'disabled' else status end,
    disabled_why = case when id = any($2::uuid[]) then 'gone' when failing_since < now() -
      ${disableAfter} then 'failing'
      else disabled_why end
   where status = 'enabled' and (id = any($2::uuid[])
      or (id = any($1::uuid[]) and (failing_since is null or failing_since < now() - ${disableAfter})))
  returning id as "endpointId", case when status = 'disabled' then disabled_why end as why`;

/** Returns leased webhooks whose try did not finish: due at once, the try not counted. */
export async function returnWebhooks(db: Queryable, webhooks: readonly LeasedWebhook[]): Promise<void> {
  const rows = webhooks.map(({ endpointId, messageId, tries }) => ({
    endpoint_id: endpointId,
    message_id: messageId,
    tries,
  }));
  await db.query(
    `update webhook_deliveries d set due_at = now(), step = d.step - 1
       from jsonb_to_recordset($1::jsonb) as r(endpoint_id uuid, message_id uuid, tries int)
      where d.endpoint_id = r.endpoint_id and d.message_id = r.message_id and d.tries = r.tries
        and d.status = 'pending'`,
    [JSON.stringify(rows)],
  );
}
