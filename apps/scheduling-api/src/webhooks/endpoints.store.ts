// The webhook endpoints of platforms in the database: register, change, rotate, test, replay, and what was sent to
// them.
// Called by endpoints.controller.ts inside its transaction; notification-sender reads the same rows and sends.
import { randomUUIDv7 } from 'node:crypto';
import type { z } from 'zod';
import { webhookTypes } from '#contracts';
import { type Queryable, type Transaction, webhooksDue } from '#persistence';
import type { TokenSecrets } from '#tokens';
import { newWebhookSecret, sealSecret } from '#webhooks';
import type { EndpointChange, EndpointRequest, MessagesQuery, ReplayRequest } from './requests';

/** So that nobody turns one change of a room into thousands of requests. */
export const mostEndpoints = 100;

interface EndpointRow {
  id: string;
  url: string;
  events: string[] | null;
  description: string | null;
  include_addresses: boolean;
  status: 'enabled' | 'disabled';
  created_at: Date;
}
const columns = 'id, url, events, description, include_addresses, status, created_at';

export type EndpointView = Record<string, unknown> & { endpointId: string };

const view = (row: EndpointRow): EndpointView => ({
  endpointId: row.id,
  url: row.url,
  events: row.events ?? webhookTypes,
  description: row.description,
  includeAddresses: row.include_addresses,
  status: row.status,
  createdAt: row.created_at.toISOString(),
});

export async function listEndpoints(db: Queryable): Promise<EndpointView[]> {
  return (await db.query<EndpointRow>(`select ${columns} from webhook_endpoints order by id`)).map(view);
}

export async function readEndpoint(db: Queryable, id: string): Promise<EndpointView | null> {
  const [row] = await db.query<EndpointRow>(`select ${columns} from webhook_endpoints where id = $1`, [id]);
  return row ? view(row) : null;
}

/** The endpoint and its secret, which is stored sealed; null where there are as many endpoints as may be. */
export async function createEndpoint(
  tx: Transaction,
  wanted: z.infer<typeof EndpointRequest>,
  { secrets, createdBy }: { secrets: TokenSecrets; createdBy: string },
): Promise<{ endpoint: EndpointView; sealed: string } | null> {
  const id = randomUUIDv7();
  const sealed = sealSecret(secrets, id, newWebhookSecret());
  const [row] = await tx.query<EndpointRow>(
    `insert into webhook_endpoints (id, url, events, description, include_addresses, secret, created_by)
     select $1::uuid, $2, $3::text[], $4, $5::boolean, $6, $7
      where (select count(*) from webhook_endpoints) < $8::int returning ${columns}`,
    [
      id,
      wanted.url,
      wanted.events ?? null,
      wanted.description ?? null,
      wanted.includeAddresses ?? false,
      sealed,
      createdBy,
      mostEndpoints,
    ],
  );
  return row ? { endpoint: view(row), sealed } : null;
}

/** Changes the fields that are given. An endpoint that is enabled again begins without a history of failures. */
export async function changeEndpoint(
  tx: Transaction,
  id: string,
  change: z.infer<typeof EndpointChange>,
): Promise<EndpointView | null> {
  const isChanged = (name: keyof typeof change): boolean => change[name] !== undefined;
  const [row] = await tx.query<EndpointRow>(
    `update webhook_endpoints set
       url = coalesce($2, url),
       events = case when $3::boolean then $4::text[] else events end,
       description = case when $5::boolean then $6 else description end,
       include_addresses = case when $7::boolean then coalesce($8::boolean, false) else include_addresses end,
       status = coalesce($9, status),
       disabled_why = case when $9 = 'disabled' then 'platform' when $9 = 'enabled' then null else disabled_why end,
       failing_since = case when $9 = 'enabled' then null else failing_since end
     where id = $1 returning ${columns}`,
    [
      id,
      change.url ?? null,
      isChanged('events'),
      change.events ?? null,
      isChanged('description'),
      change.description ?? null,
      isChanged('includeAddresses'),
      change.includeAddresses ?? null,
      change.status ?? null,
    ],
  );
  if (row && change.status === 'enabled') tx.wake(webhooksDue);
  return row ? view(row) : null;
}

