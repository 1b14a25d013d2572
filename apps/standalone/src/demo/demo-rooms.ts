// The demo's rooms: booked, looked at with both mailboxes, and answered as either party's mail program would.
// Called by demo.controller.ts; uses nothing but the HTTP routes and the caught mails.
import { randomBytes, randomUUID } from 'node:crypto';
import { type Role, roles } from '#contracts';
import { Problem } from '#service';
import type { CaughtMail, MailStore } from '../mailbox/mail-store';
import { type Action, canPropose, replyAs, type SentMail } from '../simulator/reply-as';
import { writeAs } from '../simulator/write-as';
import type { Act, Booking } from './acts';
import type { ProductClient, RoomResponse, TimelineItem } from './product-client';
import { type MailView, mailView } from './mail-view';
import { scan, type LinkVisit } from './scanner';
import type { ReceivedWebhook, WebhookInbox } from './webhook-inbox';
import { readWhen } from './when';

/** What somebody did in the demo: the mail that was made for it, or what a scanner opened. */
export interface ActResult {
  at: string;
  role: Role;
  kind: Act['kind'];
  client: Act['client'];
  /** The mail that was answered. */
  mailId: string;
  sent: { subject: string; messageId: string; source: string } | null;
  /** `moved`: whether the room was another one afterwards; it never should be. */
  scanned: { visits: LinkVisit[]; moved: boolean } | null;
}

export interface DemoState {
  room: RoomResponse;
  timeline: TimelineItem[];
  webhooks: ReceivedWebhook[];
  mails: Record<Role, MailView[]>;
  done: ActResult[];
}

/** As much as a page shows; older rooms lose what was done in them. */
const keptRooms = 50;
const recentMails = 300;

export class DemoRooms {
  private readonly views = new Map<string, MailView>();
  private readonly done = new Map<string, ActResult[]>();

  constructor(
    private readonly product: ProductClient,
    private readonly mails: MailStore,
    private readonly publicUrl: string,
    private readonly webhooks: WebhookInbox,
  ) {}

  close(): void {
    this.webhooks.close();
  }

