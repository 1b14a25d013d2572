// Reads stored mails one by one, several replicas at a time, each mail once: lease, interpret, judge, record in one
// transaction.
// Started with the app; woken by NOTIFY and by a poll. A mail that takes long is read once more in the slow pool; one
// that cannot be read is quarantined.
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  Optional,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { Database, type Transaction } from '#persistence';
import { isOutage, repeatedReplyWhy } from '#contracts';
import { Batches, withCorrelation, PollLoop } from '#service';
import type { TokenSecrets } from '#tokens';
import { openRootSpan } from '#tracing';
import { Ingest, inboundChannel, type DirectReader } from './ingest';
import { IMipIngestor, type ReadingResult } from './imip-ingestor';
import { emptyContext, type Judgement, type MailContext } from '../judge/judgement';
import {
  bounces,
  inboundUnconfirmed,
  inboundIgnored,
  inboundMails,
  organizerRefused,
  parserFailures,
} from '../metrics';
import { contextsOf, roomsOf, storableUid } from '../judge/matching';
import { type Conclusion, keepDedupeKeys, quarantine, record, type StoredMail, lockUnread } from './outcome';
import { codeOf, isWrittenByAPerson } from '../interpret/reading';
import { inlineBytes, batchSize, type LeasedMail, MailLeases } from './mail-leases';
import type { PoolName } from './read-whole';
import { causeOf } from './reading-error';
import { openMail } from '#sealing';
import { droppedWhy, isOfErased } from '../judge/judge';
import { SenderCheck } from '../judge/sender-check';

export const READER_OPTIONS = Symbol('reader options');

export interface ReaderOptions {
  secrets: TokenSecrets;
  logger: Logger;
  /** Replaces the check against the real DNS, for tests. */
  senderCheck?: SenderCheck;
  pollMs?: number;
  /** See MailLeases. */
  leaseSeconds?: number;
}

/** A mail that failed this often is quarantined. */
const maxAttempts = 5;
const mostLeasedReads = 24;

/**
 * At most so many mails are read directly after their commit, and no more while so many bytes of them are kept. The others
 * are leased, which costs a query, a second version of their rows and their bytes once more.
 */
const mostDirectReads = 256;
const mostDirectBytes = 8 * 1024 * 1024;

/** How long a mail waits after no thread had CPU time for it. */
const retryAfterStarvationSeconds = { quick: 0, slow: 30 } as const;

