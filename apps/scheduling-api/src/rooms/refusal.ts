// The refusals: one table from code to HTTP status and text, checked by the compiler.
// Pure: made by decide and the link checks; http/responses.ts turns it into problem+json, the queue's consumer
// records it.

/** Code → HTTP status and text for a person. */
const refusals = {
  'room-not-found': [404, 'There is no such room.'],
  'link-unknown': [404, 'This link is not one of ours.'],
  'link-expired': [410, 'This link has expired.'],
  'proposal-expired': [410, 'This proposal has expired.'],
  'answer-too-late': [410, 'The meeting has started, so this link can no longer answer its invitation.'],
  'answer-outdated': [409, 'The meeting was moved since this link was mailed. Use the link in the newest mail.'],
  'option-passed': [410, 'This time has passed.'],
  'link-used': [409, 'This link was used already.'],
  'already-booked': [409, 'Another guest has booked this room.'],
  'room-cancelled': [409, 'The meeting was cancelled.'],
  'room-started': [409, 'The meeting has started already.'],
  'room-not-booked': [409, 'The room has no guest yet.'],
  'room-scheduled': [409, 'The room is not cancelled.'],
  'not-an-attendee': [409, 'This is not the address of an attendee of the room.'],
  'not-the-rooms-time': [409, 'The times or the sequence are not those of the room.'],
  'no-new-time': [409, 'The proposed time is the current time.'],
  'own-proposal': [409, 'A proposal is decided by the other party.'],
  'proposals-not-allowed': [409, 'The policy of this room does not let this party propose a new time.'],
  'older-sequence': [409, 'The meeting was moved since this was proposed.'],
  'already-decided': [409, 'This proposal was decided already.'],
  'nothing-held': [409, 'There is nothing to undo.'],
  'too-many-proposals': [429, 'You have proposed as many new times as is possible in a day.'],
  'mail-limit': [429, 'The other party has had as many mails about this meeting as is possible for now.'],
  'note-not-taken': [422, 'A note goes with a decline only, and only where a decline does not cancel the session.'],
  'start-in-past': [422, 'The time is in the past.'],
  'alternative-is-current': [422, 'This is the current time of the meeting.'],
  'times-alike': [422, 'The proposed times must differ.'],
  'end-not-after-start': [422, 'The end is not after the start.'],
  'same-person': [422, 'Host and guest are the same person.'],
  'is-organizer': [422, 'This is the address of the organizer.'],
  'holds-address': [422, 'This text holds the address of a party.'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof refusals;

/**
 * A refused command: it was understood, and nothing changed. `pointer` names the field of the body that is wrong, if
 * one is.
 */
export class Refusal {
  constructor(
    readonly code: RefusalCode,
    readonly pointer?: string,
    /** When the same may be asked for again. */
    readonly retry?: { at: Date; afterSeconds: number },
  ) {}

  get status(): number {
    return refusals[this.code][0];
  }

  get detail(): string {
    return refusals[this.code][1];
  }

  /** As the audit writes it. */
  get why(): string {
    return `${this.code}: ${this.detail}`;
  }
}
