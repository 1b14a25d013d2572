// One connection to an SMTP relay: opened with TLS and login as its URL says, then one letter after the other.
// Made and ended by relay.ts. The protocol itself is nodemailer's SMTPConnection.
import type { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import { needsTls } from '#contracts';
import { smtpUtf8Missing } from './retry-policy';

export interface Envelope {
  from: string;
  to: string;
}

/** RFC 6531. Domains are A-labels here, so that only a local part can be outside ASCII. */
const needsSmtpUtf8 = ({ from, to }: Envelope): boolean => /[^\x00-\x7f]/.test(from + to);

type Step<T> = (done: (error?: Error | null, value?: T) => void) => void;

/** What nodemailer makes of a relay's URL. */
export type RelayOptions = ReturnType<typeof parseConnectionUrl> & {
  auth?: { user: string; pass: string };
  authMethod?: string;
};

/** `silentMs`: how long a relay may say nothing in an open session. */
export const relayOptions = (url: string, silentMs = 60_000): RelayOptions => ({
  ...(parseConnectionUrl(url) as RelayOptions),
  // Where STARTTLS is missing, or was removed on the way, the password is not sent: the letter is deferred.
  ...(needsTls(url) ? { requireTLS: true } : {}),
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: silentMs,
});

export class SmtpSession {
  /** Letters that the relay was offered in this session. */
  carried = 0;
  opened = false;
  /** Whether the relay got any of the content of the last letter. */
  contentStarted = false;
  private readonly connection: SMTPConnection;
  private offersSmtpUtf8 = false;
  private fault: Error | undefined;
  private over = false;

  /** `onEnd` is called once, when the connection is over for whatever reason. */
  constructor(
    private readonly options: RelayOptions,
    onEnd: () => unknown,
  ) {
    this.connection = new SMTPConnection(options);
    this.connection.on('error', (error: Error) => (this.fault = error));
    this.connection.once('end', () => {
      this.over = true;
      onEnd();
    });
  }

  get usable(): boolean {
    return this.opened && !this.over;
  }

  /** Greeting, EHLO, STARTTLS and AUTH. Rejects with nodemailer's error. */
  async open(): Promise<void> {
    await this.step((done) => this.connection.connect(done));
    // The reply to the last EHLO: behind STARTTLS, before AUTH.
    this.offersSmtpUtf8 = /^250[ -]SMTPUTF8\b/im.test(String(this.connection.lastServerResponse));
    const { auth, authMethod } = this.options;
    if (auth && this.connection.allowsAuth) {
      const login = { user: auth.user, pass: auth.pass, method: (authMethod ?? '').toUpperCase() || false } as const;
      await this.step((done) => this.connection.login(login, done));
    }
    this.opened = true;
  }

  /** Resolves with the relay's reply to the letter; rejects with nodemailer's error, or with smtpUtf8Missing. */
  async send(envelope: Envelope, content: Readable): Promise<string> {
    this.contentStarted = false;
    // nodemailer sends such an address as it is where the relay does not offer SMTPUTF8.
    if (needsSmtpUtf8(envelope) && !this.offersSmtpUtf8) throw smtpUtf8Missing();
    try {
      const addresses = { from: envelope.from, to: [envelope.to] };
      const sent = await this.step<{ response: string }>((done) => this.connection.send(addresses, content, done));
      return sent?.response ?? '';
    } finally {
      this.carried += 1;
      this.contentStarted = content.readableDidRead;
    }
  }

  /** After a refused letter: RSET. False where the session cannot be used any more. */
  reset(): Promise<boolean> {
    if (this.over) return Promise.resolve(false);
    return this.step((done) => this.connection.reset(done)).then(
      () => !this.over,
      () => false,
    );
  }

  end(): void {
    this.connection.close();
  }

  /** One step of nodemailer's; the end of the connection ends it too, with the reason where there is one. */
  private step<T>(run: Step<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      // The step's own error, which comes in the same tick, says more.
      const lost = (): unknown => setImmediate(() => reject(this.fault ?? connectionEnded()));
      this.connection.once('end', lost);
      run((error, value) => {
        this.connection.off('end', lost);
        if (error) reject(error);
        else resolve(value);
      });
    });
  }
}

const connectionEnded = (): Error =>
  Object.assign(new Error('the connection to the SMTP relay has ended'), { code: 'ECONNECTION', command: 'CONN' });
