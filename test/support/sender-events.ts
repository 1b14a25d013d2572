// Events as the API would write them, for the tests of the notification sender: one room, two people, every event of
// its queue.
// Used by the sender's unit, property and integration tests.
import { randomUUID } from 'node:crypto';
import {
  type AnswerLinkRef,
  type EventPayload,
  type InvitationSnapshot,
  type LinkRef,
  type ProposalSnapshot,
  type RoomSnapshot,
  envelop,
} from '#contracts';
import { keyIdOf } from '#tokens';
import type { RoomsEvent, RoomsEventName } from '../../apps/notification-sender/src/letters/letters';

export const tokenSecret = 'a secret of the tests, long enough for production';

export const senderSettings = {
  SMTP_URL: 'smtp://127.0.0.1:1',
  SMTP_POOL_SIZE: 4,
  SMTP_RETRY_BASE_MS: 20,
  ORGANIZER_EMAIL: 'scheduling@central.example',
  ORGANIZER_NAME: 'Central Scheduling',
  PUBLIC_URL: 'https://meet.central.example',
  TOKEN_SECRET: tokenSecret,
  TOKEN_SECRET_PREVIOUS: undefined,
  ICS_TIMES: 'utc',
  ICS_ATTACHMENT: 'text/calendar',
  SUBJECTS: 'fixed',
} as const;

export const link = (purpose: LinkRef['purpose'], linkId: string = randomUUID()): LinkRef => ({
  linkId,
  keyId: keyIdOf(tokenSecret),
  purpose,
  expiresAt: '2026-12-03T09:00:00.000Z',
});

export const answerLink = (linkId: string = randomUUID()): AnswerLinkRef => ({
  ...link('propose', linkId),
  purpose: 'answer',
});

export const invitation = (role: 'host' | 'guest', changes: Partial<InvitationSnapshot> = {}): InvitationSnapshot => ({
  invitationId: randomUUID(),
  role,
  email: role === 'host' ? 'hanna.host@host-side.example' : 'gustav.guest@guest-side.example',
  name: role === 'host' ? 'Hanna Hostmann' : 'Gustav Guestave',
  timeZone: role === 'host' ? 'Europe/Berlin' : 'America/New_York',
  locale: 'en',
  partstat: 'needs-action',
  rescheduleLink: link('propose'),
  answerLink: answerLink(),
  ...changes,
});

export function room(changes: Partial<RoomSnapshot> = {}): RoomSnapshot {
  const roomId = changes.roomId ?? randomUUID();
  return {
    roomId,
    uid: `${roomId}@central.example`,
    sequence: 0,
    status: 'scheduled',
    title: 'Practice Session',
    startUtc: '2026-12-01T09:00:00.000Z',
    endUtc: '2026-12-01T10:00:00.000Z',
    location: null,
    videoUrl: null,
    policy: { onDecline: 'strict', proposals: 'both', proposalTtlHours: 48 },
    invitations: [invitation('host'), invitation('guest')],
    ...changes,
  };
}

export const proposal = (changes: Partial<ProposalSnapshot> = {}): ProposalSnapshot => ({
  proposalId: randomUUID(),
  proposedBy: 'guest',
  source: 'link',
  startUtc: '2026-12-02T13:00:00.000Z',
  endUtc: '2026-12-02T14:00:00.000Z',
  note: null,
  status: 'pending',
  expiresAt: '2026-11-25T09:00:00.000Z',
  counterSequence: null,
  ...changes,
});

/** One event of the sender's queue in its envelope, checked like every stored event. */
export function event<N extends RoomsEventName>(
  name: N,
  data: EventPayload<N>,
  id: string = randomUUID(),
): RoomsEvent & { name: N } {
  const meta = { id, occurredAt: new Date('2026-11-23T12:00:00Z'), correlationId: `corr-${id.slice(0, 8)}` };
  return envelop(name, data, meta) as RoomsEvent & { name: N };
}
