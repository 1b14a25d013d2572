// The caught mails: one file each under DATA_DIR/mails, on disk before the SMTP client hears 250.
// Written by the catching server, read by the mailbox pages.
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, readdirSync } from 'node:fs';
import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { simpleParser } from 'mailparser';
import { type Mail, readMail, textOf } from '../../../imip-ingestor/src/interpret/mail';

/** What is known of a mail without opening it. One recipient each: a mail to two people is two mails. */
export interface CaughtMail {
  id: string;
  /** Envelope recipient and sender as bare addresses; the sender is empty for a bounce. */
  to: string;
  from: string;
  subject: string;
  /** RFC 3339, UTC. */
  receivedAt: string;
  /** Of the room that it is about; null where it tells none. Mails of earlier versions have neither. */
  roomId?: string | null;
  messageId?: string | null;
}

const suffix = '.mail';
/** The first line of a file is what is known of the mail; a subject is cut so that it always fits. */
const headLimit = 4_096;

export class MailStore {
  /** In the order of arrival. */
  private readonly mails = new Map<string, CaughtMail>();
  private arrived = 0;
  /** Message-ID → room: a letter without a calendar part refers to the invitation. */
  private readonly rooms = new Map<string, string>();

  /** Opens the folder and finds the mails of earlier runs. */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const files = readdirSync(folder).filter((name) => name.endsWith(suffix));
    for (const mail of files.sort().map((name) => readHead(join(folder, name)))) if (mail) this.remember(mail);
  }

  /** Stores a mail for each of its recipients; resolves when all are on disk. */
  async keep(from: string, recipients: string[], raw: Buffer): Promise<void> {
    const subject = (await simpleParser(raw.subarray(0, endOfHeader(raw)))).subject ?? '';
    const letter = readMail(raw);
    const roomId = roomIn(letter) ?? letter.references.flatMap((id) => this.rooms.get(id) ?? [])[0] ?? null;
    const { messageId } = letter;
    for (const to of recipients) {
      const now = new Date();
      const known = { to, from, subject: subject.slice(0, 300), receivedAt: now.toISOString(), roomId, messageId };
      const mail = { id: this.nextId(now), ...known };
      await this.write(mail, raw);
      this.remember(mail);
    }
  }

  private remember(mail: CaughtMail): void {
    this.mails.set(mail.id, mail);
    if (mail.roomId && mail.messageId) this.rooms.set(mail.messageId, mail.roomId);
  }

  /** The mails to one address (case and the form of its domain do not matter), or all; the oldest first. */
  list(to?: string): CaughtMail[] {
    const wanted = to === undefined ? undefined : oneForm(to);
    return [...this.mails.values()].filter((mail) => wanted === undefined || oneForm(mail.to) === wanted);
  }

  /** Mails in whose recipient, sender or subject every word stands, whatever its case; the oldest first. */
  search(words: string, to?: string): CaughtMail[] {
    const wanted = words.toLowerCase().split(/\s+/);
    return this.list(to).filter((mail) => {
      const searched = `${mail.to} ${mail.from} ${mail.subject}`.toLowerCase();
      return wanted.every((word) => searched.includes(word));
    });
  }

  find(id: string): CaughtMail | undefined {
    return this.mails.get(id);
  }

  /** The bytes of a mail as they came in. */
  async raw(mail: CaughtMail): Promise<Buffer> {
    const file = await readFile(join(this.folder, mail.id + suffix));
    return file.subarray(file.indexOf('\n') + 1);
  }

  /** Sorts by time, then by arrival. */
  private nextId(now: Date): string {
    this.arrived += 1;
    const counter = String(this.arrived % 100_000).padStart(5, '0');
    return `${now.toISOString().replaceAll(/[-:.]/g, '')}-${counter}-${randomBytes(4).toString('hex')}`;
  }

  private async write(mail: CaughtMail, raw: Buffer): Promise<void> {
    const file = join(this.folder, mail.id + suffix);
    await writeFile(`${file}.new`, Buffer.concat([Buffer.from(`${JSON.stringify(mail)}\n`), raw]), {
      mode: 0o600,
      flush: true,
    });
    await rename(`${file}.new`, file);
    // Windows has no handles of folders.
    if (process.platform === 'win32') return;
    const folder = await open(this.folder, 'r');
    await folder.sync().finally(() => folder.close());
  }
}

/** The UID of the calendar part begins with the room's id. */
function roomIn(letter: Mail): string | null {
  const calendar = letter.parts.find((part) => part.type === 'text/calendar');
  return calendar ? (/^UID:([0-9a-f-]{36})@/m.exec(textOf(calendar))?.[1] ?? null) : null;
}

/** SMTP carries a domain outside ASCII in its IDNA form. */
function oneForm(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return (address.slice(0, at) + (domainToASCII(address.slice(at)) || address.slice(at)))
    .normalize('NFC')
    .toLowerCase();
}

const endOfHeader = (raw: Buffer): number => {
  const end = raw.indexOf('\r\n\r\n');
  return end === -1 ? raw.length : end + 4;
};

function readHead(file: string): CaughtMail | undefined {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(headLimit);
    const text = head.subarray(0, readSync(handle, head)).toString();
    return JSON.parse(text.slice(0, text.indexOf('\n'))) as CaughtMail;
  } catch {
    // Not one of ours.
    return undefined;
  } finally {
    closeSync(handle);
  }
}
