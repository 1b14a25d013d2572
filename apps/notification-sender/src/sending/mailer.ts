// Sends finished bytes through the first relay of SMTP_URL that can be used, and keeps the last state for health.
// Called by NotificationService; closed by the dispatcher.
import { Readable } from 'node:stream';
import DKIM from 'nodemailer/lib/dkim';
import type { Logger } from 'pino';
import { urlsIn } from '#contracts';
import type { DkimKey } from '../settings';
import { Relay, isOfRelay } from './relay';
import { classify, lacksSmtpUtf8 } from './retry-policy';
import type { Envelope } from './smtp-session';

export interface RelayState {
  /** Whether the last send failed because of the relay itself. */
  failing: boolean;
  /** Reply code or error code; null while untroubled. */
  code: string | null;
  /** How many of several relays are left out for now; absent where none is. */
  away?: number;
}

/** A relay that could not be used is tried again after so long, by one letter. */
const awayMs = 30_000;

interface RelayInOrder {
  relay: Relay;
  /** On this process's monotonic clock; undefined while the relay is in use. */
  awayUntil?: number | undefined;
}

export class Mailer {
  /** In order of preference. */
  private readonly relays: RelayInOrder[];
  private readonly signer: DKIM | undefined;
  private readonly logger: Logger | undefined;
  private trouble: string | null = null;
  private greeting: Promise<void> | undefined;

  constructor(settings: { url: string; connections: number; signing?: DkimKey | undefined; logger?: Logger }) {
    this.relays = urlsIn(settings.url).map((url) => ({ relay: new Relay(url, settings.connections) }));
    // Without a timestamp of its own, so that the same letter is the same signature.
    this.signer = settings.signing && new DKIM(settings.signing);
    this.logger = settings.logger;
  }

  /**
   * Resolves with the relay's reply once it accepted the mail; rejects with nodemailer's error (see retry-policy.ts).
   * The next relay gets it only where the one before cannot have it. A letter that needs SMTPUTF8 has failed where every
   * relay was asked for it; one that could not be asked may still offer it, so the letter then waits.
   */
  async send(envelope: Envelope, bytes: Buffer): Promise<string> {
    const content = (): Readable => this.signer?.sign(bytes) ?? Readable.from([bytes]);
    let unreached: Error | undefined;
    let unfit: Error | undefined;
    for (const each of this.inOrder()) {
      try {
        const reply = await each.relay.send(envelope, content);
        this.back(each);
        return reply;
      } catch (error) {
        if (isOfRelay(error)) {
          unreached = error as Error;
          this.leave(each, error);
        } else if (lacksSmtpUtf8(error)) {
          unfit = error as Error;
          this.back(each);
        } else throw error;
      }
    }
    throw unreached ?? unfit ?? new Error('SMTP_URL names no relay');
  }

  /** Keeps the last fault of the relay itself; null where it replied, also with a refusal of the letter. */
  note(trouble: string | null): void {
    this.trouble = trouble;
  }

  /**
   * Resolves with true once a relay of SMTP_URL has greeted this process, also long ago; with false where none can be
   * used now. Asked at the same time, the relays are greeted once.
   */
  async hasGreeted(): Promise<boolean> {
    if (!this.wasGreeted()) await (this.greeting ??= this.greet().finally(() => (this.greeting = undefined)));
    return this.wasGreeted();
  }

  state(): RelayState {
    const away = this.relays.filter(({ awayUntil }) => awayUntil !== undefined).length;
    return { failing: this.trouble !== null, code: this.trouble, ...(away > 0 ? { away } : {}) };
  }

  /** Ends every connection, also in the middle of a letter: its send then rejects. */
  close(): void {
    for (const { relay } of this.relays) relay.close();
  }

  private wasGreeted(): boolean {
    return this.relays.some(({ relay }) => relay.hasGreeted);
  }

  private async greet(): Promise<void> {
    for (const each of this.inOrder()) {
      try {
        await each.relay.greet();
        this.back(each);
        this.note(null);
        return;
      } catch (error) {
        this.leave(each, error);
        this.note(classify(error).code);
      }
    }
  }

  /** The relays in use first; one that is due to be tried again is tried by this letter alone. */
  private inOrder(): RelayInOrder[] {
    if (this.relays.length === 1) return this.relays;
    const now = performance.now();
    const away = new Set<RelayInOrder>();
    for (const each of this.relays) {
      if (each.awayUntil === undefined) continue;
      if (now < each.awayUntil) away.add(each);
      else each.awayUntil = now + awayMs;
    }
    return [...this.relays.filter((each) => !away.has(each)), ...away];
  }

  private leave(each: RelayInOrder, error: unknown): void {
    if (this.relays.length === 1) return;
    if (each.awayUntil === undefined)
      this.logger?.warn(
        { relay: each.relay.name, code: classify(error).code },
        'the SMTP relay cannot be used: the next one of SMTP_URL takes its letters',
      );
    each.awayUntil = performance.now() + awayMs;
  }

  private back(each: RelayInOrder): void {
    if (each.awayUntil === undefined) return;
    each.awayUntil = undefined;
    this.logger?.info({ relay: each.relay.name }, 'the SMTP relay can be used again');
  }
}
