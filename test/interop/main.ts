// `npm run interop`: real calendars, mail servers and filters meet the product; prints progress and a table.
// Loaded by apps/standalone/bin/interop.mjs; exit code 0: every check was right; 1: one was not, or a program named by
// --only could not be run; 2: nothing could be run here.
import { mkdirSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Breakable, startBreakable } from '../chaos/services';
import { projectRoot } from '../support/project-root';
import { whyNoRoots } from './machine';
import { isGreen, markdown, type Report } from './report';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

let services: Breakable | undefined;
let products: { end(): Promise<void> } | undefined;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      keep: { type: 'boolean', default: false },
    },
  });
  const only = values.only.flatMap((each) => each.split(','));
  const refusal = whyNoRoots();
  if (refusal) throw new Error(refusal);
  try {
    // The test support reads them when it is loaded.
    if (!process.env['DATABASE_URL'] || !process.env['RABBITMQ_URL']) {
      services = await startBreakable();
      process.env['DATABASE_URL'] = services.databaseUrl;
      process.env['RABBITMQ_URL'] = services.rabbitUrl;
    }
    process.exitCode = await meet(only, values.keep);
  } finally {
    await products?.end();
    await services?.remove();
  }
}

async function meet(only: string[], keep: boolean): Promise<number> {
  const [{ programs }, { runAll }] = [await import('./programs.js'), await import('./run.js')];
  const { Products } = await import('./lab.js');
  const unknown = only.filter((name) => !programs.some((each) => each.name === name));
  if (unknown.length > 0)
    throw new Error(`--only knows ${programs.map(({ name }) => name).join(', ')}; not ${unknown.join(', ')}`);
  const chosen = programs.filter(({ name }) => only.length === 0 || only.includes(name));
  const folder = join(projectRoot, 'test', '.out', 'interop');
  mkdirSync(folder, { recursive: true });
  const begun = performance.now();
  const apps = new Products();
  products = apps;
  const rows = await runAll(chosen, { folder, keep, products: apps, say });
  const date = new Date().toISOString().slice(0, 10);
  const report: Report = { date, system: `Linux ${release()}`, seconds: (performance.now() - begun) / 1000, rows };
  writeFileSync(join(folder, 'interop.md'), markdown(report));
  writeFileSync(join(folder, 'interop.json'), `${JSON.stringify(report, null, 2)}\n`);
  say(markdown(report));
  say(`Written to ${join('test', '.out', 'interop')}: interop.md, interop.json, and the mails of each program.`);
  return isGreen(rows, only) ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    say('Ending: the apps end, the broker and the database are removed; the programs end with this process.');
    void Promise.resolve(products?.end())
      .then(() => services?.remove())
      .finally(() => process.exit(130));
  });

main()
  .then(() => process.exit())
  .catch((error: unknown) => {
    say(`The programs could not be run: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  });
