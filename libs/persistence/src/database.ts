// Access to Postgres: a pool, transactions, and LISTEN on a connection of its own that reconnects.
// TypeORM owns the data source, its pool, the entities and the migrations; hot SQL runs on the same pool
// (docs/decisions.md).
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client, ClientBase, Pool } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { type OutboxReceiver, urlsIn } from '#contracts';
import { PipelinedTransaction, prepared, type Queryable, type Transaction } from './pipelined-transaction';
import { dataSourceOf } from './data-source';
import { Notifier } from './notifier';
import { clientFor } from './hosts';
import { databaseSeconds, watchPool } from './metrics';
import { isPooled, losesListen, losesPreparedStatements } from './pooler';
import {
  type DatabaseIdentity,
  databaseMisfits,
  identityQuery,
  limits,
  sessionOptions,
  sessionQuery,
  type SessionState,
  settingNames,
} from './session';

interface DatabaseSettings {
  /** One URL, or those of several hosts with commas (hosts.ts). */
  url: string;
  /** For LISTEN, else `url`. Where a pooler answers there is no LISTEN, and the polls find the work. */
  listenUrl?: string | undefined;
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

const poolerBeforeListen =
  'a pooler in transaction mode answers there, which cannot carry LISTEN: give the URL of Postgres itself or of ' +
  'HAProxy, or leave the variable unset';

const anotherDatabase =
  'it leads to another database than DATABASE_URL, where nothing is announced: give the direct URL of the same one, ' +
  'or leave the variable unset';

const cannotListen = (cause: unknown): Error =>
  new Error(`LISTEN failed (${(cause as Error).message}): until it works, polls find the work of other processes`, {
    cause,
  });

/** Options of pg's pool; TypeORM passes them on unchanged. */
const poolOptions = ({ poolSize, wholeTables }: DatabaseSettings): Record<string, unknown> => ({
  max: poolSize ?? 10,
  connectionTimeoutMillis: 5_000,
  ...limits,
  // Those limits are enforced by the server. Where the server does not respond at all, pg ends the connection.
  query_timeout: wholeTables ? wholeTablesWithinMs : answerWithinMs,
  idleTimeoutMillis: 30_000,
  keepAlive: true,
  options: sessionOptions({ wholeTables }),
  // A transaction's statements travel in one packet (pipelined-transaction.ts).
  pipeline: true,
  // pg emits no pool error for a backend killed during checkout; the query itself fails.
  onConnect: (client: ClientBase) => void client.on('error', () => undefined),
});

/**
 * The connections of one process to Postgres: single statements, pipelined transactions, LISTEN, and the entities of
 * TypeORM, all from one pool.
 */
export class Database implements Queryable {
  /** Owned by TypeOrmModule; connected by the first statement. */
  readonly dataSource: DataSource;
  private pool: Promise<Pool> | undefined;
  private readonly wakes = new EventEmitter();
  private listener: Promise<Client> | undefined;
  /** The last statement on the listening connection. */
  private listenedTo: Promise<void> = Promise.resolve();
  private readonly channels = new Set<string>();
  /** The channels whose notifications arrive now; empty while the listening connection is lost. */
  private readonly heard = new Set<string>();
  /** False behind a pooler. */
  private listens = true;
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

  /** Another one to the same place for statements that read whole tables, with two connections; close it after use. */
  forWholeTables(): Database {
    return new Database({ ...this.settings, poolSize: 2, wholeTables: true }, this.onFault);
  }

  /**
   * Repositories of entities, for lists, timelines, exports and the doctor; on the same pool as all other statements.
   */
  async entities(): Promise<EntityManager> {
    await this.connected();
    return this.dataSource.manager;
  }

  /** One statement on any connection. Rejects with pg's error, whose `code` is a SQLSTATE or a system code. */
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
   * Resolves with the way to stop listening, also where the connection cannot be made: that is reported to `onFault`,
   * as a connection lost later is, and it comes back by itself. Never rejects.
   */
  async listen(channel: string, wake: () => void): Promise<() => void> {
    this.wakes.on(channel, wake);
    this.channels.add(channel);
    await this.listenTo(channel);
    return () => void this.wakes.off(channel, wake);
  }

  /** Whether notifications on the channel arrive now and wake somebody, as far as this side of the connection can tell. */
  hears(channel: string): boolean {
    return this.heard.has(channel) && this.wakes.listenerCount(channel) > 0;
  }

  /** Wakes the listeners of the channel, here and in other processes, for rows that have been committed. */
  wake(channel: string): void {
    this.notifier.wake(channel);
  }

  /**
   * Why the database, or the pooler before it, cannot serve: sentences for an operator; none where it can. Rejects where
   * it cannot be asked.
   */
  async misfits(): Promise<string[]> {
    const { wholeTables } = this.settings;
    const [state] = await this.query<SessionState>(sessionQuery, [settingNames({ wholeTables })]);
    if (!state) throw new Error('the database does not say how it is set');
    const losing = await losesPreparedStatements(() => this.checkingClient(this.settings.url));
    const pooler =
      'its pooler cannot carry prepared statements: use PgBouncer 1.21 or newer with max_prepared_statements, ' +
      'or session mode';
    return [...databaseMisfits(state, { wholeTables }), ...(losing ? [pooler] : [])];
  }

