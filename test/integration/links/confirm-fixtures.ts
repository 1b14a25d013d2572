// Confirm links as scheduling-api mints them for a held answer, without the mail that was held.
// Used by the tests of the pages behind them.
import { randomUUID } from 'node:crypto';
import type { Claim, Partstat, Role } from '#contracts';
import type { Database } from '#persistence';
import { hashToken, keyIdOf, signLink } from '#tokens';
import { type ApiBody, tokenSecret } from '../../support/scheduling-api';

/** The token of a fresh link; `partstat` null claims a new time, with what `over` says. */
export async function confirmToken(
  db: Database,
  room: ApiBody,
  role: Role,
  partstat: Partstat | null,
  over: Partial<Claim> = {},
  expiresAt = new Date(Date.now() + 86_400_000),
): Promise<string> {
  const [invited] = await db.query<{ id: string; uid: string; email: string; sequence: number }>(
    `select i.id, i.uid, i.attendee_email as email, r.ics_sequence as sequence from invitations i join ` +
      `practice_rooms r on r.id = i.room_id where i.room_id = $1 and i.attendee_role = $2`,
    [room.roomId, role],
  );
  if (!invited) throw new Error(`no ${role}`);
  const claim: Claim = { partstat, sequence: invited.sequence, startUtc: null, endUtc: null, note: null, ...over };
  const linkId = randomUUID();
  const token = signLink(tokenSecret, { linkId, purpose: 'confirm', uid: invited.uid, role, email: invited.email });
  await db.query(
    `insert into magic_links (id, purpose, uid, room_id, invitation_id, actor_email, actor_role, token_hash, key_id, expires_at, claim)
     values ($1, 'confirm', $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      linkId,
      invited.uid,
      room.roomId,
      invited.id,
      invited.email,
      role,
      hashToken(token),
      keyIdOf(tokenSecret),
      expiresAt,
      JSON.stringify(claim),
    ],
  );
  return token;
}
