// Reads stored mails one by one, several replicas at a time, each mail once: claim, interpret, judge, record in one transaction.
// Started with the app; woken by NOTIFY and by a poll; what it cannot read is tried again later and set aside in the end.
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
import type { Judgement } from '../judge/judge';
import { bounces, inboundHeld, inboundIgnored, inboundMails, organizerRefused, parserFailures } from '../metrics';
import { knownOf, roomsOf, storableUid } from '../judge/matching';
import { type Conclusion, firstOf, isWaiting, quarantine, record, type StoredMail, takeForGood } from './outcome';
import { codeOf } from '../interpret/reading';
import { openMail } from './sealed-mail';
import { SenderCheck } from '../judge/sender-check';

export const READER_OPTIONS = Symbol('reader options');

export interface ReaderOptions {
  secrets: TokenSecrets;
  logger: Logger;
  /** Stands in for the check against the real DNS. */
  senderCheck?: SenderCheck;
  pollMs?: number;
  /** Lease of a claimed mail; from the third attempt on it doubles: one process that dies says nothing about the mail. */
  leaseSeconds?: number;
}

/** A mail that failed this often is quarantined. */
const maxAttempts = 5;
const batchSize = 32;
const atATime = 24;
/** Mails up to this size come with their claim. */
const atOnceBytes = 262_144;

/** So many are read straight from their commits; with more to do than that, claims in batches are cheaper. */
const handedAtATime = 48;

interface Sealed {
  key_id: string | null;
  sealed: Buffer | null;
}
type ClaimedMail = StoredMail & Sealed;

@Injectable()
export class MailReader implements OnApplicationBootstrap, BeforeApplicationShutdown, MailTaker {
  private readonly senderCheck = new SenderCheck();
  private stopping = false;
  private running: Promise<void> | undefined;
  private wake: () => void = () => undefined;
  private woken = false;
  private unlisten: (() => void) | undefined;
  readonly leaseSeconds: number;
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
    this.leaseSeconds = options.leaseSeconds ?? 15;
    this.conclusions = new Batches({
      largest: 24,
      everyMs: 15,
      run: (conclusions) => this.database.transaction((tx) => this.conclude(tx, conclusions)),
    });
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  start(): void {
    this.running ??= this.run();
    if (this.ingest) this.ingest.taker = this;
  }

  places(): number {
    return this.stopping || this.isBehind ? 0 : Math.max(0, handedAtATime - this.handed.size);
  }

  take(mail: StoredMail, raw: Buffer): void {
    const reading = withCorrelation(mail.id, () => this.readOne(mail, raw)).finally(() => this.handed.delete(reading));
    this.handed.add(reading);
  }

  /** Finishes the mails at hand, hands back those claimed but not begun, and returns. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.rouse();
    this.unlisten?.();
    await this.running;
    await Promise.all(this.handed);
  }

  private rouse(): void {
    this.woken = true;
    this.wake();
  }

  private async run(): Promise<void> {
    this.database
      .listen(inboundChannel, () => this.rouse())
      .then(
        (unlisten) => (this.stopping ? unlisten() : (this.unlisten = unlisten)),
        // Without notifications the poll still finds every mail.
        (error: unknown) => this.options.logger.warn({ err: error }, 'no notifications of inbound mails'),
      );
    while (!this.stopping) {
      this.woken = false;
      const read = await this.pass().catch((error: unknown) => {
        this.options.logger.warn({ err: error }, 'inbound mails could not be claimed');
        return 0;
      });
      if (read === 0) await this.idle();
    }
  }

  private async idle(): Promise<void> {
    if (this.woken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.options.pollMs ?? 1_000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Claims and reads one batch; returns how many were claimed. */
  private async pass(): Promise<number> {
    const claimed = await this.claim();
    const waiting = [...claimed];
    const worker = async (): Promise<void> => {
      while (!this.stopping) {
        const mail = waiting.shift();
        if (!mail) return;
        await withCorrelation(mail.id, () => this.readOne(mail, mail));
      }
    };
    await Promise.all(Array.from({ length: atATime }, worker));
    if (waiting.length > 0)
      await this.handBack(
        waiting.map((mail) => mail.id),
        0,
      );
    return claimed.length;
  }

