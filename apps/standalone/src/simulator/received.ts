// What any mail program knows of a mail it received: who wrote it, how to thread an answer, what there is to quote.
// Called by write-as; invitations have more to them and are read by invitation.ts.
import addressparser from 'nodemailer/lib/addressparser';
import { header, readMail, textOf } from '../../../imip-ingestor/src/interpret/mail';
import { words } from '#mime';

export interface Person {
  email: string;
  name: string | null;
}

export interface ReceivedMail {
  /** Whom an answer goes to: Reply-To, else From. */
  author: Person;
  reader: Person;
  subject: string;
  messageId: string | null;
  references: string[];
  date: Date;
  /** The plain text; empty where there is none. */
  text: string;
  /** The mail as it came. */
  raw: Buffer;
}

/** Reads a raw mail as its reader's program does. Throws where it names no writer or no reader. */
export function readReceived(raw: Buffer): ReceivedMail {
  const mail = readMail(raw);
  const author = personIn(header(mail.headers, 'reply-to')) ?? personIn(header(mail.headers, 'from'));
  const reader = personIn(header(mail.headers, 'to'));
  if (!author || !reader) throw new Error('this mail names no writer or no reader');
  const plain = mail.parts.find((part) => part.type === 'text/plain' && part.disposition !== 'attachment');
  return {
    author,
    reader,
    subject: mail.subject,
    messageId: mail.messageId,
    references: mail.references,
    date: mail.date ?? new Date(0),
    text: plain ? textOf(plain) : '',
    raw,
  };
}

function personIn(value: string | undefined): Person | null {
  const [first] = addressparser(value ?? '', { flatten: true });
  return first?.address ? { email: first.address, name: words(first.name ?? '') || null } : null;
}

/** What an answer to a received letter is made of. */
export interface ReplyContext {
  received: ReceivedMail;
  now: Date;
  /** Unique among answers, letters, digits and hyphens. */
  id: string;
}
