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
import type { Lab, Setup, Times } from './lab';
import { check } from './check';

export type Click = 'accept' | 'tentative' | 'decline';

/** One event as the client's own calendar holds it. */
export interface Entry {
  uid: string;
  /** Undefined where the client does not say. */
  start?: Date;
  title?: string;
  partstat?: string;
  cancelled?: boolean;
}

/** A user at a real client. */
export interface Seat {
  email: string;
  /** A letter arrives and is opened; resolves with the title that is shown, where the program says it. */
  receive(letter: Buffer): Promise<string | void>;
  /** Clicks in the letter that was received last; resolves with the mails that the client sent. */
  click(click: Click, letter: Buffer): Promise<Buffer[]>;
  /** Proposes a time; left out where the client has no such button. */
  counter?(start: Date, end: Date, letter: Buffer): Promise<Buffer[]>;
  /** How its calendar writes our title, where that is not as it is. */
  titleShown?(title: string): string;
  /** What the client's own calendar holds; left out where the program has none. */
  calendar?(): Promise<Entry[]>;
}

export interface WalkOptions {
  /** What the calendar holds after a CANCEL; most remove the event or mark it. */
  afterCancel?: 'gone or cancelled' | 'untouched';
  /** Whether a new time shows in the calendar before it was answered. */
  afterUpdate?: 'moved' | 'moved by the answer';
}

/** As a platform gives them: what iCalendar and mail headers must quote, and letters of more than one script. */
const title = 'Übungsstunde; "Deutsch", שלום';
export const guestName = 'Gil "Gi" Müller; שלום';
const hostName = 'Hana "Ha" Öztürk; שלום';
const at = (day: number, hour: number): Date => new Date(Date.UTC(2031, 4, day, hour));

