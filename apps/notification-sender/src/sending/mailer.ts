// The connection pool to the SMTP relay; sends finished bytes and keeps the relay's last state for health.
// Called by NotificationService; closed by the dispatcher.
import { type Transporter, createTransport } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { needsTls } from '#contracts';
import type { Signing } from '../settings';

export interface RelayState {
  /** Whether the last send failed because of the relay itself. */
  failing: boolean;
  /** Reply code or error code; null while untroubled. */
  code: string | null;
}

export class Mailer {
  private readonly transport: Transporter<SMTPPool.SentMessageInfo>;
  private trouble: string | null = null;

  constructor(settings: { url: string; connections: number; signing?: Signing | undefined }) {
    this.transport = createTransport({
      url: settings.url,
      // Where STARTTLS is missing, or was removed on the way, the password is not sent: the letter is deferred.
      ...(needsTls(settings.url) ? { requireTLS: true } : {}),
      pool: true,
      maxConnections: settings.connections,
      maxMessages: 10_000,
      // Once: for a kept connection that the relay had closed before a byte of the letter was sent. Every other
      // repeat is the ledger's.
      maxRequeues: 1,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 60_000,
      disableFileAccess: true,
      disableUrlAccess: true,
      // Without a timestamp of its own, so that the same letter is the same signature.
      ...(settings.signing ? { dkim: settings.signing } : {}),
    });
  }

  /**
   * Resolves with the relay's reply once it accepted the mail; rejects with nodemailer's error (see retry-policy.ts).
   */
  async send(envelope: { from: string; to: string }, bytes: Buffer): Promise<string> {
    const { response } = await this.transport.sendMail({
      envelope: { from: envelope.from, to: [envelope.to] },
      raw: bytes,
    });
    return response;
  }

  /** Keeps the last fault of the relay itself; null where it replied, also with a refusal of the letter. */
  note(trouble: string | null): void {
    this.trouble = trouble;
  }

  state(): RelayState {
    return { failing: this.trouble !== null, code: this.trouble };
  }

  /** Ends every connection, also in the middle of a letter: its send then rejects. */
  close(): void {
    this.transport.close({ force: true });
  }
}
