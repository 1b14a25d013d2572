// `npm run interop`: real calendars, mail servers and filters meet the product; prints progress and a table.
// Loaded by apps/standalone/bin/interop.mjs; exit code 0: every program ran, and every check was right; 1: a check was
// not right, or a program could not be run and --may-miss does not name it; 2: nothing could be run here.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { type Breakable, startBreakable } from '../chaos/services';
import { projectRoot } from '../support/project-root';
import { Products } from './lab';
import { whyNoRoots } from './machine';
import { type Options, readOptions } from './options';
import { programs } from './programs';
import { isGreen, markdown, type Report } from './report';
import { runAll } from './run';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const folder = join(projectRoot, 'test', '.out', 'interop');
let services: Breakable | undefined;
const products = new Products();
let ended: Promise<void> | undefined;

/** What was started ends once, whoever asks first: the end of the run, or a signal. */
function endAll(): Promise<void> {
  ended ??= products.end().then(() => services?.remove());
  return ended;
}

async function main(): Promise<void> {
  const options = readOptions(
    process.argv.slice(2),
    programs.map(({ name }) => name),
  );
  const refusal = whyNoRoots();
  if (refusal) throw new Error(refusal);
  mkdirSync(folder, { recursive: true });
  beTheOnlyRun();
  try {
    if (!process.env['DATABASE_URL'] || !process.env['RABBITMQ_URL']) {
      services = await startBreakable();
      process.env['DATABASE_URL'] = services.databaseUrl;
      process.env['RABBITMQ_URL'] = services.rabbitUrl;
    }
    const code = await meet(options);
    process.exitCode ??= code;
  } finally {
    await endAll();
  }
}

/** Roots without a mark are removed as left over (machine.ts): those of a run that goes on must not be. */
function beTheOnlyRun(): void {
  const file = join(folder, 'pid');
  const other = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const command = `/proc/${other}/cmdline`;
  if (/^\d+$/.test(other) && existsSync(command) && readFileSync(command, 'utf8').includes('interop'))
    throw new Error(`another run, process ${other}, is using ${folder}`);
  writeFileSync(file, String(process.pid));
}

async function meet({ only, mayMiss, keep }: Options): Promise<number> {
  const chosen = programs.filter(({ name }) => only.length === 0 || only.includes(name));
  const begun = performance.now();
  const rows = await runAll(chosen, { folder, keep, products, say });
  const date = new Date().toISOString().slice(0, 10);
  const seconds = (performance.now() - begun) / 1000;
  const report: Report = { date, system: `Linux ${release()}`, seconds, rows, mayMiss };
  writeFileSync(join(folder, 'interop.md'), markdown(report));
  writeFileSync(join(folder, 'interop.json'), `${JSON.stringify(report, null, 2)}\n`);
  say(markdown(report));
  say(`Written to ${join('test', '.out', 'interop')}: interop.md, interop.json, and the mails of each program.`);
  return isGreen(report) ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    say('Ending: the apps end, the broker and the database are removed; the programs end with this process.');
    process.exitCode = 130;
    void endAll().finally(() => process.exit());
  });

main()
  .then(() => process.exit())
  .catch((error: unknown) => {
    say(`The programs could not be run: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(process.exitCode ?? 2);
  });
