// The one simulator of calendar clients: an invitation and a person's click in, the very mail that client would send
// out.
// Used by the tests and by the demo; nothing of it runs in production.
import type { Action, Answering, Client, Sending, SentMail } from './answer';
import { apple } from './apple';
import { google } from './google';
import { type Invitation, readInvitation } from './invitation';
import { outlook } from './outlook';
import { thunderbird } from './thunderbird';

export { type Action, type Client, clients, type Sending, type SentMail } from './answer';
export { type Invitation, readInvitation } from './invitation';

/**
 * The answer to an invitation (raw mail, or as `readInvitation` read it). Pure: time and id come from `sending`.
 * Throws where that client has no such button (Thunderbird cannot propose a time).
 */
export function replyAs(client: Client, received: Buffer | Invitation, action: Action, sending: Sending): SentMail {
  const invitation = Buffer.isBuffer(received) ? readInvitation(received) : received;
  const answering: Answering = {
    invitation,
    action,
    now: sending.now,
    id: sending.id,
    from: sending.from ?? invitation.attendee.email,
    attendee: sending.attendee ?? invitation.attendee.email,
    withoutVtimezone: sending.withoutVtimezone ?? false,
  };
  switch (client) {
    case 'google':
      return google(answering, false);
    case 'google-notification':
      return google(answering, true);
    case 'outlook':
      return outlook(answering);
    case 'apple':
      return apple(answering);
    case 'thunderbird':
      return thunderbird(answering);
  }
}
