// One SMTP relay of SMTP_URL: keeps sessions open, and meets the limits that the relay sets for a session and for their
// number, given in its URL or learnt from its refusals.
// Called by the mailer, which chooses the relay.
import type { Readable } from 'node:stream';
import { type Limit, LearntLimit, limitOf, limitsIn } from './relay-limits';
import { classify } from './retry-policy';
import { type Envelope, type RelayOptions, SmtpSession, relayOptions } from './smtp-session';

/** Also without a limit of the relay's a session ends some day. */
const lettersASession = 10_000;
/** Of one letter, after refusals that are not about it. */
const mostTries = 5;
const [forgetMs, growMs] = [3_600_000, 60_000];

export class Relay {
  private readonly options: RelayOptions;
  /** Open or being opened. */
  private readonly sessions = new Set<SmtpSession>();
  /** Open and without a letter, the one used last at the end; each ends by its socket's timeout. */
  private readonly idle = new Set<SmtpSession>();
  private readonly waiting: (() => void)[] = [];
  private readonly letters: LearntLimit;
  private readonly atOnce: LearntLimit;
  private closed = false;
  private everOpened = false;

  /** `connections` is SMTP_POOL_SIZE; a relay that says nothing for `silentMs` has failed. */
  constructor(
    readonly url: string,
    connections: number,
    silentMs?: number,
  ) {
    this.options = relayOptions(url, silentMs);
    const { maxMessages = lettersASession, maxConnections = connections } = limitsIn(url);
    this.letters = new LearntLimit(maxMessages, { forgetMs });
    this.atOnce = new LearntLimit(Math.min(connections, maxConnections), { growMs });
  }

  /**
   * Resolves with the relay's reply once it accepted the letter; rejects with nodemailer's error, marked where the relay
   * itself failed (`isOfRelay`). `content` is called once a try.
   */
  async send(envelope: Envelope, content: () => Readable): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      const session = await this.take(tries > 1);
      const { carried } = session;
      try {
        const reply = await session.send(envelope, content());
        this.giveBack(session);
        return reply;
      } catch (error) {
        const limit = this.limitOf(error, session, carried);
        if (limit === 'none') void this.resetAfter(error, session);
        else this.drop(session);
        if (limit === 'letters') this.letters.learn(carried);
        if (limit === 'sessions') this.atOnce.learn(this.sessions.size);
        if (limit === 'none' || tries === mostTries || this.closed) throw this.marked(error, session.contentStarted);
      }
    }
  }

  /** Whether a session was ever opened: greeting, TLS and login as the URL says. */
  get hasGreeted(): boolean {
    return this.everOpened;
  }

  /** Opens a session and keeps it for the first letter. Rejects with nodemailer's error. */
  async greet(): Promise<void> {
    this.giveBack(await this.take(false));
  }

  /** Ends every session, also in the middle of a letter: its send then rejects. */
  close(): void {
    this.closed = true;
    for (const session of this.sessions) this.drop(session);
    for (const wake of this.waiting.splice(0)) wake();
  }

  /**
   * An idle session, or one that is opened, as soon as the limits allow. `fresh`: rather a new one. Rejects where the
   * relay cannot be reached, or refuses this sender.
   */
  private async take(fresh: boolean): Promise<SmtpSession> {
    while (!this.closed) {
      const idle = this.takeIdle();
      if (idle && !fresh) return idle;
      if (idle) this.drop(idle);
      if (this.sessions.size < this.atOnce.value) {
        const session = await this.open();
        if (session) return session;
      } else await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    throw Object.assign(new Error('sending was stopped'), { code: 'ECONNECTION' });
  }

  private takeIdle(): SmtpSession | undefined {
    const session = [...this.idle].at(-1);
    if (session) this.idle.delete(session);
    return session;
  }

  /** undefined where the relay takes no more sessions than it has: then one of those is waited for. */
  private async open(): Promise<SmtpSession | undefined> {
    // A session in use is dropped by its user, who first looks at the others.
    const session: SmtpSession = new SmtpSession(this.options, () => this.idle.has(session) && this.drop(session));
    this.sessions.add(session);
    try {
      await session.open();
      this.everOpened = true;
      return session;
    } catch (error) {
      const limit = this.limitOf(error, session, 0);
      this.drop(session);
      if (limit !== 'sessions') throw this.marked(error, false);
      this.atOnce.learn(this.sessions.size);
      return undefined;
    }
  }

  private giveBack(session: SmtpSession): void {
    if (!session.usable || session.carried >= this.letters.value || this.sessions.size > this.atOnce.value)
      return this.drop(session);
    this.idle.add(session);
    this.waiting.shift()?.();
  }

  /** nodemailer's rule: after a refused letter the session goes on, after anything else it does not. */
  private async resetAfter(error: unknown, session: SmtpSession): Promise<void> {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    const isRefusal = (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== 421;
    if (isRefusal && (await session.reset())) this.giveBack(session);
    else this.drop(session);
  }

  private drop(session: SmtpSession): void {
    if (!this.sessions.delete(session)) return;
    this.idle.delete(session);
    session.end();
    this.waiting.shift()?.();
  }

  private marked(error: unknown, contentStarted: boolean): unknown {
    const { class: kind, code } = classify(error);
    const { command = '' } = error as { command?: string };
    const atOpening = ['CONN', 'EHLO', 'HELO'].includes(command);
    // Before it knew the recipient, as where a quota is used up.
    const atSender = command === 'MAIL FROM' && kind === 'transient';
    const isOwn = kind === 'relay' || kind === 'unreachable' || code === '421' || atOpening || atSender;
    const ofRelay = !contentStarted && isOwn;
    return Object.assign(error as object, { ofRelay: ofRelay && !this.closed });
  }

  private limitOf(error: unknown, session: SmtpSession, carried: number): Limit {
    const { code, words } = classify(error);
    return limitOf({
      code: /^\d{3}$/.test(code) ? Number(code) : undefined,
      words,
      contentStarted: session.contentStarted,
      carried,
      opened: session.opened,
      others: this.sessions.size - (this.sessions.has(session) ? 1 : 0),
    });
  }
}

/** Whether the relay itself failed before it got any of the letter: another relay can then have it at once. */
export const isOfRelay = (error: unknown): boolean => (error as { ofRelay?: boolean }).ofRelay === true;
