// Finds what should have expired: pending proposals, pending decisions, and links that are valid longer than their proposal.
// Called by examine.ts.
import { atMost, type Check } from './finding';

const overdue: Check = async ({ db, rooms, graceSeconds }) => {
  const rows = await db.query<{ id: string; room_id: string; seconds: string; held: boolean }>(
    `select id, room_id, held_decision is not null as held, round(extract(epoch
      from now() - coalesce(held_effective_at, expires_at))) as seconds
       from pending_proposals
      where status = 'pending' and coalesce(held_effective_at, expires_at) < now() - $1 * interval '1 second'
        order by created_at limit ${atMost}`,
    [graceSeconds],
  );
  return rows.map(({ id, room_id, seconds, held }) => ({
    kind: held ? 'decision-overdue' : 'proposal-past-its-time',
    subject: `proposal ${id} of room ${room_id}`,
    text: held ? `a pending decision has been due for ${seconds} s` : `still pending ${seconds} s after it expired`,
    advice: 'check that a scheduling-api runs',
    ...(rooms && { repair: () => rooms.settleDue(room_id, id) }),
  }));
};

/** A link is never valid longer than its proposal (contract, section 3). */
const outlived: Check = async ({ db }) => {
  const rows = await db.query<{ id: string; room_id: string; purpose: string }>(
    `select l.id, l.room_id, l.purpose from magic_links l join pending_proposals p on p.id = l.proposal_id
      where l.purpose in ('approve', 'decline') and l.expires_at > p.expires_at limit ${atMost}`,
  );
  return rows.map(({ id, room_id, purpose }) => ({
    kind: 'link-past-its-time',
    subject: `link ${id} of room ${room_id}`,
    text: `the ${purpose} link is valid longer than its proposal`,
    repair: async () => {
      const sql = `update magic_links l set expires_at = p.expires_at from pending_proposals p where l.id = $1
            and p.id = l.proposal_id and l.expires_at > p.expires_at returning l.id`;
      return (await db.query(sql, [id])).length === 1;
    },
  }));
};

export const proposalChecks: Check[] = [overdue, outlived];
