// Whether a pooler stands between us and Postgres, and whether it can carry prepared statements or LISTEN.
// Asked once at start (service's start-fault.ts) and by the listening connection of database.ts.
import type { Client, ClientBase } from 'pg';

/** A pooler makes up the process id that it gives a client; Postgres gives its own. */
export async function isPooled(client: ClientBase): Promise<boolean> {
  const { processID } = client as ClientBase & { processID?: number | null };
  return (await backendOf(client)) !== processID;
}

const backendOf = async (client: ClientBase): Promise<number | undefined> =>
  (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;

const probe = { name: 'scheduling_probe', text: 'select 1', values: [] };

/**
 * Whether statements that were prepared by one client may meet a session that has not prepared them, or another's of
 * the same name: a pooler in transaction mode that does not follow them (PgBouncer before 1.21, or without
 * `max_prepared_statements`). `connect` makes one more connection.
 */
export const losesPreparedStatements = (connect: () => Promise<Client>): Promise<boolean> =>
  withClients(connect, async (next) => {
    const first = await next();
    if (!(await isPooled(first)) || (await followsNames(first))) return false;
    return changesSession(first, next);
  });

/**
 * Whether what one client listens to would be heard by others, or by nobody: a pooler in transaction mode. One in
 * session mode can carry LISTEN. `connect` makes one more connection.
 */
export const losesListen = (connect: () => Promise<Client>): Promise<boolean> =>
  withClients(connect, async (next) => {
    const first = await next();
    return (await isPooled(first)) && (await changesSession(first, next));
  });

/** Ends every client that `use` has asked for. */
async function withClients<T>(
  connect: () => Promise<Client>,
  use: (next: () => Promise<Client>) => Promise<T>,
): Promise<T> {
  const clients: Client[] = [];
  try {
    return await use(async () => {
      const client = await connect();
      clients.push(client);
      return client;
    });
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}

/** A pooler that follows prepared statements gives them names of its own. */
async function followsNames(client: ClientBase): Promise<boolean> {
  await client.query('begin');
  try {
    await client.query(probe);
    const { rows } = await client.query('select from pg_prepared_statements where name = $1', [probe.name]);
    return rows.length === 0;
  } catch {
    // The name is there already, by another client.
    return false;
  } finally {
    await client.query('rollback');
  }
}

/** Whether two transactions of one client run in two sessions, once others hold the one that was used last. */
async function changesSession(client: ClientBase, next: () => Promise<ClientBase>): Promise<boolean> {
  const before = await backendOf(client);
  for (let others = 0; others < 3; others += 1) {
    const other = await next();
    await other.query('begin');
    if ((await backendOf(other)) === before || (await backendOf(client)) !== before) return true;
  }
  return false;
}
