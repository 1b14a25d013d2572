// Plays one room from mail to mail through the pure functions of the three apps, and writes down what a person would
// see: mails in and out, and in between what each function made of them.
// Used by transcripts.spec.ts. No database, no broker, no clock: ids are counted, and time stands still between steps.
import { type Claim, envelop, type EventPayload, personKey, queues, type Role } from '#contracts';
import { hashTag, keyIdOf, replyTag, tagIn } from '#tokens';
import { interpret } from '../../apps/imip-ingestor/src/interpret/interpret';
import { type Mail, readMail, textOf } from '../../apps/imip-ingestor/src/interpret/mail';
import { mailReferencesOf } from '../../apps/imip-ingestor/src/interpret/mail-references';
import type { Reading } from '../../apps/imip-ingestor/src/interpret/reading';
import { judge } from '../../apps/imip-ingestor/src/judge/judge';
import { emptyContext, type JudgedEvent, type MailContext } from '../../apps/imip-ingestor/src/judge/judgement';
import type { Letter } from '../../apps/notification-sender/src/letters/letter';
import { lettersFor, type RoomsEvent } from '../../apps/notification-sender/src/letters/letters';
import { IcsService } from '../../apps/notification-sender/src/render/ics.service';
import { renderLetter, type RenderSettings } from '../../apps/notification-sender/src/render/render';
import { announce, type LinkToRef, snapshot } from '../../apps/scheduling-api/src/rooms/announce';
import { type Command, decide } from '../../apps/scheduling-api/src/rooms/decide';
import { creation, rules } from '../../apps/scheduling-api/src/rooms/decide.fixture';
import { commandOf, confirmedCommand, offerOf } from '../../apps/scheduling-api/src/rooms/mail-commands';
import { Refusal } from '../../apps/scheduling-api/src/rooms/refusal';
import { evolve, invitationOf, type Room, type RoomEvent } from '../../apps/scheduling-api/src/rooms/room';
import {
  type Action,
  type Client,
  replyAs,
  type SendingFacts,
  type SentMail,
} from '../../apps/standalone/src/simulator/reply-as';
import { writeAs, type WrittenReply } from '../../apps/standalone/src/simulator/write-as';

const secret = 'a secret of at least thirty-two characters';
const settings: RenderSettings = {
  ORGANIZER_EMAIL: rules.organizerEmail,
  ORGANIZER_NAME: 'Acme Lessons',
  PUBLIC_URL: 'https://acme.test',
  TOKEN_SECRET: secret,
  TOKEN_SECRET_PREVIOUS: undefined,
  ICS_TIMES: 'utc',
  ICS_ATTACHMENT: 'none',
  SUBJECTS: 'fixed',
  BRAND_NAME: undefined,
  BRAND_COLOR: undefined,
  BRAND_LOGO_URL: undefined,
};
const trust = { organizer: rules.organizerEmail, authservId: null, mode: 'lenient' } as const;
const ics = new IcsService(settings);

/** A letter that went out, as far as what comes back refers to it. */
interface SentLetter {
  role: Role;
  messageId: string;
  method: Letter['method'];
  writtenAt: Date;
  raw: Buffer;
}

export class Play {
  private readonly lines: string[] = [];
  private readonly letters: SentLetter[] = [];
  private stored: Room | null = null;
  private offered: Claim | null = null;
  private count = 0;

  constructor(
    title: string,
    private now = new Date('2031-05-01T09:00:00Z'),
  ) {
    this.lines.push(`# ${title}`);
    this.step('the platform books a session for a host and a guest');
    this.carryOut(creation(new Date('2031-05-05T16:00:00Z'), new Date('2031-05-05T17:00:00Z')));
  }

  get room(): Room {
    if (this.stored === null) throw new Error('no room yet');
    return this.stored;
  }

  /** The id of the newest proposal, and those of its times. */
  get proposal(): { proposalId: string; optionIds: string[] } {
    const newest = this.room.proposals.at(-1);
    if (newest === undefined) throw new Error('no proposal yet');
    return { proposalId: newest.proposalId, optionIds: newest.options.map(({ optionId }) => optionId) };
  }

  /** Time passes, and somebody opens a link or the platform calls. */
  command(minutes: number, what: string, command: Command): this {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
    this.step(what);
    this.carryOut(command);
    return this;
  }

  /** Somebody presses a button of their calendar, under the newest invitation to them. */
  answer(minutes: number, role: Role, client: Client, action: Action, from: Pick<SendingFacts, 'from'> = {}): this {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
    this.step(`the ${role} answers: ${action.kind}, in ${client}`);
    return this.receive(
      replyAs(client, this.newest(role, 'REQUEST'), action, { now: this.now, id: this.id(), ...from }),
    );
  }

