// Access to Postgres: a pool, transactions, and LISTEN on a connection of its own that reconnects.
// TypeORM owns the data source, its pool, the entities and the migrations; hot SQL runs on the same pool
// (docs/decisions.md).
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, type ClientBase, type Pool } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import type { OutboxReceiver } from '#contracts';
import { PipelinedTransaction, prepared, type Queryable, type Transaction } from './pipelined-transaction';
import { dataSourceOf } from './data-source';
import { Notifier } from './notifier';
import { databaseSeconds, watchPool } from './metrics';

/**
 * Planner settings for statements that find few rows: one generic plan a connection, and always by index. A plan is
 * kept: one made for an empty table would still scan the table when it is large, until its statistics are renewed.
 */
const byIndex = [
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'plan_cache_mode=force_generic_plan',
]
  .map((each) => `-c ${each}`)
  .join(' ');

interface DatabaseSettings {
  url: string;
  applicationName: string;
  poolSize?: number;
  /** For statements that read whole tables. */
  wholeTables?: boolean;
}

/**
 * A statement without a response for so long has failed, so that a request is over within 10 s (contract, section
 * 7.1).
 */
const answerWithinMs = 9_000;
/** Statements that read whole tables end by Postgres' own limit. */
const wholeTablesWithinMs = 35_000;

/** Options of pg's pool; TypeORM passes them on unchanged. */
const poolOptions = ({ poolSize, wholeTables }: DatabaseSettings): Record<string, unknown> => ({
  max: poolSize ?? 10,
  connectionTimeoutMillis: 5_000,
  // A replica that froze inside a transaction must not keep a room's lock from the others.
  idle_in_transaction_session_timeout: 10_000,
  lock_timeout: 8_000,
  statement_timeout: 30_000,
  // The limits above are enforced by the server. Where the server does not respond at all, pg ends the connection.
  query_timeout: wholeTables ? wholeTablesWithinMs : answerWithinMs,
  idleTimeoutMillis: 30_000,
  keepAlive: true,
  ...(wholeTables ? {} : { options: byIndex }),
  // A transaction's statements travel in one packet (pipelined-transaction.ts).
  pipeline: true,
  // pg emits no pool error for a backend killed during checkout; the query itself fails.
  onConnect: (client: ClientBase) => void client.on('error', () => undefined),
});

export class Database implements Queryable {
  /** Owned by TypeOrmModule; connected by the first statement. */
  readonly dataSource: DataSource;
  private pool: Promise<Pool> | undefined;
  private readonly wakes = new EventEmitter();
  private listener: Promise<Client> | undefined;
  /** The last statement on the listening connection. */
  private listenedTo: Promise<unknown> = Promise.resolve();
  private readonly channels = new Set<string>();
  /** The publishers of this process that get new events at the commit (outbox.ts). */
  readonly receivers = new Map<string, OutboxReceiver>();
  /** Set while a lost listening connection is being brought back. */
  private returning: Promise<void> | undefined;
  private readonly closing = new AbortController();
  private unwatch: () => void = () => undefined;
  private readonly notifier: Notifier;

  /** `onFault` is called for faults between queries (a lost idle connection); it must not throw. */
  constructor(
    private readonly settings: DatabaseSettings,
    private readonly onFault: (error: Error) => void = () => undefined,
  ) {
    this.dataSource = dataSourceOf(settings.url, settings.applicationName, poolOptions(settings), onFault);
    this.wakes.setMaxListeners(50);
    this.notifier = new Notifier(
      (channel) => this.wakes.emit(channel),
      (channel, from) => this.query('select pg_notify($1, $2)', [channel, from]),
      onFault,
    );
  }

  /**
   * Repositories of entities, for lists, timelines, exports and the doctor; on the same pool as all other statements.
   */
  async entities(): Promise<EntityManager> {
    await this.connected();
    return this.dataSource.manager;
  }

  async query<Row>(sql: string, params: unknown[] = []): Promise<Row[]> {
    const end = databaseSeconds.startTimer({ kind: 'statement' });
    try {
      return (await (await this.connected()).query(prepared(sql, params))).rows as Row[];
    } finally {
      end();
    }
  }

