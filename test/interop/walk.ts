// The life of a meeting that a real client's user is invited to: each step is done in the client, and judged by the
// room and by the client's own calendar.
// Called by every file in clients/; the host is a person of the simulator.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkIn, propertyIn } from '../support/answer-mail';
import { eventually } from '../support/eventually';
import type { Product } from '../support/product';
import type { ApiBody } from '../support/scheduling-api';
import { readInvitation, replyAs } from '../../apps/standalone/src/simulator/reply-as';
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import type { Lab, Times } from './lab';
import { check } from './check';

export type Click = 'accept' | 'tentative' | 'decline';

/** One event as the client's own calendar holds it. */
export interface Entry {
  uid: string;
  /** Undefined where the client does not say. */
  start?: Date;
  partstat?: string;
  cancelled?: boolean;
}

/** A user at a real client. */
export interface Seat {
  email: string;
  name: string;
  /** A letter arrives and is opened. */
  receive(letter: Buffer): Promise<void>;
  /** Clicks in the letter that was received last; resolves with the mails that the client sent. */
  click(click: Click, letter: Buffer): Promise<Buffer[]>;
  /** Proposes a time; left out where the client has no such button. */
  counter?(start: Date, end: Date, letter: Buffer): Promise<Buffer[]>;
  /** What the client's own calendar holds; left out where the program has none. */
  calendar?(): Promise<Entry[]>;
}

export interface WalkOptions {
  /** What the calendar holds after a CANCEL; most remove the event or mark it. */
  afterCancel?: 'gone or cancelled' | 'untouched';
  /** Whether a new time shows in the calendar before it was answered. */
  afterUpdate?: 'moved' | 'moved by the answer';
}

const title = 'Übungsstunde; "Deutsch", שלום';
const at = (day: number, hour: number): Date => new Date(Date.UTC(2031, 4, day, hour));

export async function walk(lab: Lab, seat: Seat, times: Times, options: WalkOptions = {}): Promise<void> {
  const meeting = await Meeting.book(lab, seat, times);
  const steps = new Steps(lab, meeting, seat, times);
  await steps.invited(0, at(5, 10));
  await steps.answer('accept', 'accepted');
  await steps.answer('tentative', 'tentative');
  await steps.answer('accept', 'accepted', 'accept again');
  await steps.rescheduled(options.afterUpdate ?? 'moved');
  await steps.answer('accept', 'accepted', 'accept the new time');
  if (seat.counter) await steps.countered(seat.counter.bind(seat));
  await steps.cancelled(options.afterCancel ?? 'gone or cancelled');
}

/** Another room, accepted in this client. */
export async function acceptWalk(lab: Lab, seat: Seat, times: Times): Promise<void> {
  const steps = new Steps(lab, await Meeting.book(lab, seat, times), seat, times);
  await steps.invited(0, at(5, 10));
  await steps.answer('accept', 'accepted', `accept as ${seat.email}`);
}

/** Another room, declined in this client while the host accepts in another program. */
export async function declineWalk(lab: Lab, seat: Seat, times: Times): Promise<void> {
  const meeting = await Meeting.book(lab, seat, times);
  const steps = new Steps(lab, meeting, seat, times);
  await steps.invited(0, at(5, 10));
  await steps.declined();
}

/** Both parties at real programs: the host accepts in one, the guest declines in the other. */
export async function crossWalk(lab: Lab, host: Seat, guest: Seat): Promise<void> {
  const meeting = await Meeting.book(lab, guest, 'utc', host);
  const [toHost, toGuest] = [await meeting.letter('REQUEST', 0, host.email), await meeting.letter('REQUEST', 0)];
  await host.receive(toHost);
  await meeting.deliver(await host.click('accept', toHost), host.email);
  const accepted = await meeting.becomes('accepted', () => meeting.partstat('host'));
  lab.checks.push(check('the host accepts: the room says accepted', accepted === 'accepted', accepted));
  await guest.receive(toGuest);
  await meeting.deliver(await guest.click('decline', toGuest));
  const ended = await meeting.becomes('cancelled guest', async () => {
    const room = await meeting.now();
    return `${room.status} ${room.cancelledBy}`;
  });
  lab.checks.push(check('the guest declines: the room is cancelled by the guest', ended === 'cancelled guest', ended));
  const cancel = await meeting.letter('CANCEL', 1, host.email).catch(() => undefined);
  lab.checks.push(check('the host gets a CANCEL', cancel !== undefined, cancel ? 'a CANCEL' : 'none'));
  if (!cancel) return;
  lab.checks.push(check('the CANCEL holds nothing of the guest', !holds(cancel, guest.email), 'the guest’s address'));
  await host.receive(cancel);
}

/** A calendar that only takes letters; its user's answers are not driven. */
export type Store = Omit<Seat, 'click' | 'counter'>;

