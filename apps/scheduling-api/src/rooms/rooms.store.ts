// Carries out commands on rooms: lock, skip handled events, decide, save, outbox, audit, in the transaction of the
// caller.
// Called by HTTP routes, pages, the mail consumer and the clock. It makes no network call.
import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { envelop, type Envelope, type WebhookMessage } from '#contracts';
import {
  appendAudit,
  appendEvents,
  appendWebhooks,
  type AuditEntry,
  type AuditSource,
  type Database,
  markAllHandled,
  type Queryable,
  type Transaction,
} from '#persistence';
import { hashTag, hashToken, keyIdOf, replyTag, signLink } from '#tokens';
import { announce, type Announcement, type LinkToRef } from './announce';
import { auditLine } from './audit-line';
import { type ChangeInstant, changeInstant } from './change-order';
import type { Context, OfferedMail } from './context';
import { type Command, decide } from './decide';
import { offeredLately } from './offers';
import { Refusal } from './refusal';
import { changeWebhooks } from '../webhooks/change-webhooks';
import { evolve, invitationOf, type MintedLink, type Room, type RoomEvent } from './room';
import { columnsOf, type TagOf, writeAnswerNotes, writeRooms } from './room-writes';
import { type Delivery, readRooms, type StoredRoom } from './rooms.rows';

export const app = 'scheduling-api';

/** Who gave the command and what caused it; written to the events and the audit. */
export interface CommandCause {
  actor: string;
  /** The channel of the command; undefined for the clock. */
  source?: AuditSource;
  correlationId: string;
  /**
   * The event that caused the command; its handling is recorded with the effect, so that a redelivered event does
   * nothing.
   */
  cause?: { eventId: string; consumer: string } | undefined;
}

/** One command on one room; `roomId` null creates. */
export interface RoomCommand {
  roomId: string | null;
  command: Command;
  meta: CommandCause;
}

/** What some changes leave behind: the rooms before and after, events, lines of the audit, and webhooks. */
interface ChangeRecords {
  rooms: { before: Room | null; after: Room; decided: RoomEvent[] }[];
  events: Envelope[];
  lines: AuditEntry[];
  webhooks: WebhookMessage[];
}

export interface ChangedRoom extends StoredRoom {
  events: RoomEvent[];
}

/** Commands that may cause a mail to the other party; the mail limits apply to them. */
const mayMail: ReadonlySet<Command['type']> = new Set(['Propose', 'Counter', 'AskToConfirm', 'AnswerText']);

@Injectable()
export class RoomsStore {
  constructor(
    readonly db: Database,
    private readonly rules: Context['rules'],
    private readonly tokenSecret: string,
    /** ORGANIZER_TAGGING: a room keeps what it began with, because clients compare ORGANIZER from letter to letter. */
    private readonly tagging: boolean,
  ) {}

  /**
   * Whether a new room would be refused by its command alone. Called before a video room is made outside the
   * transaction.
   */
  refuses(command: Command): boolean {
    return decide(null, command, { now: new Date(), newId: randomUUIDv7, rules: this.rules }) instanceof Refusal;
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.db.transaction(work);
  }

  async read(roomIds: string[], tx: Queryable = this.db): Promise<StoredRoom[]> {
    return readRooms(tx, roomIds);
  }

  /**
   * Runs one command on one room. `roomId` null creates. The answer is the room afterwards, or the Refusal; an event
   * handled before changes nothing.
   */
  async change(
    tx: Transaction,
    roomId: string | null,
    command: Command,
    meta: CommandCause,
  ): Promise<ChangedRoom | Refusal> {
    const [changed] = await this.changeEach(tx, [{ roomId, command, meta }]);
    return changed ?? new Refusal('room-not-found');
  }

  /** The same for commands on several rooms, no two on one. */
  async changeEach(tx: Transaction, asks: readonly RoomCommand[]): Promise<(ChangedRoom | Refusal)[]> {
    const roomIds = asks.flatMap(({ roomId }) => roomId ?? []);
    // In a statement of its own: a row that waited for its lock must be read again together with its invitations and
    // proposals.
    if (roomIds.length > 0) tx.write(lockRooms, [roomIds]);
    return this.changeLocked(tx, asks);
  }

  /** Locks those of the rooms that exist and that no other transaction has locked; resolves with their ids. */
  async lockFree(tx: Transaction, roomIds: readonly string[]): Promise<Set<string>> {
    if (roomIds.length === 0) return new Set();
    const locked = await tx.query<{ id: string }>(
      'select id from practice_rooms where id = any($1::uuid[]) for update skip locked',
      [roomIds],
    );
    return new Set(locked.map(({ id }) => id));
  }

