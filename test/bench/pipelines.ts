// The throughput of the three ways through the product: booking → two invitations, mail → partstat, approval → two
// updates.
// Each is driven from outside, as hard as it goes, until its last effect is out.
import { eventually } from '../support/eventually';
import { inParallel, post } from './http';
import { type Answer, type BookedRoom, book, bookOpen, open } from './people';
import type { Stage } from './stage';

const atATime = 48;

/** `create` with its guest, or `book` on rooms that exist before the clock starts. */
export type Booking = 'create' | 'book';

/** Letters a second, from the first call until the relay has taken the last letter. */
export async function outbound(
  stage: Stage,
  rooms: number,
  booking: Booking = 'create',
): Promise<{ perSecond: number; booked: BookedRoom[] }> {
  const [opened, booked]: BookedRoom[][] = [[], []];
  if (booking === 'book') await inParallel(rooms, atATime, async () => opened?.push(await open(stage)));
  const one = (n: number): Promise<BookedRoom> => {
    const room = opened?.[n];
    return room ? bookOpen(stage, room) : book(stage);
  };
  stage.relay.forget();
  const begun = performance.now();
  await inParallel(rooms, atATime, async (n) => booked?.push(await one(n)));
  await stage.relay.until(rooms * 2);
  return { perSecond: ((rooms * 2) / (performance.now() - begun)) * 1_000, booked: booked ?? [] };
}

/** Mails a second, from the first POST until every acceptance shows as a partstat and every other mail is read. */
export async function inbound(stage: Stage, mails: readonly Answer[]): Promise<{ perSecond: number; mails: string[] }> {
  const accepting = mails.filter(({ accepts }) => accepts).map(({ from }) => from);
  const rooms = await stage.db.query<{ id: string }>('select id from invitations where person_key = any($1::text[])', [
    accepting,
  ]);
  const ids = rooms.map(({ id }) => id).toReversed();
  const begun = performance.now();
  await inParallel(mails.length, atATime, async (n) => {
    const mail = mails[n];
    if (mail) await stage.deliver(mail.raw, mail.envelopeFrom);
  });
  const done = async (): Promise<boolean> => {
    // Ends with the first that is missing: the question must not be a load of its own.
    const missing = await stage.db.query(
      `(select 1 from unnest($1::uuid[]) as asked(id) join invitations i on i.id = asked.id
         where i.last_partstat <> 'accepted' limit 1)
       union all (select 1 from imip_messages where state = 'stored' limit 1)`,
      [ids],
    );
    return missing.length === 0;
  };
  await eventually('every answer shows', done, { timeoutMs: 600_000, everyMs: 20 });
  return {
    perSecond: (mails.length / (performance.now() - begun)) * 1_000,
    mails: mails.map(({ raw }) => raw.toString('latin1')),
  };
}

/** Resolves once no letter is owed and no event waits: what came of a round is no part of the next. */
export const quiet = (stage: Stage): Promise<unknown> =>
  eventually(
    'nothing waits',
    async () =>
      (
        await stage.db.query(
          `(select 1 from letters where state in ('due', 'sending') limit 1) union all (select 1 from outbox limit 1)`,
        )
      ).length === 0,
    { timeoutMs: 600_000, everyMs: 100 },
  );

/** Proposals that wait for an approval: their approve tokens, taken from the mails. */
export async function proposals(stage: Stage, rooms: number): Promise<string[]> {
  stage.relay.set({ links: true });
  const { booked } = await outbound(stage, rooms);
  await inParallel(rooms, atATime, async (n) => {
    const token = stage.relay.to(booked[n]?.guest ?? '')[0]?.links['reschedule'];
    await stage.platform('/api/reschedule/propose', {
      token,
      proposedStartUtc: '2031-05-06T10:00:00Z',
      proposedEndUtc: '2031-05-06T11:00:00Z',
    });
  });
  // Two invitations, the question to the one, the confirmation to the other.
  await stage.relay.until(rooms * 4);
  stage.relay.set({ links: false });
  return booked.map(({ host }) => stage.relay.to(host).find(({ links }) => links['approve'])?.links['approve'] ?? '');
}

/** Approvals a second, from the first click on a button until both updates of the last are out. */
export async function approvals(stage: Stage, tokens: readonly string[]): Promise<number> {
  stage.relay.forget();
  const begun = performance.now();
  await inParallel(tokens.length, atATime, async (n) => approve(stage, tokens[n] ?? ''));
  await stage.relay.until(tokens.length * 2);
  return (tokens.length / (performance.now() - begun)) * 1_000;
}

const approve = (stage: Stage, token: string): Promise<string> =>
  post(
    `${stage.url('scheduling-api')}/approve`,
    { 'content-type': 'application/json', accept: 'application/json' },
    JSON.stringify({ token }),
  );
