// All that is kept about a person, as one JSON document, and nothing about the other party (contract, section 7.6).
// Called by people.controller.ts; reads entities, opens sealed mails, has letters rendered again.
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { samePerson } from '#contracts';
import {
  AnswerNote,
  AuditLine,
  Database,
  FormerInvitation,
  ImipMessage,
  Invitation,
  Letter,
  MagicLink,
  PendingProposal,
  PracticeRoom,
  RawMail,
} from '#persistence';
import { holdsAddress, holdsPerson } from '#privacy';
import { openMailOrNull } from '#sealing';
import type { TokenSecrets } from '#tokens';
import { timelineEntry } from '../rooms/rooms.queries';
import { type PersonRecords, findPerson, type PartyOfPerson } from './person';

export interface ExportParts {
  secrets: TokenSecrets;
  /** The bytes of a letter as they left; null where they can be made no more. */
  letterBytes(letter: Letter): Buffer | null;
}

/** The token by which Nest injects the `ExportParts`. */
export const EXPORT_PARTS = Symbol('export parts');

type Json = Record<string, unknown>;

@Injectable()
export class PersonExport {
  constructor(
    private readonly db: Database,
    @Inject(EXPORT_PARTS) private readonly parts: ExportParts,
  ) {}

  async of(email: string): Promise<Json> {
    const entities = await this.db.entities();
    const person = await findPerson(entities, email);
    const rooms: Json[] = [];
    // One after the other: the bytes of many rooms at a time would not fit into memory.
    for (const party of person.parties) rooms.push(await this.room(entities, person, party));
    return {
      email,
      addresses: person.addresses,
      exportedAt: new Date().toISOString(),
      rooms,
      otherMails: await this.otherMails(entities, person),
    };
  }

  private async room(entities: EntityManager, person: PersonRecords, party: PartyOfPerson): Promise<Json> {
    const { roomId, invitationId, role } = party;
    const room = await entities.findOneByOrFail(PracticeRoom, { id: roomId });
    const others = (await entities.findBy(Invitation, { roomId })).filter(({ id }) => id !== invitationId);
    const mine = await entities.findOneByOrFail(party.isFormer ? FormerInvitation : Invitation, { id: invitationId });
    const other = {
      addresses: others.map(({ attendeeEmail }) => attendeeEmail),
      names: others.flatMap(({ attendeeName }) => attendeeName ?? []),
    };
    const shown = (text: string | null): string | null => (text !== null && holdsPerson(text, other) ? null : text);
    const proposals = await entities.find(PendingProposal, {
      where: { roomId, proposedBy: role },
      order: { createdAt: 'ASC' },
    });
    const links = await entities.find(MagicLink, { where: { invitationId }, order: { createdAt: 'ASC' } });
    const notes = await entities.find(AnswerNote, { where: { invitationId }, order: { writtenAt: 'ASC' } });
    const lines = await entities.find(AuditLine, { where: { roomId }, order: { position: 'ASC' } });
    return {
      ...roomView(room, shown),
      role,
      invitation: { invitationId, replaced: party.isFormer, ...invitationView(mine) },
      proposals: proposals
        .filter(({ proposerEmail }) => person.addresses.some((each) => samePerson(each, proposerEmail)))
        .map(proposalView),
      notes: notes.map(({ note, writtenAt }) => ({ at: writtenAt.toISOString(), note })),
      links: links.map(linkView),
      letters: (await entities.find(Letter, { where: { invitationId }, order: { position: 'ASC' } })).map((letter) =>
        this.letter(letter),
      ),
      mails: await this.mails(
        entities,
        await entities.find(ImipMessage, { where: { invitationId, roomId }, order: { receivedAt: 'ASC' } }),
        other.addresses,
      ),
      timeline: lines.filter((line) => line.role === null || line.role === role).map(timelineEntry),
    };
  }

  private letter(letter: Letter): Json {
    const bytes = this.parts.letterBytes(letter);
    return {
      letterId: letter.id,
      messageId: letter.messageId,
      method: letter.method,
      kind: letter.kind,
      sequence: letter.sequence,
      state: letter.state,
      delivery: letter.delivery,
      createdAt: letter.createdAt.toISOString(),
      sentAt: letter.sentAt?.toISOString() ?? null,
      sha256: letter.contentSha256,
      raw: bytes?.toString('base64') ?? null,
    };
  }

  /**
   * Raw bytes are left out where they contain the other party's address: such a mail is not about this person alone.
   */
  private async mails(entities: EntityManager, rows: ImipMessage[], others: string[]): Promise<Json[]> {
    const mails: Json[] = [];
    for (const row of rows) {
      const raw = await this.raw(entities, row.id);
      const hold = raw !== null && others.some((address) => holdsAddress(raw, address, []));
      mails.push({ ...mailView(row), raw: hold ? null : (raw?.toString('base64') ?? null) });
    }
    return mails;
  }

  private async raw(entities: EntityManager, id: string): Promise<Buffer | null> {
    return openMailOrNull(this.parts.secrets, id, await entities.findOneBy(RawMail, { id }));
  }

  /** Mails from the person that belong to no room of theirs. */
  private async otherMails(entities: EntityManager, { addresses, parties }: PersonRecords): Promise<Json[]> {
    const rows = await entities.find(ImipMessage, {
      where: [{ envelopeFrom: In(addresses) }, { attendeeEmail: In(addresses) }],
      order: { receivedAt: 'ASC' },
    });
    const known = new Set(parties.map(({ invitationId }) => invitationId));
    return this.mails(
      entities,
      rows.filter(({ invitationId }) => invitationId === null || !known.has(invitationId)),
      [],
    );
  }
}

const roomView = (room: PracticeRoom, shown: (text: string | null) => string | null): Json => ({
  roomId: room.id,
  uid: room.icsUid,
  sequence: room.icsSequence,
  status: room.status,
  title: shown(room.title),
  startUtc: room.startUtc?.toISOString() ?? null,
  endUtc: room.endUtc?.toISOString() ?? null,
  location: shown(room.location),
  videoUrl: room.videoUrl,
  externalId: room.externalId,
  createdAt: room.createdAt.toISOString(),
  updatedAt: room.updatedAt.toISOString(),
  cancelledBy: room.cancelledBy,
  cancelReason: shown(room.cancelReason),
});

const invitationView = (row: Invitation | FormerInvitation): Json => ({
  email: row.attendeeEmail,
  name: row.attendeeName,
  timeZone: row.timeZone,
  locale: row.locale,
  partstat: row.lastPartstat,
  lastMethodSent: row.lastMethodSent,
  delivery: row.deliveryState,
});

const proposalView = (row: PendingProposal): Json => ({
  proposalId: row.id,
  source: row.source,
  startUtc: row.proposedStartUtc.toISOString(),
  endUtc: row.proposedEndUtc.toISOString(),
  options: row.options,
  note: row.note,
  status: row.status,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  decisionAt: row.decisionAt?.toISOString() ?? null,
});

const linkView = (row: MagicLink): Json => ({
  purpose: row.purpose,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  usedAt: row.usedAt?.toISOString() ?? null,
});

const mailView = (row: ImipMessage): Json => ({
  mailId: row.id,
  receivedAt: row.receivedAt.toISOString(),
  wayIn: row.wayIn,
  envelopeFrom: row.envelopeFrom,
  envelopeTo: row.envelopeTo,
  sizeBytes: row.sizeBytes,
  messageId: row.messageId,
  kind: row.kind,
  method: row.method,
  partstat: row.partstat,
  verdict: row.verdict,
  why: row.why,
});
