// Records delivery reports of sent letters: in the ledger's row, the invitation's delivery state and the timeline.
// Nobody is mailed. Called by the transport for every event of the queue `notification-sender.deliveries`.
import { randomUUIDv7 } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import { type Envelope, envelop } from '#contracts';
import { Consumes } from '#messaging';
import {
  appendAudit,
  appendEvents,
  appendWebhooks,
  Database,
  markHandled,
  type Queryable,
  type Transaction,
} from '#persistence';
import { stateAfter, type LetterDeliveryState, shownState } from './delivery-state';
import { letterWebhook } from '../webhooks/letter-webhooks';
import type { LetterRow } from './leased-letter';
import { app } from './record-outcome';
import { isFollowed } from './order';
import { lockRoomLetters } from './write-letters';

const queue = 'notification-sender.deliveries';

interface ReportedLetter extends Pick<
  LetterRow,
  'id' | 'room_id' | 'invitation_id' | 'role' | 'method' | 'sequence' | 'occasion' | 'message_id' | 'state'
> {
  delivery: LetterDeliveryState | null;
  /** No later letter to this attendee was attempted. */
  newest: boolean;
}

/** The report came before the outcome of the send was recorded: the event is retried. */
class LetterNotRecorded extends Error {
  override name = 'LetterNotRecorded';
}

@Controller()
export class DeliveryStatesConsumer {
  constructor(@Inject(Database) private readonly db: Database) {}

  @Consumes(queue, 'BounceReceived')
  async onReport(event: Envelope<'BounceReceived'>): Promise<void> {
    await this.db.transaction(async (tx) => {
      if (!(await markHandled(tx, app, queue, event.id))) return;
      lockRoomLetters(tx, event.data.roomId);
      const letter = await letterOfReport(tx, event.data);
      if (!letter) return;
      if (letter.state === 'sending') throw new LetterNotRecorded('the outcome of the letter is not recorded yet');
      const delivery = stateAfter(letter.delivery, event.data.kind);
      if (delivery === null) return;
      tx.write('update letters set delivery = $2 where id = $1', [letter.id, delivery]);
      if (letter.newest) showDeliveryState(tx, letter.invitation_id, shownState(delivery, event.data));
      if (delivery === 'bounced') appendEvents(tx, app, [letterFailed(letter, event)]);
      appendDeliveryAudit(tx, letter, delivery, event);
      appendDeliveryWebhook(tx, letter, delivery, event);
    });
  }
}

/** The letter with this Message-ID; without one, the newest that was tried on this attendee. */
async function letterOfReport(
  tx: Queryable,
  { invitationId, messageId }: Envelope<'BounceReceived'>['data'],
): Promise<ReportedLetter | undefined> {
  const [letter] = await tx.query<ReportedLetter>(
    `select l.id, l.room_id, l.invitation_id, l.role, l.method, l.sequence, l.occasion, l.message_id, l.state,
      l.delivery,
            not ${isFollowed('l')} as newest
       from letters l
      where l.invitation_id = $1 and l.attempts > 0 and ($2::text is null or l.message_id = $2)
      order by l.position desc limit 1`,
    [invitationId, messageId],
  );
  return letter;
}

const showDeliveryState = (tx: Transaction, invitationId: string, delivery: Record<string, unknown>): void =>
  tx.write(
    `update invitations
        set delivery_state = $2::jsonb || jsonb_build_object('at', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      where id = $1`,
    [invitationId, JSON.stringify(delivery)],
  );

function letterFailed(letter: ReportedLetter, event: Envelope<'BounceReceived'>): Envelope<'LetterFailed'> {
  const { id: letterId, room_id: roomId, invitation_id: invitationId, message_id: messageId } = letter;
  const { role, method, sequence, occasion } = letter;
  const data = { roomId, invitationId, role, letterId, messageId, method, sequence, occasion };
  const { correlationId, id: causationId } = event;
  const meta = { id: randomUUIDv7(), occurredAt: new Date(), correlationId, causationId };
  return envelop('LetterFailed', { ...data, reason: `bounced-${event.data.kind}` }, meta);
}

/**
 * Webhooks report only `delivered` and `bounced`: a complaint is about a delivered letter, and a delay ends in one of
 * the two.
 */
function appendDeliveryWebhook(
  tx: Transaction,
  letter: ReportedLetter,
  delivery: LetterDeliveryState,
  { data, correlationId }: Envelope<'BounceReceived'>,
): void {
  if (delivery !== 'delivered' && delivery !== 'bounced') return;
  const { id: letterId, room_id: roomId, role, message_id: messageId, method, sequence } = letter;
  const facts = { roomId, role, letterId, messageId, method, sequence, correlationId };
  const reason = delivery === 'bounced' ? data.kind : null;
  appendWebhooks(tx, [letterWebhook(`letter.${delivery}`, facts, reason, new Date())]);
}

function appendDeliveryAudit(
  tx: Transaction,
  letter: ReportedLetter,
  delivery: LetterDeliveryState,
  { data, correlationId }: Envelope<'BounceReceived'>,
): void {
  const { room_id: roomId, role, method, sequence, message_id: messageId } = letter;
  const why = `${data.kind}: ${data.status ?? 'without a code'}`;
  appendAudit(tx, app, [
    {
      roomId,
      kind: 'delivery',
      role,
      method,
      sequence,
      verdict: delivery,
      why,
      messageId,
      rawPointer: `letters/${letter.id}`,
      actor: app,
      correlationId,
    },
  ]);
}
