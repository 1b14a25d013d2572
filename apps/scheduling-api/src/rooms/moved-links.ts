// Decides what a move of the meeting does to the reschedule links that are out already: each lives until the new start.
// Called by rooms.store.ts in the transaction of the move. Contract, section 3: a link of an earlier sequence still
// opens.
import type { Transaction } from '#persistence';
import type { Room } from './room';

/** `ttlHours` null: until the meeting starts. A link whose time was over before the move stays over. */
export function moveLinks(tx: Transaction, room: Room, ttlHours: number | null): void {
  tx.write(
    `update magic_links set expires_at = least($2::timestamptz, created_at + $3::float8 * interval '1 hour')
      where invitation_id = any($1::uuid[]) and purpose = 'propose' and used_at is null
        and expires_at > clock_timestamp()`,
    [room.invitations.map(({ invitationId }) => invitationId), room.startUtc, ttlHours],
  );
}