/** What a calendar makes of an invitation, a new time and a cancellation. */
export async function storeWalk(lab: Lab, store: Store, times: Times): Promise<void> {
  const seat: Seat = { ...store, click: () => Promise.reject(new Error('it answers nothing')) };
  const steps = new Steps(lab, await Meeting.book(lab, seat, times), seat, times);
  await steps.invited(0, at(5, 10));
  await steps.holds('invitation', undefined);
  await steps.rescheduled('moved');
  await steps.cancelled('gone or cancelled');
}

/** A room of the product, seen from one guest's side. */
class Meeting {
  private constructor(
    readonly product: Product,
    readonly room: ApiBody,
    readonly host: string,
    readonly guest: string,
  ) {}

  /** The host is a person of the simulator unless one is given. */
  static async book(
    lab: Lab,
    seat: Seat,
    times: Times,
    { email = `hana-${randomUUID().slice(0, 8)}@hosts.test`, name = 'Hana "Ha" Öztürk; שלום' } = {},
  ): Promise<Meeting> {
    const product = await lab.product(times);
    const host = { email, name, timeZone: 'Europe/Berlin' };
    const guest = { email: seat.email, name: seat.name, timeZone: 'America/New_York' };
    const body = { title, startUtc: at(5, 10).toISOString(), endUtc: at(5, 11).toISOString(), host, guest };
    const created = await product.api('POST', '/api/practice-room/create', body);
    if (created.status !== 201) throw new Error(`create answered ${created.status} ${JSON.stringify(created.body)}`);
    return new Meeting(product, created.body, host.email, seat.email);
  }

  /** The calendar letter with this method and sequence. */
  async letter(method: string, sequence: number, to = this.guest): Promise<Buffer> {
    const fits = ({ raw }: { raw: Buffer }): boolean =>
      propertyIn(raw, 'UID') === this.room.uid &&
      propertyIn(raw, 'METHOD') === method &&
      Number(propertyIn(raw, 'SEQUENCE')) === sequence;
    const what = `${method} ${sequence} to ${to}`;
    return (await eventually(what, () => this.product.mailsTo(to).find(fits), { timeoutMs: 60_000 })).raw;
  }

  now(): Promise<ApiBody> {
    return this.product.room(this.room.roomId);
  }

  async partstat(of: 'host' | 'guest' = 'guest'): Promise<string> {
    const { invitations } = await this.now();
    return invitations.find(({ role }) => role === of)?.partstat ?? 'no invitation';
  }

  /** Hands in what a client sent, as its mail server would. */
  async deliver(mails: Buffer[], from = this.guest): Promise<void> {
    for (const raw of mails) await this.product.deliver(raw, from);
  }

  /** Waits for the room to get there; resolves with what it was in the end, wrong or right. */
  async becomes(wanted: string, probe: () => Promise<string>): Promise<string> {
    const reached = eventually(wanted, async () => (await probe()) === wanted, { timeoutMs: 30_000, everyMs: 100 });
    await reached.catch(() => undefined);
    return probe();
  }
}

/** The steps of one life, and what each of them showed. */
class Steps {
  private letter: Buffer = Buffer.alloc(0);
  private start = at(5, 10);
  private sequence = 0;
  private mails = 0;

  constructor(
    private readonly lab: Lab,
    private readonly meeting: Meeting,
    private readonly seat: Seat,
    private readonly times: Times,
  ) {}

  async invited(sequence: number, start: Date): Promise<void> {
    this.sequence = sequence;
    this.start = start;
    this.letter = await this.meeting.letter('REQUEST', sequence);
    this.keep('letter', this.letter);
    this.note(
      `letter ${sequence} holds nothing of the host`,
      !holds(this.letter, this.meeting.host),
      'the host’s address',
    );
    await this.seat.receive(this.letter);
  }

  async answer(click: Click, partstat: string, what: string = click): Promise<void> {
    const mails = await this.seat.click(click, this.letter);
    for (const each of mails) this.keep(click, each);
    await this.meeting.deliver(mails);
    const seen = await this.meeting.becomes(partstat, () => this.meeting.partstat());
    this.note(`${what}: the room says ${partstat}`, seen === partstat, mails.length === 0 ? 'no mail was sent' : seen);
    await this.holds(what, partstat);
  }

  async rescheduled(after: 'moved' | 'moved by the answer'): Promise<void> {
    const body = { roomId: this.meeting.room.roomId, startUtc: at(6, 14), endUtc: at(6, 15), reason: 'Plan changed' };
    await this.meeting.product.api('POST', '/api/practice-room/reschedule', body);
    await this.invited(this.sequence + 1, at(6, 14));
    const seen = await this.meeting.partstat();
    this.note('reschedule: the room asks again', seen === 'needs-action', seen);
    if (after === 'moved') await this.holds('reschedule', undefined);
    else await this.holds('reschedule, not answered yet', undefined, at(5, 10));
  }

