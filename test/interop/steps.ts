// What a user at a real program does at a meeting, one step after the other; each is judged by the room and by the
// program's own calendar.
// Used by walk.ts.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkIn, propertyIn } from '../support/answer-mail';
import { eventually } from '../support/eventually';
import { replyAs } from '../../apps/standalone/src/simulator/reply-as';
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import { check } from './check';
import type { Lab, Setup } from './lab';
import { at, Meeting, title } from './meeting';
import { recordOf } from './record';
import type { Click, Entry, Seat } from './seat';

/** What one party at a real program does at a meeting, and what each step showed. */
export class Steps {
  private letter: Buffer = Buffer.alloc(0);
  private start = at(5, 10);
  private sequence = 0;
  private mails = 0;
  private readonly role: 'host' | 'guest';
  /** UIDs of other meetings that its calendar had before. */
  private others = new Set<string>();

  private constructor(
    private readonly lab: Lab,
    private readonly meeting: Meeting,
    private readonly seat: Seat,
    private readonly what: string,
  ) {
    this.role = seat.email === meeting.host ? 'host' : 'guest';
  }

  /** The first step: a room of their own, whose guest is at the program. `what` names its checks and its mails. */
  static async begin(lab: Lab, seat: Seat, setup: Setup, what: string = setup): Promise<Steps> {
    return Steps.at(lab, await Meeting.book(lab, seat.email, setup), seat, what);
  }

  static async at(lab: Lab, meeting: Meeting, seat: Seat, what: string): Promise<Steps> {
    const steps = new Steps(lab, meeting, seat, what);
    steps.others = new Set((await seat.calendar?.())?.map(({ uid }) => uid));
    return steps;
  }

  async invited(sequence: number, start: Date): Promise<void> {
    this.sequence = sequence;
    this.start = start;
    await this.gets('REQUEST', sequence);
  }

  /** A letter comes, tells nothing of the other party, and is opened. */
  async gets(method: 'REQUEST' | 'CANCEL', sequence: number): Promise<void> {
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
    this.note(`${what}: the room says ${partstat}`, seen === partstat, sent.length === 0 ? 'no mail was sent' : seen);
    await this.holds(what, partstat);
  }

  /** Accepts under an address that the room does not have: the answer is read, and changes nothing. */
  async answerAs(address: string): Promise<void> {
    const [id = ''] = await this.clicks('accept', address);
    const { verdict, why } = await recordOf(this.meeting.product, id);
    this.note(`accept as ${address}: the writer is not known`, verdict === 'ignored', `${verdict}, ${why}`);
    const seen = await this.meeting.partstat(this.role);
    this.note(`accept as ${address}: the room still asks`, seen === 'needs-action', seen);
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
  async declined(after: 'gone' | 'declined'): Promise<void> {
    const { product } = this.meeting;
    const invitation = await this.meeting.letter('REQUEST', 0, this.meeting.host);
    const accepted = replyAs('google', invitation, { kind: 'accept' }, { now: new Date(), id: randomUUID() });
    await product.deliver(accepted.raw, accepted.envelopeFrom);
    await this.declines(after);
    const cancel = await this.meeting.letter('CANCEL', 1, this.meeting.host).catch(() => undefined);
    this.note('decline: the host gets a CANCEL', cancel !== undefined, 'none');
  }

  async declines(after: 'gone' | 'declined'): Promise<void> {
    await this.clicks('decline');
    const seen = await this.meeting.becomes('cancelled guest', async () => {
      const room = await this.meeting.now();
      return `${room.status} ${room.cancelledBy}`;
    });
    this.note('decline: the room is cancelled by the guest', seen === 'cancelled guest', seen);
    if (after === 'declined') return this.holds('decline', 'declined');
    const mine = await this.entries();
    this.note('decline: its calendar does not have it', mine.length === 0, described(mine));
  }

  async cancelled(after: 'gone or cancelled' | 'untouched'): Promise<void> {
    await this.meeting.product.api('POST', '/api/practice-room/delete', { roomId: this.meeting.room.roomId });
    await this.cancelComes(this.sequence + 1, after);
  }

  async cancelComes(sequence: number, after: 'gone or cancelled' | 'untouched'): Promise<void> {
    await this.gets('CANCEL', sequence);
    if (!this.seat.calendar) return;
    const mine = await this.entries();
    const gone = mine.every(({ cancelled }) => cancelled === true);
    this.note(`cancel: its calendar: ${after}`, gone === (after === 'gone or cancelled'), described(mine));
  }

  /** What its calendar has now that was not there before this meeting, whatever its UID: there may be no copies. */
  private async entries(): Promise<Entry[]> {
    const all = (await this.seat.calendar?.()) ?? [];
    return all.filter(({ uid }) => !this.others.has(uid));
  }

  /** Clicks, and submits what the program sends, with this envelope sender; resolves with the ids of the mails. */
  private async clicks(click: Click, from = this.seat.email): Promise<string[]> {
    const mails = await this.seat.click(click, this.letter);
    for (const each of mails) this.keep(click, each);
    return this.meeting.deliver(mails, from);
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

  /** The client's own calendar has this event once, at this time, with this answer; `undefined`: whatever answer. */
  async holds(what: string, partstat: string | undefined, start = this.start): Promise<void> {
    if (!this.seat.calendar) return;
    const mine = await this.entries();
    const [one] = mine;
    const { unsaid = [] } = this.seat;
    const right =
      mine.length === 1 &&
      one?.uid === this.meeting.room.uid &&
      (unsaid.includes('start') || one.start?.getTime() === start.getTime()) &&
      (unsaid.includes('title') || one.title === (this.seat.titleShown?.(title) ?? title)) &&
      (unsaid.includes('partstat') || partstat === undefined || one.partstat === partstat);
    this.note(`${what}: its calendar has it once, as agreed`, right, described(mine));
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
