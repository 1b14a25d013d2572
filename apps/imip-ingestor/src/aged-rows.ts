// The rows that imip-ingestor deletes when their retention time is over (contract, section 7.6): bytes of mails, then
// the rows of the mails, and keys.
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

const roomIsOpen = (room: string): string =>
  `exists (select 1 from practice_rooms r where r.id = ${room} and r.status = 'scheduled' and r.end_utc > now())`;

/** As long as raw mail, and while its room is open: a repeat that arrives later must not count as another reply. */
export const agedTables: AgedTable[] = [
  {
    table: 'imip_seen',
    madeAt: 'seen_at',
    atLeastDays: 30,
    only: `not exists (
      select 1 from imip_messages m join practice_rooms r on r.id = m.room_id
       where m.id = t.mail_id and r.status = 'scheduled' and r.end_utc > now())`,
  },
  handledEventsOf('imip-ingestor'),
];

/**
 * SQL: ids of mails begin with the time they were made at (RFC 9562 5.7), so the primary key finds the old ones. One
 * hour of tolerance for clocks that differ.
 */
const before = `(lpad(to_hex((extract(epoch from now() - $1 * interval '1 day' + interval '1 hour') * 1000)::bigint), 12,
  '0') || repeat('0', 20))::uuid`;
const old = `m.id < ${before} and m.received_at < now() - $1 * interval '1 day' and m.state <> 'stored'`;
/** Rows that identify a repeated reply stay while their room is open. */
const rowMayGo = `not ${roomIsOpen('m.room_id')}`;

export const agedRows = (settings: RetentionSettings): AgedRows[] => {
  const days = retentionDays(settings, 'RETENTION_RAW_MAIL_DAYS');
  return [
    {
      what: 'raw mails',
      days,
      count: `select count(*)::int as rows from imip_messages m join raw_mails r on r.id = m.id where ${old}`,
      remove: deleteFrom(
        'raw_mails',
        `select r.id from raw_mails r join imip_messages m on m.id = r.id where r.id < ${before} and ${old}
          order by r.id limit $2`,
      ),
    },
    {
      what: 'mails',
      days,
      count: `select count(*)::int as rows from imip_messages m where ${old} and ${rowMayGo}`,
      resumes: true,
      remove: `
        with looked as (
          select m.id, ${rowMayGo} as goes from imip_messages m
           where ${old} and ($3 = '' or m.id > nullif($3, '')::uuid) order by m.id limit $2
        ), gone as (
          delete from imip_messages where id = any(array(select id from looked where goes)) returning 1)
        select (select count(*)::int from gone) as rows, (select id::text from looked order by id desc limit 1) as until`,
    },
    monthsOf('mails', days),
    auditLinesOf('imip-ingestor', settings),
  ];
};
