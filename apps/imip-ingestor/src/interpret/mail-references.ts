// Collects the addresses and Message-IDs of a mail by which its room or letter can be found, beside its calendar (R6
// and R20).
// Called by read-whole.ts; used by matching.ts.
import { addressesIn, all, type Mail, textOf } from './mail';

export interface MailReferences {
  /** Addresses that the mail was delivered to, from the headers of the delivering systems. */
  deliveredTo: string[];
  /**
   * Message-IDs of ours (a UUID before the `@`) that the mail quotes anywhere: in an embedded message, a report, or
   * plain words.
   */
  quotedIds: string[];
}

const ourMessageId = /<([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}@[^<>\s@]{1,255})>/gi;
const deliveryHeaders = ['delivered-to', 'x-original-to', 'x-envelope-to', 'envelope-to'];

export function mailReferencesOf(mail: Mail): MailReferences {
  const quotedIds = new Set<string>();
  const search = (text: string): void => {
    for (const [, id] of text.matchAll(ourMessageId))
      if (id !== undefined && quotedIds.size < 50) quotedIds.add(id.toLowerCase());
  };
  for (const part of mail.parts) {
    // The mail's own Message-ID, In-Reply-To and References are read by mail.ts; here are those of what it embeds.
    if (part !== mail.root)
      for (const { name, value } of part.headers) if (name === 'message-id' || name === 'references') search(value);
    if (/^(?:text|message)\//.test(part.type)) search(textOf(part));
  }
  return {
    deliveredTo: deliveryHeaders
      .flatMap((name) => all(mail.headers, name))
      .flatMap(addressesIn)
      .slice(0, 50),
    quotedIds: [...quotedIds],
  };
}
