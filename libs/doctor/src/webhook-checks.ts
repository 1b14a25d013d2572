// Finds pending webhooks and the reason: their room is missing, no sender runs, or an endpoint fails or is disabled.
// Called by examine.ts. An endpoint is named only by its id, because its URL may contain a secret.
import { plural } from '#service';
import { atMost, type Check } from './finding';

const messagesWait = (messages: string): string => plural(messages, 'message waits', 'messages wait');

const unfilled: Check = async ({ db, graceSeconds }) => {
  const [row] = await db.query<{ messages: string; seconds: string }>(
    `select count(*) as messages, round(extract(epoch from now() - min(created_at))) as seconds
       from webhook_messages where data is null and created_at < now() - $1 * interval '1 second'`,
    [graceSeconds],
  );
  if (!row || Number(row.messages) === 0) return [];
  return [
    {
      kind: 'webhooks-without-room',
      subject: 'scheduling-api',
      text: `${plural(row.messages, 'webhook message waits', 'webhook messages wait')} for their room, the oldest for ${row.seconds} s`,
      advice: 'check that a scheduling-api runs',
    },
  ];
};

/** What is leased is due only when its lease has run out. */
const overdue: Check = async ({ db, graceSeconds }) => {
  const rows = await db.query<{ id: string; messages: string; seconds: string }>(
    `select e.id, count(*) as messages, round(extract(epoch from now() - min(d.due_at))) as seconds
       from webhook_endpoints e join webhook_deliveries d on d.endpoint_id = e.id
      where e.status = 'enabled' and d.status = 'pending' and d.due_at < now() - $1 * interval '1 second'
      group by e.id order by e.id limit ${atMost}`,
    [graceSeconds],
  );
  return rows.map(({ id, messages, seconds }) => ({
    kind: 'webhooks-overdue',
    subject: `endpoint ${id}`,
    text: `${plural(messages, 'webhook message is', 'webhook messages are')} due and not sent, the oldest for ${seconds} s`,
    advice: 'see that a notification-sender runs; an endpoint that responds slowly gets few at a time',
  }));
};

const failing: Check = async ({ db, graceSeconds }) => {
  const rows = await db.query<{
    id: string;
    seconds: string;
    messages: string;
    next: Date | null;
    last: string | null;
  }>(
    `select e.id, round(extract(epoch from now() - e.failing_since)) as seconds, w.messages, w.next, w.last
       from webhook_endpoints e cross join lateral (
         select count(*) as messages, min(d.due_at) filter (where d.due_at <> 'infinity') as next,
                max(coalesce(d.log -> -1 ->> 'httpStatus', d.log -> -1 ->> 'error')) as last
           from webhook_deliveries d where d.endpoint_id = e.id and d.status = 'pending') w
      where e.status = 'enabled' and e.failing_since < now() - $1 * interval '1 second' order by e.id limit ${atMost}`,
    [graceSeconds],
  );
  return rows.map(({ id, seconds, messages, next, last }) => ({
    kind: 'webhook-endpoint-failing',
    subject: `endpoint ${id}`,
    text:
      `nothing but failures for ${seconds} s${last === null ? '' : `, the last: ${last}`}; ${messagesWait(messages)}` +
      `${next === null ? '' : `, the next attempt is at ${next.toISOString()}`}`,
    advice: 'tell the platform; after five days it is disabled',
  }));
};

const whyDisabled: Record<string, string> = {
  gone: 'it responded with 410',
  failing: 'it failed for five days',
};

const disabled: Check = async ({ db }) => {
  const rows = await db.query<{ id: string; why: string; messages: string }>(
    `select e.id, e.disabled_why as why, (select count(*) from webhook_deliveries d
        where d.endpoint_id = e.id and d.status = 'pending') as messages
       from webhook_endpoints e where e.status = 'disabled' and e.disabled_why in ('gone', 'failing')
      order by e.id limit ${atMost}`,
  );
  return rows.map(({ id, why, messages }) => ({
    kind: 'webhook-endpoint-disabled',
    subject: `endpoint ${id}`,
    text: `disabled, because ${whyDisabled[why] ?? why}; ${messagesWait(messages)}`,
    advice: 'once it responds, set its status to enabled, or delete it',
  }));
};

export const webhookChecks: Check[] = [unfilled, overdue, failing, disabled];
