// Why a process could not start, as a text for an operator; and the faults of DATABASE_URL and RABBITMQ_URL that
// waiting does not fix.
// Used by run.ts, app-process.ts and the commands; a database or broker that is only away is waited for.
import { brokerStartFault } from '#messaging';
import type { Database } from '#persistence';
import { censor } from './logger';
import { SettingsFault } from './settings';

/** Codes of PostgreSQL (appendix A) and of Node, with what is wrong with DATABASE_URL and what to do. */
const databaseFaults: [string[], string][] = [
  [['28P01', '28000'], 'its server refused the user or password: correct them'],
  [['3D000'], 'its server has no database of that name: create it, or correct the name'],
  [['42501'], 'its user may not use the database: grant it CONNECT'],
  [['ENOTFOUND', 'EAI_AGAIN'], 'its host name cannot be resolved: correct it, or fix the name service of this machine'],
];

type DatabaseVariable = 'DATABASE_URL' | 'DATABASE_LISTEN_URL';

function databaseFault(error: unknown, name: DatabaseVariable = 'DATABASE_URL'): string | undefined {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  // PgBouncer's words (client.c).
  if (/unsupported startup parameter/.test(message))
    return `${name}: its pooler refuses startup parameters: let it ignore them, and set them by role (docs/scale.md)`;
  const found = databaseFaults.find(([codes]) => codes.includes(code));
  return found && `${name}: ${found[1]}`;
}

/**
 * Asks the database and, where there is one, the broker once. Throws SettingsFault with what is wrong with their URLs,
 * or with what they lead to, all at once; resolves where they answer and where they are only away.
 */
export async function mustBeUsable(
  database: Pick<Database, 'misfits' | 'listenMisfits'>,
  brokerUrl?: string,
): Promise<void> {
  const found = (name: DatabaseVariable, misfits: Promise<string[]>): Promise<(string | undefined)[]> =>
    misfits.then(
      (known) => known.map((misfit) => `${name}: ${misfit}`),
      (error: unknown) => [databaseFault(error, name)],
    );
  const faults = await Promise.all([
    found('DATABASE_URL', database.misfits()),
    found('DATABASE_LISTEN_URL', database.listenMisfits()),
    brokerUrl === undefined ? [] : brokerStartFault(brokerUrl).then((fault) => [fault]),
  ]);
  const known = faults.flat().filter((fault) => fault !== undefined);
  if (known.length > 0) throw new SettingsFault(known);
}

/**
 * What kept a process from starting: one line a fault, which names the variable and says what to do; never a value of
 * a URL or a secret.
 */
export function startFault(error: unknown): string {
  if (error instanceof SettingsFault) return error.faults.join('\n  ');
  const { code, path } = error as Failure;
  const known = listenFault(error as Failure) ?? awayFault(error as Failure) ?? databaseFault(error);
  if (known !== undefined) return known;
  // PostgreSQL: undefined_table.
  if (code === '42P01') return 'the database lacks tables: run npm run migrate with the same DATABASE_URL';
  if (path !== undefined) return `${path}: ${code ?? 'cannot be used'}`;
  return censor(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'unknown';
}

/** What Node's system errors say of themselves. */
interface Failure {
  code?: string;
  port?: number;
  address?: string;
  path?: string;
}

/** Where this process cannot listen. */
function listenFault({ code, port, address }: Failure): string | undefined {
  if (code === 'EADDRINUSE')
    return `port ${port ?? '?'} is in use: set PORT to another, or stop the process that listens there`;
  if (code === 'EACCES' && port !== undefined) return `port ${port} may not be used by this user: set PORT to another`;
  if (code === 'EADDRNOTAVAIL')
    return `${address ?? '?'} is not an address of this machine: set HOST to one of its addresses, or to 0.0.0.0 for all`;
  return undefined;
}

/** Where nothing responds. */
function awayFault({ code = '', port, address }: Failure): string | undefined {
  if (code === 'ECONNREFUSED')
    return (
      `nothing responds at ${address ?? '?'}:${port ?? '?'}: start the service that DATABASE_URL or RABBITMQ_URL names, ` +
      `or correct the variable`
    );
  return ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)
    ? `${address ?? 'the host of DATABASE_URL'} does not respond: correct the variable, or open the network route to it`
    : undefined;
}
