// Counts the links that a person was sent for a room before. Runs under the lock of the room, so that two mails at a
// time count each other.
// Called by mail.consumer.ts right before the command that may offer another.
import type { Claim, Role } from '#contracts';
import type { Queryable } from '#persistence';
import type { OfferedMail } from './context';
import type { OffersBefore } from './decide-offers';

export async function offersBefore(
  tx: Queryable,
  roomId: string,
  role: Role,
  asked: { why: 'held'; claim: Claim } | { why: 'text' },
): Promise<OffersBefore> {
  await tx.query('select 1 from practice_rooms where id = $1 for update', [roomId]);
  const [counted] = await tx.query<{ today: number; ever: number; asked: string[] | null }>(
    `select count(*) filter (where at > clock_timestamp() - interval '1 day')::int as today, count(*)::int as ever,
            array_agg(substr(why, length($3) + 3)) filter (where at > clock_timestamp() - interval '1 day') as asked
       from audit where room_id = $1 and role = $2 and verdict = 'link-offered' and split_part(why, ':', 1) = $3`,
    [roomId, role, asked.why],
  );
  const same = asked.why === 'held' ? await waiting(tx, roomId, role, asked.claim) : false;
  return { today: counted?.today ?? 0, ever: counted?.ever ?? 0, same, asked: counted?.asked ?? [] };
}

/**
 * Mails with a link to either party of each room within the last day: what the limits count beside the proposals.
 * Asked under the rooms' locks.
 */
export async function offeredLately(tx: Queryable, roomIds: string[]): Promise<Map<string, OfferedMail[]>> {
  const found = new Map<string, OfferedMail[]>();
  if (roomIds.length === 0) return found;
  const rows = await tx.query<OfferedMail & { room_id: string }>(
    `select room_id, role, at from audit
      where room_id = any($1::uuid[]) and verdict = 'link-offered' and at > clock_timestamp() - interval '1 day'`,
    [roomIds],
  );
  for (const { room_id, role, at } of rows) found.set(room_id, [...(found.get(room_id) ?? []), { role, at }]);
  return found;
}

async function waiting(tx: Queryable, roomId: string, role: Role, claim: Claim): Promise<boolean> {
  const { partstat, startUtc } = claim;
  const rows = await tx.query(
    `select 1 from practice_rooms r join invitations i on i.room_id = r.id join magic_links l
      on l.invitation_id = i.id
      where r.id = $1 and i.attendee_role = $2 and l.purpose = 'confirm' and l.used_at is null
        and l.expires_at > clock_timestamp()
        and l.claim @> $3::jsonb and (l.claim ->> 'sequence')::int >= r.time_sequence limit 1`,
    [roomId, role, JSON.stringify(partstat === null ? { partstat, startUtc } : { partstat })],
  );
  return rows.length > 0;
}
