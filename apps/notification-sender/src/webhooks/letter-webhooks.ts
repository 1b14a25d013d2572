// Decides what webhooks say about letters: scheduling-api adds the room, because it decides the shape of a room.
// Called where outcomes and reports are recorded, in their transaction.
import { randomUUIDv7 } from 'node:crypto';
import type { LetterMethod, Role, WebhookMessage } from '#contracts';

export interface LetterFacts {
  roomId: string;
  role: Role;
  letterId: string;
  messageId: string;
  method: LetterMethod;
  sequence: number;
  correlationId: string;
}

type LetterType = Extract<WebhookMessage['type'], `letter.${string}`>;

/** `reason` is a stable code: why a letter failed, or which kind of bounce came. */
export function letterWebhook(type: LetterType, letter: LetterFacts, reason: string | null, at: Date): WebhookMessage {
  const { roomId, correlationId, role, letterId, messageId, method, sequence } = letter;
  return {
    id: randomUUIDv7(),
    type,
    roomId,
    occurredAt: at,
    correlationId,
    data: null,
    detail: { letter: { role, letterId, messageId, method, sequence, reason } },
  };
}