  /**
   * Runs `work` between BEGIN and COMMIT on one connection; rolls back and rethrows when it throws. No network call
   * belongs inside.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const end = databaseSeconds.startTimer({ kind: 'transaction' });
    const client = await (await this.connected()).connect();
    let broken: Error | undefined;
    // A checked-out client reports a killed backend through its own event.
    const onError = (error: Error): void => void (broken = error);
    client.on('error', onError);
    const conversation = new PipelinedTransaction(client, {
      receivers: this.receivers,
      wake: (channel) => this.notifier.wake(channel),
    });
    try {
      conversation.write('begin');
      const result = await work(conversation);
      await conversation.commit();
      return result;
    } catch (error) {
      broken ??= await conversation.rollback();
      throw conversation.fault ?? error;
    } finally {
      client.off('error', onError);
      client.release(broken);
      end();
    }
  }

  /**
   * Calls `wake` after each NOTIFY on the channel (`Transaction.wake`), and after every reconnect (a notification may
   * have been missed meanwhile).
   * Returns the way to stop listening. Rejects when the first connection cannot be made; a connection lost later
   * comes back by itself.
   */
  async listen(channel: string, wake: () => void): Promise<() => void> {
    this.wakes.on(channel, wake);
    this.channels.add(channel);
    try {
      // A connection that is being restored listens to every channel once it is up.
      if (!this.returning) await this.listenTo(channel);
    } catch (error) {
      this.wakes.off(channel, wake);
      throw error;
    }
    return () => void this.wakes.off(channel, wake);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.notifier.close();
    await this.returning;
    const client = await this.listener?.catch(() => undefined);
    await client?.end().catch(() => undefined);
    await this.pool?.catch(() => undefined);
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    this.unwatch();
  }

  /** The pool that TypeORM's driver made; an attempt that failed is not kept, the next statement tries again. */
  private connected(): Promise<Pool> {
    this.pool ??= this.connect().catch((error: unknown) => {
      this.pool = undefined;
      throw error;
    });
    return this.pool;
  }

  private async connect(): Promise<Pool> {
    if (!this.dataSource.isInitialized) await this.dataSource.initialize();
    const pool = (this.dataSource.driver as PostgresDriver).master as Pool;
    this.unwatch();
    this.unwatch = watchPool(pool);
    return pool;
  }

  /** One statement after the other: pg 9 will refuse a query on a client that has one running. */
  private listenTo(channel: string): Promise<unknown> {
    const before = this.listenedTo.catch(() => undefined);
    this.listenedTo = before.then(async () => (await this.listening()).query(`listen ${channel}`));
    return this.listenedTo;
  }

  /** The listening connection, made when first asked for; an attempt that failed is not kept. */
  private listening(): Promise<Client> {
    this.listener ??= this.connectListener().catch((error: unknown) => {
      this.listener = undefined;
      throw error;
    });
    return this.listener;
  }

  private async connectListener(): Promise<Client> {
    const client = new Client({
      connectionString: this.settings.url,
      application_name: `${this.settings.applicationName} listen`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client.on(
      'notification',
      ({ channel, payload }) => void (this.notifier.isOwn(payload) || this.wakes.emit(channel)),
    );
    // A failed attempt is reported by the promise only; `onFault` is for a connection that was up.
    let up = false;
    const lost = (error?: Error): void => {
      if (!up || this.closing.signal.aborted) return;
      up = false;
      this.onFault(error ?? new Error('listening connection closed'));
      this.returning = this.bringBack().finally(() => (this.returning = undefined));
    };
    client.on('error', lost);
    client.on('end', () => lost());
    try {
      await client.connect();
      for (const channel of this.channels) await client.query(`listen ${channel}`);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    up = true;
    return client;
  }

  /** Tries again until the connection is back or the database is closed. Never rejects. */
  private async bringBack(): Promise<void> {
    this.listener = undefined;
    for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 5_000)) {
      await wait(waitMs, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
      if (this.closing.signal.aborted) return;
      try {
        await this.listening();
        for (const channel of this.channels) this.wakes.emit(channel);
        return;
      } catch (error) {
        this.onFault(error as Error);
      }
    }
  }
}
