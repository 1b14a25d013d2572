// `npm run replay`: repeats failed letters, dead events and unreadable mails after their cause was fixed. Safe to repeat: what
// was done in the meantime is not done twice.
// Called by bin/replay.mjs with the words after `--` and the environment; says in lines what it did.
import { parseArgs } from 'node:util';
import { queueNames } from '#contracts';
import { drainDead } from '#messaging';
import { reviveDeadLetters, storedDeadLetters } from '#persistence';
import { startFault } from '#service';
import { readAgain } from '../../../imip-ingestor/src/inbox/quarantined-mails';
import { retryFailedLetters } from '../../../notification-sender/src/ledger/failed-letters';
import type { ReportProgress } from '../progress';
import { type ProductConnections, connectToProduct } from '../product-connections';
import type { Environment } from '../settings';

/** `code`: 0 done, also where there was nothing to do; 2 it could not be done or was asked for wrongly. */
export interface ReplayResult {
  code: 0 | 2;
  text: string;
}

export const usage = [
  'npm run replay -- --dead [--event NAME]          events in the dead letters, of the queues or of the database without a broker',
  "npm run replay -- --failed [--reason CODE] [--room ID]   letters that were given up (the ledger's reason begins with CODE, as 550)",
  'npm run replay -- --quarantined                  mails that could not be read',
].join('\n');

const options = {
  dead: { type: 'boolean' },
  failed: { type: 'boolean' },
  quarantined: { type: 'boolean' },
  event: { type: 'string' },
  reason: { type: 'string' },
  room: { type: 'string' },
} as const;
type ReplayOptions = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

export async function replay({
  args,
  env,
  tell = () => undefined,
}: {
  args: string[];
  env: Environment;
  tell?: ReportProgress;
}): Promise<ReplayResult> {
  const chosen = readOptions(args);
  if (!chosen) return { code: 2, text: usage };
  try {
    const reach = await connectToProduct(env, 'replay');
    try {
      const lines = [
        ...(chosen.dead ? await dead(reach, chosen.event, tell) : []),
        ...(chosen.failed ? await failed(reach, chosen) : []),
        ...(chosen.quarantined
          ? [
              `quarantined mails: ${await readAgain(reach.db, { quarantined: 'all' }, { actor: 'replay' })} to be read again`,
            ]
          : []),
      ];
      return { code: 0, text: lines.join('\n') };
    } finally {
      await reach.close();
    }
  } catch (error) {
    return { code: 2, text: `cannot replay: ${startFault(error)}` };
  }
}

function readOptions(args: string[]): ReplayOptions | undefined {
  try {
    const { values } = parseArgs({ args, options });
    return values.dead || values.failed || values.quarantined ? values : undefined;
  } catch {
    return undefined;
  }
}

async function dead(
  { db, broker }: ProductConnections,
  event: string | undefined,
  tell: ReportProgress,
): Promise<string[]> {
  const wanted = (name: string | undefined): boolean => event === undefined || name === event;
  const stored = (await storedDeadLetters(db)).filter((letter) => wanted(letter.event));
  const lines =
    stored.length > 0 || !broker
      ? [
          `dead letters in the database: ${await reviveDeadLetters(
            db,
            stored.map(({ id }) => id),
          )} driven again`,
        ]
      : [];
  for (const queue of broker ? queueNames : []) {
    let seen = 0;
    const wantedOfQueue = (letter: { event?: string | undefined }): boolean => {
      tell(`dead letters of ${queue}: ${(seen += 1)} looked at`);
      return wanted(letter.event);
    };
    if (broker)
      lines.push(
        `dead letters of ${queue}: ${await drainDead(broker.publisher, broker.prefix, queue, wantedOfQueue)} driven again`,
      );
  }
  return lines;
}

async function failed({ db }: ProductConnections, { room, reason }: ReplayOptions): Promise<string[]> {
  const { again, overtaken, past } = await retryFailedLetters(db, { roomId: room, reason });
  const left = [
    ...(overtaken > 0 ? [`${overtaken} overtaken by newer letters`] : []),
    ...(past > 0 ? [`${past} about what is over`] : []),
  ];
  return [`failed letters: ${again} due again${left.length > 0 ? `; left as they are: ${left.join(', ')}` : ''}`];
}
