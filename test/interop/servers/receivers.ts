// What the recipient's side sends back by itself, and what it does to an answer on its way: judged by the reading, by
// the room, and by what the two parties were mailed.
// The programs themselves are in receiver-programs.ts and filter-programs.ts.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { propertyIn } from '../../support/answer-mail';
import type { Product } from '../../support/product';
import { type Client, replyAs } from '../../../apps/standalone/src/simulator/reply-as';
import type { Lab } from '../lab';
import { check } from '../check';
import { recordOf } from '../record';
import type { Letter } from './own-network';

export interface BookedRoom {
  roomId: string;
  host: string;
  guest: string;
  /** The invitation as our relay got it. */
  letter: Letter;
}

/** A room whose guest has this address, with the letter that went there. */
export async function bookFor(product: Product, guest: string): Promise<BookedRoom> {
  const host = `hana-${randomUUID().slice(0, 8)}@hosts.test`;
  const { body } = await product.api('POST', '/api/practice-room/create', {
    title: 'Übungsstunde',
    startUtc: '2031-05-05T10:00:00Z',
    endUtc: '2031-05-05T11:00:00Z',
    host: { email: host, name: 'Hana', timeZone: 'Europe/Berlin' },
    guest: { email: guest, name: 'Gil Müller', timeZone: 'America/New_York' },
  });
  const mail = await eventually(`the letter to ${guest}`, () =>
    product.mailsTo(guest).find(({ raw }) => propertyIn(raw, 'UID') === body.uid),
  );
  return { roomId: body.roomId, host, guest, letter: { from: mail.from, to: guest, raw: mail.raw } };
}

/** The same letter as a person would write it: without the header fields of an automatic mail. */
export const asAPerson = (raw: Buffer): Buffer =>
  Buffer.from(
    raw.toString('latin1').replaceAll(/^(?:Auto-Submitted|X-Auto-Response-Suppress|Precedence):.*\r\n/gim, ''),
    'latin1',
  );

/** `event`: believed; `held`: put to the person as a question; `ignored` and `recorded` change nothing. */
export type Verdict = 'event' | 'held' | 'ignored' | 'recorded';

export interface ExpectedReading {
  kind: 'auto-reply' | 'bounce' | 'text' | 'reply' | 'ignored';
  verdict: Verdict;
  /** The room's delivery state for the guest, where the mail changes it. */
  delivery?: string;
  partstat?: string;
  /** Whether the guest is mailed a question about the answer; unless given, where the verdict is `held`. */
  asked?: boolean;
  /** Its envelope sender; empty unless given. */
  envelopeFrom?: string;
}

/** A check that is also a line of progress. */
export function note(lab: Lab, what: string, ok: boolean, saw: unknown): boolean {
  const seen = check(what, ok, saw);
  lab.checks.push(seen);
  lab.say(`${ok ? 'right' : 'WRONG'}  ${what}${ok ? '' : ` (${seen.saw})`}`);
  return ok;
}

/** The one mail that came; where none or several came, that is a failed check and nothing is returned. */
export function theOne<T>(lab: Lab, what: string, mails: T[], log = ''): T | undefined {
  const ok = note(lab, `${what}: one mail comes of it`, mails.length === 1, `${mails.length} mails ${log}`);
  return ok ? mails[0] : undefined;
}

/** Submits what came back about a room, and looks at what the product made of it. */
export async function judgeBack(
  lab: Lab,
  product: Product,
  booked: BookedRoom,
  what: string,
  raw: Buffer,
  expected: ExpectedReading,
): Promise<void> {
  const { kind, verdict, delivery = 'sent', partstat = 'needs-action', envelopeFrom = '' } = expected;
  writeFileSync(join(lab.folder, `${what.replaceAll(/\W+/g, '-')}.eml`), raw);
  const mails = (email: string): number => product.mailsTo(email).length;
  const before = { host: mails(booked.host), guest: mails(booked.guest) };
  const record = await recordOf(product, await product.deliver(raw, envelopeFrom));
  note(lab, `${what}: read as ${kind}`, record.kind === kind, record);
  note(lab, `${what}: its verdict is ${verdict}`, record.verdict === verdict, record);
  const state = async (): Promise<string> => {
    const room = await product.room(booked.roomId);
    const guest = room.invitations.find(({ role }) => role === 'guest');
    return `${room.status} ${guest?.partstat} ${guest?.delivery.state} ${room.proposals.length} proposals`;
  };
  const wanted = `scheduled ${partstat} ${delivery} 0 proposals`;
  await eventually(wanted, async () => (await state()) === wanted, { timeoutMs: 30_000 }).catch(() => undefined);
  const asked = expected.asked ?? verdict === 'held';
  const questions = (): number => mails(booked.guest) - before.guest;
  if (asked) await eventually('the guest is asked', () => questions() > 0).catch(() => undefined);
  // What the mail caused was on its way before the letters of this room, which are waited for.
  await bookFor(product, `after-${randomUUID().slice(0, 8)}@guests.test`);
  const seen = await state();
  note(lab, `${what}: the room is ${wanted}`, seen === wanted, seen);
  const words = asked ? 'the guest is asked once' : 'the guest is not mailed';
  note(lab, `${what}: ${words}`, questions() === (asked ? 1 : 0), `${questions()} mails`);
  const toHost = mails(booked.host) - before.host;
  note(lab, `${what}: the host is not mailed`, toHost === 0, `${toHost} mails`);
}

/** An acceptance as a client writes it, to be passed through a filter on its way to us. */
export const acceptance = (client: Client, { letter }: BookedRoom): Buffer =>
  replyAs(client, letter.raw, { kind: 'accept' }, { now: new Date(), id: randomUUID() }).raw;
