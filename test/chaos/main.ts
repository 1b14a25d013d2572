// `npm run chaos`: breaks the product on purpose for as long as a thousand rooms take, and prints what came of it.
// Loaded by apps/standalone/bin/chaos.mjs; exit code 0: nothing was lost, strange, overtaken or late; 1: something
// was; 2: it could not be run.
import { parseArgs } from 'node:util';
import { type ChaosOptions, longRun, plantedRun, runChaos, shortRun, countsAsText } from './chaos';
import { faultNames } from './faults';
import { startBreakable } from './services';
import { type ClusterWishes, plants, type Stage } from './stage';

const { values } = parseArgs({
  options: {
    rooms: { type: 'string' },
    seed: { type: 'string' },
    'at-a-time': { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    short: { type: 'boolean', default: false },
    pooler: { type: 'boolean', default: false },
    cluster: { type: 'boolean', default: false },
    plant: { type: 'string' },
    skew: { type: 'string' },
    'keep-logs': { type: 'boolean', default: false },
  },
});
/** A whole number that was given in words, or the usual one. */
function numberOf(name: 'rooms' | 'seed' | 'at-a-time' | 'skew', usual: number): number {
  const given = values[name] ?? String(usual);
  if (!/^[1-9]\d{0,9}$/.test(given)) throw new Error(`--${name} is no number: ${given}`);
  return Number(given);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { isTTY } = process.stdout;
const usual = values.short ? shortRun : longRun;
let lines = 0;

/** One line that changes on a terminal; a plain line every ten seconds elsewhere. */
function onProgress(line: string): void {
  lines += 1;
  if (isTTY) process.stdout.write(`\r\u001b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}`);
  else if (lines % 10 === 0 || line.includes('logs')) say(line);
}

let stage: Stage | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say('Ending: the broker, the database and the apps are stopped and removed …');
    // What stood only half by now is removed by the next run, or by that of the tests.
    void Promise.resolve(stage?.close(false)).finally(() => process.exit(130));
  });
}

/** `--pooler`: PgBouncer by the recipe of docs/scale.md. */
async function pooler(): Promise<void> {
  const services = await startBreakable();
  try {
    // The test support reads them when it is loaded.
    Object.assign(process.env, { DATABASE_URL: services.databaseUrl, RABBITMQ_URL: services.rabbitUrl });
    const { runPooler } = await import('./cluster/pooler.js');
    const faults = await runPooler(say);
    for (const fault of faults) say(`VIOLATION ${fault}`);
    say(faults.length === 0 ? 'The recipe holds, and what cannot serve is refused.' : `${faults.length} violations.`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await services.remove();
  }
}

function clusterWishes(): ClusterWishes | undefined {
  const plant = plants.find((name) => name === values.plant);
  if (plant !== values.plant) throw new Error(`--plant knows ${plants.join(', ')}`);
  return values.cluster ? { plant, skewSeconds: values.skew ? numberOf('skew', 0) : 0 } : undefined;
}

function extentOf(): Omit<ChaosOptions, 'seed'> {
  const given = { ...usual, rooms: numberOf('rooms', usual.rooms), atATime: numberOf('at-a-time', usual.atATime) };
  if (!values.cluster) return given;
  // A failover alone takes some ten seconds, and some faults of a cluster a quarter of a minute.
  const longer = values.short ? { atMostSeconds: 90, patienceSeconds: 600 } : {};
  const planted = values.plant === undefined ? {} : plantedRun;
  return { ...given, quietWithinSeconds: usual.quietWithinSeconds * 3, ...longer, ...planted };
}

async function main(): Promise<void> {
  if (values.pooler) return pooler();
  const seed = numberOf('seed', 1 + Math.floor(Math.random() * 2 ** 31));
  const extent = extentOf();
  const only = faultNames.filter((name) => values.only.includes(name));
  if (only.length < new Set(values.only).size) throw new Error(`--only knows ${faultNames.join(', ')}`);
  const cluster = clusterWishes();
  say(`Chaos with seed ${seed}`);
  const report = await runChaos({
    seed,
    ...extent,
    cluster,
    only,
    keepLogs: values['keep-logs'],
    onProgress,
    onStage: (each) => (stage = each),
  });
  if (isTTY) process.stdout.write('\r\u001b[K');
  say(`Counts: ${countsAsText(report.counts)}`);
  say(`Faults: ${countsAsText(report.faults)}`);
  for (const line of report.publishers) say(`Publishers after ${line}`);
  for (const line of report.slowPublishers) say(`Slow: ${line}`);
  say(
    `Quiet ${report.quietAfterSeconds.toFixed(1)} s after the last fault (waited last ` +
      `for: ${countsAsText(report.waitedFor) || 'nothing'}); ${report.seconds.toFixed(0)} s in all; seed ${report.seed}`,
  );
  for (const line of report.violations) say(`VIOLATION ${line}`);
  say(
    report.violations.length === 0
      ? 'Nothing lost, nothing twice, nothing overtaken.'
      : `${report.violations.length} violations.`,
  );
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  say(`Chaos could not be brought about: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
});
