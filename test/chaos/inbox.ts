// What the outside world got: every mail the relay took, read the way a mail program reads it, in the order in which
// it was taken.
// Filled by the SMTP sink; the driver looks into it, the invariants judge it.
import { readCalendar } from '#ics';
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import type { SunkMail } from '../support/smtp-sink';

export interface ReceivedMail {
  /** The process that handed it in, by the name of its life (repeats.ts). */
  by: string;
  to: string;
  messageId: string;
  /** Empty for a plain mail. */
  method: string;
  uid: string;
  sequence: number;
  raw: Buffer;
  /** Milliseconds on this process's clock. */
  at: number;
  answerLost: boolean;
  /** The decoded text of every part, the header block first. */
  texts: string[];
}

export class Inbox {
  readonly all: ReceivedMail[] = [];
  private readonly byPerson = new Map<string, ReceivedMail[]>();

  add(mail: SunkMail): void {
    const taken = read(mail);
    this.all.push(taken);
    this.to(taken.to).push(taken);
  }

  /** What this person got, oldest first. */
  to(email: string): ReceivedMail[] {
    const known = this.byPerson.get(email) ?? [];
    this.byPerson.set(email, known);
    return known;
  }
}

function read({ client, to, raw, answerLost }: SunkMail): ReceivedMail {
  const { parts } = readMail(raw);
  const head = raw.subarray(0, raw.indexOf('\r\n\r\n')).toString('utf8');
  const calendar = parts.find((part) => part.type === 'text/calendar');
  const reading = calendar ? readCalendar(calendar.body.toString('utf8')) : undefined;
  const message = reading?.ok ? reading.message : undefined;
  return {
    by: client,
    to: to[0] ?? '',
    messageId: /^Message-ID:\s*(\S+)/im.exec(head)?.[1] ?? '',
    method: message?.method ?? '',
    uid: message?.uid ?? '',
    sequence: message?.sequence ?? 0,
    raw,
    at: performance.now(),
    answerLost,
    texts: [head, ...parts.map((part) => part.body.toString('utf8'))],
  };
}

/** The link of a mail to one of our pages, alone on its line as a person finds it. */
export function tokenIn(mail: ReceivedMail, page: 'reschedule' | 'approve' | 'decline'): string {
  const link = mail.texts
    .flatMap((text) => text.split(/\r?\n/))
    .find((line) => new RegExp(`^https?://\\S+/${page}\\?\\w=\\S+$`).test(line.trim()));
  if (link === undefined) throw new Error(`no ${page} link in the mail`);
  return link.slice(link.indexOf('=') + 1).trim();
}

export const hasLink = (mail: ReceivedMail, page: string): boolean =>
  mail.texts.some((text) => text.includes(`/${page}?t=`));