  /** The same of DATABASE_LISTEN_URL; none where it is not set. */
  async listenMisfits(): Promise<string[]> {
    const { listenUrl } = this.settings;
    if (listenUrl === undefined) return [];
    const client = await this.checkingClient(listenUrl);
    try {
      const misfit = await this.listenMisfit(client, listenUrl);
      return misfit === undefined ? [] : [misfit];
    } finally {
      void client.end().catch(() => undefined);
    }
  }

  private async listenMisfit(client: Client, listenUrl: string): Promise<string | undefined> {
    if ((await isPooled(client)) && (await losesListen(() => this.checkingClient(listenUrl))))
      return poolerBeforeListen;
    const [here, there] = await Promise.all([
      // Faults of DATABASE_URL are reported as its own.
      this.query<DatabaseIdentity>(identityQuery).catch(() => []),
      // A server may keep the function from its users.
      client.query<DatabaseIdentity>(identityQuery).then(
        ({ rows }) => rows,
        () => [],
      ),
    ]);
    if (!here[0] || !there[0]) return undefined;
    return here[0].cluster === there[0].cluster && here[0].database === there[0].database ? undefined : anotherDatabase;
  }

  /** Ends all connections; statements that run are waited for. */
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

  /** One statement after the other: pg 9 will refuse a query on a client that has one running. Never rejects. */
  private listenTo(channel: string): Promise<void> {
    this.listenedTo = this.listenedTo.then(async () => {
      // A connection that is being brought back listens to every channel once it is up.
      if (this.returning || this.closing.signal.aborted) return;
      const client = await this.listening().catch((error: unknown) => this.bringBack(cannotListen(error)));
      // One that cannot listen is lost, and brought back as such.
      if (client && this.listens) await this.listenOn(client, channel).catch(() => void client.end());
    });
    return this.listenedTo;
  }

  private async listenOn(client: Client, channel: string): Promise<void> {
    await client.query(`listen ${channel}`);
    this.heard.add(channel);
  }

  /** The listening connection, made when first asked for; an attempt that failed is not kept. */
  private listening(): Promise<Client> {
    this.listener ??= this.connectListener().catch((error: unknown) => {
      this.listener = undefined;
      throw error;
    });
    return this.listener;
  }

  private clientOfItsOwn(url: string, purpose: string): Client {
    const PickingClient = clientFor(url, url === this.settings.url ? 'DATABASE_URL' : 'DATABASE_LISTEN_URL');
    return new PickingClient({
      connectionString: urlsIn(url)[0],
      application_name: `${this.settings.applicationName} ${purpose}`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
  }

  private async checkingClient(url: string): Promise<Client> {
    const client = this.clientOfItsOwn(url, 'check');
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** On a session that a pooler lends, LISTEN would be somebody else's next; in another database nothing arrives. */
  private async mayListen(client: Client): Promise<boolean> {
    const { listenUrl } = this.settings;
    if (listenUrl === undefined) return !(await isPooled(client));
    const misfit = await this.listenMisfit(client, listenUrl);
    if (misfit !== undefined)
      this.onFault(new Error(`DATABASE_LISTEN_URL: ${misfit}; until then, polls find the work of other processes`));
    return misfit === undefined;
  }

  private async connectListener(): Promise<Client> {
    const client = this.clientOfItsOwn(this.settings.listenUrl ?? this.settings.url, 'listen');
    client.on(
      'notification',
      ({ channel, payload }) => void (this.notifier.isOwn(payload) || this.wakes.emit(channel)),
    );
    // A failed attempt is reported by the promise only; `onFault` is for a connection that was up.
    let up = false;
    const lost = (error?: Error): void => {
      if (!up) return;
      up = false;
      this.heard.clear();
      this.bringBack(error ?? new Error('listening connection closed'));
    };
    client.on('error', lost);
    client.on('end', () => lost());
    try {
      await client.connect();
      this.listens = await this.mayListen(client);
      if (this.listens) for (const channel of this.channels) await this.listenOn(client, channel);
    } catch (error) {
      this.heard.clear();
      void client.end().catch(() => undefined);
      throw error;
    }
    up = true;
    return client;
  }

  private bringBack(why: Error): void {
    if (this.returning || this.closing.signal.aborted) return;
    this.onFault(why);
    this.returning = this.reconnectListener().finally(() => {
      this.returning = undefined;
      // Asked for between the last LISTEN and now.
      for (const channel of this.channels) if (!this.heard.has(channel)) void this.listenTo(channel);
    });
  }

  /** Tries again until the connection is back or the database is closed. Never rejects. */
  private async reconnectListener(): Promise<void> {
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