@Injectable()
export class MailReader implements OnApplicationBootstrap, BeforeApplicationShutdown, DirectReader {
  private readonly senderCheck = new SenderCheck();
  private stopping = false;
  private unlisten: (() => void) | undefined;
  private readonly leases: MailLeases;
  private readonly loops: Record<PoolName, PollLoop>;
  readonly maxBytes = inlineBytes;
  private readonly conclusions: Batches<Conclusion>;
  private readonly directReads = new Set<Promise<void>>();
  private directBytes = 0;
  /** Whether older mails may be waiting. */
  private mayHaveBacklog = true;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(IMipIngestor) private readonly ingestor: IMipIngestor,
    @Inject(READER_OPTIONS) private readonly options: ReaderOptions,
    /** The store of this process, which passes new mails on without a lease query. */
    @Optional() @Inject(Ingest) private readonly ingest?: Ingest,
  ) {
    this.leases = new MailLeases(database, options.leaseSeconds ?? 15);
    const pollMs = options.pollMs ?? 1_000;
    const loopOf = (pool: PoolName, most: number): PollLoop =>
      new PollLoop({ pass: () => this.pass(pool, most), pollMs, untilDueMs: () => this.leases.untilDueMs(pool) });
    this.loops = { quick: loopOf('quick', batchSize), slow: loopOf('slow', 1) };
    this.conclusions = new Batches({
      largest: 32,
      everyMs: 25,
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
    // Without notifications the poll still finds every mail.
    void this.database
      .listen(inboundChannel, () => this.loops.quick.wake())
      .then((unlisten) => (this.stopping ? unlisten() : (this.unlisten = unlisten)));
    this.loops.quick.start();
    this.loops.slow.start();
    if (this.ingest) this.ingest.reader = this;
  }

  freeSlots(): number {
    if (this.stopping || this.mayHaveBacklog || this.directBytes >= mostDirectBytes) return 0;
    return Math.max(0, mostDirectReads - this.directReads.size);
  }

  readDirectly(mail: StoredMail, raw: Buffer): void {
    this.directBytes += raw.length;
    const reading = withCorrelation(mail.id, () => this.readOne(mail, raw, 'quick')).finally(() => {
      this.directBytes -= raw.length;
      this.directReads.delete(reading);
    });
    this.directReads.add(reading);
  }

  /** Finishes the mails that are being read, returns the leases of those not begun and of those in the slow pool. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.unlisten?.();
    await Promise.all([this.loops.quick.stop(), this.loops.slow.stop(), this.ingestor.giveUpSlow()]);
    await Promise.all(this.directReads);
  }

  /** Leases and reads one batch; returns how many were leased. */
  private async pass(pool: PoolName, most: number): Promise<number> {
    try {
      const leased = await this.leases.lease(pool, most);
      if (pool === 'quick') this.mayHaveBacklog = leased.length === most;
      await this.readAll(leased, pool);
      return leased.length;
    } catch (error) {
      this.options.logger.warn({ err: error }, 'inbound mails could not be leased');
      return 0;
    }
  }

  private async readAll(leased: readonly LeasedMail[], pool: PoolName): Promise<void> {
    const waiting = [...leased];
    const worker = async (): Promise<void> => {
      while (!this.stopping) {
        const mail = waiting.shift();
        if (!mail) return;
        await withCorrelation(mail.id, () => this.readOne(mail, mail, pool));
      }
    };
    await Promise.all(Array.from({ length: mostLeasedReads }, worker));
    const ids = waiting.map((mail) => mail.id);
    if (ids.length > 0) await this.leases.returnMails(ids, 0);
  }

  /** The root span of everything that the mail causes. */
  private async readOne(mail: StoredMail, source: Buffer | LeasedMail, pool: PoolName): Promise<void> {
    const attributes = { pool, attempts: mail.attempts };
    const span = openRootSpan({ name: 'read mail', kind: 'consumer', correlationId: mail.id, attributes });
    await this.readInSpan(mail, source, pool);
    span.end();
  }

  private async readInSpan(mail: StoredMail, source: Buffer | LeasedMail, pool: PoolName): Promise<void> {
    try {
      // A mail that crashed its process left no error, only attempts.
      if (mail.attempts > maxAttempts)
        return await this.quarantineMail(mail, 'unreadable: no attempt to read it finished');
      const raw = Buffer.isBuffer(source) ? source : await this.rawOf(source);
      const read = await this.ingestor.read(raw, mail.envelope_from, pool);
      const checked = { ...mail, authentication: mail.authentication ?? (await this.checkSender(mail, raw, read)) };
      const conclusion: Conclusion = { mail: checked, read, judgement: null, room: null };
      await this.conclusions.add(conclusion);
      if (conclusion.judgement) this.report(read, conclusion.judgement);
    } catch (error) {
      await this.failed(mail, error, pool).catch((fault: unknown) =>
        this.options.logger.warn(
          { err: fault, mailId: mail.id },
          'could not record a failed read: the mail is read again when its lease expires',
        ),
      );
      // It may be due again sooner than the loop rests.
      this.loops[pool].wake();
    }
  }

  private report(read: ReadingResult, judgement: Judgement): void {
    const { verdict, why, party } = judgement;
    this.options.logger.info(
      { kind: read.reading.kind, verdict, why: codeOf(why), roomId: party?.roomId },
      'mail read',
    );
    count(read, judgement);
  }

  /**
   * Checks the sender where the SMTP relay in front reported who connected; only for mails that could have an effect.
   */
  private async checkSender(
    { client_address: address, client_helo: helo, envelope_from: envelopeFrom }: StoredMail,
    raw: Buffer,
    { reading }: ReadingResult,
  ): Promise<string | null> {
    if (address === null || !(reading.calendar || isWrittenByAPerson(reading))) return null;
    return (this.options.senderCheck ?? this.senderCheck).of(raw, { address, helo, envelopeFrom });
  }

  private async conclude(tx: Transaction, conclusions: Conclusion[]): Promise<void> {
    // In one packet, and in this order: the mails are locked before anything is read.
    const [ours, rooms, contexts] = await Promise.all([
      lockUnread(
        tx,
        conclusions.map(({ mail }) => mail.id),
      ),
      roomsOf(
        tx,
        conclusions.map(({ read }) => read.reading.uid),
      ),
      contextsOf(tx, conclusions, this.ingestor.trust.organizer),
    ]);
    const judged = conclusions.flatMap((conclusion, at) => {
      const { mail, read } = conclusion;
      if (!ours.has(mail.id)) return [];
      conclusion.room = read.reading.uid === undefined ? null : (rooms.get(storableUid(read.reading.uid)) ?? null);
      const known = { ...emptyContext, ...contexts[at], room: conclusion.room };
      return [{ conclusion, mail, read, judgement: this.judge(conclusion, known) }];
    });
    const first = await keepDedupeKeys(
      tx,
      judged.flatMap(({ mail, read, judgement }) =>
        'event' in judgement
          ? [{ mail, read, verdict: judgement.verdict, invitationId: judgement.party?.invitationId ?? null }]
          : [],
      ),
    );
    for (const { conclusion, mail, judgement } of judged) {
      const isRepeat = 'event' in judgement && !first.has(mail.id);
      conclusion.judgement = isRepeat
        ? { verdict: 'ignored', why: repeatedReplyWhy, party: judgement.party }
        : judgement;
    }
    record(
      tx,
      judged.map(({ conclusion }) => conclusion),
    );
  }

  private judge({ mail, read }: Conclusion, known: MailContext): Judgement {
    return isOfErased(read, known)
      ? { verdict: 'ignored', why: droppedWhy, party: null }
      : this.ingestor.judge(read, known, mail.received_at);
  }

  private async rawOf({ id, keyId, sealed }: LeasedMail): Promise<Buffer> {
    const known = keyId !== null && sealed !== null ? { keyId, sealed } : await this.leases.sealedOf(id);
    return openMail(this.options.secrets, id, known);
  }

  /**
   * Decides what follows a failed attempt: the lease is returned where database or machine failed; else another
   * attempt, the slow pool or quarantine.
   */
  private async failed(mail: StoredMail, error: unknown, pool: PoolName): Promise<void> {
    if (isOutage(error)) return this.leases.returnMails([mail.id], 1);
    const cause = causeOf(error);
    if (cause === 'machine')
      return this.leases.returnMails([mail.id], this.stopping ? 0 : retryAfterStarvationSeconds[pool]);
    parserFailures.inc();
    const { attempts } = mail;
    this.options.logger.error({ err: error, mailId: mail.id, attempts, pool }, 'an inbound mail could not be read');
    const why = `unreadable: ${error instanceof Error ? error.name : 'fault'}`;
    if (cause === 'mail') return pool === 'slow' ? this.quarantineMail(mail, why) : this.moveToSlowPool(mail);
    return attempts >= maxAttempts ? this.quarantineMail(mail, why) : this.leases.retryLater(mail.id);
  }

  private async moveToSlowPool(mail: StoredMail): Promise<void> {
    await this.leases.moveToSlowPool(mail.id);
    this.loops.slow.wake();
  }

  private async quarantineMail(mail: StoredMail, why: string): Promise<void> {
    await this.database.transaction(async (tx) => quarantine(tx, mail, why));
    inboundIgnored.inc({ reason: 'quarantined' });
  }
}

function count({ reading }: ReadingResult, judgement: Judgement): void {
  inboundMails.inc({ kind: reading.kind });
  if (judgement.verdict === 'ignored') inboundIgnored.inc({ reason: codeOf(judgement.why) });
  if (judgement.verdict === 'held') inboundUnconfirmed.inc({ reason: codeOf(judgement.why) });
  for (const { kind, organizerRefused: refused } of reading.kind === 'bounce' ? (reading.recipients ?? []) : []) {
    bounces.inc({ kind });
    if (refused === true) organizerRefused.inc();
  }
  if (codeOf(reading.why) === 'unreadable-calendar') parserFailures.inc();
}
