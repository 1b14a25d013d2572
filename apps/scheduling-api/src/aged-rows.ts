// The rows that scheduling-api deletes when their retention time is over (contract, section 7.6).
// Run by Retention and by `npm run retention`.
import {
  type AgedRows,
  type AgedTable,
  auditLinesOf,
  deleteFrom,
  handledEventsOf,
  monthsOf,
  retentionDays,
  type RetentionSettings,
} from '#service';

export const agedTables: AgedTable[] = [
  { table: 'idempotency_keys', madeAt: 'created_at', only: 'true' },
  handledEventsOf('scheduling-api'),
];

/** A delivery is retried for up to 75 hours, so a message is kept for four days at least, whatever the setting is. */
const oldWebhook = `m.created_at < now() - greatest($1, 4) * interval '1 day'`;
const oldRoom = `end_utc < now() - $1 * interval '1 day'`;

export const agedRows = (settings: RetentionSettings): AgedRows[] => [
  {
    what: 'webhook messages',
    days: retentionDays(settings, 'RETENTION_WEBHOOK_DAYS'),
    count: `select count(*)::int as rows from webhook_messages m where ${oldWebhook}`,
    remove: deleteFrom(
      'webhook_messages',
      `select m.id from webhook_messages m where ${oldWebhook} order by m.created_at limit $2`,
    ),
  },
  {
    what: 'rooms',
    days: retentionDays(settings, 'RETENTION_ROOM_DAYS'),
    count: `select count(*)::int as rows from practice_rooms where ${oldRoom}`,
    remove: `select forget_rooms($1, $2) as rows`,
  },
  auditLinesOf('scheduling-api', settings),
  // A monthly partition has the lines of all three apps.
  monthsOf('audit', retentionDays(settings, 'RETENTION_AUDIT_DAYS')),
];
