// Runs the programs one after the other: root, packages, the meeting with the product, and nothing left behind.
// Called by main.ts, which has set DATABASE_URL and RABBITMQ_URL before this file is loaded.
import { join } from 'node:path';
import { folderOf, type Lab, Products } from './lab';
import { Root } from './machine';
import { check } from './check';
import { CannotRun, type Program, type Row } from './program';

export interface RunOptions {
  /** Files of the run. */
  folder: string;
  /** Leaves the roots where they are; the next run finds them installed. */
  keep: boolean;
  say(line: string): void;
}

/** Resolves with one row a program, also for those that could not be run. */
export async function runAll(chosen: Program[], options: RunOptions): Promise<Row[]> {
  const products = new Products();
  const rows: Row[] = [];
  try {
    for (const [n, program] of chosen.entries()) {
      options.say(`${n + 1}/${chosen.length} ${program.name}`);
      rows.push(await runOne(program, products, options));
    }
  } finally {
    await products.end();
  }
  return rows;
}

async function runOne(program: Program, products: Products, options: RunOptions): Promise<Row> {
  const begun = performance.now();
  const { name, kind, notes, packages } = program;
  const row: Row = { name, kind, notes, version: '', outcome: 'ran', why: '', seconds: 0, checks: [] };
  const root = Root.create(name, join(options.folder, 'roots'));
  try {
    await root.open('shared');
    options.say(`  installing ${packages.join(' ')}`);
    await root.install(packages).catch((error: unknown) => {
      throw new CannotRun(String(error));
    });
    row.version = await root.version(packages[0] ?? name);
    const lab: Lab = {
      root,
      folder: folderOf(options.folder, name),
      checks: row.checks,
      product: (times) => products.get(times),
      say: (line) => options.say(`  ${line}`),
    };
    await program.run(lab);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    options.say(`  ended early: ${why}`);
    if (error instanceof CannotRun) [row.outcome, row.why] = ['unavailable', why];
    else row.checks.push(check('it ran to its end', false, why));
  } finally {
    await root.close();
    if (!options.keep) root.remove();
  }
  return { ...row, seconds: Math.round((performance.now() - begun) / 1000) };
}
