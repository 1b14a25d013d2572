// Sends finished bytes through a relay of SMTP_URL that can be used, and keeps the last state of each for health.
// Called by NotificationService; closed by the dispatcher.
import { Readable } from 'node:stream';
import DKIM from 'nodemailer/lib/dkim';
import type { Logger } from 'pino';
import { urlsIn } from '#contracts';
import { relayAway, relayLetters } from '../metrics';
import type { DkimKey } from '../settings';
import { Relay, isOfRelay } from './relay';
import { inGroups, orderByKey, type SharingRelay, sharingRelays } from './relay-order';
import { type SendFault, classify, lacksSmtpUtf8 } from './retry-policy';
import type { Envelope } from './smtp-session';

export interface RelayState {
  /** Whether every relay of SMTP_URL failed at its last letter, because of the relay itself. */
  failing: boolean;
  /** Reply code or error code of the last such fault; null while a relay is untroubled. */
  code: string | null;
  /** Host and port of those of several relays that are left out for now; absent where none is. */
  away?: string[];
}

/** A relay that could not be used is tried again after so long, by one letter. */
const awayMs = 30_000;
/** One that ends the connection in the middle of so many letters in a row cannot be used either. */
const mostCutOff = 3;

interface KnownRelay extends SharingRelay {
  relay: Relay;
  url: string;
  /** Host and port, with the item's number where two items have the same; for log, health and metrics. */
  name: string;
  /** On this process's monotonic clock; undefined while the relay is in use. */
  awayUntil?: number | undefined;
  /** The code of its own fault at the last letter; null where it replied, also with a refusal of the letter. */
  trouble: string | null;
  /** Letters in a row whose connection ended after their content had begun. */
  cutOff: number;
}

export class Mailer {
  private readonly relays: KnownRelay[];
  /** In order of preference; in each group those that share the load. */
  private readonly groups: KnownRelay[][];
  private readonly signer: DKIM | undefined;
  private readonly logger: Logger | undefined;
  private lastTrouble: string | null = null;
  private greeting: Promise<void> | undefined;

  /** `silentMs`: how long a relay may say nothing in an open session; a minute where it is not given. */
  constructor(settings: {
    url: string;
    connections: number;
    signing?: DkimKey | undefined;
    logger?: Logger;
    silentMs?: number;
  }) {
    this.relays = knownRelays(urlsIn(settings.url), settings);
    this.groups = inGroups(this.relays);
    // Without a timestamp of its own, so that the same letter is the same signature.
    this.signer = settings.signing && new DKIM(settings.signing);
    this.logger = settings.logger;
  }

  /**
   * Resolves with the relay's reply once it accepted the mail; rejects with nodemailer's error (see retry-policy.ts).
   * The next relay gets it only where the one before cannot have it. A letter that needs SMTPUTF8 has failed where every
   * relay was asked for it; one that could not be asked may still offer it, so the letter then waits.
   * `key`: letters with the same one go to the same of several relays that share the load, so that they stay in order.
   */
  async send(envelope: Envelope, bytes: Buffer, key: string = envelope.to): Promise<string> {
    const content = (): Readable => this.signer?.sign(bytes) ?? Readable.from([bytes]);
    let unreached: Error | undefined;
    let unfit: Error | undefined;
    for (const each of this.inOrder(key)) {
      // While it is away, this letter alone tries it.
      if (each.awayUntil !== undefined) each.awayUntil = performance.now() + awayMs;
      try {
        const reply = await each.relay.send(envelope, content);
        this.took(each);
        return reply;
      } catch (error) {
        this.failed(each, error);
        if (isOfRelay(error)) unreached = error as Error;
        else if (lacksSmtpUtf8(error)) unfit = error as Error;
        else throw error;
      }
    }
    throw unreached ?? unfit ?? new Error('SMTP_URL names no relay');
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
    const away = this.relays.filter(({ awayUntil }) => awayUntil !== undefined).map(({ name }) => name);
    const failing = this.relays.every(({ trouble }) => trouble !== null);
    return { failing, code: failing ? this.lastTrouble : null, ...(away.length > 0 ? { away } : {}) };
  }

  /** Ends every connection, also in the middle of a letter: its send then rejects. */
  close(): void {
    for (const { relay } of this.relays) relay.close();
  }

  private wasGreeted(): boolean {
    return this.relays.some(({ relay }) => relay.hasGreeted);
  }

  private async greet(): Promise<void> {
    for (const each of this.inOrder('')) {
      try {
        await each.relay.greet();
        return this.back(each);
      } catch (error) {
        const fault = classify(error);
        this.trouble(each, fault);
        this.leave(each, fault);
      }
    }
  }

  /** Those in use first; one that is due to be tried again counts as in use until a letter tries it. */
  private inOrder(key: string): KnownRelay[] {
    const now = performance.now();
    const all = this.groups.flatMap((group) => orderByKey(group, key));
    const isAway = ({ awayUntil = 0 }: KnownRelay): boolean => now < awayUntil;
    return [...all.filter((each) => !isAway(each)), ...all.filter(isAway)];
  }

  private took(each: KnownRelay): void {
    relayLetters.inc({ relay: each.name, result: 'taken' });
    this.back(each);
  }

  private failed(each: KnownRelay, error: unknown): void {
    const fault = classify(error);
    const isUnusable = isOfRelay(error);
    relayLetters.inc({ relay: each.name, result: isUnusable ? 'unusable' : 'refused' });
    this.trouble(each, fault);
    if (isUnusable) return this.leave(each, fault);
    if (each.trouble === null) return this.back(each);
    // The outcome of this letter is unknown: it is given to no other relay now, but the next letters may be.
    each.cutOff += 1;
    if (fault.code === 'ETIMEDOUT' || each.cutOff >= mostCutOff) this.leave(each, fault);
  }

  private trouble(each: KnownRelay, fault: SendFault): void {
    each.trouble = fault.class === 'relay' || fault.class === 'unreachable' ? fault.code : null;
    this.lastTrouble = each.trouble ?? this.lastTrouble;
  }

  private leave(each: KnownRelay, { code }: SendFault): void {
    if (this.relays.length === 1) return;
    if (each.awayUntil === undefined)
      this.logger?.warn(
        { relay: each.name, code },
        'the SMTP relay cannot be used: the next one of SMTP_URL takes its letters',
      );
    each.awayUntil = performance.now() + awayMs;
    relayAway.set({ relay: each.name }, 1);
  }

  private back(each: KnownRelay): void {
    each.trouble = null;
    each.cutOff = 0;
    if (each.awayUntil === undefined) return;
    each.awayUntil = undefined;
    relayAway.set({ relay: each.name }, 0);
    this.logger?.info({ relay: each.name }, 'the SMTP relay can be used again');
  }
}

function knownRelays(urls: string[], settings: { connections: number; silentMs?: number }): KnownRelay[] {
  const hosts = urls.map((url) => new URL(url).host);
  return sharingRelays(urls).map((sharing, place) => {
    const url = urls[place] ?? '';
    const relay = new Relay(url, settings.connections, settings.silentMs);
    const host = hosts[place] ?? '';
    const isOnly = hosts.indexOf(host) === hosts.lastIndexOf(host);
    const name = isOnly ? host : `${host} (item ${place + 1})`;
    relayAway.set({ relay: name }, 0);
    for (const result of ['taken', 'refused', 'unusable']) relayLetters.inc({ relay: name, result }, 0);
    return { ...sharing, relay, url, name, trouble: null, cutOff: 0 };
  });
}
