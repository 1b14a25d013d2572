// `npm run retention`: deletes what is past its time now, as the apps do by themselves; `-- --dry-run` says what would go.
// Called by bin/retention.mjs with the words after `--` and the environment, from which the RETENTION_ settings come.
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { AppName } from '#contracts';
import { readSettings, Retention, retentionDays, retentionSettings, startFault } from '#service';
import * as ofIngestor from '../../../imip-ingestor/src/aged-rows';
import * as ofSender from '../../../notification-sender/src/aged-rows';
import * as ofApi from '../../../scheduling-api/src/aged-rows';
import { type ProductConnections, connectToProduct } from '../product-connections';
import type { Environment } from '../settings';

/** `code`: 0 done; 2 it could not be done or was asked for wrongly. */
export interface RetentionResult {
  code: 0 | 2;
  text: string;
}

export const usage = [
  'npm run retention                  deletes what is past its time',
  'npm run retention -- --dry-run     says what would go, and deletes nothing',
].join('\n');

/** The sender first: a room goes after its letters. */
const apps: [AppName, Pick<typeof ofApi, 'agedTables' | 'agedRows'>][] = [
  ['notification-sender', ofSender],
  ['imip-ingestor', ofIngestor],
  ['scheduling-api', ofApi],
];

export async function retention({ args, env }: { args: string[]; env: Environment }): Promise<RetentionResult> {
  const isTrial = trialOf(args);
  if (isTrial === undefined) return { code: 2, text: usage };
  let reach: ProductConnections | undefined;
  try {
    const settings = readSettings(env, retentionSettings);
    reach = await connectToProduct({ ...env, RABBITMQ_URL: undefined }, 'retention');
    const { db } = reach;
    const technical = retentionDays(settings, 'RETENTION_TECHNICAL_DAYS');
    const lines: string[] = [];
    for (const [app, { agedTables, agedRows }] of apps) {
      const aged = new Retention(db, technical, agedTables, pino({ level: 'silent' }), agedRows(settings), app);
      for (const { what, days, rows } of await aged.plan())
        lines.push(`${what}: ${days === 'off' ? 'off' : `${rows} older than ${days} days`}`);
      if (!isTrial) lines.push(`deleted: ${await aged.sweep()}`);
    }
    return { code: 0, text: lines.join('\n') };
  } catch (error) {
    return { code: 2, text: `cannot look at what is past its time: ${startFault(error)}` };
  } finally {
    await reach?.close();
  }
}

function trialOf(args: string[]): boolean | undefined {
  try {
    return parseArgs({ args, options: { 'dry-run': { type: 'boolean' } } }).values['dry-run'] ?? false;
  } catch {
    return undefined;
  }
}
