// An operator's calls about a person, and who is meant by their address: every invitation of that person, also those
// that another address has replaced.
// Called by the erasure and by the export, which read entities, because neither is hot; the shapes also by the API's
// description.
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type ErasedPerson, personKey, type Role } from '#contracts';
import { FormerInvitation, Invitation } from '#persistence';
import { Email } from '../rooms/requests';

export const ExportRequest = z.strictObject({ email: Email });
export const EraseRequest = z.strictObject({
  email: Email,
  dryRun: z.boolean().optional().meta({ description: 'Changes nothing and says what would be done.' }),
});

export interface PartyOfPerson {
  invitationId: string;
  roomId: string;
  role: Role;
  /** Another address has taken the place of this one; the room is no longer theirs. */
  isFormer: boolean;
}

/** A row of `erasure_parties`. */
export interface PartyRow {
  invitation_id: string;
  room_id: string;
  role: Role;
}

export interface PersonRecords extends ErasedPerson {
  parties: PartyOfPerson[];
}

/** All that is known of the person of an address (same person: contract, section 2), the oldest room first. */
export async function findPerson(entities: EntityManager, email: string): Promise<PersonRecords> {
  const key = personKey(email);
  const current = await entities.find(Invitation, {
    where: { personKey: key },
    select: { id: true, roomId: true, attendeeRole: true, attendeeEmail: true, attendeeName: true },
    order: { updatedAt: 'ASC', id: 'ASC' },
  });
  const former = await entities.find(FormerInvitation, {
    where: { personKey: key },
    select: { id: true, roomId: true, attendeeRole: true, attendeeEmail: true, attendeeName: true },
    order: { replacedAt: 'ASC', id: 'ASC' },
  });
  const partyOf =
    (isFormer: boolean) =>
    (row: Invitation | FormerInvitation): PartyOfPerson => ({
      invitationId: row.id,
      roomId: row.roomId,
      role: row.attendeeRole,
      isFormer,
    });
  const rows = [...current, ...former];
  return {
    parties: [...current.map(partyOf(false)), ...former.map(partyOf(true))],
    addresses: [...new Set([email, ...rows.map(({ attendeeEmail }) => attendeeEmail)])],
    names: [...new Set(rows.flatMap(({ attendeeName }) => attendeeName ?? []))],
  };
}