  /** Books a room for two people nobody has met before. */
  async book({ title, host, guest, policy, at, minutes }: Booking, now: Date): Promise<RoomResponse> {
    const soon = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 3, 15));
    const start = at === undefined ? soon : readWhen(at, soon, host.timeZone);
    if (!start) throw new Problem(422, 'invalid-field', `at: ${whenWords}`);
    await this.webhooks.ready();
    const tag = randomBytes(3).toString('hex');
    const person = (of: Booking['host'], domain: string): Record<string, unknown> => ({
      ...of,
      email: `${localPart(of.name)}.${tag}@${domain}`,
    });
    return this.product.create({
      ...(title === undefined ? {} : { title }),
      startUtc: start.toISOString(),
      endUtc: new Date(start.getTime() + minutes * 60_000).toISOString(),
      host: person(host, 'example.com'),
      guest: person(guest, 'example.org'),
      ...(policy === undefined ? {} : { policy: { onDecline: policy } }),
    });
  }

  /** The room with everything around it, or null where there is none. */
  async state(roomId: string): Promise<DemoState | null> {
    const room = await this.product.room(roomId);
    if (!room) return null;
    void this.webhooks.ready();
    const timeline = await this.product.timeline(roomId);
    // Parties may have other rooms: the timeline tells which letters are this one's.
    const letters = new Set(timeline.flatMap((item) => item.messageId ?? []).map((id) => id.replace(/^<|>$/g, '')));
    const mailsOf = async (role: Role): Promise<MailView[]> => {
      const email = room.invitations.find((each) => each.role === role)?.email;
      const caught = email === undefined ? [] : this.mails.list(email).slice(-recentMails);
      const views = await Promise.all(caught.map((mail) => this.view(mail)));
      return views.filter((each) => letters.has(each.messageId ?? ''));
    };
    return {
      room,
      timeline,
      webhooks: this.webhooks.of(room.roomId),
      mails: { host: await mailsOf('host'), guest: await mailsOf('guest') },
      done: this.done.get(room.roomId) ?? [],
    };
  }

  /** The rooms of the newest mails, the newest first. */
  async recent(): Promise<RoomResponse[]> {
    const ids = new Set<string>();
    for (const mail of this.mails.list().slice(-recentMails).reverse()) {
      if (ids.size >= 8) break;
      const uid = (await this.view(mail)).card?.uid;
      if (uid !== undefined) ids.add(uid.slice(0, uid.indexOf('@')));
    }
    return (await Promise.all([...ids].map((id) => this.product.room(id)))).filter((room) => room !== null);
  }

  /**
   * Does in the room what a person, their mail program or their mail system would do. Throws a Problem where that
   * cannot be.
   */
  async act(roomId: string, act: Act, now: Date): Promise<ActResult> {
    const state = await this.state(roomId);
    if (!state) throw new Problem(404, 'room-not-found', 'There is no such room.');
    const mail = mailFor(state.mails[act.role], act);
    const done: ActResult = {
      at: now.toISOString(),
      role: act.role,
      kind: act.kind,
      client: act.client,
      mailId: mail.id,
      sent: null,
      scanned: null,
    };
    if (act.kind === 'scanner') {
      const visits = await scan(mail.links, this.publicUrl, this.product);
      done.scanned = { visits, moved: fingerprint(await this.product.room(roomId)) !== fingerprint(state.room) };
    } else {
      const sent = await this.write(state.room, mail, act, now);
      await this.product.deliver(sent);
      const { subject, messageId } = mailView({ id: '', to: '', from: '', subject: '', receivedAt: '' }, sent.raw);
      done.sent = { subject, messageId: messageId ?? '', source: sent.raw.toString() };
    }
    this.keep(state.room.roomId, done);
    return done;
  }

  private async write(room: RoomResponse, mail: MailView, act: Act, now: Date): Promise<SentMail> {
    const caught = this.mails.find(mail.id);
    if (!caught) throw new Problem(404, 'not-found', 'There is no such mail.');
    const raw = await this.mails.raw(caught);
    const sending = { now, id: randomUUID() };
    switch (act.kind) {
      case 'text':
        return writeAs(act.client, raw, { kind: 'text', text: act.text ?? mail.wish }, sending);
      case 'out-of-office':
      case 'bounce':
        return writeAs(act.client, raw, { kind: act.kind }, sending);
      default:
        return replyAs(act.client, raw, answerOf(act, room), sending);
    }
  }

  private keep(roomId: string, done: ActResult): void {
    this.done.set(roomId, [...(this.done.get(roomId) ?? []), done].slice(-100));
    const [oldest] = this.done.keys();
    if (this.done.size > keptRooms && oldest !== undefined) this.done.delete(oldest);
  }

  private async view(caught: CaughtMail): Promise<MailView> {
    const known = this.views.get(caught.id);
    if (known) return known;
    const view = mailView(caught, await this.mails.raw(caught));
    this.views.set(caught.id, view);
    const [oldest] = this.views.keys();
    if (this.views.size > 1_000 && oldest !== undefined) this.views.delete(oldest);
    return view;
  }
}

const localPart = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 20) || 'somebody';

/** The mail named, or the newest that can be answered so: answers and counters want an invitation. */
function mailFor(mails: MailView[], { kind, mailId }: Act): MailView {
  const wantsInvitation = kind === 'accept' || kind === 'tentative' || kind === 'decline' || kind === 'counter';
  const fits = mails.filter(
    (mail) => (mailId === undefined || mail.id === mailId) && (!wantsInvitation || mail.card?.method === 'REQUEST'),
  );
  const mail = fits.at(-1);
  if (!mail)
    throw new Problem(
      409,
      'no-such-mail',
      wantsInvitation
        ? 'There is no invitation to answer in this mailbox yet.'
        : 'There is no such mail in this mailbox yet.',
    );
  return mail;
}

const whenWords = 'A time is +1d, -2h, 2026-12-01T15:00 or an instant such as 2026-12-01T15:00:00Z.';

function answerOf(act: Act, room: RoomResponse): Action {
  if (act.kind !== 'counter') return { kind: act.kind === 'tentative' || act.kind === 'decline' ? act.kind : 'accept' };
  if (!canPropose(act.client))
    throw new Problem(
      409,
      'client-cannot',
      `The program ${act.client} has no button to propose a new time; use the link in the mail.`,
    );
  const zone = room.invitations.find((each) => each.role === act.role)?.timeZone ?? 'UTC';
  const start = readWhen(act.at ?? '+1d', new Date(room.startUtc), zone);
  if (!start) throw new Problem(422, 'invalid-field', whenWords);
  return {
    kind: 'counter',
    startUtc: start,
    endUtc: new Date(start.getTime() + Date.parse(room.endUtc) - Date.parse(room.startUtc)),
  };
}

/** What a scanner must not be able to change. */
const fingerprint = (room: RoomResponse | null): string =>
  JSON.stringify(
    room && [
      room.status,
      room.sequence,
      room.startUtc,
      roles.map((role) => room.invitations.find((each) => each.role === role)?.partstat),
      room.proposals.map((each) => each.status),
    ],
  );
