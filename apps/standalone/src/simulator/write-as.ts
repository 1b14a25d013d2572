// The other half of the simulator: what comes back to a mail that is no calendar reply — words, an absence note, a
// bounce.
// Used by the tests and by the demo, beside reply-as; nothing of it runs in production.
import type { Client, SendingFacts, SentMail } from './answer';
import { bounce } from './bounce';
import { outOfOffice } from './out-of-office';
import { type ReplyContext, readReceived } from './received';
import { textReply } from './text-reply';

export type WrittenReply =
  | { kind: 'text'; text: string }
  | { kind: 'out-of-office' }
  /** The mail system that holds the client's mailbox gives the letter back: no such user. */
  | { kind: 'bounce' };

/** What a person's program, or their mail system, sends back to any letter. Pure: time and id come from `sending`. */
export function writeAs(
  client: Client,
  raw: Buffer,
  writing: WrittenReply,
  sending: Pick<SendingFacts, 'now' | 'id'>,
): SentMail {
  const composing: ReplyContext = { received: readReceived(raw), now: sending.now, id: sending.id };
  switch (writing.kind) {
    case 'text':
      return textReply(client, composing, writing.text);
    case 'out-of-office':
      return outOfOffice(client, composing);
    case 'bounce':
      return bounce(client, composing);
  }
}
