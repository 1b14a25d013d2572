// `npm run bench`: measures the product against its bare parts and writes JSON, a Markdown table and a plot to
// test/.out/bench.
// Loaded by apps/standalone/bin/bench.mjs. `--only NAME` measures a part, `--quick` small sizes, `--table` the figures
// of docs/speed.md within a quarter of an hour, `--profile` writes CPU profiles of the apps, `--against COMMIT` measures
// that commit's build in turn with this one, `--floor` fails where a letter or a mail costs too much CPU.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../chaos/services';
import { spreadOf } from './figures';
import {
  type Results,
  type Say,
  type Sizes,
  measureApprovals,
  coldBursts,
  measureGrowth,
  latencies,
  machine,
  pipelines,
  productRound,
  measureMemory,
  measureSenders,
  withoutSync,
} from './measurements';
import { sideBySide } from './against';
import { underFloor } from './floor';
import { idling } from './idle';
import { summary } from './profile';
import { type Report, markdown, plot } from './report';
import { type App, type Stage, apps, openStage } from './stage';
import { measureWebhooks } from './webhooks';

const parts = [
  'pipelines',
  'unsynced',
  'cold',
  'idle',
  'approvals',
  'latency',
  'memory',
  'growth',
  'senders',
  'webhooks',
] as const;
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
    floor: { type: 'boolean', default: false },
    against: { type: 'string' },
    profile: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
});
const unknown = values.only.filter((name) => !(parts as readonly string[]).includes(name));
if (unknown.length > 0 || (values.rounds !== undefined && !/^[1-9]\d?$/.test(values.rounds))) {
  process.stderr.write(
    `${unknown.length > 0 ? `--only ${unknown.join(', ')}: there are ${parts.join(', ')}` : '--rounds: must be a number from 1 to 99'}\n`,
  );
  process.exit(2);
}
const whole: Sizes = {
  rounds: 5,
  rooms: 1_500,
  latencySeconds: 30,
  growth: [1_000, 100_000, 1_000_000],
  messages: 100_000,
};
const forTable: Sizes = { ...whole, rooms: 1_000, latencySeconds: 15, growth: [1_000, 1_000_000], messages: 40_000 };
const small: Sizes = { rounds: 2, rooms: 200, latencySeconds: 5, growth: [1_000, 10_000], messages: 2_000 };
const sizes = {
  ...(values.quick ? small : values.table ? forTable : whole),
  ...(values.rounds === undefined ? {} : { rounds: Number(values.rounds) }),
};
/** What --table leaves out: they are slow, and no line of the table. */
const besides: readonly string[] = values.table ? ['approvals', 'senders', 'webhooks'] : [];
const wanted = (part: (typeof parts)[number]): boolean =>
  values.only.length === 0 ? !besides.includes(part) : values.only.includes(part);
const folder = join(root, 'test', '.out', 'bench');
const begun = performance.now();
const say: Say = (line) =>
  void process.stderr.write(`${((performance.now() - begun) / 1_000).toFixed(0)} s: ${line}\n`);

/** Each app three times; the last stays. */
async function starting(stage: Stage): Promise<Results['startMs']> {
  const starts: Record<App, number[]> = { 'scheduling-api': [], 'imip-ingestor': [], 'notification-sender': [] };
  for (const app of apps) {
    for (let time = 1; time <= 3; time += 1) {
      if (time > 1) await stage.stopAll(app);
      starts[app].push(await stage.start(app));
    }
  }
  return mapped((app) => spreadOf(starts[app]));
}

async function measure(stage: Stage): Promise<Partial<Results>> {
  const startMs = await starting(stage);
  const idle = mapped((app) => stage.memory(app));
  // Compiled code, open connections, prepared statements: what every process has after its first minute.
  await productRound(stage, values.quick ? 50 : sizes.rooms);
  if (values.against !== undefined) {
    const beside = await sideBySide(stage, values.against, sizes, say);
    if (values.only.length === 0) return { startMs, sideBySide: beside };
    write({ startMs, sideBySide: beside });
  }
  const first = await pipelines(stage, wanted('pipelines') ? sizes : { ...sizes, rounds: 1 }, say);
  const top = { out: first.outbound.ours.median, in: first.inbound.ours.median };
  const others: Record<Exclude<(typeof parts)[number], 'pipelines'>, () => Promise<Partial<Results>>> = {
    unsynced: async () => ({ unsynced: await withoutSync(stage, sizes, say) }),
    cold: async () => ({ cold: await coldBursts(stage, say) }),
    idle: async () => ({ idle: await idling(values.quick ? 20 : 60, say) }),
    approvals: async () => ({ approvals: await measureApprovals(stage, sizes, say) }),
    latency: () => latencies(stage, sizes, top, say),
    memory: async () => ({ memory: await measureMemory(stage, sizes, idle, say) }),
    growth: async () => ({ growth: await measureGrowth(stage, sizes, say) }),
    senders: async () => ({ senders: await measureSenders(stage, sizes, say) }),
    webhooks: async () => ({ webhooks: await measureWebhooks(stage, sizes, say) }),
  };
  let results: Partial<Results> = { startMs, ...first };
  write(results);
  for (const part of parts) {
    if (part === 'pipelines' || !wanted(part)) continue;
    // A run takes a while: a part that cannot be measured does not end it, but the run then fails.
    results = { ...results, ...(await others[part]().catch((error: unknown) => notMeasured(part, error))) };
    // A run takes a while: what is there by now survives its end.
    write(results);
  }
  return results;
}

function notMeasured(part: string, error: unknown): Partial<Results> {
  process.exitCode = 1;
  say(`${part} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return {};
}

const mapped = <T>(one: (app: App) => T): Record<App, T> => ({
  'scheduling-api': one('scheduling-api'),
  'imip-ingestor': one('imip-ingestor'),
  'notification-sender': one('notification-sender'),
});

function write(results: Partial<Results>): Report {
  const report: Report = { date: new Date().toISOString().slice(0, 10), machine: machine(), ...results };
  writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, 'bench.md'), markdown(report));
  if (report.curve) writeFileSync(join(folder, 'latency.svg'), plot(report.curve));
  return report;
}

async function main(): Promise<void> {
  const profiles = values.profile ? join(folder, 'profiles') : null;
  if (profiles) rmSync(profiles, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  say('starting a RabbitMQ and a Postgres …');
  const stage = await openStage({ profileFolder: profiles });
  process.once('SIGINT', () => void stage.close().finally(() => process.exit(130)));
  let results: Partial<Results>;
  try {
    if (values.floor) return await floor(stage);
    results = await measure(stage);
  } finally {
    await stage.close();
  }
  process.stdout.write(markdown(write(results)));
  if (profiles) process.stdout.write(summary(profiles));
  say(`written to ${folder}`);
}

/** The small run of CI. */
async function floor(stage: Stage): Promise<void> {
  for (const app of apps) await stage.start(app);
  await productRound(stage, 80);
  const { cpu } = await pipelines(stage, { rounds: 1, rooms: 160 }, say);
  const faults = underFloor(cpu, say);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
