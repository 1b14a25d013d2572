// What the outside world got: every mail the relay took, read the way a mail program reads it, in the order in which
// it was taken.
// Filled by the SMTP sink; the driver waits on it, the invariants judge it.
import { readCalendar } from '#ics';
import { readMail } from '../../apps/imip-ingestor/src/interpret/mail';
import type { SunkMail } from '../support/smtp-sink';

export interface Taken {
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

interface Waiter {
  fits: (mail: Taken) => boolean;
  resolve: (mail: Taken) => void;
}

export class Inbox {
  readonly all: Taken[] = [];
  private readonly byPerson = new Map<string, Taken[]>();
  private readonly waiters = new Map<string, Waiter[]>();

  add(mail: SunkMail): void {
    const taken = read(mail);
    this.all.push(taken);
    this.to(taken.to).push(taken);
    const waiting = this.waiters.get(taken.to) ?? [];
    this.waiters.set(
      taken.to,
      waiting.filter((each) => !each.fits(taken)),
    );
    for (const each of waiting) if (each.fits(taken)) each.resolve(taken);
  }

  /** What this person got, oldest first. */
  to(email: string): Taken[] {
    const known = this.byPerson.get(email) ?? [];
    this.byPerson.set(email, known);
    return known;
  }

  /** The first mail to this person that fits; rejects with `what` when none came in time. */
  async until(email: string, what: string, fits: (mail: Taken) => boolean, withinMs: number): Promise<Taken> {
    const there = this.to(email).find(fits);
    if (there) return there;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Taken>((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`never came: ${what}`)), withinMs);
        this.waiters.set(email, [...(this.waiters.get(email) ?? []), { fits, resolve }]);
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

function read({ client, to, raw, answerLost }: SunkMail): Taken {
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
export function tokenIn(mail: Taken, page: 'reschedule' | 'approve' | 'decline'): string {
  const link = mail.texts
    .flatMap((text) => text.split(/\r?\n/))
    .find((line) => new RegExp(`^https?://\\S+/${page}\\?\\w=\\S+$`).test(line.trim()));
  if (link === undefined) throw new Error(`no ${page} link in the mail`);
  return link.slice(link.indexOf('=') + 1).trim();
}

export const hasLink = (mail: Taken, page: string): boolean => mail.texts.some((text) => text.includes(`/${page}?t=`));