export async function deleteEndpoint(tx: Transaction, id: string): Promise<boolean> {
  const gone = await tx.query('delete from webhook_endpoints where id = $1 returning id', [id]);
  if (gone.length > 0) tx.write('delete from webhook_deliveries where endpoint_id = $1', [id]);
  return gone.length > 0;
}

/** Makes a new secret; the one before it signs beside it for 24 hours. */
export async function rotateSecret(
  tx: Transaction,
  id: string,
  secrets: TokenSecrets,
): Promise<{ endpoint: EndpointView; sealed: string } | null> {
  const sealed = sealSecret(secrets, id, newWebhookSecret());
  const [row] = await tx.query<EndpointRow>(
    `update webhook_endpoints set previous_secret = secret, previous_until = now() + interval '24 hours', secret = $2
      where id = $1 returning ${columns}`,
    [id, sealed],
  );
  return row ? { endpoint: view(row), sealed } : null;
}

/** Writes one `webhook.test` for this endpoint alone; returns its id. */
export function writeTest(tx: Transaction, endpointId: string, correlationId: string): string {
  const id = randomUUIDv7();
  tx.write(
    `insert into webhook_messages (id, type, occurred_at, correlation_id, data)
      values ($1, 'webhook.test', now(), $2, $3::json)`,
    [id, correlationId, JSON.stringify({ endpointId })],
  );
  tx.write('insert into webhook_deliveries (endpoint_id, message_id, due_at) values ($1, $2, now())', [endpointId, id]);
  tx.wake(webhooksDue);
  return id;
}

/** Makes messages due again under their ids, with all their tries; returns how many. */
export async function replay(tx: Transaction, id: string, wanted: z.infer<typeof ReplayRequest>): Promise<number> {
  const rows = await tx.query(
    `update webhook_deliveries d set status = 'pending', due_at = now(), step = 0
       from webhook_messages m
      where d.endpoint_id = $1 and m.id = d.message_id and m.data is not null
        and ($2 = 'all' or d.status = 'failed')
        and ($3::timestamptz is null or m.occurred_at >= $3) and ($4::timestamptz is null or m.occurred_at < $4)
        and ($5::uuid[] is null or d.message_id = any($5))
     returning d.message_id`,
    [id, wanted.status ?? 'failed', wanted.since ?? null, wanted.until ?? null, wanted.messageIds ?? null],
  );
  if (rows.length > 0) tx.wake(webhooksDue);
  return rows.length;
}

interface MessageRow {
  message_id: string;
  type: string;
  room_id: string | null;
  status: string;
  log: unknown[];
  due_at: Date | null;
}

/**
 * One page of what was sent or is to be sent, the newest first: ids begin with their time. The status stands in the
 * statement, so that failed messages are found by their own index.
 */
export async function listMessages(
  db: Queryable,
  endpointId: string,
  { status, limit, cursor }: z.infer<typeof MessagesQuery>,
): Promise<{ items: Record<string, unknown>[]; nextCursor: string | null }> {
  const rows = await db.query<MessageRow>(
    `select d.message_id, m.type, m.room_id, d.status, d.log,
            case when d.status = 'pending' and d.due_at <> 'infinity' then d.due_at end as due_at
       from webhook_deliveries d join webhook_messages m on m.id = d.message_id
      where d.endpoint_id = $1 ${status === undefined ? '' : `and d.status = '${status}'`}
        ${cursor === undefined ? '' : 'and d.message_id < $3'}
      order by d.message_id desc limit $2`,
    [endpointId, limit + 1, ...(cursor === undefined ? [] : [cursor])],
  );
  const items = rows.slice(0, limit).map((row) => ({
    messageId: row.message_id,
    type: row.type,
    roomId: row.room_id,
    status: row.status,
    attempts: row.log,
    nextAttemptAt: row.due_at?.toISOString() ?? null,
  }));
  return { items, nextCursor: rows.length > limit ? (rows[limit - 1]?.message_id ?? null) : null };
}
