// The one simulator of calendar clients: an invitation and a person's click in, the very mail that client would send
// out.
// Used by the tests and by the demo; nothing of it runs in production.
import { type Action, type AnswerContext, canPropose, type Client, type SendingFacts, type SentMail } from './answer';
import { aerc } from './aerc';
import { apple } from './apple';
import { gnus } from './gnus';
import { google } from './google';
import { horde } from './horde';
import { type Invitation, readInvitation } from './invitation';
import { kde } from './kde';
import { outlook } from './outlook';
import { samsung } from './samsung';
import { sogo } from './sogo';
import { thunderbird } from './thunderbird';

export { type Action, canPropose, type Client, clients, type SendingFacts, type SentMail } from './answer';
export { type Invitation, readInvitation } from './invitation';

/**
 * The answer to an invitation (raw mail, or as `readInvitation` read it). Pure: time and id come from `sending`.
 * Throws where that client has no such button (`canPropose`).
 */
export function replyAs(
  client: Client,
  received: Buffer | Invitation,
  action: Action,
  sending: SendingFacts,
): SentMail {
  const invitation = Buffer.isBuffer(received) ? readInvitation(received) : received;
  const answering: AnswerContext = {
    invitation,
    action,
    now: sending.now,
    id: sending.id,
    from: sending.from ?? invitation.attendee.email,
    attendee: sending.attendee ?? invitation.attendee.email,
    withoutVtimezone: sending.withoutVtimezone ?? false,
  };
  if (action.kind === 'counter' && !canPropose(client)) throw new Error(`${client} cannot propose a time`);
  return writers[client](answering);
}

const writers: Record<Client, (answering: AnswerContext) => SentMail> = {
  google: (answering) => google(answering, false),
  'google-notification': (answering) => google(answering, true),
  outlook: (answering) => outlook(answering, 'online'),
  'exchange-2010': (answering) => outlook(answering, 'onPremises'),
  apple: (answering) => apple(answering, false),
  icloud: (answering) => apple(answering, true),
  thunderbird,
  sogo,
  kde,
  gnus,
  horde,
  aerc,
  samsung,
};
