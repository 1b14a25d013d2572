// Reads letters from the sender's ledger and mails from the ingestor's table, with their bytes: those of a letter are
// rendered again, those of a mail are unsealed.
// Called by the pages of rooms and of messages; reads only.
import { Inject, Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { AuditLine, Database, FormerInvitation, ImipMessage, Invitation, Letter, RawMail } from '#persistence';
import { openMailOrNull } from '#sealing';
import { EXPORT_PARTS, type ExportParts } from '../people/export';
import { app } from '../rooms/rooms.store';

const letterFields = {
  id: true,
  roomId: true,
  kind: true,
  method: true,
  sequence: true,
  role: true,
  state: true,
  delivery: true,
  attempts: true,
  dueAt: true,
  sentAt: true,
  createdAt: true,
  messageId: true,
  attendeeEmail: true,
  response: true,
  lastError: true,
} as const;

export type LetterLine = Pick<Letter, keyof typeof letterFields>;

/** What a mail changed in its room, or why it did not count: a line of the room's history. */
export type MailOutcome = Pick<AuditLine, 'verdict' | 'why'>;

/** More of one room are not listed. */
const most = 200;

@Injectable()
export class StoredMessages {
  constructor(
    private readonly db: Database,
    @Inject(EXPORT_PARTS) private readonly parts: ExportParts,
  ) {}

  /** The latest letters to the parties of a room, also to those who were replaced; the newest first. */
  async lettersOf(roomId: string): Promise<LetterLine[]> {
    const entities = await this.db.entities();
    const only = { where: { roomId }, select: { id: true } } as const;
    const parties = [...(await entities.find(Invitation, only)), ...(await entities.find(FormerInvitation, only))];
    if (parties.length === 0) return [];
    const where = { invitationId: In(parties.map(({ id }) => id)) };
    return entities.find(Letter, { where, select: letterFields, order: { position: 'DESC' }, take: most });
  }

  async mailsOf(roomId: string): Promise<ImipMessage[]> {
    const entities = await this.db.entities();
    return entities.find(ImipMessage, { where: { roomId }, order: { receivedAt: 'DESC' }, take: most });
  }

  /** By the id of the mail; a mail that the ingestor itself has ignored has none. */
  async outcomesOf(roomId: string, mails: readonly ImipMessage[]): Promise<Map<string, MailOutcome[]>> {
    const outcomes = new Map<string, MailOutcome[]>();
    if (mails.length === 0) return outcomes;
    const lines = await (
      await this.db.entities()
    ).find(AuditLine, {
      // A mail's id is the correlation id of all that it sets off.
      where: { roomId, app, correlationId: In(mails.map(({ id }) => id)) },
      order: { position: 'ASC' },
      take: most,
    });
    for (const { correlationId, verdict, why } of lines)
      outcomes.set(correlationId ?? '', [...(outcomes.get(correlationId ?? '') ?? []), { verdict, why }]);
    return outcomes;
  }

  /** `bytes` is null before the first attempt to send, and where they cannot be rendered any more. */
  async letter(id: string): Promise<{ letter: Letter; bytes: Buffer | null } | null> {
    const letter = await (await this.db.entities()).findOneBy(Letter, { id });
    return letter && { letter, bytes: this.parts.letterBytes(letter) };
  }

  /** `bytes` is null where they are no longer stored, or cannot be unsealed. */
  async mail(id: string): Promise<{ mail: ImipMessage; bytes: Buffer | null } | null> {
    const entities = await this.db.entities();
    const mail = await entities.findOneBy(ImipMessage, { id });
    return mail && { mail, bytes: openMailOrNull(this.parts.secrets, id, await entities.findOneBy(RawMail, { id })) };
  }
}
