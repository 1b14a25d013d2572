// Decides what the platform changes in a room that is made: its time, its title, place, video link and externalId,
// and who a party is.
// Called by decide.ts; the names and rules are the contract's, section 7.3.
import { counterpartyOf, type Role, sameAddress, samePerson } from '#contracts';
import { type Context, invitationLinks, linksToBoth, longerThanNothing, proposeLink } from './context';
import { sameTime } from './decide-options';
import { fieldWithAddress, shownToBoth } from './address-in-text';
import {
  type Invitation,
  invitationOf,
  isBooked,
  type MintedLink,
  newInvitation,
  pendingProposals,
  type Person,
  type Proposal,
  type Room,
  type RoomEvent,
} from './room';
import { Refusal } from './refusal';

/** What may be changed beside the time; a field that is left out stays. */
type Details = Pick<Room, 'title' | 'location' | 'videoUrl' | 'externalId'>;
type Changes<T> = { [K in keyof T]?: T[K] | undefined };
export type RoomDetails = Changes<Details>;
export type DetailName = keyof RoomDetails;

export type ChangeCommand =
  | { type: 'Reschedule'; startUtc: Date; endUtc: Date; reason: string | null }
  | { type: 'Update'; details: RoomDetails }
  /**
   * `lastCancel`: the sequence of the latest CANCEL that the new address was owed as a former party of this room;
   * null where it was none.
   */
  | { type: 'ChangeAttendee'; role: Role; person: Changes<Person>; lastCancel: number | null };

export function decideChange(room: Room, command: ChangeCommand, context: Context): RoomEvent[] | Refusal {
  if (room.status === 'cancelled') return new Refusal('room-cancelled');
  if (room.startUtc <= context.now) return new Refusal('room-started');
  switch (command.type) {
    case 'Reschedule':
      return reschedule(room, command, context);
    case 'Update':
      return update(room, command.details, context);
    case 'ChangeAttendee':
      return changeAttendee(room, command, context);
  }
}

function reschedule(
  room: Room,
  { startUtc, endUtc, reason }: Extract<ChangeCommand, { type: 'Reschedule' }>,
  context: Context,
): RoomEvent[] | Refusal {
  if (!longerThanNothing({ startUtc, endUtc })) return new Refusal('end-not-after-start', '/endUtc');
  if (startUtc <= context.now) return new Refusal('start-in-past', '/startUtc');
  if (sameTime(room, { startUtc, endUtc })) return [];
  const pending = pendingProposals(room);
  return [
    ...pending.map((each) => expired(each, 'room-moved', context)),
    {
      type: 'Rescheduled',
      startUtc,
      endUtc,
      previous: { startUtc: room.startUtc, endUtc: room.endUtc },
      reason: shownToBoth(reason, room),
      closed: pending.map((each) => each.proposedBy),
      links: linksFor(room, startUtc, context),
    },
  ];
}

function update(room: Room, details: RoomDetails, context: Context): RoomEvent[] | Refusal {
  const changed = (Object.keys(details) as DetailName[]).filter(
    (name) => details[name] !== undefined && details[name] !== room[name],
  );
  if (changed.length === 0) return [];
  const texts = { '/title': details.title, '/location': details.location, '/externalId': details.externalId };
  const emails = room.invitations.map((each) => each.email);
  const leak = fieldWithAddress(
    Object.fromEntries(Object.entries(texts).map(([at, text]) => [at, text ?? null])),
    emails,
  );
  if (leak !== null) return new Refusal('holds-address', leak);
  const moved = changed.includes('location') || changed.includes('videoUrl');
  const pending = moved ? pendingProposals(room) : [];
  const { title, location, videoUrl, externalId } = room;
  return [
    ...pending.map((each) => expired(each, 'room-moved', context)),
    {
      type: 'Updated',
      changed,
      details: Object.fromEntries(changed.map((name) => [name, details[name]])),
      previous: { title, location, videoUrl, externalId },
      closed: pending.map((each) => each.proposedBy),
      links: changed.some((name) => name !== 'externalId') ? linksFor(room, room.startUtc, context) : [],
    },
  ];
}

