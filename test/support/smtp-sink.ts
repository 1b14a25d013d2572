// A real SMTP server on a free port with scripted answers: what the tests of the sender talk to instead of a relay.
// Records every mail it took, and every mail whose bytes it got before it broke off.
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

export interface SunkMail {
  /** The name in its client's EHLO. */
  client: string;
  from: string;
  to: string[];
  raw: Buffer;
  /** False where the bytes came but no 250 went back. */
  accepted: boolean;
  /** Taken, but the 250 was lost on its way: nobody can know. */
  answerLost: boolean;
}

/**
 * What the sink does with one attempt; `at` says where. `stall` says nothing until the sink is closed or `release` is
 * called.
 */
export type Answer =
  | { kind: 'accept' }
  | { kind: 'refuse'; code: number; at: 'MAIL' | 'RCPT' | 'DATA'; text?: string }
  /** `ANSWER`: the mail is taken and the connection ends before the 250. */
  | { kind: 'drop'; at: 'CONNECT' | 'RCPT' | 'DATA' | 'ANSWER' }
  | { kind: 'stall' };

export interface SinkOptions {
  port?: number;
  /** Credentials it wants; without them every AUTH and every unauthenticated MAIL is refused. */
  auth?: { user: string; pass: string };
  /** Letters that one session may carry: the next MAIL gets this reply; `close` ends the connection behind it. */
  perSession?: { letters: number; code: number; text: string; close: boolean };
  /** Sessions at a time; one more is greeted with 421. */
  mostSessions?: number;
  /** Offers SMTPUTF8 (RFC 6531), as smtp-server does by itself; false does not. */
  smtpUtf8?: boolean;
  /** Hears of every mail that was taken, in the order in which they were. */
  onTaken?: (mail: SunkMail) => void;
}

export class SmtpSink {
  readonly mails: SunkMail[] = [];
  /** Every RCPT seen, accepted or not. */
  readonly attempts: string[] = [];
  private readonly script: Answer[] = [];
  /** What each open session was promised at RCPT, kept until its DATA. */
  private readonly answers = new Map<string, Answer>();
  private decide: (to: string) => Answer | undefined = () => undefined;
  private readonly stalled: (() => void)[] = [];
  private server: SMTPServer | undefined;
  private dropConnections = false;
  /** Letters that each session carried, finished ones too. */
  readonly carried = new Map<string, number>();
  /** Replies to connections and letters that were over a limit. */
  overLimit = 0;

  constructor(private readonly options: SinkOptions = {}) {}

