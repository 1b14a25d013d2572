// `npm run doctor` without a subcommand: reports what the checks find, and with --repair repairs what it can.
// Called by doctor.ts.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CheckContext, examine, type Finding, type MailResolver, type RoomRepairs, systemResolver } from '#doctor';
import { field, readSettings, startFault } from '#service';
import { Refusal } from '../../../scheduling-api/src/rooms/refusal';
import { RoomsStore } from '../../../scheduling-api/src/rooms/rooms.store';
import { rulesOf, schedulingApiSettings, tagging } from '../../../scheduling-api/src/settings';
import type { ReportProgress } from '../progress';
import { connectToProduct } from '../product-connections';
import { type Environment, localOrganizer } from '../settings';

const options = { repair: { type: 'boolean' }, grace: { type: 'string', default: '60' } } as const;

/** `code`: 0 everything agrees, 1 something does not, 2 the check failed or the arguments are wrong. */
export interface DoctorResult {
  code: 0 | 1 | 2;
  text: string;
  /** What waits for itself or for a person, and what is unwise in the settings, a line each; it changes no code. */
  warnings?: string[];
}

/**
 * Undefined where the words make no sense. Code 0: everything agrees, or does after the repair; 1: something does
 * not; 2: it could not be found out.
 */
export async function consistency(
  args: string[],
  env: Environment,
  { tell = () => undefined, resolver = systemResolver() }: { tell?: ReportProgress; resolver?: MailResolver } = {},
): Promise<DoctorResult | undefined> {
  const chosen = readOptions(args);
  if (!chosen) return undefined;
  try {
    const reach = await connectToProduct(env, 'doctor');
    try {
      const { graceSeconds } = chosen;
      const context: CheckContext = { ...reach, rooms: repairsOf(env, reach), graceSeconds, setup: env, resolver };
      return await report(await examine(context, tell), chosen.repair, tell);
    } finally {
      await reach.close();
    }
  } catch (error) {
    return { code: 2, text: `cannot look: ${startFault(error)}` };
  }
}

function readOptions(args: string[]): { repair: boolean; graceSeconds: number } | undefined {
  try {
    const { values } = parseArgs({ args, options });
    const graceSeconds = Number(values.grace);
    return Number.isFinite(graceSeconds) && graceSeconds >= 0
      ? { repair: values.repair ?? false, graceSeconds }
      : undefined;
  } catch {
    return undefined;
  }
}

async function report(findings: Finding[], repair: boolean, tell: ReportProgress): Promise<DoctorResult> {
  const notices = findings.filter(({ level }) => level === 'notice');
  const warnings = notices.map((each) => `notice  ${lineOf(each, false, false)}`);
  const found = findings.filter(({ level }) => level !== 'notice');
  if (found.length === 0) return { code: 0, text: 'Rooms, ledger, outbox and queues agree.', warnings };
  let repaired = 0;
  const lines: string[] = [];
  for (const [at, each] of found.entries()) {
    tell(`going through them, ${at + 1} of ${found.length}`);
    const done = repair && each.repair ? await each.repair() : false;
    repaired += done ? 1 : 0;
    lines.push(lineOf(each, repair, done));
  }
  const canRepair = found.some((each) => each.repair);
  const offer = canRepair ? '; npm run doctor -- --repair repairs what it can' : '';
  const closing = `${found.length} faults${repair ? `, ${repaired} repaired` : offer}.`;
  return { code: repaired === found.length ? 0 : 1, text: [...lines, closing].join('\n'), warnings };
}

function lineOf({ repair, ...found }: Finding, isRepair: boolean, done: boolean): string {
  const { kind, subject, text, advice } = found;
  const end = done ? 'repaired' : isRepair && repair ? 'not repaired' : advice;
  return `${kind}  ${subject}: ${text}${end === undefined ? '' : ` (${end})`}`;
}

/** Changes rooms by the API's own rules; null where the secret of its links is not known here. */
function repairsOf(env: Environment, context: Pick<CheckContext, 'db'>): RoomRepairs | null {
  const rooms = roomsOf(env, context);
  const change = async (roomId: string, command: Parameters<RoomsStore['change']>[2]): Promise<boolean> => {
    const meta = { actor: 'doctor', correlationId: randomUUID() };
    return !((await rooms?.transaction((tx) => rooms.change(tx, roomId, command, meta))) instanceof Refusal);
  };
  return (
    rooms && {
      sendAgain: (roomId, role) => change(roomId, { type: 'SendAgain', role }),
      settleDue: (roomId, proposalId) => change(roomId, { type: 'SettleDue', proposalId }),
    }
  );
}

function roomsOf(env: Environment, { db }: Pick<CheckContext, 'db'>): RoomsStore | null {
  const { ORGANIZER_EMAIL, ORGANIZER_TAGGING, RESCHEDULE_LINK_TTL_HOURS, DECISION_LINKS, DECISION_HOLD_SECONDS } =
    schedulingApiSettings;
  const shape = {
    TOKEN_SECRET: field.secret.optional(),
    DATA_DIR: field.text.default('.data'),
    ORGANIZER_EMAIL: ORGANIZER_EMAIL.default(localOrganizer),
    ORGANIZER_TAGGING,
    RESCHEDULE_LINK_TTL_HOURS,
    DECISION_LINKS,
    DECISION_HOLD_SECONDS,
  };
  const settings = readSettings(env, shape);
  const secret = settings.TOKEN_SECRET ?? (env['DATABASE_URL'] ? undefined : secretIn(settings.DATA_DIR));
  if (secret === undefined) return null;
  return new RoomsStore(db, rulesOf(settings), secret, tagging(settings));
}

/** The secret that `npm start` made once. */
function secretIn(dataDir: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(resolve(dataDir), 'secrets.json'), 'utf8')) as { TOKEN_SECRET?: string })
      .TOKEN_SECRET;
  } catch {
    return undefined;
  }
}
