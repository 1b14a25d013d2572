// What the recipient's side sends back by itself, and what it does to an answer on its way: judged by the reading, by
// the room, and by what the two parties were mailed.
// The programs themselves are in receiver-programs.ts and filter-programs.ts.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { propertyIn } from '../../support/answer-mail';
import type { Product } from '../../support/product';
import { interpret } from '../../../apps/imip-ingestor/src/interpret/interpret';
import { readMail } from '../../../apps/imip-ingestor/src/interpret/mail';
import { type Client, replyAs } from '../../../apps/standalone/src/simulator/reply-as';
import type { Lab } from '../lab';
import { check } from '../check';
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

export interface ExpectedReading {
  kind: 'auto-reply' | 'bounce' | 'text' | 'reply' | 'ignored';
  /** The room's delivery state for the guest, where the mail changes it. */
  delivery?: string;
  partstat?: string;
  /** Whether the guest is mailed a question about the answer. */
  asked?: boolean;
  /** Its envelope sender; empty unless told otherwise. */
  envelopeFrom?: string;
}

/** Hands in what came back about a room, and looks at what the product made of it. */
export async function judgeBack(
  lab: Lab,
  product: Product,
  booked: BookedRoom,
  what: string,
  raw: Buffer,
  { kind, delivery, partstat = 'needs-action', asked, envelopeFrom = '' }: ExpectedReading,
): Promise<void> {
  writeFileSync(join(lab.folder, `${what.replaceAll(/\W+/g, '-')}.eml`), raw);
  const note = (seen: string, ok: boolean, saw: string): void => {
    lab.checks.push(check(`${what}: ${seen}`, ok, saw));
    lab.say(`${ok ? 'right' : 'WRONG'}  ${what}: ${seen}${ok ? '' : ` (${saw})`}`);
  };
  const reading = interpret(readMail(raw, envelopeFrom));
  note(`read as ${kind}`, reading.kind === kind, `${reading.kind} ${'why' in reading ? String(reading.why) : ''}`);
  const mails = (): number[] => [booked.host, booked.guest].map((each) => product.mailsTo(each).length);
  const [host = 0, guest = 0] = mails();
  const id = await product.deliver(raw, envelopeFrom);
  await eventually(`mail ${id} is read`, async () => {
    const found = await product.database.db.query("select 1 from imip_messages where id = $1 and state = 'read'", [id]);
    return found.length === 1;
  });
  const state = async (): Promise<string> => {
    const room = await product.room(booked.roomId);
    const guest = room.invitations.find(({ role }) => role === 'guest');
    return `${room.status} ${guest?.partstat} ${guest?.delivery.state} ${room.proposals.length} proposals`;
  };
  const wanted = `scheduled ${partstat} ${delivery ?? 'sent'} 0 proposals`;
  await eventually(wanted, async () => (await state()) === wanted, { timeoutMs: 30_000 }).catch(() => undefined);
  const seen = await state();
  note(`the room is ${wanted}`, seen === wanted, seen);
  if (asked !== undefined) {
    const isAsked = (): boolean => (mails()[1] ?? 0) > guest;
    if (asked) await eventually('the guest is asked', isAsked, { timeoutMs: 30_000 }).catch(() => undefined);
    note(asked ? 'the guest is asked' : 'the guest is not asked', isAsked() === asked, asked ? 'no mail' : 'a mail');
  }
  const after = mails()[0] ?? 0;
  note('the host is not mailed', after === host, `${after - host} mails`);
}

/** An acceptance as a client writes it, to be passed through a filter on its way to us. */
export const acceptance = (client: Client, { letter }: BookedRoom): Buffer =>
  replyAs(client, letter.raw, { kind: 'accept' }, { now: new Date(), id: randomUUID() }).raw;