  /** Gives mails back unread and uncounted. */
  private async handBack(ids: string[], inSeconds: number): Promise<void> {
    await this.database.query(
      `update imip_messages set attempts = attempts - 1, lease_until = clock_timestamp() + $2 * interval '1 second'
        where id = any($1::uuid[]) and ${isWaiting}`,
      [ids, inSeconds],
    );
  }

  private async claim(): Promise<ClaimedMail[]> {
    const rows = await this.database.query<ClaimedMail>(
      `with claimed as (
         update imip_messages
            set attempts = attempts + 1, lease_until = clock_timestamp() + $2 * power(2, least(greatest(attempts - 1, 0), 6)) * interval '1 second'
          where id = any(array(
            select id from imip_messages where state = 'stored' and (lease_until is null or lease_until <= clock_timestamp())
            order by received_at, id limit $1 for update skip locked))
         returning id, raw_pointer, received_at, envelope_from, envelope_to, authentication, client_address, client_helo, sha256, attempts, size_bytes)
       select c.id, c.raw_pointer, c.received_at, c.envelope_from, c.envelope_to, c.authentication, c.client_address, c.client_helo, c.sha256, c.attempts, c.size_bytes, r.key_id, r.sealed from claimed c left join raw_mails r on r.id = c.id and c.size_bytes <= ${atOnceBytes}`,
      [batchSize, this.leaseSeconds],
    );
    this.isBehind = rows.length === batchSize;
    return rows.sort((a, b) => a.received_at.getTime() - b.received_at.getTime());
  }

  private async readOne(mail: StoredMail, source: Buffer | Sealed): Promise<void> {
    try {
      // A mail that took its process down leaves no error behind, only attempts.
      if (mail.attempts > maxAttempts) return await this.setAside(mail, 'unreadable: reading it never ended');
      const raw = Buffer.isBuffer(source) ? source : await this.rawOf(mail.id, source);
      const read = await this.ingestor.read(raw, mail.envelope_from);
      const checked = { ...mail, authentication: mail.authentication ?? (await this.checkSender(mail, raw, read)) };
      const conclusion: Conclusion = { mail: checked, read, judgement: null, room: null };
      await this.conclusions.add(conclusion);
      if (conclusion.judgement) this.tell(read, conclusion.judgement);
    } catch (error) {
      await this.failed(mail, error).catch((fault: unknown) =>
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
    if (address === null || !(reading.calendar || reading.kind === 'text')) return null;
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

  /** A batch of the largest mails would not fit into memory: what did not come with the claim is fetched when its turn has come. */
  private async rawOf(id: string, { key_id: keyId, sealed }: Sealed): Promise<Buffer> {
    if (keyId !== null && sealed !== null) return openMail(this.options.secrets, id, { keyId, sealed });
    const [row] = await this.database.query<{ key_id: string; sealed: Buffer }>(
      'select key_id, sealed from raw_mails where id = $1',
      [id],
    );
    if (!row) throw new Error('the raw mail is gone');
    return openMail(this.options.secrets, id, { keyId: row.key_id, sealed: row.sealed });
  }

  private async failed(mail: StoredMail, error: unknown): Promise<void> {
    // The database's fault, not the mail's.
    if (isOutage(error)) return this.handBack([mail.id], 1);
    parserFailures.inc();
    this.options.logger.error(
      { err: error, mailId: mail.id, attempts: mail.attempts },
      'an inbound mail could not be read',
    );
    if (mail.attempts >= maxAttempts)
      return this.setAside(mail, `unreadable: ${error instanceof Error ? error.name : 'fault'}`);
    await this.database.query(
      `update imip_messages set lease_until = clock_timestamp() + power(2, attempts) * interval '1 second' where id = $1 and ${isWaiting}`,
      [mail.id],
    );
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
