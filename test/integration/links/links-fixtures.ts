// Rooms with live links, tokens as the sender would put them into mails, and requests as browsers and scanners make
// them.
// Used by the links-*.spec.ts files and by the browser tests.
import { signLink } from '#tokens';
import type { LinkPurpose, Role } from '#contracts';
import type { Database } from '#persistence';
import { type Api, type ApiAnswer, type ApiBody, tokenSecret } from '../../support/scheduling-api';

const hour = 3_600_000;

/** A whole hour some days from now, so that no proposal is past and no TTL too short. */
export function hourAhead(days: number, hours = 0): Date {
  const at = new Date(Date.now() + days * 24 * hour + hours * hour);
  at.setUTCMinutes(0, 0, 0);
  return at;
}

/** The fields of a proposal: an hour, some days and hours from now. */
export const hourOn = (days: number, hours = 0): { proposedStartUtc: string; proposedEndUtc: string } => ({
  proposedStartUtc: hourAhead(days, hours).toISOString(),
  proposedEndUtc: hourAhead(days, hours + 1).toISOString(),
});

let people = 0;
export const person = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  email: `p${++people}@people.test`,
  ...over,
});

export async function bookedRoom(api: Api, over: Record<string, unknown> = {}): Promise<ApiBody> {
  const start = hourAhead(5);
  const times = { startUtc: start.toISOString(), endUtc: new Date(start.getTime() + hour).toISOString() };
  const { status, body, text } = await api.post('/api/practice-room/create', {
    ...times,
    host: person(),
    guest: person(),
    ...over,
  });
  if (status !== 201) throw new Error(`no room: ${text}`);
  return body;
}

interface LinkRow {
  id: string;
  uid: string;
  actor_email: string;
}

/**
 * The newest token of that purpose for one party, signed as the sender does from the link's id; of the reschedule
 * links that belong to no proposal where none is named.
 */
export async function tokenFor(
  db: Database,
  roomId: string,
  role: Role,
  purpose: LinkPurpose,
  proposalId: string | null = null,
  optionId: string | null = null,
): Promise<string> {
  const [row] = await db.query<LinkRow>(
    `select id, uid, actor_email from magic_links where room_id = $1 and actor_role = $2 and purpose = $3
        and ($4::uuid is null and (purpose <> 'propose' or proposal_id is null) or proposal_id = $4)
        and ($5::uuid is null or option_id = $5)
      order by created_at desc, id desc limit 1`,
    [roomId, role, purpose, proposalId, optionId],
  );
  if (!row) throw new Error(`no ${purpose} link for the ${role}`);
  return signLink(tokenSecret, { linkId: row.id, purpose, uid: row.uid, role, email: row.actor_email });
}

export interface SentProposal {
  roomId: string;
  proposalId: string;
  by: Role;
  startUtc: Date;
  endUtc: Date;
  approve: string;
  decline: string;
}

/** A proposal made through the link of `by`, with the two tokens that its counterparty gets. */
export async function proposal(
  api: Api,
  room: Pick<ApiBody, 'roomId'>,
  by: Role,
  at: Date = hourAhead(6),
  over: Record<string, unknown> = {},
): Promise<SentProposal> {
  const { roomId } = room;
  const token = await tokenFor(api.database.db, roomId, by, 'propose');
  const endUtc = new Date(at.getTime() + hour);
  const answer = await api.post('/api/reschedule/propose', {
    token,
    proposedStartUtc: at.toISOString(),
    proposedEndUtc: endUtc.toISOString(),
    ...over,
  });
  if (answer.status !== 201) throw new Error(`no proposal: ${answer.text}`);
  const proposalId = String(answer.body['proposalId']);
  const other = by === 'host' ? 'guest' : 'host';
  const approve = await tokenFor(api.database.db, roomId, other, 'approve', proposalId);
  const decline = await tokenFor(api.database.db, roomId, other, 'decline', proposalId);
  return { roomId, proposalId, by, startUtc: at, endUtc, approve, decline };
}

/** What Chromium sends when a person opens a link from a mail. */
export const browser = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'cross-site',
  'sec-fetch-user': '?1',
};

export const ofForm = {
  ...browser,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
};

/** A person opens a page. */
export const visit = (api: Api, path: string, headers: Record<string, string> = browser): Promise<ApiAnswer> =>
  api.get(path, headers);

/** A person presses a button or sends the form. */
export const press = (api: Api, path: string, fields: Record<string, string>): Promise<ApiAnswer> =>
  api.post(path, new URLSearchParams(fields).toString(), ofForm);

export const readRoom = async (api: Api, roomId: string): Promise<ApiBody> =>
  (await api.get(`/api/practice-room/${roomId}`)).body;

export async function readProposal(
  api: Api,
  { roomId, proposalId }: SentProposal,
): Promise<{ status: string; held: { decision: string; effectiveAt: string } | null }> {
  const found = (await readRoom(api, roomId)).proposals.find((each) => each.proposalId === proposalId);
  if (!found) throw new Error('the proposal is gone');
  return found;
}

export interface StoredProposal {
  proposalId: string;
  startUtc: string;
  endUtc: string;
  note: string | null;
}

/** The only proposal of a room, with its times and note. */
export async function onlyProposal(api: Api, roomId: string): Promise<StoredProposal> {
  const [row, second] = await api.database.db.query<{
    id: string;
    proposed_start_utc: Date;
    proposed_end_utc: Date;
    note: string | null;
  }>('select id, proposed_start_utc, proposed_end_utc, note from pending_proposals where room_id = $1', [roomId]);
  if (!row || second) throw new Error('not one proposal');
  return {
    proposalId: row.id,
    startUtc: row.proposed_start_utc.toISOString(),
    endUtc: row.proposed_end_utc.toISOString(),
    note: row.note,
  };
}

/** The names of the events that one room has put into the outbox, oldest first. */
export async function eventsOf(api: Api, roomId: string): Promise<string[]> {
  const rows = await api.database.db.query<{ name: string }>(
    `select envelope ->> 'name' as name from outbox where $1 in (envelope #>> '{data,roomId}', envelope #>> ` +
      `'{data,room,roomId}') order by position`,
    [roomId],
  );
  return rows.map((each) => each.name);
}

/** Text of a page as a person reads it. */
export const words = (page: string): string =>
  page
    .replace(/<style>[^]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

/** Makes what is held fall due, or a proposal or link run out, without waiting for it. */
export const age = {
  hold: (api: Api, { proposalId }: Pick<SentProposal, 'proposalId'>, seconds = 60) =>
    api.database.db.query(
      `update pending_proposals set held_effective_at = held_effective_at - make_interval(secs => $2) where id = $1`,
      [proposalId, seconds],
    ),
  proposal: (api: Api, { proposalId }: SentProposal) =>
    api.database.db.query(`update pending_proposals set expires_at = now() - interval '1 second' where id = $1`, [
      proposalId,
    ]),
  links: (api: Api, roomId: string) =>
    api.database.db.query(`update magic_links set expires_at = now() - interval '1 second' where room_id = $1`, [
      roomId,
    ]),
  room: (api: Api, roomId: string) =>
    api.database.db.query(
      `update practice_rooms set start_utc = now() - interval '1 minute', end_utc = now() + interval '1 hour' where id = $1`,
      [roomId],
    ),
};

/** The same token with another signature: its last character but one is another one, so it can never be the token itself. */
export const forged = (token: string): string =>
  `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.slice(-1)}`;
