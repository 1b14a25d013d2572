// Reads stored mails one by one, several replicas at a time, each mail once: lease, interpret, judge, record in one
// transaction.
// Started with the app; woken by NOTIFY and by a poll. What takes long is read once more in the slow lane; what
// cannot be read is set aside in the end.
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  Optional,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { Database, type Transaction } from '#persistence';
import { isOutage } from '#contracts';
import { Batches, withCorrelation } from '#service';
import type { TokenSecrets } from '#tokens';
import { Ingest, inboundChannel, type MailTaker } from './ingest';
import { IMipIngestor, type ReadMail } from './imip-ingestor';
import type { Judgement } from '../judge/judgement';
import { bounces, inboundHeld, inboundIgnored, inboundMails, organizerRefused, parserFailures } from '../metrics';
import { knownOf, roomsOf, storableUid } from '../judge/matching';
import { type Conclusion, firstOf, quarantine, record, type StoredMail, takeForGood } from './outcome';
import { codeOf, isWrittenByAPerson } from '../interpret/reading';
import { atOnceBytes, batchSize, type LeasedMail, MailLeases } from './mail-leases';
import { PollLoop } from './poll-loop';
import type { Lane } from './read-whole';
import { blameFor } from './reading-failed';
import { openMail } from './sealed-mail';
import { SenderCheck } from '../judge/sender-check';

export const READER_OPTIONS = Symbol('reader options');

export interface ReaderOptions {
  secrets: TokenSecrets;
  logger: Logger;
  /** Stands in for the check against the real DNS. */
  senderCheck?: SenderCheck;
  pollMs?: number;
  /** See MailLeases. */
  leaseSeconds?: number;
}

/** A mail that failed this often is quarantined. */
const maxAttempts = 5;
const atATime = 24;

/** So many are read straight from their commits; with more to do than that, leases in batches are cheaper. */
const handedAtATime = 48;

/** How long a mail waits that no thread had the CPU for. */
const starvedSeconds = { quick: 0, slow: 30 } as const;