  /** A mail system, an absence note or a person answers the newest letter to that role. */
  write(minutes: number, role: Role, client: Client, writing: WrittenReply): this {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
    this.step(`from the ${role}'s mailbox comes: ${writing.kind}, by ${client}`);
    return this.receive(writeAs(client, this.newest(role, null), writing, { now: this.now, id: this.id() }));
  }

  /** The attendee confirms what an unconfirmed reply claimed. */
  confirm(minutes: number, role: Role): this {
    if (this.offered === null) throw new Error('nothing to confirm');
    const claim = this.offered;
    this.now = new Date(this.now.getTime() + minutes * 60_000);
    this.step(`the ${role} opens the link of that letter and confirms`);
    this.carryOut(confirmedCommand({ role, linkId: this.id() }, claim, this.now));
    return this;
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  private step(what: string): void {
    this.lines.push('', `## ${minute(this.now)}  ${what}`);
  }

  private id(): string {
    this.count += 1;
    return `00000000-0000-4000-8000-${this.count.toString(16).padStart(12, '0')}`;
  }

  private carryOut(command: Command): void {
    const decided = decide(this.stored, command, { now: this.now, newId: () => this.id(), rules });
    if (decided instanceof Refusal) {
      this.lines.push(`decide: ${command.type} → refused: ${decided.code}`);
      return;
    }
    this.lines.push(`decide: ${command.type} → ${decided.map(shownEvent).join(', ') || 'nothing'}`);
    for (const event of decided) this.publish(event);
    this.lines.push(`room:   ${shownRoom(this.room)}`);
  }

  private publish(event: RoomEvent): void {
    const after = (this.stored = evolve(this.stored, event));
    if (event.type === 'LinkOffered') this.offered = event.claim;
    const tagKeys = new Map(after.invitations.map(({ invitationId }) => [invitationId, keyIdOf(secret)]));
    for (const { name, data } of announce(event, after, linkRef)) {
      const envelope = envelop(name, data, { id: this.id(), occurredAt: this.now, correlationId: 'a-transcript' });
      if (!isForSender(envelope)) continue;
      for (const letter of lettersFor(envelope, { room: snapshot(after, [], linkRef), tagKeys })) this.send(letter);
    }
  }

  private send(letter: Letter): void {
    const letterId = this.id();
    const messageId = `<${letterId}@acme.test>`;
    const { role } = letter.to;
    const first = this.letters.find((each) => each.role === role)?.messageId ?? null;
    const facts = { letterId, messageId, firstMessageId: first, dtstamp: this.now, writtenAt: this.now };
    const { bytes } = renderLetter(letter, facts, ics.textOf(letter, facts), settings);
    this.letters.push({ role, messageId, method: letter.method, writtenAt: this.now, raw: bytes });
    this.lines.push('', `mail out to the ${role}:`, ...shownMail(readMail(bytes)).map((line) => `  > ${line}`));
  }

  private newest(role: Role, method: Letter['method'] | null): Buffer {
    const sent = this.letters.findLast((each) => each.role === role && (method === null || each.method === method));
    if (sent === undefined) throw new Error(`no letter to the ${role}`);
    return sent.raw;
  }

  private receive({ raw, envelopeFrom, envelopeTo }: SentMail): this {
    const mail = readMail(raw, envelopeFrom);
    const reading = interpret(mail);
    this.lines.push('mail in:', ...shownMail(mail).map((line) => `  < ${line}`));
    this.lines.push(`interpret: ${shownReading(reading)}`);
    const judged = judge(reading, mail, this.contextOf(mail, reading, envelopeTo), trust, this.now);
    this.lines.push(`judge:  ${judged.verdict} (${judged.why})`);
    if ('event' in judged && judged.event !== null) this.take(judged.event);
    return this;
  }

  private take(judged: JudgedEvent): void {
    const mailId = this.id();
    const event = { name: judged.name, data: { ...judged.data, mailId } } as { name: JudgedEvent['name']; data: never };
    switch (event.name) {
      case 'BounceReceived': {
        const { kind, status, messageId } = event.data as EventPayload<'BounceReceived'>;
        this.lines.push(`bounce: ${kind} (${status ?? 'no status'}) of ${messageId ?? 'an unknown letter'}`);
        return;
      }
      case 'ReplyHeld':
      case 'TextReplyReceived':
        return this.carryOut(offerOf({ name: event.name, data: event.data }, { today: 0, ever: 0, same: false }));
      default:
        return this.carryOut(commandOf({ name: event.name, data: event.data }));
    }
  }

  /** What matching.ts would find in the database. */
  private contextOf(mail: Mail, reading: Reading, envelopeTo: string): MailContext {
    const { roomId, uid, invitations } = this.room;
    const references = mailReferencesOf(mail);
    const party = (role: Role) => ({ roomId, role, invitationId: invitationOf(this.room, role)?.invitationId ?? '' });
    const tags = [envelopeTo, ...references.deliveredTo, ...mail.to].flatMap((each) => tagIn(each) ?? []).map(hashTag);
    const ids = [mail.inReplyTo, ...mail.references, ...references.quotedIds].map((id) => `<${id}>`);
    const letter = this.letters.findLast(({ messageId }) => ids.includes(messageId));
    const email = letter && invitationOf(this.room, letter.role)?.email;
    return {
      ...emptyContext,
      room:
        reading.uid !== uid
          ? null
          : {
              roomId,
              invitations: invitations.map((each) => ({
                ...each,
                id: each.invitationId,
                letterSeconds: this.secondsOf(each.role),
              })),
            },
      tagged: invitations
        .filter(({ invitationId }) => tags.includes(hashTag(replyTag(secret, { uid, invitationId }))))
        .map(({ role }) => party(role)),
      letter: letter && email !== undefined ? { ...party(letter.role), messageId: letter.messageId, email } : null,
      writerMeetings: invitations
        .filter(({ email: writer }) => personKey(writer) === personKey(mail.from[0] ?? ''))
        .map(({ role, email: writer, timeZone }) => ({
          ...party(role),
          email: writer,
          timeZone,
          startUtc: this.room.startUtc,
          endUtc: this.room.endUtc,
        })),
      envelopeFrom: mail.envelopeFrom,
    };
  }

  private secondsOf(role: Role): number[] {
    return this.letters
      .filter((each) => each.role === role)
      .map(({ writtenAt }) => Math.floor(writtenAt.getTime() / 1_000));
  }
}

const linkRef: LinkToRef = ({ linkId, purpose, expiresAt }) => ({
  linkId,
  keyId: keyIdOf(secret),
  purpose,
  expiresAt: expiresAt.toISOString(),
});

/** Whether the sender's queue gets it. */
const isForSender = (event: { name: string }): event is RoomsEvent =>
  queues['notification-sender.rooms'].some((name) => name === event.name);

const minute = (instant: Date): string => instant.toISOString().slice(0, 16).replace('T', ' ');

/** The event with what tells one from another of its kind. */
function shownEvent(event: RoomEvent): string {
  switch (event.type) {
    case 'Answered':
      return `Answered (${event.role} ${event.partstat})`;
    case 'AnswerIgnored':
      return `AnswerIgnored (${event.why})`;
    case 'Cancelled':
      return `Cancelled (${event.cause} by ${event.by ?? 'the platform'})`;
    case 'DecisionHeld':
      return `DecisionHeld (${event.decision} until ${event.effectiveAt.toISOString().slice(11, 19)})`;
    default:
      return event.type;
  }
}

const shownRoom = ({ status, sequence, startUtc, invitations, proposals }: Room): string =>
  [
    status,
    `sequence ${sequence}`,
    minute(startUtc),
    ...invitations.map(({ role, partstat }) => `${role} ${partstat}`),
    ...proposals.map(({ proposedBy, status: state }) => `proposal of the ${proposedBy} ${state}`),
  ].join(', ');

const shownReading = ({ kind, why, partstat, startUtc, recipients = [] }: Reading): string =>
  [
    `${kind} (${why})`,
    ...(partstat === undefined ? [] : [`PARTSTAT ${partstat}`]),
    ...(kind === 'counter' && startUtc !== undefined ? [`proposes ${minute(new Date(startUtc))}`] : []),
    ...recipients.map((each) => `${each.address} ${each.kind}`),
  ].join(', ');

const shownLines =
  /^(?:METHOD|UID|SEQUENCE|STATUS|DTSTART|DTEND|SUMMARY|ORGANIZER|ATTENDEE|COMMENT|X-MS-OLK-ORIGINALSTART)\b/;

/** Who writes to whom, the words, and the lines of the calendar that decide; tokens and tags are left out. */
function shownMail(mail: Mail): string[] {
  const words = mail.parts.find(({ type }) => type === 'text/plain');
  const calendar = mail.parts.find(({ type }) => type === 'text/calendar');
  const lines =
    calendar === undefined
      ? []
      : textOf(calendar)
          .replaceAll(/\n[ \t]/g, '')
          .replace(/BEGIN:VTIMEZONE[^]*END:VTIMEZONE/, '')
          .split('\n');
  return [
    `From: ${mail.from.join(', ')}`,
    `To: ${mail.to.join(', ')}`,
    `Subject: ${mail.subject}`,
    '',
    ...(words === undefined ? [] : textOf(words).trimEnd().split('\n')),
    ...(calendar === undefined ? [] : ['', ...lines.filter((line) => shownLines.test(line))]),
  ].map((line) =>
    line
      .replaceAll(/(https:\/\/acme\.test\/\w+\?\w=)[\w.-]+/g, '$1…')
      .replaceAll(/scheduling\+[a-z2-7]+@/g, 'scheduling+…@')
      .trimEnd(),
  );
}
