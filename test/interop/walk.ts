// The lives of meetings that a user at a real program is invited to.
// Called by every file in clients/; the other party is a person of the simulator, or at another program.
import type { Lab, Setup, Times } from './lab';
import { at, Meeting } from './meeting';
import type { Seat } from './seat';
import { Steps } from './steps';

export interface WalkOptions {
  /** What the calendar holds after a CANCEL; most remove the event or mark it. */
  afterCancel?: 'gone or cancelled' | 'untouched';
  /** What the calendar has after a decline of what was not answered before. */
  afterDecline?: 'gone' | 'declined';
  /** Whether a new time shows in the calendar before it was answered. */
  afterUpdate?: 'moved' | 'moved by the answer';
}

/** All that a program's user lives through: both kinds of times, a decline, and our letters with other attachments. */
export async function walks(lab: Lab, seat: Seat, options: WalkOptions = {}): Promise<void> {
  for (const times of ['utc', 'zone'] as const) await walk(lab, seat, times, options);
  await declineWalk(lab, seat, options);
  for (const attachment of ['attachment none', 'attachment application/ics'] as const)
    await acceptWalk(lab, seat, { setup: attachment, options });
}

async function walk(lab: Lab, seat: Seat, times: Times, options: WalkOptions): Promise<void> {
  const steps = await Steps.begin(lab, seat, times);
  await steps.invited(0, at(5, 10));
  await steps.answer('accept', 'accepted');
  await steps.answer('tentative', 'tentative');
  await steps.answer('accept', 'accepted', 'accept again');
  await steps.rescheduled(options.afterUpdate ?? 'moved');
  await steps.answer('accept', 'accepted', 'accept the new time');
  if (seat.counter) await steps.countered(seat.counter.bind(seat));
  await steps.cancelled(options.afterCancel ?? 'gone or cancelled');
}

/** Another room, accepted in this client and cancelled by the platform; its checks and mails are named `what`. */
export async function acceptWalk(
  lab: Lab,
  seat: Seat,
  { setup = 'utc', what = setup, options = {} }: { setup?: Setup; what?: string; options?: WalkOptions },
): Promise<void> {
  const steps = await Steps.begin(lab, seat, setup, what);
  await steps.invited(0, at(5, 10));
  await steps.answer('accept', 'accepted');
  await steps.cancelled(options.afterCancel ?? 'gone or cancelled');
}

/** Another room, accepted in this client under an address that was not invited. */
export async function strangerWalk(lab: Lab, seat: Seat, address: string): Promise<void> {
  const steps = await Steps.begin(lab, seat, 'utc', 'another account');
  await steps.invited(0, at(5, 10));
  await steps.answerAs(address);
}

/** Another room, declined in this client while the host accepts in another program. */
async function declineWalk(lab: Lab, seat: Seat, { afterDecline = 'declined' }: WalkOptions): Promise<void> {
  const steps = await Steps.begin(lab, seat, 'utc', 'decline');
  await steps.invited(0, at(5, 10));
  await steps.declined(afterDecline);
}

/** Both parties at real programs: the host accepts in one, the guest declines in the other. */
export async function crossWalk(
  lab: Lab,
  host: Seat,
  guest: Seat,
  { afterCancel = 'gone or cancelled' }: WalkOptions,
): Promise<void> {
  const meeting = await Meeting.book(lab, guest.email, 'utc', host);
  const [hosts, guests] = [await Steps.at(lab, meeting, host, 'host'), await Steps.at(lab, meeting, guest, 'guest')];
  await hosts.invited(0, at(5, 10));
  await hosts.answer('accept', 'accepted');
  await guests.invited(0, at(5, 10));
  await guests.declines('declined');
  await hosts.cancelComes(1, afterCancel);
}

/** A calendar that only takes letters; its user's answers are not driven. */
export type Store = Omit<Seat, 'click' | 'counter'>;

/** What a calendar makes of an invitation, a new time and a cancellation. */
export async function storeWalk(lab: Lab, store: Store, times: Times): Promise<void> {
  const seat: Seat = { ...store, click: () => Promise.reject(new Error('it answers nothing')) };
  const steps = await Steps.begin(lab, seat, times);
  await steps.invited(0, at(5, 10));
  await steps.holds('invitation', undefined);
  await steps.rescheduled('moved');
  await steps.cancelled('gone or cancelled');
}
