// The LMTP way in, for Postfix and Exim on this machine: 250 only after a mail is stored, 4xx on any trouble of ours
// (RFC 2033).
// Started with the app where LMTP_PORT is set. Who may send is decided by who reaches the port.
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { connection, Ingest } from '../inbox/ingest';
import { maxMailBytes } from '../interpret/mail';

export const LMTP_OPTIONS = Symbol('lmtp options');

export interface LmtpOptions {
  host: string;
  port: number;
  logger: Logger;
}

type Done = (error?: Error | null, message?: string) => void;

@Injectable()
export class LmtpListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly server: SMTPServer;

  constructor(
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(LMTP_OPTIONS) private readonly options: LmtpOptions,
  ) {
    this.server = new SMTPServer({
      lmtp: true,
      // The mail server in front said already whom it knows; what is for nobody of ours is judged like any other mail.
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      disableReverseLookup: true,
      // Postfix says with it who connected (lmtp_send_xforward_command = yes).
      useXForward: true,
      size: maxMailBytes,
      socketTimeout: 5 * 60_000,
      closeTimeout: 5_000,
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

  /** Mails at hand get their answer first. */
  async beforeApplicationShutdown(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): Promise<void> {
    try {
      const raw = await bytesOf(stream);
      if (stream.sizeExceeded || raw === null) return done(answer(552, '5.3.4 larger than the limit'));
      const { mailFrom, rcptTo } = session.envelope;
      const to = rcptTo.map(({ address }) => address).join(', ');
      const id = await this.ingest.store(raw, {
        wayIn: 'lmtp',
        envelopeFrom: mailFrom ? mailFrom.address : '',
        envelopeTo: to || null,
        client: connection(forwarded(session, 'ADDR'), forwarded(session, 'HELO')),
      });
      done(null, `2.0.0 stored as ${id}`);
    } catch (error) {
      this.options.logger.error({ err: error }, 'a mail could not be stored');
      done(answer(451, '4.3.0 not stored, try again'));
    }
  }
}

/** `[UNAVAILABLE]` and the like are no addresses. */
function forwarded(session: SMTPServerSession, name: string): string | undefined {
  const told: unknown = session.xForward.get(name);
  return typeof told === 'string' ? told : undefined;
}

const answer = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

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
