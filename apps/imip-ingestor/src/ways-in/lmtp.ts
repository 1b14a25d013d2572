// The LMTP way in, for Postfix and Exim on this machine: 250 only after a mail is stored, 4xx on any fault of ours (RFC
// 2033).
// Started with the app where LMTP_PORT is set. There is no authentication: whoever reaches the port may send.
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { clientOf, Ingest } from '../inbox/ingest';
import { maxMailBytes } from '../interpret/mail';

export const LMTP_OPTIONS = Symbol('lmtp options');

export interface LmtpOptions {
  host: string;
  port: number;
  logger: Logger;
}

type DataCallback = (error?: Error | null, message?: string) => void;

@Injectable()
export class LmtpListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server: SMTPServer;

  constructor(
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(LMTP_OPTIONS) private readonly options: LmtpOptions,
  ) {
    this.server = new SMTPServer({
      lmtp: true,
      // The mail server in front has checked the recipients; a mail to an unknown one is judged like any other.
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      disableReverseLookup: true,
      // The mail server in front has taken the mail: a refusal here is a bounce. The strict rules refuse valid senders
      // too, "gil..guest"@guest.example with its quotes (RFC 5321 4.1.2), and those that senders use regardless.
      lenientAddressParsing: true,
      // Postfix reports with it who connected (lmtp_send_xforward_command = yes).
      useXForward: true,
      size: maxMailBytes,
      socketTimeout: 5 * 60_000,
      closeTimeout: 5_000,
      onRcptTo: (recipient, session, done) => {
        keepRepeated(recipient, session);
        done();
      },
      onData: (stream, session, done) => void this.take(stream, session, done),
    });
    this.server.on('error', (error) => options.logger.warn({ err: error }, 'LMTP'));
  }

  async onApplicationBootstrap(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, () => resolve());
    });
  }

  /** Waits for the mails that are being stored. */
  async beforeApplicationShutdown(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession, done: DataCallback): Promise<void> {
    try {
      const raw = await bytesOf(stream);
      if (stream.sizeExceeded || raw === null) return done(smtpReply(552, '5.3.4 larger than the limit'));
      const { mailFrom, rcptTo } = session.envelope;
      const to = [...new Set(rcptTo.map(({ address }) => address.trim()))].join(', ');
      const id = await this.ingest.store(raw, {
        wayIn: 'lmtp',
        envelopeFrom: mailFrom ? mailFrom.address : '',
        envelopeTo: to || null,
        client: clientOf(forwarded(session, 'ADDR'), forwarded(session, 'HELO')),
      });
      done(null, `2.0.0 stored as ${id}`);
    } catch (error) {
      this.options.logger.error({ err: error }, 'a mail could not be stored');
      done(smtpReply(451, '4.3.0 not stored, try again'));
    }
  }
}

/**
 * RFC 2033 4.2: one reply after the mail for each RCPT, also for an address that was given twice. smtp-server keeps one
 * entry for both, and sends a reply for each entry; a blank makes the earlier entry another one.
 */
function keepRepeated(recipient: SMTPServerAddress, session: SMTPServerSession): void {
  const isSame = ({ address }: SMTPServerAddress): boolean => address.toLowerCase() === recipient.address.toLowerCase();
  const earlier = session.envelope.rcptTo.find(isSame);
  if (earlier) earlier.address += ' ';
}

/** `[UNAVAILABLE]` and the like are no addresses. */
function forwarded(session: SMTPServerSession, name: string): string | undefined {
  const value: unknown = session.xForward.get(name);
  return typeof value === 'string' ? value : undefined;
}

const smtpReply = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

/** The whole mail, or null where it is too large; the stream is read to its end in any case. */
async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maxMailBytes) chunks.push(chunk);
  }
  return length > maxMailBytes ? null : Buffer.concat(chunks);
}
