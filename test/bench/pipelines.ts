// The throughput of the three ways through the product: booking → two invitations, mail → partstat, approval → two
// updates.
// Each is driven from outside, as hard as it goes, until its last effect is out.
import { eventually } from '../support/eventually';
import { inParallel, post } from './http';
import { type BookedRoom, acceptances, book } from './people';
import type { Stage } from './stage';

const atATime = 48;

/** Letters a second, from the first call until the relay has taken the last letter. */
export async function outbound(stage: Stage, rooms: number): Promise<{ perSecond: number; booked: BookedRoom[] }> {
  const booked: BookedRoom[] = [];
  stage.relay.forget();
  const begun = performance.now();
  await inParallel(rooms, atATime, async () => booked.push(await book(stage)));
  await stage.relay.until(rooms * 2);
  return { perSecond: ((rooms * 2) / (performance.now() - begun)) * 1_000, booked };
}

/** Mails a second, from the first POST until every answer shows as a partstat. */
export async function inbound(
  stage: Stage,
  rooms: readonly BookedRoom[],
): Promise<{ perSecond: number; mails: string[] }> {
  const mails = acceptances(stage, rooms);
  const ids = rooms.map(({ roomId }) => roomId).toReversed();
  const begun = performance.now();
  await inParallel(mails.length, atATime, async (n) => {
    const mail = mails[n];
    if (mail) await stage.deliver(mail.raw, mail.envelopeFrom);
  });
  const done = async (): Promise<boolean> => {
    // Ends with the first that is missing: the question must not be a load of its own.
    const [missing] = await stage.db.query(
      `select from unnest($1::uuid[]) as asked(id) join invitations i on i.room_id = asked.id
        where i.last_partstat <> 'accepted' limit 1`,
      [ids],
    );
    return missing === undefined;
  };
  await eventually('every answer shows', done, { timeoutMs: 600_000, everyMs: 20 });
  return {
    perSecond: (mails.length / (performance.now() - begun)) * 1_000,
    mails: mails.map(({ raw }) => raw.toString('latin1')),
  };
}

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