/** All that a program's user lives through: both kinds of times, a decline, and our letters with other attachments. */
export async function walks(lab: Lab, seat: Seat, options: WalkOptions = {}): Promise<void> {
  for (const times of ['utc', 'zone'] as const) await walk(lab, seat, times, options);
  await declineWalk(lab, seat);
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

/** Another room, declined in this client while the host accepts in another program. */
async function declineWalk(lab: Lab, seat: Seat): Promise<void> {
  const steps = await Steps.begin(lab, seat, 'utc', 'decline');
  await steps.invited(0, at(5, 10));
  await steps.declined();
}

/** Both parties at real programs: the host accepts in one, the guest declines in the other. */
export async function crossWalk(lab: Lab, host: Seat, guest: Seat): Promise<void> {
  const meeting = await Meeting.book(lab, guest, 'utc', host);
  const [hosts, guests] = [new Steps(lab, meeting, host, 'host'), new Steps(lab, meeting, guest, 'guest')];
  await hosts.invited(0, at(5, 10));
  await hosts.answer('accept', 'accepted');
  await guests.invited(0, at(5, 10));
  await guests.declines();
  await hosts.told('CANCEL', 1);
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
    setup: Setup,
    { email = `hana-${randomUUID().slice(0, 8)}@hosts.test` } = {},
  ): Promise<Meeting> {
    const product = await lab.product(setup);
    const host = { email, name: hostName, timeZone: 'Europe/Berlin' };
    const guest = { email: seat.email, name: guestName, timeZone: 'America/New_York' };
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
  async deliver(mails: Buffer[], from: string): Promise<void> {
    for (const raw of mails) await this.product.deliver(raw, from);
  }

  /** Waits for the room to get there; resolves with what it was in the end, wrong or right. */
  async becomes(wanted: string, probe: () => Promise<string>): Promise<string> {
    const reached = eventually(wanted, async () => (await probe()) === wanted, { timeoutMs: 30_000, everyMs: 100 });
    await reached.catch(() => undefined);
    return probe();
  }
}

/** What one party at a real program does at a meeting, and what each step showed. */
class Steps {
  private letter: Buffer = Buffer.alloc(0);
  private start = at(5, 10);
  private sequence = 0;
  private mails = 0;
  private readonly role: 'host' | 'guest';

  /** `what` names its checks and its mails. */
  constructor(
    private readonly lab: Lab,
    private readonly meeting: Meeting,
    private readonly seat: Seat,
    private readonly what: string,
  ) {
    this.role = seat.email === meeting.host ? 'host' : 'guest';
  }

  /** The first step: a room of their own, whose guest is at the program. */
  static async begin(lab: Lab, seat: Seat, setup: Setup, what: string = setup): Promise<Steps> {
    return new Steps(lab, await Meeting.book(lab, seat, setup), seat, what);
  }

  async invited(sequence: number, start: Date): Promise<void> {
    this.sequence = sequence;
    this.start = start;
    await this.told('REQUEST', sequence);
  }

  /** A letter comes, tells nothing of the other party, and is opened. */
  async told(method: 'REQUEST' | 'CANCEL', sequence: number): Promise<void> {
    const { host, guest } = this.meeting;
    this.letter = await this.meeting.letter(method, sequence, this.seat.email);
    this.keep(method === 'CANCEL' ? 'cancel' : 'letter', this.letter);
    const other = this.role === 'host' ? guest : host;
    this.note(`letter ${sequence} holds nothing of the other party`, !holds(this.letter, other), 'the other’s address');
    const shown = await this.seat.receive(this.letter);
    if (shown !== undefined) this.note(`letter ${sequence} shows its title`, shown === title, shown);
  }

  async answer(click: Click, partstat: string, what: string = click): Promise<void> {
    const sent = await this.clicks(click);
    const seen = await this.meeting.becomes(partstat, () => this.meeting.partstat(this.role));
    this.note(`${what}: the room says ${partstat}`, seen === partstat, sent === 0 ? 'no mail was sent' : seen);
    await this.holds(what, partstat);
  }

  async rescheduled(after: 'moved' | 'moved by the answer'): Promise<void> {
    const body = { roomId: this.meeting.room.roomId, startUtc: at(6, 14), endUtc: at(6, 15), reason: 'Plan changed' };
    await this.meeting.product.api('POST', '/api/practice-room/reschedule', body);
    await this.invited(this.sequence + 1, at(6, 14));
    const seen = await this.meeting.partstat(this.role);
    this.note('reschedule: the room asks again', seen === 'needs-action', seen);
    if (after === 'moved') await this.holds('reschedule', undefined);
    else await this.holds('reschedule, not answered yet', undefined, at(5, 10));
  }

  async countered(counter: NonNullable<Seat['counter']>): Promise<void> {
    const [start, end] = [at(7, 16), at(7, 17)];
    const mails = await counter(start, end, this.letter);
    for (const each of mails) this.keep('counter', each);
    await this.meeting.deliver(mails, this.seat.email);
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

  /** Declines while the host, a person of the simulator, has accepted. */
  async declined(): Promise<void> {
    const { product } = this.meeting;
    const invitation = await this.meeting.letter('REQUEST', 0, this.meeting.host);
    const accepted = replyAs('google', invitation, { kind: 'accept' }, { now: new Date(), id: randomUUID() });
    await product.deliver(accepted.raw, accepted.envelopeFrom);
    await this.declines();
    const cancel = await this.meeting.letter('CANCEL', 1, this.meeting.host).catch(() => undefined);
    this.note('decline: the host gets a CANCEL', cancel !== undefined, 'none');
  }

  async declines(): Promise<void> {
    await this.clicks('decline');
    const seen = await this.meeting.becomes('cancelled guest', async () => {
      const room = await this.meeting.now();
      return `${room.status} ${room.cancelledBy}`;
    });
    this.note('decline: the room is cancelled by the guest', seen === 'cancelled guest', seen);
  }

  async cancelled(after: 'gone or cancelled' | 'untouched'): Promise<void> {
    await this.meeting.product.api('POST', '/api/practice-room/delete', { roomId: this.meeting.room.roomId });
    await this.told('CANCEL', this.sequence + 1);
    if (!this.seat.calendar) return;
    const mine = (await this.seat.calendar()).filter(({ uid }) => uid === this.meeting.room.uid);
    const gone = mine.every(({ cancelled }) => cancelled === true);
    this.note(`cancel: its calendar: ${after}`, gone === (after === 'gone or cancelled'), described(mine));
  }

  /** Clicks, and hands in what the program sends; resolves with the number of mails. */
  private async clicks(click: Click): Promise<number> {
    const mails = await this.seat.click(click, this.letter);
    for (const each of mails) this.keep(click, each);
    await this.meeting.deliver(mails, this.seat.email);
    return mails.length;
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
      (one?.title === undefined || one.title === (this.seat.titleShown?.(title) ?? title)) &&
      (partstat === undefined || one?.partstat === undefined || one.partstat === partstat);
    this.note(`${what}: its calendar holds it once, as agreed`, right, described(mine));
  }

  private note(what: string, ok: boolean, saw: string): void {
    const full = `${this.what}: ${what}`;
    this.lab.checks.push(check(full, ok, saw));
    this.lab.say(`${ok ? 'right' : 'WRONG'}  ${full}${ok ? '' : ` (${saw})`}`);
  }

  private keep(name: string, raw: Buffer): void {
    this.mails += 1;
    const file = `${this.what.replaceAll(/\W/g, '-')}-${String(this.mails).padStart(2, '0')}-${name}.eml`;
    writeFileSync(join(this.lab.folder, file), raw);
  }
}

const described = (entries: Entry[]): string =>
  entries.length === 0
    ? 'nothing'
    : entries
        .map(({ start, title: shown, partstat, cancelled }) =>
          [start?.toISOString(), shown, partstat, cancelled ? 'cancelled' : undefined].filter(Boolean).join(' '),
        )
        .join(', ');

/** Every decoded text of a letter, its header included. */
const holds = (raw: Buffer, address: string): boolean =>
  [raw.toString('utf8'), ...readMail(raw).parts.map(({ body }) => body.toString('utf8'))].some((text) =>
    text.replaceAll(/\r\n[ \t]/g, '').includes(address),
  );

/** When the meeting of a letter starts. */
export const instantOf = (letter: Buffer): Date => readInvitation(letter).start;
