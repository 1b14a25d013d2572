// `npm run chaos`: breaks the product on purpose for as long as a thousand rooms take, and prints what came of it.
// Loaded by apps/standalone/bin/chaos.mjs; exit code 0 means that nothing was lost, strange, overtaken or late.
import { parseArgs } from 'node:util';
import { runChaos, told } from './chaos';
import type { Stage } from './stage';

const { values } = parseArgs({ options: { rooms: { type: 'string' }, seed: { type: 'string' }, 'at-a-time': { type: 'string' }, only: { type: 'string', multiple: true, default: [] }, short: { type: 'boolean', default: false } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { isTTY } = process.stdout;
/** What `npm test` runs, and what a whole run is; `--rooms` and `--at-a-time` change either. */
const extent = values.short ? { rooms: 40, atATime: 12, pauseMs: 1_000 } : { rooms: 1_000, atATime: 40, pauseMs: 2_000 };
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
    // What stood only half by now is removed by the next run of the tests.
    void Promise.resolve(stage?.close(false)).finally(() => process.exit(130));
  });
}

async function main(): Promise<void> {
  say(`Chaos with seed ${seed}`);
  const report = await runChaos({
    seed,
    rooms: Number(values.rooms ?? extent.rooms),
    atATime: Number(values['at-a-time'] ?? extent.atATime),
    pauseMs: extent.pauseMs,
    long: !values.short,
    only: values.only,
    onProgress,
    onStage: (each) => (stage = each),
  });
  if (isTTY) process.stdout.write('\r\u001b[K');
  say(`Counts: ${told(report.counts)}`);
  say(`Faults: ${told(report.faults)}`);
  say(`Quiet ${report.quietAfterSeconds.toFixed(1)} s after the last fault; ${report.seconds.toFixed(0)} s in all; seed ${report.seed}`);
  for (const line of report.violations) say(`VIOLATION ${line}`);
  say(report.violations.length === 0 ? 'Nothing lost, nothing twice, nothing overtaken.' : `${report.violations.length} violations.`);
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}

void main();
