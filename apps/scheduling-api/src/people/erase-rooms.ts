// scheduling-api's share of an erasure, in this order: cancel the rooms that are not over; once nothing is owed to the
// person, replace address and name; take them out of webhooks, kept responses and dead letters; say that it is done.
// Run by the ErasureWorker; each step may be cut off anywhere and done again.
import { randomUUIDv7 } from 'node:crypto';
import type { Logger } from 'pino';
import { envelop, erasedAddressSql, type ErasedPerson, type EventPayload } from '#contracts';
import { type EventsOfRooms, queuesOf } from '#messaging';
import {
  appendAudit,
  type AuditEntry,
  appendEvents,
  erasuresChannel,
  finishShare,
  inParts,
  type OpenErasure,
  type Queryable,
  roomsOfErasure,
  type Transaction,
} from '#persistence';
import { changeInstant } from '../rooms/change-order';
import { Refusal } from '../rooms/refusal';
import { countEvents } from '../rooms/rooms.metrics';
import { app, lockRooms, type RoomsStore } from '../rooms/rooms.store';
import { toBeCancelled } from './erase';
import { eraseResponses, eraseRoomTexts, eraseWebhooks } from './erase-texts';
import type { PartyRow } from './person';

/** Rooms of one transaction. */
const roomsAtATime = 50;
/** Of one `PersonErased`. */
const partiesAtATime = 1_000;

export class RoomErasure {
  constructor(
    private readonly rooms: RoomsStore,
    private readonly logger: Logger,
    /** Undefined where events do not go over a broker. */
    private readonly broker: EventsOfRooms | undefined,
  ) {}

  async step(erasure: OpenErasure, signal: AbortSignal): Promise<void> {
    if (!erasure.isCancelled) return this.cancelRooms(erasure, signal);
    if (!erasure.isReplaced) {
      if (erasure.isQuiet || erasure.isOverdue) await this.replace(erasure, signal);
      return;
    }
    if (erasure.waitsFor.includes(app)) return this.forgetRest(erasure, signal);
    if (erasure.waitsFor.length === 0) await this.conclude(erasure);
  }

  /** Each in a transaction of its own: one room's fault delays no other, and a room is locked for a moment only. */
  private async cancelRooms({ id, requestedBy }: OpenErasure, signal: AbortSignal): Promise<void> {
    const { db } = this.rooms;
    const open = await db.query<{ id: string }>(
      `select distinct r.id from erasure_parties p join practice_rooms r on r.id = p.room_id
        where p.erasure_id = $1 and ${toBeCancelled}`,
      [id],
    );
    const meta = { actor: requestedBy, source: 'api' as const, correlationId: id };
    for (const room of open) {
      if (signal.aborted) return;
      const changed = await this.rooms.transaction((tx) =>
        this.rooms.change(tx, room.id, { type: 'Delete', reason: null }, meta),
      );
      if (!(changed instanceof Refusal)) countEvents(changed.events);
    }
    await this.mark(id, 'cancelled_at');
  }

  private async replace({ id, person, requestedBy }: OpenErasure, signal: AbortSignal): Promise<void> {
    const { db } = this.rooms;
    for (const part of inParts(await roomsOfErasure(db, id), roomsAtATime)) {
      if (signal.aborted) return;
      await db.transaction((tx) => replaceIn(tx, id, person, part, requestedBy));
    }
    await this.mark(id, 'replaced_at');
  }

  /** A step that all apps wait for is done; the first time stands. */
  private mark(erasureId: string, step: 'cancelled_at' | 'replaced_at'): Promise<void> {
    return this.rooms.db.transaction(async (tx) => {
      tx.write(`update erasures set ${step} = coalesce(${step}, now()) where id = $1`, [erasureId]);
      tx.wake(erasuresChannel);
    });
  }

  private async forgetRest({ id, person, isOverdue }: OpenErasure, signal: AbortSignal): Promise<void> {
    const { db } = this.rooms;
    const roomIds = await roomsOfErasure(db, id);
    for (const part of inParts(roomIds, roomsAtATime)) {
      if (signal.aborted) return;
      await eraseWebhooks(db, id, person, part);
    }
    await eraseResponses(db, roomIds, signal);
    const queues = queuesOf(app);
    await this.broker?.forgetDead(queues, roomIds);
    if (!isOverdue && ((await this.broker?.wait(queues, roomIds)) ?? false)) return;
    await db.transaction(async (tx) => finishShare(tx, id, app, roomIds));
  }

  /** The last step: now nothing tells any more whom it was about. */
  private async conclude({ id }: OpenErasure): Promise<void> {
    const done = await this.rooms.db.transaction(async (tx) => {
      const [row] = await tx.query(
        `update erasures set person = null, person_key = null, completed_at = now()
          where id = $1 and completed_at is null returning id`,
        [id],
      );
      if (row) await announceErased(tx, id);
      return row !== undefined;
    });
    if (done) this.logger.info({ erasureId: id }, 'person erased');
  }
}

async function replaceIn(
  tx: Transaction,
  erasureId: string,
  person: ErasedPerson,
  roomIds: string[],
  actor: string,
): Promise<void> {
  tx.write(lockRooms, [roomIds]);
  const { at } = await changeInstant(tx);
  const parties = await tx.query<PartyRow>(
    `select p.invitation_id, p.room_id, p.role from erasure_parties p
      where p.erasure_id = $1 and p.room_id = any($2::uuid[]) and not exists (
        select 1 from invitations i where i.id = p.invitation_id and i.attendee_email = ${erasedAddressSql('i.id')}
        union all
        select 1 from former_invitations f where f.id = p.invitation_id
          and f.attendee_email = ${erasedAddressSql('f.id')})
      order by p.room_id`,
    [erasureId, roomIds],
  );
  tx.write('select erase_invitations($1, $2::uuid[])', [erasureId, roomIds]);
  tx.write(
    `update magic_links l set actor_email = ${erasedAddressSql('l.invitation_id')}, claim = null
       from erasure_parties p where p.erasure_id = $1 and p.room_id = any($2::uuid[])
        and l.invitation_id = p.invitation_id`,
    [erasureId, roomIds],
  );
  await eraseRoomTexts(tx, person, parties, at);
  appendAudit(
    tx,
    app,
    parties.map((party) => auditOf(party, erasureId, actor)),
  );
}

const auditOf = ({ room_id, role }: PartyRow, erasureId: string, actor: string): AuditEntry => ({
  roomId: room_id,
  kind: 'call',
  role,
  verdict: 'erased',
  why: 'erased: address, name and texts of this attendee were deleted at their request',
  source: 'api',
  actor,
  correlationId: erasureId,
});

async function announceErased(tx: Transaction & Queryable, erasureId: string): Promise<void> {
  const rows = await tx.query<PartyRow>(
    'select invitation_id, room_id, role from erasure_parties where erasure_id = $1 order by room_id, invitation_id',
    [erasureId],
  );
  const parties = rows.map(({ invitation_id: invitationId, room_id: roomId, role }) => ({
    roomId,
    invitationId,
    role,
  }));
  const personErased = (part: EventPayload<'PersonErased'>['parties']) =>
    envelop(
      'PersonErased',
      { erasureId, parties: part },
      { id: randomUUIDv7(), occurredAt: new Date(), correlationId: erasureId },
    );
  const parts = inParts(parties, partiesAtATime);
  appendEvents(tx, app, parts.length === 0 ? [personErased([])] : parts.map(personErased));
  const entry = { kind: 'call', verdict: 'erasure-done', source: 'api', actor: app, correlationId: erasureId } as const;
  appendAudit(tx, app, [{ roomId: null, ...entry }]);
}
