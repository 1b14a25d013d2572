// A transaction on one connection: statements are prepared once a connection, and a statement whose result is not
// needed does not wait for the response.
// Made by database.ts for each transaction.
import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import type { OutboxReceiver } from '#contracts';

/**
 * Runs one SQL statement. `params` fill `$1…`; the rows come back as Postgres names them (snake_case, timestamptz as
 * Date, bigint as text).
 */
export interface Queryable {
  query<Row>(sql: string, params?: unknown[]): Promise<Row[]>;
}

export interface Transaction extends Queryable {
  /** Runs a statement whose rows are not needed, in its order. Where it fails, the transaction fails. */
  write(sql: string, params?: unknown[]): void;
  /** Wakes the listeners of this channel, here and in other processes, once the transaction has committed. */
  wake(channel: string): void;
  /** Calls `then` once the transaction has committed. */
  afterCommit(then: () => void): void;
  /** The publisher of this process that gets new events of `app` at the commit, if there is one. */
  receiverOf(app: string): OutboxReceiver | undefined;
}

/** Names of prepared statements by their text. Bounded, because texts made at run time would grow without limit. */
const names = new Map<string, string>();
const mostNames = 500;

/**
 * The statement under its name, so that a connection parses and plans it once. One that names its columns: `*` may
 * change its shape by a migration, which a prepared statement must not.
 */
export function prepared(sql: string, params: unknown[]): QueryConfig {
  let name = names.get(sql);
  if (
    name === undefined &&
    params.length > 0 &&
    names.size < mostNames &&
    !/(?:select|returning) (?:\w+\.)?\*/.test(sql)
  ) {
    name = `s${names.size}`;
    names.set(sql, name);
  }
  return name === undefined ? { text: sql, values: params } : { name, text: sql, values: params };
}

const oidOfBytea = 17;
/** Dimensions, flags, the elements' type, length and lower bound: five 32-bit integers. */
const headBytes = 20;

/**
 * The parameter `$1::bytea[]` of these elements, at least one, in Postgres' binary format; copies them. pg would write
 * each byte as two hexadecimal digits of a text, which Postgres reads back.
 */
export function byteaArray(elements: readonly Buffer[]): Buffer {
  const array = Buffer.allocUnsafe(elements.reduce((bytes, { length }) => bytes + 4 + length, headBytes));
  [1, 0, oidOfBytea, elements.length, 1].forEach((field, at) => array.writeInt32BE(field, at * 4));
  let end = headBytes;
  for (const element of elements) {
    end = array.writeInt32BE(element.length, end);
    end += element.copy(array, end);
  }
  return array;
}

type Stream = { cork(): void; uncork(): void };

/** The socket's own stream, which pg has and its types lack. */
const streamOf = (client: PoolClient & { connection?: { stream: Stream } }): Stream => {
  if (!client.connection) throw new Error('this version of pg has no connection.stream');
  return client.connection.stream;
};

export class PipelinedTransaction implements Transaction {
  /** The first error; statements after it fail only because the transaction is over. */
  fault: unknown;
  private readonly wakes = new Set<string>();
  private readonly after: (() => void)[] = [];
  private corked = false;
  private readonly stream: Stream;
  private readonly unawaited: Promise<unknown>[] = [];

  constructor(
    private readonly client: PoolClient,
    private readonly listeners: { receivers: ReadonlyMap<string, OutboxReceiver>; wake(channel: string): void },
  ) {
    this.stream = streamOf(client);
  }

  async query<Row>(sql: string, params: unknown[] = []): Promise<Row[]> {
    return (await this.send(prepared(sql, params))).rows as Row[];
  }

  write(sql: string, params: unknown[] = []): void {
    this.unawaited.push(this.send(prepared(sql, params)).catch(() => undefined));
  }

  wake(channel: string): void {
    this.wakes.add(channel);
  }

  afterCommit(then: () => void): void {
    this.after.push(then);
  }

  receiverOf(app: string): OutboxReceiver | undefined {
    return this.listeners.receivers.get(app);
  }

  /** Rejects when a `write` failed: Postgres has rolled back then. */
  async commit(): Promise<void> {
    const { command } = await this.send({ text: 'commit' });
    if (this.fault !== undefined) throw this.fault instanceof Error ? this.fault : new Error('a statement failed');
    if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command}`);
    for (const then of this.after) then();
    for (const channel of this.wakes) this.listeners.wake(channel);
  }

  /** Resolves with the error after which the connection must not be used again, if any. */
  async rollback(): Promise<Error | undefined> {
    await Promise.all(this.unawaited);
    return this.client.query('rollback').then(
      () => undefined,
      (error: unknown) => error as Error,
    );
  }

  /** Sends all statements of one tick in one packet: each packet costs both sides a system call. */
  private send(statement: QueryConfig): Promise<QueryResult> {
    if (!this.corked) {
      this.corked = true;
      this.stream.cork();
      process.nextTick(() => {
        this.corked = false;
        this.stream.uncork();
      });
    }
    return this.client.query(statement).catch((error: unknown) => {
      this.fault ??= error;
      throw error;
    });
  }
}