  /** The same for rooms that this transaction has locked. */
  async changeLocked(tx: Transaction, asks: readonly RoomCommand[]): Promise<(ChangedRoom | Refusal)[]> {
    const roomIds = asks.flatMap(({ roomId }) => roomId ?? []);
    const causes = asks.flatMap(({ meta }) => meta.cause ?? []);
    const [instant, stored, offered, unknown] = await Promise.all([
      changeInstant(tx),
      readRooms(tx, roomIds),
      offeredLately(
        tx,
        asks.filter(({ command }) => mayMail.has(command.type)).flatMap(({ roomId }) => roomId ?? []),
      ),
      causes[0]
        ? markAllHandled(
            tx,
            app,
            causes[0].consumer,
            causes.map(({ eventId }) => eventId),
          )
        : new Set<string>(),
    ]);
    const byId = new Map(stored.map((each) => [each.room.roomId, each]));
    const records: ChangeRecords = { rooms: [], events: [], lines: [], webhooks: [] };
    const changed = asks.map(({ roomId, command, meta }) => {
      const before = roomId === null ? null : (byId.get(roomId) ?? null);
      if (meta.cause && !unknown.has(meta.cause.eventId))
        return before ? { ...before, events: [] } : new Refusal('room-not-found');
      return this.carryOut(before, command, { ...instant, offered: offered.get(roomId ?? '') }, meta, records);
    });
    this.write(tx, records);
    return changed;
  }

  private write(tx: Transaction, records: ChangeRecords): void {
    writeRooms(tx, records.rooms, this.tagOf);
    this.writeLinks(tx, records.rooms);
    for (const { before, after, decided } of records.rooms) {
      writeAnswerNotes(tx, after.roomId, decided);
      if (before && before.startUtc.getTime() !== after.startUtc.getTime())
        moveLinks(tx, after, this.rules.rescheduleLinkTtlHours);
    }
    appendEvents(tx, app, records.events);
    appendAudit(tx, app, records.lines);
    appendWebhooks(tx, records.webhooks);
  }

  private carryOut(
    stored: StoredRoom | null,
    command: Command,
    { now, at, offered = [] }: ChangeInstant & { offered: OfferedMail[] | undefined },
    meta: CommandCause,
    records: ChangeRecords,
  ): ChangedRoom | Refusal {
    const before = stored?.room ?? null;
    const decided = decide(before, command, { now, newId: randomUUIDv7, rules: this.rules, offered });
    if (decided instanceof Refusal) return decided;
    let after = before;
    for (const event of decided) {
      after = dated(after, evolve(after, event), at);
      const room = after;
      records.events.push(...announce(event, room, this.linkRef).map((each) => this.envelope(each, now, meta)));
    }
    if (after === null) throw new Error(`${command.type} left no room`);
    records.rooms.push({ before, after, decided });
    const { roomId, sequence } = after;
    records.lines.push(...decided.map(auditLine).map((line) => ({ roomId, ...line, sequence, ...historyOf(meta) })));
    const changed = { room: after, deliveries: stored?.deliveries ?? new Map<string, Delivery>(), events: decided };
    records.webhooks.push(...changeWebhooks(changed, now, meta.correlationId));
    return changed;
  }

  /**
   * Writes a call that was refused or changed nothing to the history of the room. A call that changed something is
   * written with its events.
   */
  noteCall(tx: Transaction, roomId: string, route: string, outcome: ChangedRoom | Refusal, meta: CommandCause): void {
    if (outcome instanceof Refusal) {
      if (outcome.code === 'room-not-found') return;
      appendAudit(tx, app, [
        {
          roomId,
          kind: 'call',
          verdict: 'refused',
          why: `${outcome.code}: ${route}: ${outcome.detail}`,
          ...historyOf(meta),
        },
      ]);
    } else if (outcome.events.length === 0) {
      const why = `unchanged: ${route}: the room is as asked for`;
      appendAudit(tx, app, [
        { roomId, kind: 'call', verdict: 'unchanged', why, sequence: outcome.room.sequence, ...historyOf(meta) },
      ]);
    }
  }

