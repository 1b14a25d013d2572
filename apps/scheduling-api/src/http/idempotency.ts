// Makes a POST idempotent: its first response is stored under its Idempotency-Key, in the transaction of the work.
// Used by every POST of the platform.
import { createHash } from 'node:crypto';
import type { Queryable, Transaction } from '#persistence';
import { invalidFields, Problem } from '#service';
import type { ApiResponse } from './responses';

/**
 * Identifies a request: `key` is the Idempotency-Key header, `owner` is `Caller.owner`, and `route` is the name of the
 * route in audit and idempotency.
 */
export interface PlatformRequest {
  route: string;
  owner: string;
  key: string | undefined;
  body: unknown;
}

/**
 * Runs `work` once per key. The same key and body get the first response, refusals included; another body is a 422.
 * While the first request is in progress, a repeat waits: the row of the key is locked until that transaction ends.
 */
export async function once(
  tx: Transaction,
  request: PlatformRequest,
  work: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  if (request.key === undefined) return work();
  if (!/^[\x21-\x7e]{1,255}$/.test(request.key)) {
    const fault = {
      pointer: 'Idempotency-Key',
      code: 'malformed',
      detail: 'Idempotency-Key must be 1 to 255 visible ASCII characters',
    };
    throw invalidFields([fault]);
  }
  const sha256 = createHash('sha256')
    .update(`${request.route}\n${canonical(request.body)}`)
    .digest('hex');
  const inserted = await tx.query(
    `insert into idempotency_keys (owner, key, request_sha256, status, answer) values ($1, $2, $3, 0, '{}')
      on conflict do nothing returning key`,
    [request.owner, request.key, sha256],
  );
  if (inserted.length === 0) return firstResponse(tx, request, sha256);
  const answer = await work();
  // A request over a rate limit may be repeated with the same key.
  if (answer.status === 429) {
    tx.write('delete from idempotency_keys where owner = $1 and key = $2', [request.owner, request.key]);
    return answer;
  }
  tx.write('update idempotency_keys set status = $3, answer = $4 where owner = $1 and key = $2', [
    request.owner,
    request.key,
    answer.status,
    answer.body,
  ]);
  return answer;
}

/** Whether a key was used before; a key of a transaction in progress is not visible yet. */
export async function usedBefore(
  db: Queryable,
  { key, owner }: Pick<PlatformRequest, 'key' | 'owner'>,
): Promise<boolean> {
  return (
    key !== undefined &&
    (await db.query('select 1 from idempotency_keys where owner = $1 and key = $2', [owner, key])).length > 0
  );
}

async function firstResponse(tx: Queryable, request: PlatformRequest, sha256: string): Promise<ApiResponse> {
  const [row] = await tx.query<{ request_sha256: string; status: number; answer: Record<string, unknown> }>(
    'select request_sha256, status, answer from idempotency_keys where owner = $1 and key = $2',
    [request.owner, request.key],
  );
  if (!row || row.status === 0)
    throw new Problem(503, 'try-again', 'Nothing was stored. Try again.', { headers: { 'retry-after': '1' } });
  if (row.request_sha256 !== sha256)
    throw new Problem(422, 'idempotency-key-reused', 'This Idempotency-Key came with another request before.');
  return { status: row.status, body: row.answer };
}

/** JSON with sorted keys: the same body in another order is the same body. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}
