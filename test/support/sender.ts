// The notification sender's parts on a real database and a real SMTP server, without a broker: events are handed to
// its consumer.
// Used by the sender's integration tests.
import { pino } from 'pino';
import type { RoomSnapshot } from '#contracts';
import type { Database } from '#persistence';
import { Dispatcher } from '../../apps/notification-sender/src/sending/dispatcher';
import { IcsService } from '../../apps/notification-sender/src/render/ics.service';
import { LettersConsumer } from '../../apps/notification-sender/src/letters/letters.consumer';
import type { RoomsEvent } from '../../apps/notification-sender/src/letters/letters';
import { Mailer } from '../../apps/notification-sender/src/sending/mailer';
import { NotificationService } from '../../apps/notification-sender/src/sending/notification.service';
import { retryPolicy } from '../../apps/notification-sender/src/sending/retry-policy';
import type { NotificationSenderSettings } from '../../apps/notification-sender/src/settings';
import { senderSettings } from './sender-events';

export interface RunningSender {
  mailer: Mailer;
  dispatcher: Dispatcher;
  handle(...events: RoomsEvent[]): Promise<void>;
  stop(): Promise<void>;
}

/** Handles events at once; sends only after `dispatcher.start()`, or right away with `start: true`. */
export function sender(
  db: Database,
  smtpUrl: string,
  options: { start?: boolean; graceMs?: number; settings?: Partial<NotificationSenderSettings> } = {},
): RunningSender {
  const settings = { ...senderSettings, ...options.settings, SMTP_URL: smtpUrl };
  const logger = pino({ level: 'silent' });
  const workers = settings.SMTP_POOL_SIZE;
  const mailer = new Mailer({ url: smtpUrl, connections: workers });
  const policy = retryPolicy(settings.SMTP_RETRY_BASE_MS);
  const notifications = new NotificationService({ ics: new IcsService(settings), mailer, settings, policy, logger });
  const dispatcher = new Dispatcher({
    db,
    notifications,
    mailer,
    workers: workers,
    logger,
    graceMs: options.graceMs ?? 2_000,
  });
  const consumer = new LettersConsumer(db, settings, dispatcher);
  if (options.start) dispatcher.start();
  return {
    mailer,
    dispatcher,
    handle: async (...events) => {
      for (const each of events) await consumer.onEvent(each);
    },
    stop: () => dispatcher.stop(),
  };
}

/** Writes the rows that the API would have written for this room, so that the sender's columns have a place. */
export async function storeRoom(db: Database, room: RoomSnapshot): Promise<RoomSnapshot> {
  const { policy } = room;
  await db.query(
    `insert into practice_rooms (id, ics_uid, ics_sequence, status, title, start_utc, end_utc, location, video_url,
      on_decline, proposals, proposal_ttl_hours)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)
     on conflict (id) do update set ics_sequence = excluded.ics_sequence, status = excluded.status,
       start_utc = excluded.start_utc, end_utc = excluded.end_utc`,
    [
      room.roomId,
      room.uid,
      room.sequence,
      room.status,
      room.title,
      room.startUtc,
      room.endUtc,
      room.location,
      room.videoUrl,
      policy.onDecline,
      policy.proposals,
      policy.proposalTtlHours,
    ],
  );
  for (const each of room.invitations) {
    await db.query(
      `insert into invitations (id, room_id, uid, attendee_email, attendee_role, attendee_name, person_key, time_zone,
        locale, last_partstat)
       values ($1,$2,$3,$4,$5,$6,$4,$7,$8,$9) on conflict (id) do update set last_partstat = excluded.last_partstat`,
      [
        each.invitationId,
        room.roomId,
        room.uid,
        each.email,
        each.role,
        each.name,
        each.timeZone,
        each.locale,
        each.partstat,
      ],
    );
  }
  return room;
}