  /** Starts listening; resolves with the SMTP_URL. */
  async start(): Promise<string> {
    const server = new SMTPServer({
      disabledCommands: this.options.auth ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      hideSMTPUTF8: this.options.smtpUtf8 === false,
      allowInsecureAuth: true,
      authOptional: this.options.auth === undefined,
      closeTimeout: 100,
      onConnect: (session, done) => {
        if (this.dropConnections) return this.destroy(session);
        const open = (this.server?.connections as Set<unknown> | undefined)?.size ?? 0;
        if (open <= (this.options.mostSessions ?? Infinity)) return done();
        this.overLimit += 1;
        done(Object.assign(new Error('4.7.0 Too many concurrent connections'), { responseCode: 421 }));
      },
      onAuth: ({ username, password }, _session, done) => {
        const { user, pass } = this.options.auth ?? {};
        if (username === user && password === pass) done(null, { user: username });
        else done(Object.assign(new Error('5.7.8 authentication failed'), { responseCode: 535 }));
      },
      onMailFrom: (_address, session, done) => {
        if (this.isOverLimit(session, done)) return;
        const [answer] = this.script;
        if (answer?.kind !== 'refuse' || answer.at !== 'MAIL') return done();
        this.script.shift();
        done(refusal(answer));
      },
      onRcptTo: ({ address }, session, done) => {
        this.attempts.push(address);
        const answer = this.take(address);
        this.answers.set(session.id, answer ?? { kind: 'accept' });
        if (answer?.kind === 'refuse' && answer.at === 'RCPT') done(refusal(answer));
        else if (answer?.kind === 'drop' && answer.at !== 'DATA' && answer.at !== 'ANSWER') this.destroy(session);
        else done();
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => this.finish(Buffer.concat(chunks), session, done));
      },
    });
    server.on('error', () => undefined);
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.options.port ?? 0, '127.0.0.1', resolve);
    });
    return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  }

  /** The next attempts get these answers, one each; afterwards everything is accepted. */
  next(...answers: Answer[]): void {
    this.script.push(...answers);
  }

  /** Decides each attempt by its recipient; undefined accepts. Stays in force behind what `next` still contains. */
  always(decide: (to: string) => Answer | undefined): void {
    this.decide = decide;
  }

  /** From now on every connection is closed before its greeting (true) or served again (false). */
  refuseConnections(refuse: boolean): void {
    this.dropConnections = refuse;
  }

  /** Answers what stalls with 250. */
  release(): void {
    for (const answer of this.stalled.splice(0)) answer();
  }

  /** Mails that stall at this moment. */
  get waiting(): number {
    return this.stalled.length;
  }

  to(address: string): SunkMail[] {
    return this.mails.filter((mail) => mail.accepted && mail.to.includes(address));
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    for (const connection of server.connections as Iterable<{ close(): void; _socket?: { destroy(): void } }>)
      connection._socket?.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private take(to: string): Answer | undefined {
    return this.script.shift() ?? this.decide(to);
  }

  private finish(
    raw: Buffer,
    session: SMTPServerSession,
    done: (error?: Error | null, message?: string) => void,
  ): void {
    const answer = this.answers.get(session.id) ?? { kind: 'accept' };
    const { mailFrom, rcptTo } = session.envelope;
    const mail = {
      client: session.hostNameAppearsAs,
      from: mailFrom ? mailFrom.address : '',
      to: rcptTo.map((each) => each.address),
      raw,
      accepted: false,
      // Also where the connection has ended since the bytes came, as by `close`.
      answerLost:
        (answer.kind === 'drop' && answer.at === 'ANSWER') || (answer.kind === 'accept' && !this.isOpen(session)),
    };
    this.mails.push(mail);
    const take = (): void => {
      mail.accepted = true;
      this.options.onTaken?.(mail);
    };
    const accept = (): void => {
      take();
      done(null, '2.0.0 taken');
    };
    if (mail.answerLost) take();
    if (answer.kind === 'refuse') done(refusal(answer));
    else if (answer.kind === 'drop') this.destroy(session);
    // A relay does not keep what its client gave up on before the end.
    else if (answer.kind === 'stall') this.stalled.push(() => (this.isOpen(session) ? accept() : undefined));
    else if (mail.answerLost) done();
    else accept();
  }

  private isOverLimit(session: SMTPServerSession, done: (error: Error) => void): boolean {
    const { perSession } = this.options;
    const carried = this.carried.get(session.id) ?? 0;
    this.carried.set(session.id, carried + 1);
    if (!perSession || carried < perSession.letters) return false;
    this.carried.set(session.id, carried);
    this.overLimit += 1;
    done(Object.assign(new Error(perSession.text), { responseCode: perSession.code }));
    // The reply is on its way before the connection ends.
    if (perSession.close) setImmediate(() => this.destroy(session));
    return true;
  }

  private isOpen(session: SMTPServerSession): boolean {
    return [...((this.server?.connections ?? []) as Iterable<{ id: string }>)].some(({ id }) => id === session.id);
  }

  /** Cuts the connection without a word, as a relay that dies does. */
  private destroy(session: SMTPServerSession): void {
    for (const connection of (this.server?.connections ?? []) as Iterable<{
      id: string;
      _socket: { destroy(): void };
    }>) {
      if (connection.id === session.id) connection._socket.destroy();
    }
  }
}

const refusal = (answer: Answer): Error =>
  Object.assign(
    new Error(answer.kind === 'refuse' ? (answer.text ?? `${Math.floor(answer.code / 100)}.0.0 not this one`) : ''),
    {
      responseCode: answer.kind === 'refuse' ? answer.code : 451,
    },
  );

/** A sink for as long as `use` runs; `port` is where it listens. */
export async function withSink<T>(use: (sink: SmtpSink, port: string) => Promise<T>): Promise<T> {
  const sink = new SmtpSink();
  try {
    return await use(sink, new URL(await sink.start()).port);
  } finally {
    await sink.close();
  }
}
