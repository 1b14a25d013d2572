// The rows that notification-sender deletes when their retention time is over (contract, section 7.6).
// Run by Retention and by `npm run retention`.
import {
  type AgedRows,
  auditLinesOf,
  deleteFrom,
  handledEventsOf,
  retentionDays,
  type RetentionSettings,
} from '#service';

export const agedTables = [handledEventsOf('notification-sender')];

/** Letters of rooms that ended more than `$1` days ago; the room itself is deleted after them. */
const ofOldRooms = `
  from practice_rooms r
  join lateral (
    select id from invitations i where i.room_id = r.id
    union all select id from former_invitations f where f.room_id = r.id) as i on true
  join letters l on l.invitation_id = i.id
 where r.start_utc < now() - $1 * interval '1 day' and r.end_utc < now() - $1 * interval '1 day'`;

export const agedRows = (settings: RetentionSettings): AgedRows[] => [
  {
    what: 'letters of rooms',
    days: retentionDays(settings, 'RETENTION_ROOM_DAYS'),
    count: `select count(*)::int as rows ${ofOldRooms}`,
    remove: deleteFrom('letters', `select l.id ${ofOldRooms} order by r.start_utc, r.id limit $2`),
  },
  auditLinesOf('notification-sender', settings),
];
