// Webhook messages, written in the transaction of the change that they report, with one delivery for each endpoint that
// asked for the type.
// Called by the stores of scheduling-api and notification-sender; sent by notification-sender/src/webhooks.
import type { WebhookMessage } from '#contracts';
import type { Transaction } from './pipelined-transaction';

/** NOTIFY channel: deliveries may be due. */
export const webhooksDue = 'webhooks_due';
/** NOTIFY channel: messages were written whose room is still to be added. */
export const webhooksUnfilled = 'webhooks_unfilled';

/** Writes messages and their deliveries; nothing is kept of a message that no enabled endpoint asked for. */
export function appendWebhooks(tx: Transaction, messages: readonly WebhookMessage[]): void {
  if (messages.length === 0) return;
  const rows = messages.map(({ id, type, roomId, occurredAt, correlationId, data, detail }) => ({
    id,
    type,
    room_id: roomId,
    occurred_at: occurredAt,
    correlation_id: correlationId,
    data,
    detail,
  }));
  let written: { unfilled: boolean }[] = [];
  // Where it fails, the transaction does, which says so.
  void tx.query<{ unfilled: boolean }>(append, [JSON.stringify(rows)]).then(
    (found) => (written = found),
    () => undefined,
  );
  tx.afterCommit(() => {
    if (written.some(({ unfilled }) => !unfilled)) tx.wake(webhooksDue);
    if (written.some(({ unfilled }) => unfilled)) tx.wake(webhooksUnfilled);
  });
}

const append = `
  with given as (
    select id, type, room_id, occurred_at, correlation_id, data, detail
      from json_to_recordset($1::json) as g(
        id uuid, type text, room_id uuid, occurred_at timestamptz, correlation_id text, data json, detail json)
  ), wanted as (
    select e.id as endpoint_id, e.events from webhook_endpoints e where e.status = 'enabled'
  ), target as (
    select g.id as message_id, w.endpoint_id, g.data is null as unfilled
      from given g join wanted w on w.events is null or g.type = any(w.events)
  ), written as (
    insert into webhook_messages (id, type, room_id, occurred_at, correlation_id, data, detail)
    select id, type, room_id, occurred_at, correlation_id, data, detail
      from given where id in (select message_id from target)
    returning id
  )
  insert into webhook_deliveries (endpoint_id, message_id, due_at)
  select t.endpoint_id, t.message_id, case when t.unfilled then 'infinity'::timestamptz else now() end
    from target t join written w on w.id = t.message_id
  returning due_at = 'infinity' as unfilled`;
