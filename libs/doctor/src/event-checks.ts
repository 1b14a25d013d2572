// Finds work that was lost between the apps: events handled and not recorded, old outbox rows, dead letters, queues
// without consumer.
// Called by examine.ts.
import type { ChannelModel } from 'amqplib';
import { appOf, queueNames } from '#contracts';
import { namesOf } from '#messaging';
import { storedDeadLetters } from '#persistence';
import { plural } from '#service';
import { atMost, type Check, type Finding } from './finding';

const consumer = 'notification-sender.rooms';

/**
 * The event's letters exist, but its id is not recorded: a message that is delivered again would be handled again. Looks back one day,
 * because ids are kept at least that long (RETENTION_TECHNICAL_DAYS).
 */
const notRecorded: Check = async ({ db, graceSeconds }) => {
  const rows = await db.query<{ event_id: string; letters: string }>(
    `select l.event_id, count(*) as letters from letters l
      where l.created_at between now() - interval '1 day' and now() - $1 * interval '1 second'
        and not exists (select 1 from handled_events h where h.event_id = l.event_id and h.consumer = $2)
      group by l.event_id limit ${atMost}`,
    [graceSeconds, consumer],
  );
  return rows.map(({ event_id, letters }) => ({
    kind: 'event-not-recorded',
    subject: `event ${event_id}`,
    text: `${plural(letters, 'letter of this event is', 'letters of this event are')} written, but the event is not recorded as handled`,
    repair: async () => {
      const sql = `insert into handled_events (event_id, consumer, app) values ($1, $2, $3) on conflict do nothing
            returning event_id`;
      return (await db.query(sql, [event_id, consumer, appOf(consumer)])).length === 1;
    },
  }));
};

const oldOutbox: Check = async ({ db, graceSeconds }) => {
  const rows = await db.query<{ app: string; events: string; seconds: string; error: string | null }>(
    `select app, count(*) as events, round(extract(epoch
      from now() - min(created_at))) as seconds, max(last_error) as error
       from outbox where created_at < now() - $1 * interval '1 second' group by app order by app`,
    [graceSeconds],
  );
  return rows.map(({ app, events, seconds, error }) => ({
    kind: 'outbox-old',
    subject: app,
    text:
      `${plural(events, 'event is not published', 'events are not published')}, the oldest for ${seconds} s` +
      (error === null ? '' : `; last error: ${error}`),
    advice: 'check that the app runs and the broker responds',
  }));
};

const deadLetters: Check = async ({ db, broker }) => {
  const stored = await storedDeadLetters(db);
  const found = stored.length > 0 ? [deadIn('the database', stored.length)] : [];
  const stopped = await db.query<{ event_id: string }>(
    `select event_id from dead_letters where reason = 'privacy-gate'`,
  );
  for (const { event_id } of stopped) {
    found.push({
      kind: 'letter-stopped',
      subject: `event ${event_id}`,
      text: "its letter contained the other party's address and was not sent",
      advice: 'see PrivacyGateHit in docs/runbook.md',
    });
  }
  const model = broker?.publisher.live;
  return model && broker ? [...found, ...(await queuesOf(model, broker.prefix))] : found;
};

async function queuesOf(model: ChannelModel, prefix: string): Promise<Finding[]> {
  const channel = await model.createChannel();
  const found: Finding[] = [];
  for (const queue of queueNames) {
    const names = namesOf(prefix, queue);
    const { messageCount } = await channel.checkQueue(names.dead);
    if (messageCount > 0) found.push(deadIn(queue, messageCount));
    const { consumerCount, messageCount: waiting } = await channel.checkQueue(names.main);
    if (consumerCount === 0)
      found.push({
        kind: 'queue-without-consumer',
        subject: queue,
        text: `no consumer reads this queue with ${plural(waiting, 'event', 'events')}`,
        advice: `start ${appOf(queue)}`,
      });
  }
  await channel.close();
  return found;
}

const deadIn = (where: string, count: number): Finding => ({
  kind: 'dead-letters',
  subject: where,
  text: plural(count, 'event is a dead letter', 'events are dead letters'),
  advice: 'fix the cause, then npm run replay -- --dead',
});

export const eventChecks: Check[] = [notRecorded, oldOutbox, deadLetters];
