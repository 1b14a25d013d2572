// How long a booking takes to become two mails and a mail to become a decision, at a steady load that leaves the
// machine room to breathe.
// Open loop: work comes at its own pace, whether the product keeps up or not, so that waiting counts.
import { setTimeout as wait } from 'node:timers/promises';
import { type Latency, latencyOf } from './figures';
import { type BookedRoom, acceptances, book, clock } from './people';
import type { Stage } from './stage';

/** Calls `one` so many times a second for so long; resolves when the last has resolved. */
async function steadily(perSecond: number, seconds: number, one: (index: number) => Promise<void>): Promise<void> {
  const count = Math.max(1, Math.round(perSecond * seconds));
  const begun = performance.now();
  const all: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = begun + (index / perSecond) * 1_000;
    const early = due - performance.now();
    if (early > 0.5) await wait(early);
    all.push(one(index));
  }
  await Promise.all(all);
}

/** From the call to the relay's 250, for each of both letters; `lettersPerSecond` is the load. */
export async function bookingToMail(
  stage: Stage,
  lettersPerSecond: number,
  seconds: number,
): Promise<{ latency: Latency; booked: BookedRoom[] }> {
  stage.relay.forget();
  const booked: BookedRoom[] = [];
  await steadily(lettersPerSecond / 2, seconds, async () => void booked.push(await book(stage)));
  await stage.relay.until(booked.length * 2);
  const times = booked.flatMap(({ askedAt, host, guest }) =>
    [host, guest].map((email) => (stage.relay.to(email)[0]?.at ?? Number.NaN) - askedAt),
  );
  return { latency: latencyOf(times), booked };
}

/** Of so many mails one is watched until its answer shows: watching all would be a load of its own. */
const watchedOf = 5;

/** From the POST of a mail to the partstat that a platform sees. */
export async function mailToDecision(stage: Stage, rooms: readonly BookedRoom[], perSecond: number): Promise<Latency> {
  const mails = acceptances(stage, rooms);
  const times: number[] = [];
  await steadily(perSecond, mails.length / perSecond, async (index) => {
    const mail = mails[index];
    if (!mail) return;
    const begun = clock();
    await stage.deliver(mail.raw, mail.envelopeFrom);
    if (index % watchedOf !== 0) return;
    const room = rooms[Math.floor(index / 2)];
    for (;;) {
      const [row] = await stage.db.query<{ last_partstat: string }>(
        'select last_partstat from invitations where room_id = $1 and attendee_email = $2',
        [room?.roomId, mail.from],
      );
      if (row?.last_partstat === 'accepted') break;
      await wait(1);
    }
    times.push(clock() - begun);
  });
  return latencyOf(times);
}
