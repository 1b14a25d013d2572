// The interface (PRD 1, 14.6) of everything that brings a meeting into an attendee's calendar. Mail with an iCalendar
// part works for everybody; a provider's API may serve its own users. Called by the dispatcher; NotificationService is
// the default.
import type { LeasedLetter } from '../ledger/leased-letter';
import type { Outcome } from '../ledger/record-outcome';

/**
 * The rules of every implementation, checked by test/support/calendar-contract.ts: a REQUEST puts the room's time under
 * its UID into this one attendee's calendar, or moves what is there; a CANCEL takes it away; other methods change no
 * calendar. The same letter again changes nothing the attendee could see. Nothing of the other party gets there. Faults
 * are outcomes, never thrown: `deferred` for what passes, `failed` for what does not. Answers come back as
 * ReplyReceived and CounterReceived, whoever reads them.
 */
export interface CalendarService {
  send(letter: LeasedLetter): Promise<Outcome>;
}
