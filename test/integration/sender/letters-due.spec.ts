// Letters that are due and that no sender has leased are announced to the senders of other processes, which may rest.
import { Database } from '#persistence';
import { retryFailedLetters } from '../../../apps/notification-sender/src/ledger/failed-letters';
import { lettersDue } from '../../../apps/notification-sender/src/ledger/lease-letters';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';
import { type RunningSender, sender, storeRoom } from '../../support/sender';
import { event, room } from '../../support/sender-events';
import { SmtpSink } from '../../support/smtp-sink';

let fresh: FreshDatabase;
let other: Database;
let sink: SmtpSink;
let smtpUrl: string;
let announced = 0;
const running: RunningSender[] = [];

beforeEach(async () => {
  fresh = await freshDatabase();
  sink = new SmtpSink();
  smtpUrl = await sink.start();
  other = new Database({ url: fresh.url, applicationName: 'other', poolSize: 4 });
  announced = 0;
  await other.listen(lettersDue, () => (announced += 1));
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
  await sink.close();
  await other.close();
  await fresh.drop();
});

const senderOn = (db: Database, start: boolean): RunningSender => {
  const made = sender(db, smtpUrl, { start });
  running.push(made);
  return made;
};
const booked = async () => event('RoomBooked', { room: await storeRoom(fresh.db, room()) });
const isAnnounced = (): Promise<unknown> => eventually('letters are announced', () => announced > 0);

it('where they are written by a process that cannot send them: a sender at rest does', async () => {
  senderOn(other, true);
  await eventually('the other sender is woken', () => other.hears(lettersDue));
  await senderOn(fresh.db, false).handle(await booked());
  await isAnnounced();
  await eventually('both have come', () => sink.mails.length === 2);
});

it('where they are retried after a failure', async () => {
  await senderOn(fresh.db, false).handle(await booked());
  await fresh.db.query(`update letters set state = 'failed', attempts = 1`);
  await isAnnounced();
  const before = announced;
  expect((await retryFailedLetters(fresh.db)).again).toBe(2);
  await eventually('they are announced', () => announced > before);
});

it('where a sender that stops returns them', async () => {
  sink.always(() => ({ kind: 'stall' }));
  const stops = senderOn(fresh.db, true);
  await stops.handle(await booked());
  await eventually('they are leased', async () => {
    const rows = await fresh.db.query(`select from letters where state = 'sending'`);
    return rows.length === 2;
  });
  const before = announced;
  await stops.stop();
  await eventually('they are announced', () => announced > before);
});

it('and one that the relay deferred is sent when its time has come', async () => {
  const refused = new Set<string>();
  sink.always((to) => (refused.has(to) ? undefined : (refused.add(to), { kind: 'refuse', code: 451, at: 'RCPT' })));
  const only = sender(fresh.db, smtpUrl, { start: true, settings: { SMTP_RETRY_BASE_MS: 2_000 } });
  running.push(only);
  const begun = performance.now();
  await only.handle(await booked());
  await eventually('both have come', () => sink.mails.length === 2, { timeoutMs: 20_000 });
  expect(performance.now() - begun).toBeGreaterThan(900);
});
