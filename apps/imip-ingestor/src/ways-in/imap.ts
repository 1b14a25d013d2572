// The IMAP way in: takes every mail of one folder once, and marks or moves it only after it is stored. Several
// replicas may poll one folder.
// Started with the app where IMAP_URL is set; woken by the server (IDLE), and by a clock where it cannot.
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { ImapFlow, MailboxObject } from 'imapflow';
import type { Logger } from 'pino';
import { needsTls } from '#contracts';
import { Ingest } from '../inbox/ingest';
import { maxMailBytes, readHead } from '../interpret/mail';
import { inboundIgnored } from '../metrics';

export const IMAP_OPTIONS = Symbol('imap options');

export interface ImapOptions {
  account: ImapAccount;
  pollSeconds: number;
  logger: Logger;
}

export interface ImapAccount {
  host: string;
  port: number;
  secure: boolean;
  /** STARTTLS is demanded: without it the password is not sent. */
  demandTls: boolean;
  user: string;
  password: string;
  folder: string;
  /** A folder for what is stored; null: it stays where it is, marked. */
  moveTo: string | null;
}

/**
 * `imaps://user:password@host:port/Folder?moveTo=Other`; user and password percent-encoded, the folder INBOX unless
 * named.
 */
export function imapAccount(address: string): ImapAccount {
  const url = new URL(address);
  const secure = url.protocol === 'imaps:';
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    demandTls: !secure && needsTls(address),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    folder: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
    moveTo: url.searchParams.get('moveTo'),
  };
}

/** Our own keyword: a person who opens the mailbox sets `\Seen`, which must not hide a mail from us. */
const storedMark = '$SchedulingStored';
const perPass = 50;
/** How much of a mail above the size limit is kept, so that an operator can see what it was. */
const keptOfOversizeBytes = 64 * 1024;
const longestWaitMs = 60_000;

@Injectable()
export class ImapPoller implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stopping = false;
  private running: Promise<void> | undefined;
  private wake: () => void = () => undefined;

  constructor(
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(IMAP_OPTIONS) private readonly options: ImapOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the current mail and logs out. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let waitMs = 1_000; !this.stopping;) {
      const begun = Date.now();
      try {
        await this.session();
      } catch (error) {
        // The error may contain the server's answer with the account name: only its code is logged.
        const { code, authenticationFailed } = error as { code?: string; authenticationFailed?: boolean };
        this.options.logger.warn(
          { code: authenticationFailed ? 'authentication-failed' : code },
          'the IMAP mailbox could not be read and is tried again',
        );
      }
      waitMs = Date.now() - begun > longestWaitMs ? 1_000 : Math.min(waitMs * 2, longestWaitMs);
      await this.pause(waitMs);
    }
  }

  /** Until the connection ends or the app stops. */
  private async session(): Promise<void> {
    const { host, port, secure, demandTls, user, password, folder } = this.options.account;
    // Loaded only where IMAP is on: it takes as much memory as the rest of the ingestor.
    const { ImapFlow } = await import('imapflow');
    const client = new ImapFlow({
      host,
      port,
      secure,
      ...(demandTls ? { doSTARTTLS: true } : {}),
      auth: { user, pass: password },
      logger: false,
      disableAutoIdle: true,
      maxIdleTime: 5 * 60_000,
      socketTimeout: 10 * 60_000,
    });
    let [lost, over] = [false, false];
    // A connection that failed is reported once more when its socket closes: by then the wait before the next one runs.
    const ended = (): void => {
      lost = true;
      if (!over) this.wake();
    };
    // Without a listener a lost connection would end the process.
    client.on('error', ended).on('close', ended);
    client.on('exists', () => this.wake());
    try {
      await client.connect();
      const mailbox = await client.mailboxOpen(folder);
      const unmarked = new Set<number>();
      while (!this.stopping && !lost) {
        if ((await this.pass(client, mailbox, unmarked)) >= perPass) continue;
        void client.idle().catch(ended);
        await this.pause(this.options.pollSeconds * 1_000);
        // Ends the IDLE, and shows whether the connection is alive.
        if (!lost) await client.noop();
      }
    } finally {
      over = true;
      await client.logout().catch(() => client.close());
    }
  }

  private async pause(ms: number): Promise<void> {
    if (this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /**
   * Stores the new mails; returns how many there were. `unmarked` has those of this session that are stored and could
   * not be marked: without it the first fifty of them would be found in every pass, and no later mail.
   */
  private async pass(client: ImapFlow, mailbox: MailboxObject, unmarked: Set<number>): Promise<number> {
    const flags = mailbox.permanentFlags ?? new Set<string>();
    const mark = flags.has('\\*') || flags.has(storedMark) ? storedMark : '\\Seen';
    const found =
      (await client.search(mark === storedMark ? { unKeyword: storedMark } : { seen: false }, { uid: true })) || [];
    const uids = found.filter((uid) => !unmarked.has(uid)).slice(0, perPass);
    for (const uid of uids) {
      if (this.stopping) break;
      if ((await this.take(client, mailbox, uid)) && !(await this.settle(client, uid, mark))) unmarked.add(uid);
    }
    return uids.length;
  }

  /** Stores one mail; false where another replica has already moved it. */
  private async take(client: ImapFlow, mailbox: MailboxObject, uid: number): Promise<boolean> {
    const { host, user, folder } = this.options.account;
    const arrival = {
      wayIn: 'imap',
      envelopeTo: null,
      onceKeys: [JSON.stringify([host, user, folder, String(mailbox.uidValidity), uid])],
    };
    const about = await client.fetchOne(String(uid), { size: true }, { uid: true });
    if (!about) return false;
    const tooLarge = (about.size ?? 0) > maxMailBytes;
    const message = await client.fetchOne(
      String(uid),
      { source: tooLarge ? { maxLength: keptOfOversizeBytes } : true },
      { uid: true },
    );
    if (!message || !message.source) return false;
    if (tooLarge) inboundIgnored.inc({ reason: 'quarantined' });
    await this.ingest.store(
      message.source,
      // The mailbox's server adds the envelope sender on top at delivery (RFC 5321 4.4).
      {
        ...arrival,
        envelopeFrom: readHead(message.source).envelopeFrom,
        ...(tooLarge ? { quarantineWhy: 'too-large: only its beginning is kept' } : {}),
      },
    );
    return true;
  }

  /** Moves or marks a stored mail; false where the server lets us do neither. */
  private async settle(client: ImapFlow, uid: number, mark: string): Promise<boolean> {
    const { account, logger } = this.options;
    if (account.moveTo !== null) {
      if (await client.messageMove(String(uid), account.moveTo, { uid: true })) return true;
      logger.warn('a stored mail was not moved: does the folder of moveTo exist? It is marked where it is');
    }
    if (await client.messageFlagsAdd(String(uid), [mark], { uid: true })) return true;
    logger.warn('a stored mail was not marked: the mailbox may be read-only. Each new connection reads it again');
    return false;
  }
}
