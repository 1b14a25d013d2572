// The acts of an operator on a room: their forms, and the command of each, which is that of the API call of its name.
// Called by room.controller.ts.
import { Injectable } from '@nestjs/common';
import { isUuid, type Role } from '#contracts';
import type { Queryable, Transaction } from '#persistence';
import { Problem } from '#service';
import { refusalProblem } from '../http/responses';
import { type Fields, text } from '../links/link-access';
import { AttendeeRequest, RescheduleRequest } from '../rooms/change-requests';
import type { Command } from '../rooms/decide';
import { Refusal } from '../rooms/refusal';
import { DeleteRequest, parse } from '../rooms/requests';
import { invitationOf, isBooked, type Room } from '../rooms/room';
import { attendeeCommand, type CommandOf, RoomCalls } from '../rooms/room-calls';
import { attendeeEffects, cancelEffects, rescheduleEffects, resendEffects } from './acts';
import type { ActField, ActForm } from './acts.page';
import type { Session } from './sessions';

export interface RoomAct {
  /** The API's name of the call. */
  route: 'delete' | 'reschedule' | 'attendee' | 'resend';
  command: CommandOf;
}

const done: Record<RoomAct['route'], string> = {
  delete: 'The room is cancelled.',
  reschedule: 'The room has its new time.',
  attendee: 'The attendee is corrected.',
  resend: 'The letter will be sent again.',
};

/** The sentence after an act; undefined for a `done` parameter that names no act. */
export const doneWords = (route: string | undefined): string | undefined =>
  Object.entries(done).find(([name]) => name === route)?.[1];

const reason: ActField = {
  name: 'reason',
  label: 'Reason (may be empty)',
  type: 'text',
  value: '',
  hint: 'Stands in the letters to both: "The organizer writes: …". Addresses are taken out.',
};

export const cancelForm = (room: Room): ActForm => ({
  title: 'Cancel the room',
  path: 'cancel',
  effects: cancelEffects(room),
  button: isBooked(room) ? 'Cancel and mail both' : 'Cancel the room',
  isFinal: true,
  fields: isBooked(room) ? [reason] : [],
});

const local = (at: Date): string => at.toISOString().slice(0, 16);

export const rescheduleForm = (room: Room): ActForm => ({
  title: 'Reschedule the room',
  path: 'reschedule',
  effects: rescheduleEffects(room),
  button: isBooked(room) ? 'Move and mail both' : 'Move the room',
  fields: [
    { name: 'startUtc', label: 'New start, in UTC', type: 'datetime-local', value: local(room.startUtc) },
    { name: 'endUtc', label: 'New end, in UTC', type: 'datetime-local', value: local(room.endUtc) },
    ...(isBooked(room) ? [reason] : []),
  ],
});

export function attendeeForm(room: Room, role: Role): ActForm {
  const { email, name, timeZone, locale } = invited(room, role);
  return {
    title: `Correct the ${role}`,
    path: `attendee/${role}`,
    effects: attendeeEffects(room, role),
    button: 'Correct it',
    fields: [
      { name: 'email', label: 'Address', type: 'email', value: email },
      { name: 'name', label: 'Name', type: 'text', value: name ?? '' },
      { name: 'timeZone', label: 'Time zone', type: 'text', value: timeZone, hint: 'An IANA zone: Europe/Berlin' },
      { name: 'locale', label: 'Language', type: 'text', value: locale, hint: 'A BCP 47 tag: en, de-AT' },
    ],
  };
}

export const resendForm = (room: Room, role: Role): ActForm => ({
  title: `Send again to the ${role}`,
  path: `resend/${role}`,
  effects: resendEffects(room, role),
  button: `Mail the ${role} once more`,
  fields: [],
});

function invited(room: Room, role: Role): NonNullable<ReturnType<typeof invitationOf>> {
  const invitation = invitationOf(room, role);
  if (!invitation) throw refusalProblem(new Refusal('room-not-booked'));
  return invitation;
}

const written = (fields: Fields, name: string): string => (text(fields[name]) ?? '').trim();
/** A field for a local time says nothing of a zone; the form names UTC. */
const instantIn = (fields: Fields, name: string): string =>
  written(fields, name).replace(
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?$/,
    (_, minute: string, second = ':00') => `${minute}${String(second)}Z`,
  );

@Injectable()
export class RoomActs {
  constructor(private readonly calls: RoomCalls) {}

  cancel({ roomId }: Room, fields: Fields): RoomAct {
    const given = parse(DeleteRequest, { roomId, reason: written(fields, 'reason') });
    return { route: 'delete', command: { type: 'Delete', reason: given.reason || null } };
  }

  reschedule({ roomId }: Room, fields: Fields): RoomAct {
    const times = { startUtc: instantIn(fields, 'startUtc'), endUtc: instantIn(fields, 'endUtc') };
    const given = parse(RescheduleRequest, { roomId, ...times, reason: written(fields, 'reason') });
    const { startUtc, endUtc } = given;
    return { route: 'reschedule', command: { type: 'Reschedule', startUtc, endUtc, reason: given.reason || null } };
  }

  attendee({ roomId }: Room, role: Role, fields: Fields): RoomAct {
    const [email, name, timeZone, locale] = ['email', 'name', 'timeZone', 'locale'].map((each) =>
      written(fields, each),
    );
    const given = parse(AttendeeRequest, { roomId, role, email, name, timeZone, locale });
    const person = { email: given.email, name: given.name, timeZone: given.timeZone, locale: given.locale };
    return { route: 'attendee', command: attendeeCommand(roomId, role, person) };
  }

  /** An extra letter, so that it is sent although the one that is owed was sent before. */
  resend(room: Room, role: Role, fields: Fields): RoomAct {
    if (!isBooked(room)) throw refusalProblem(new Refusal('room-not-booked'));
    return { route: 'resend', command: { type: 'SendAgain', role, occasion: actIdOf(fields) } };
  }

  /** Throws a Problem for what is refused, and where the room is not the one that the form was made for. */
  async carryOut(session: Session, roomId: string, { route, command }: RoomAct, fields: Fields): Promise<void> {
    const key = `console-${actIdOf(fields)}`;
    const request = { route, owner: session.owner, key, body: withoutToken(fields) };
    const checked = async (tx: Transaction): Promise<Command> => {
      await mustBeAt(tx, roomId, Number(written(fields, 'revision')));
      return typeof command === 'function' ? command(tx) : command;
    };
    const { answer } = await this.calls.carryOut(request, roomId, checked, 200, { source: 'console' });
    if (answer.status < 400) return;
    const { code, detail, errors } = answer.body as Pick<Problem, 'code' | 'detail' | 'errors'>;
    throw new Problem(answer.status, code, detail, { errors });
  }
}

const withoutToken = ({ formToken: _, ...fields }: Fields): Fields => fields;

function actIdOf(fields: Fields): string {
  const id = written(fields, 'act');
  if (isUuid(id)) return id.toLowerCase();
  throw new Problem(400, 'unreadable-body', 'The form is not complete. Load the page again.');
}

/** The page described the effects for the revision that it was made for. */
async function mustBeAt(tx: Queryable, roomId: string, revision: number): Promise<void> {
  const [row] = await tx.query<{ revision: number }>('select revision from practice_rooms where id = $1 for update', [
    roomId,
  ]);
  if (row?.revision === revision) return;
  throw new Problem(
    409,
    'room-changed',
    'The room has changed since this page was loaded. Nothing was done. Load the page again.',
  );
}