  async countered(counter: NonNullable<Seat['counter']>): Promise<void> {
    const [start, end] = [at(7, 16), at(7, 17)];
    const mails = await counter(start, end, this.letter);
    for (const each of mails) this.keep('counter', each);
    await this.meeting.deliver(mails);
    const pending = async (): Promise<string> => {
      const proposal = (await this.meeting.now()).proposals.at(-1);
      return proposal ? `${proposal.status} ${proposal.source} ${proposal.startUtc}` : 'no proposal';
    };
    const wanted = `pending counter ${start.toISOString()}`;
    const seen = await this.meeting.becomes(wanted, pending);
    this.note('counter: the proposal is put to the host', seen === wanted, seen);
    if (seen !== wanted) return;
    await this.approve();
    await this.invited(this.sequence + 1, start);
    await this.holds('approved', undefined);
    await this.answer('accept', 'accepted', 'accept the approved time');
  }

  async declined(): Promise<void> {
    const { product } = this.meeting;
    const invitation = await this.meeting.letter('REQUEST', 0, this.meeting.host);
    const accepted = replyAs('google', invitation, { kind: 'accept' }, { now: new Date(), id: randomUUID() });
    await product.deliver(accepted.raw, accepted.envelopeFrom);
    const mails = await this.seat.click('decline', this.letter);
    for (const each of mails) this.keep('decline', each);
    await this.meeting.deliver(mails);
    const seen = await this.meeting.becomes('cancelled guest', async () => {
      const room = await this.meeting.now();
      return `${room.status} ${room.cancelledBy}`;
    });
    this.note('decline: the room is cancelled by the guest', seen === 'cancelled guest', seen);
    const cancel = await this.meeting.letter('CANCEL', 1, this.meeting.host).catch(() => undefined);
    this.note('decline: the host gets a CANCEL', cancel !== undefined, 'none');
  }

  async cancelled(after: 'gone or cancelled' | 'untouched'): Promise<void> {
    await this.meeting.product.api('POST', '/api/practice-room/delete', { roomId: this.meeting.room.roomId });
    const letter = await this.meeting.letter('CANCEL', this.sequence + 1);
    this.keep('cancel', letter);
    await this.seat.receive(letter);
    if (!this.seat.calendar) return;
    const mine = (await this.seat.calendar()).filter(({ uid }) => uid === this.meeting.room.uid);
    const gone = mine.every(({ cancelled }) => cancelled === true);
    this.note(`cancel: its calendar: ${after}`, gone === (after === 'gone or cancelled'), described(mine));
  }

  private async approve(): Promise<void> {
    const { product } = this.meeting;
    const link = await eventually('the question to the host', () =>
      product
        .mailsTo(this.meeting.host)
        .filter(({ raw }) => propertyIn(raw, 'UID') === '' && linkIn(raw, 'approve') !== '')
        .map(({ raw }) => linkIn(raw, 'approve'))
        .at(-1),
    );
    const token = new URL(link).searchParams.get('t');
    await product.api('POST', '/approve', { token });
  }

  /** The client's own calendar has this event once, at this time, with this answer. */
  async holds(what: string, partstat: string | undefined, start = this.start): Promise<void> {
    if (!this.seat.calendar) return;
    const mine = (await this.seat.calendar()).filter(({ uid }) => uid === this.meeting.room.uid);
    const [one] = mine;
    const right =
      mine.length === 1 &&
      (one?.start === undefined || one.start.getTime() === start.getTime()) &&
      (partstat === undefined || one?.partstat === undefined || one.partstat === partstat);
    this.note(`${what}: its calendar holds it once, as agreed`, right, described(mine));
  }

  private note(what: string, ok: boolean, saw: string): void {
    const full = `${this.times}: ${what}`;
    this.lab.checks.push(check(full, ok, saw));
    this.lab.say(`${ok ? 'right' : 'WRONG'}  ${full}${ok ? '' : ` (${saw})`}`);
  }

  private keep(name: string, raw: Buffer): void {
    this.mails += 1;
    writeFileSync(join(this.lab.folder, `${this.times}-${String(this.mails).padStart(2, '0')}-${name}.eml`), raw);
  }
}

const described = (entries: Entry[]): string =>
  entries.length === 0
    ? 'nothing'
    : entries
        .map(({ start, partstat, cancelled }) =>
          [start?.toISOString(), partstat, cancelled ? 'cancelled' : undefined].filter(Boolean).join(' '),
        )
        .join(', ');

/** Every decoded text of a letter, its header included. */
const holds = (raw: Buffer, address: string): boolean =>
  [raw.toString('utf8'), ...readMail(raw).parts.map(({ body }) => body.toString('utf8'))].some((text) =>
    text.replaceAll(/\r\n[ \t]/g, '').includes(address),
  );

/** When the meeting of a letter starts. */
export const instantOf = (letter: Buffer): Date => readInvitation(letter).start;
