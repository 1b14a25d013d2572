// Reads the webhook endpoints with their states and counts.
// Called by webhooks.controller.ts. There are at most a hundred endpoints.
import type { Queryable } from '#persistence';
import { mostCounted } from './keyset';

export interface EndpointState {
  id: string;
  url: string;
  description: string | null;
  events: string[] | null;
  include_addresses: boolean;
  status: 'enabled' | 'disabled';
  disabled_why: string | null;
  failing_since: Date | null;
  created_at: Date;
  created_by: string | null;
  /** Up to `mostCounted` each. */
  pending: number;
  failed: number;
}

const ofStatus = (status: 'pending' | 'failed'): string =>
  `(select count(*)::int from (select 1 from webhook_deliveries d where d.endpoint_id = e.id and d.status = '${status}'
      limit ${mostCounted}) c)`;

/** All of them, or the one of this id. */
export const endpointStates = (db: Queryable, id: string | null = null): Promise<EndpointState[]> =>
  db.query<EndpointState>(
    `select e.id, e.url, e.description, e.events, e.include_addresses, e.status, e.disabled_why, e.failing_since,
            e.created_at, e.created_by, ${ofStatus('pending')} as pending, ${ofStatus('failed')} as failed
       from webhook_endpoints e ${id === null ? '' : 'where e.id = $1'} order by e.id`,
    id === null ? [] : [id],
  );