function changeAttendee(
  room: Room,
  { role, person, lastCancel }: Extract<ChangeCommand, { type: 'ChangeAttendee' }>,
  context: Context,
): RoomEvent[] | Refusal {
  const present = invitationOf(room, role);
  if (!present) return new Refusal('room-not-booked');
  const isNew = person.email !== undefined && !sameAddress(person.email, present.email);
  const wanted: Person = {
    email: isNew ? (person.email ?? present.email) : present.email,
    name: person.name === undefined ? present.name : person.name,
    timeZone: person.timeZone ?? present.timeZone,
    locale: person.locale ?? present.locale,
  };
  const refusal = unfitPerson(room, role, wanted, isNew, context);
  if (refusal !== null) return refusal;
  if (!isNew) return samePersonData(present, wanted) ? [] : [corrected(room, { ...present, ...wanted }, present)];
  return replaced(room, wanted, present, lastCancel, context);
}

function unfitPerson(room: Room, role: Role, wanted: Person, isNew: boolean, context: Context): Refusal | null {
  const other = invitationOf(room, counterpartyOf(role));
  if (isNew) {
    if (samePerson(wanted.email, context.rules.organizerEmail)) return new Refusal('is-organizer', '/email');
    if (other && samePerson(wanted.email, other.email)) return new Refusal('same-person', '/email');
    const texts = {
      title: room.title,
      location: room.location,
      externalId: room.externalId,
      name: other?.name ?? null,
    };
    if (fieldWithAddress(texts, [wanted.email]) !== null) return new Refusal('holds-address', '/email');
  }
  const emails = [wanted.email, ...(other ? [other.email] : [])];
  return fieldWithAddress({ '/name': wanted.name }, emails) === null ? null : new Refusal('holds-address', '/name');
}

const samePersonData = (a: Person, b: Person): boolean =>
  a.name === b.name && a.timeZone === b.timeZone && a.locale === b.locale;

const corrected = (room: Room, invitation: Invitation, previous: Invitation): RoomEvent => ({
  type: 'AttendeeChanged',
  invitation,
  previous,
  isNew: false,
  sequence: room.sequence,
  cancelSequence: null,
  links: [],
});

/**
 * The old address gets a CANCEL, the new one a REQUEST. The other party is mailed if their own proposal expires.
 */
function replaced(
  room: Room,
  wanted: Person,
  previous: Invitation,
  lastCancel: number | null,
  context: Context,
): RoomEvent[] {
  const { role } = previous;
  const cancelSequence = room.sequence + 1;
  // A calendar that got a CANCEL ignores a REQUEST of a lower sequence (RFC 5546 2.1.5). So a former party, or a person
  // with both addresses in one mailbox, is invited with a higher sequence. The letter of the other party stays current,
  // because `timeSequence` does not change.
  const cancelled = samePerson(wanted.email, previous.email) ? cancelSequence : lastCancel;
  const sequence = cancelled !== null && cancelled >= room.sequence ? cancelled + 1 : room.sequence;
  const invitation = newInvitation(context.newId(), role, wanted);
  return [
    ...pendingProposals(room).map((each) =>
      each.proposedBy === role
        ? expired(each, 'proposer-changed', context)
        : {
            ...expired(each, 'attendee-changed', context),
            link: proposeLink(room, each.proposedBy, room.startUtc, context),
          },
    ),
    {
      type: 'AttendeeChanged',
      invitation,
      previous,
      isNew: true,
      sequence,
      cancelSequence,
      links: isBooked(room) ? invitationLinks(room, role, room.startUtc, context) : [],
    },
  ];
}

const expired = (
  { proposalId }: Proposal,
  cause: Extract<RoomEvent, { type: 'Expired' }>['cause'],
  context: Context,
): Extract<RoomEvent, { type: 'Expired' }> => ({ type: 'Expired', proposalId, cause, at: context.now, link: null });

const linksFor = (room: Room, startUtc: Date, context: Context): MintedLink[] =>
  isBooked(room) ? linksToBoth(room, startUtc, context) : [];