@Injectable()
export class MailReader implements OnApplicationBootstrap, BeforeApplicationShutdown, MailTaker {
  private readonly senderCheck = new SenderCheck();
  private stopping = false;
  private unlisten: (() => void) | undefined;
  private readonly leases: MailLeases;
  private readonly loops: Record<Lane, PollLoop>;
  readonly largestBytes = atOnceBytes;
  private readonly conclusions: Batches<Conclusion>;
  private readonly handed = new Set<Promise<void>>();
  /** Older mails may be waiting. */
  private isBehind = true;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(IMipIngestor) private readonly ingestor: IMipIngestor,
    @Inject(READER_OPTIONS) private readonly options: ReaderOptions,
    /** Where mails are stored in this process: they come from there without being looked for. */
    @Optional() @Inject(Ingest) private readonly ingest?: Ingest,
  ) {
    this.leases = new MailLeases(database, options.leaseSeconds ?? 15);
    const pollMs = options.pollMs ?? 1_000;
    this.loops = {
      quick: new PollLoop(() => this.pass('quick', batchSize), pollMs),
      slow: new PollLoop(() => this.pass('slow', 1), pollMs),
    };
    this.conclusions = new Batches({
      largest: 24,
      everyMs: 15,
      run: (conclusions) => this.database.transaction((tx) => this.conclude(tx, conclusions)),
    });
  }

  get leaseSeconds(): number {
    return this.leases.leaseSeconds;
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  start(): void {
    this.database
      .listen(inboundChannel, () => this.loops.quick.wake())
      .then(
        (unlisten) => (this.stopping ? unlisten() : (this.unlisten = unlisten)),
        // Without notifications the poll still finds every mail.
        (error: unknown) => this.options.logger.warn({ err: error }, 'no notifications of inbound mails'),
      );
    this.loops.quick.start();
    this.loops.slow.start();
    if (this.ingest) this.ingest.taker = this;
  }

  places(): number {
    return this.stopping || this.isBehind ? 0 : Math.max(0, handedAtATime - this.handed.size);
  }

  take(mail: StoredMail, raw: Buffer): void {
    const reading = withCorrelation(mail.id, () => this.readOne(mail, raw, 'quick')).finally(() =>
      this.handed.delete(reading),
    );
    this.handed.add(reading);
  }

  /** Finishes the mails at hand, hands back those leased but not begun and those in the slow lane, and returns. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.unlisten?.();
    await Promise.all([this.loops.quick.stop(), this.loops.slow.stop(), this.ingestor.giveUpSlow()]);
    await Promise.all(this.handed);
  }

  /** Leases and reads one batch; returns how many were leased. */
  private async pass(lane: Lane, most: number): Promise<number> {
    try {
      const leased = await this.leases.take(lane, most);
      if (lane === 'quick') this.isBehind = leased.length === most;
      await this.readAll(leased, lane);
      return leased.length;
    } catch (error) {
      this.options.logger.warn({ err: error }, 'inbound mails could not be leased');
      return 0;
    }
  }

  private async readAll(leased: readonly LeasedMail[], lane: Lane): Promise<void> {
    const waiting = [...leased];
    const worker = async (): Promise<void> => {
      while (!this.stopping) {
        const mail = waiting.shift();
        if (!mail) return;
        await withCorrelation(mail.id, () => this.readOne(mail, mail, lane));
      }
    };
    await Promise.all(Array.from({ length: atATime }, worker));
    const ids = waiting.map((mail) => mail.id);
    if (ids.length > 0) await this.leases.handBack(ids, 0);
  }

  private async readOne(mail: StoredMail, source: Buffer | LeasedMail, lane: Lane): Promise<void> {
    try {
      // A mail that took its process down leaves no error behind, only attempts.
      if (mail.attempts > maxAttempts) return await this.setAside(mail, 'unreadable: reading it never ended');
      const raw = Buffer.isBuffer(source) ? source : await this.rawOf(source);
      const read = await this.ingestor.read(raw, mail.envelope_from, lane);
      const checked = { ...mail, authentication: mail.authentication ?? (await this.checkSender(mail, raw, read)) };
      const conclusion: Conclusion = { mail: checked, read, judgement: null, room: null };
      await this.conclusions.add(conclusion);
      if (conclusion.judgement) this.tell(read, conclusion.judgement);
    } catch (error) {
      await this.failed(mail, error, lane).catch((fault: unknown) =>
        this.options.logger.warn({ err: fault, mailId: mail.id }, 'left to its lease'),
      );
    }
  }

  private tell(read: ReadMail, judgement: Judgement): void {
    const { verdict, why, party } = judgement;
    this.options.logger.info(
      { kind: read.reading.kind, verdict, why: codeOf(why), roomId: party?.roomId },
      'mail read',
    );
    count(read, judgement);
  }

  /** Own verification, where the relay in front said who connected; only for what could have an effect. */
  private async checkSender(
    { client_address: address, client_helo: helo, envelope_from: envelopeFrom }: StoredMail,
    raw: Buffer,
    { reading }: ReadMail,
  ): Promise<string | null> {
    if (address === null || !(reading.calendar || isWrittenByAPerson(reading))) return null;
    return (this.options.senderCheck ?? this.senderCheck).of(raw, { address, helo, envelopeFrom });
  }

  private async conclude(tx: Transaction, conclusions: Conclusion[]): Promise<void> {
    const [ours, rooms] = await Promise.all([
      takeForGood(
        tx,
        conclusions.map(({ mail }) => mail.id),
      ),
      roomsOf(
        tx,
        conclusions.map(({ read }) => read.reading.uid),
      ),
    ]);
    const taken = conclusions.filter(({ mail }) => ours.has(mail.id));
    const judged = await Promise.all(
      taken.map(async (conclusion) => {
        const { mail, read } = conclusion;
        conclusion.room = read.reading.uid === undefined ? null : (rooms.get(storableUid(read.reading.uid)) ?? null);
        const known = await knownOf(tx, read, mail, conclusion.room, this.ingestor.trust.organizer);
        return { conclusion, mail, read, judgement: this.ingestor.judge(read, known, mail.received_at) };
      }),
    );
    const first = await firstOf(
      tx,
      judged.flatMap(({ mail, read, judgement }) =>
        'event' in judgement ? [{ mail, read, verdict: judgement.verdict }] : [],
      ),
    );
    for (const { conclusion, mail, judgement } of judged) {
      const isRepeat = 'event' in judgement && !first.has(mail.id);
      conclusion.judgement = isRepeat
        ? { verdict: 'ignored', why: 'duplicate: this answer was read before', party: judgement.party }
        : judgement;
    }
    record(tx, taken);
  }

  private async rawOf({ id, keyId, sealed }: LeasedMail): Promise<Buffer> {
    const known = keyId !== null && sealed !== null ? { keyId, sealed } : await this.leases.sealedOf(id);
    return openMail(this.options.secrets, id, known);
  }

  /**
   * What a failed attempt means for the mail: nothing where database or machine failed, else another attempt or the
   * end of it.
   */
  private async failed(mail: StoredMail, error: unknown, lane: Lane): Promise<void> {
    if (isOutage(error)) return this.leases.handBack([mail.id], 1);
    const blame = blameFor(error);
    if (blame === 'machine') return this.leases.handBack([mail.id], this.stopping ? 0 : starvedSeconds[lane]);
    parserFailures.inc();
    const { attempts } = mail;
    this.options.logger.error({ err: error, mailId: mail.id, attempts, lane }, 'an inbound mail could not be read');
    const why = `unreadable: ${error instanceof Error ? error.name : 'fault'}`;
    if (blame === 'mail') return lane === 'slow' ? this.setAside(mail, why) : this.moveToSlowLane(mail);
    return attempts >= maxAttempts ? this.setAside(mail, why) : this.leases.retryLater(mail.id);
  }

  private async moveToSlowLane(mail: StoredMail): Promise<void> {
    await this.leases.moveToSlowLane(mail.id);
    this.loops.slow.wake();
  }

  private async setAside(mail: StoredMail, why: string): Promise<void> {
    await this.database.transaction(async (tx) => quarantine(tx, mail, why));
    inboundIgnored.inc({ reason: 'quarantined' });
  }
}

function count({ reading }: ReadMail, judgement: Judgement): void {
  inboundMails.inc({ kind: reading.kind });
  if (judgement.verdict === 'ignored') inboundIgnored.inc({ reason: codeOf(judgement.why) });
  if (judgement.verdict === 'held') inboundHeld.inc({ reason: codeOf(judgement.why) });
  for (const { kind, organizerRefused: refused } of reading.kind === 'bounce' ? (reading.recipients ?? []) : []) {
    bounces.inc({ kind });
    if (refused === true) organizerRefused.inc();
  }
  if (codeOf(reading.why) === 'unreadable-calendar') parserFailures.inc();
}