  private envelope({ name, data }: Announcement, now: Date, meta: CommandCause): Envelope {
    return envelop(name, data, {
      id: randomUUIDv7(),
      occurredAt: now,
      correlationId: meta.correlationId,
      causationId: meta.cause?.eventId ?? null,
    });
  }

  private readonly linkRef: LinkToRef = ({ linkId, purpose, expiresAt }) => ({
    linkId,
    keyId: keyIdOf(this.tokenSecret),
    purpose,
    expiresAt: expiresAt.toISOString(),
  });

  private readonly tagOf: TagOf = ({ invitationId }, uid) =>
    this.tagging
      ? { hash: hashTag(replyTag(this.tokenSecret, { uid, invitationId })), keyId: keyIdOf(this.tokenSecret) }
      : null;

  /** Only the hash of a token is stored; the sender recomputes the token from the id (contract, section 6). */
  private writeLinks(tx: Transaction, rooms: ChangeRecords['rooms']): void {
    const rows = rooms.flatMap(({ after, decided }) =>
      decided.flatMap(linksOf).flatMap((link) => this.linkRow(after, link)),
    );
    if (rows.length === 0) return;
    const columns = columnsOf(rows);
    tx.write(
      `insert into magic_links (${columns}) select ${columns}
         from jsonb_populate_recordset(null::magic_links, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }

  /** None for a role that nobody has. */
  private linkRow(room: Room, link: MintedLink): [] | [Record<string, unknown>] {
    const invited = invitationOf(room, link.role);
    if (!invited) return [];
    const { linkId, purpose, role } = link;
    const binding = { linkId, purpose, uid: room.uid, role, email: invited.email };
    const keyId = keyIdOf(this.tokenSecret);
    return [
      {
        id: linkId,
        purpose,
        uid: room.uid,
        room_id: room.roomId,
        invitation_id: invited.invitationId,
        proposal_id: link.proposalId,
        actor_email: invited.email,
        actor_role: role,
        token_hash: hashToken(signLink(this.tokenSecret, binding)),
        key_id: keyId,
        expires_at: link.expiresAt,
        claim: link.claim ?? null,
        room_sequence: room.sequence,
        option_id: ('optionId' in link ? link.optionId : undefined) ?? null,
      },
    ];
  }
}

/** Locks in the order of ids, so that two transactions cannot deadlock. */
export const lockRooms =
  'select id from (select id from practice_rooms where id = any($1::uuid[]) order by id for update) as locked';

/** `updatedAt` never decreases, even when the clock is set back. */
const dated = (before: Room | null, after: Room, at: Date): Room =>
  before?.revision === after.revision
    ? after
    : { ...after, updatedAt: before === null || at > before.updatedAt ? at : before.updatedAt };

/** The fields of a command that are written to the audit. */
const historyOf = ({
  actor,
  source,
  correlationId,
}: CommandCause): Pick<AuditEntry, 'actor' | 'source' | 'correlationId'> => ({
  actor,
  source: source ?? null,
  correlationId,
});

/** The links an event mints. */
function linksOf(event: RoomEvent): MintedLink[] {
  switch (event.type) {
    case 'Booked':
    case 'Approved':
    case 'Rescheduled':
    case 'Updated':
    case 'AttendeeChanged':
      return event.links;
    case 'Proposed':
      return [...event.links.approve, event.links.decline, event.links.suggest, event.fresh].filter(
        (each) => each !== null,
      );
    case 'Resent':
    case 'LinkOffered':
      return [event.link, event.answerLink].filter((each) => each !== null);
    case 'Declined':
    case 'Expired':
    case 'CounterRefused':
    case 'FreshLinkMade':
      return event.link ? [event.link] : [];
    case 'Created':
    case 'Cancelled':
    case 'Answered':
    case 'AnswerIgnored':
    case 'AnswerRepeated':
    case 'DecisionHeld':
    case 'HoldDropped':
      return [];
  }
}

/**
 * A move changes the expiry of the reschedule links that were mailed before: each until the new start (contract,
 * section 3).
 * `ttlHours` null: until the meeting starts. A link whose time was over before the move stays over.
 */
function moveLinks(tx: Transaction, room: Room, ttlHours: number | null): void {
  tx.write(
    `update magic_links set expires_at = least($2::timestamptz, created_at + $3::float8 * interval '1 hour')
      where invitation_id = any($1::uuid[]) and purpose = 'propose' and used_at is null
        and expires_at > clock_timestamp()`,
    [room.invitations.map(({ invitationId }) => invitationId), room.startUtc, ttlHours],
  );
}
