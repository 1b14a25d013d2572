// What a change of a room owes to webhooks, each message with the room as it is after the whole change.
// Called by rooms.store.ts, which writes them in the transaction of the change.
import { randomUUIDv7 } from 'node:crypto';
import type { WebhookMessage } from '#contracts';
import type { RoomEvent } from '../rooms/room';
import { roomView } from '../rooms/room-view';
import type { StoredRoom } from '../rooms/rooms.rows';
import { roomWebhooks } from './room-webhooks';

export function changeWebhooks(
  changed: StoredRoom & { events: readonly RoomEvent[] },
  occurredAt: Date,
  correlationId: string,
): WebhookMessage[] {
  const owed = roomWebhooks(changed.events, changed.room);
  const room = owed.length > 0 ? roomView(changed) : null;
  const { roomId } = changed.room;
  return owed.map(({ type, detail }) => ({
    id: randomUUIDv7(),
    type,
    roomId,
    occurredAt,
    correlationId,
    data: { room, ...detail },
    detail,
  }));
}
