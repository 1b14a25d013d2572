// Checks magic links: who has one, and whether it is open, used, expired or forged (PRD 10).
// Called by proposal.service.ts, inside the transaction of what the link is used for.
import { Inject, Injectable } from '@nestjs/common';
import type { LinkPurpose, Role } from '#contracts';
import { appendAudit, type Queryable, type Transaction } from '#persistence';
import { hashToken, linkIdIn, secretFor, signLink, type TokenSecrets, verifyLink, secretsOf } from '#tokens';
import type { Decision } from '../rooms/room';
import { app, RoomsStore } from '../rooms/rooms.store';
import { type SchedulingApiSettings, SETTINGS } from '../settings';

/**
 * A link with a valid signature and hash: its holder and its purpose. The caller decides what an expired or used one
 * may do.
 */
export interface OpenLink {
  token: string;
  linkId: string;
  purpose: LinkPurpose;
  roomId: string;
  proposalId: string | null;
  /** Which of the proposal's times an approve link approves; null: the only one. */
  optionId: string | null;
  invitationId: string;
  /** The room's sequence when it was made; null in links from before that was kept. */
  roomSequence: number | null;
  role: Role;
  used: boolean;
  expired: boolean;
}

/** Cut, altered, of another purpose, or never made. `roomId` is set where the id exists: a real link was altered. */
export interface ForgedLink {
  forged: true;
  /** The link was good, and another address has taken the place of the one it was mailed to. */
  former?: true;
  roomId: string | null;
}

/**
 * Tokens of one party's links, by what they are for; a link whose secret is no longer in force has none. `suggest`
 * opens the form for another time instead of what the proposal asks for.
 */
export interface PageTokens extends Partial<Record<Decision | 'propose' | 'suggest' | 'answer', string>> {
  /** The approve links of a proposal's times, by option. */
  options?: Readonly<Record<string, string>>;
}

export type TokenVerdict = 'ok' | 'expired' | 'used' | 'forged';

interface LinkRow {
  id: string;
  purpose: LinkPurpose;
  uid: string;
  room_id: string;
  proposal_id: string | null;
  option_id: string | null;
  invitation_id: string;
  room_sequence: number | null;
  actor_email: string;
  actor_role: Role;
  token_hash: string;
  key_id: string;
  used_at: Date | null;
  expired: boolean;
  is_party: boolean;
}

const linkColumns =
  'id, purpose, uid, room_id, proposal_id, option_id, invitation_id, room_sequence, actor_email, actor_role, ' +
  'token_hash, key_id, used_at, expires_at <= clock_timestamp() as expired, ' +
  'exists (select from invitations i where i.id = invitation_id) as is_party';

@Injectable()
export class LinksService {
  private readonly secrets: TokenSecrets;

  constructor(
    readonly rooms: RoomsStore,
    @Inject(SETTINGS) settings: SchedulingApiSettings,
  ) {
    this.secrets = secretsOf(settings);
  }

  /**
   * The link a token names, for one of the purposes. With `lock` the row is locked until the transaction ends, so that
   * a link is used once.
   */
  async open(
    db: Queryable,
    token: string | undefined,
    purposes: readonly LinkPurpose[],
    lock = false,
  ): Promise<OpenLink | ForgedLink> {
    const linkId = linkIdIn(token ?? '');
    if (token === undefined || linkId === null) return { forged: true, roomId: null };
    const sql = `select ${linkColumns} from magic_links where id = $1 ${lock ? 'for update' : ''}`;
    const [row] = await db.query<LinkRow>(sql, [linkId]);
    if (!row || !this.fits(row, token) || !purposes.includes(row.purpose))
      return { forged: true, roomId: row?.room_id ?? null };
    if (!row.is_party) return { forged: true, former: true, roomId: row.room_id };
    return {
      token,
      linkId: row.id,
      purpose: row.purpose,
      roomId: row.room_id,
      proposalId: row.proposal_id,
      optionId: row.option_id,
      invitationId: row.invitation_id,
      roomSequence: row.room_sequence,
      role: row.actor_role,
      used: row.used_at !== null,
      expired: row.expired,
    };
  }

  /** Marks a link as used, inside the transaction of its use; the first use is recorded. */
  async use(tx: Queryable, link: OpenLink): Promise<void> {
    await tx.query('update magic_links set used_at = clock_timestamp() where id = $1 and used_at is null', [
      link.linkId,
    ]);
  }

  /**
   * The tokens for the buttons of a page: both decisions about the proposal of the link, the form that answers it, and
   * the newest open links of the same invitation.
   */
  async pageTokens(db: Queryable, link: OpenLink): Promise<PageTokens> {
    const rows = await db.query<LinkRow>(
      `select ${linkColumns} from magic_links l where actor_role = $2 and (
          (proposal_id = $1 and (purpose in ('approve', 'decline')
            or (purpose = 'propose' and used_at is null and expires_at > clock_timestamp())))
          or (invitation_id = $3 and proposal_id is null and used_at is null and expires_at > clock_timestamp()
            and (purpose = 'propose' or (purpose = 'answer' and room_sequence >=
              (select r.time_sequence from practice_rooms r where r.id = l.room_id)))))
        order by created_at, id`,
      [link.proposalId, link.role, link.invitationId],
    );
    const signed = rows.flatMap((row) => {
      const secret = secretFor(this.secrets, row.key_id);
      return secret === undefined ? [] : [{ ...row, token: signLink(secret, bindingOf(row)) }];
    });
    const byOption = signed.flatMap(({ option_id, token }) => (option_id === null ? [] : [[option_id, token]]));
    return {
      ...Object.fromEntries(
        signed.map((row) => [row.purpose === 'propose' && row.proposal_id ? 'suggest' : row.purpose, row.token]),
      ),
      options: Object.fromEntries(byOption) as Record<string, string>,
    };
  }

  /** Writes the line of the audit for a use of a link (PRD 10); without a room where the link is unknown. */
  record(
    tx: Transaction,
    line: {
      roomId: string | null;
      role: Role | null;
      purpose: LinkPurpose;
      verdict: TokenVerdict;
      source: 'link' | 'page';
      correlationId: string;
    },
  ): void {
    const { roomId, role, purpose, verdict, source, correlationId } = line;
    appendAudit(tx, app, [
      { roomId, kind: 'token', role, verdict, why: `${purpose}-link`, source, actor: role, correlationId },
    ]);
  }

  private fits(row: LinkRow, token: string): boolean {
    // A forger cannot make the signature. The stored hash ends the links of a secret that is no longer in force.
    return verifyLink(this.secrets, token, bindingOf(row)) && hashToken(token) === row.token_hash;
  }
}

const bindingOf = (row: LinkRow): Parameters<typeof signLink>[1] => ({
  linkId: row.id,
  purpose: row.purpose,
  uid: row.uid,
  role: row.actor_role,
  email: row.actor_email,
});
