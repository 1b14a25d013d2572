// Runs the programs, a few at a time: root, packages, the meeting with the product, and nothing left behind.
// Called by main.ts, which has set DATABASE_URL and RABBITMQ_URL before this file is loaded.
import { join } from 'node:path';
import { emptyFolder, type Lab, type Products } from './lab';
import { Root } from './machine';
import { check } from './check';
import { CannotRun, type Program, type Row } from './program';

export interface RunOptions {
  /** Files of the run. */
  folder: string;
  /** Leaves the roots where they are; the next run finds them installed. */
  keep: boolean;
  /** Ended by the caller. */
  products: Products;
  say(line: string): void;
}

/** Programs at a time: most of their time they wait for a queue, a start or a server. */
const atOnce = 3;
/** A program that takes longer, its installation aside, hangs. */
const longestMs = 12 * 60_000;

/** Resolves with one row a program, in the order given, also for those that failed or could not be run. */
export async function runAll(chosen: Program[], options: RunOptions): Promise<Row[]> {
  Root.removeLeftovers(join(options.folder, 'roots'));
  const rows = new Map<Program, Row>();
  // What takes longest begins first, so that the end is not one program that everything waits for.
  const waiting = chosen.toSorted((one, other) => (other.minutes ?? 1) - (one.minutes ?? 1));
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !options.products.isEnding; next = waiting.shift()) {
      const { name } = next;
      const row = await runOne(next, {
        ...options,
        say: (line) => options.say(`${name.padEnd(20)} ${line}`),
      });
      rows.set(next, row);
      options.say(`${name.padEnd(20)} ended after ${row.seconds} s, ${rows.size} of ${chosen.length}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return chosen.map((program) => rows.get(program)).filter((row) => row !== undefined);
}

async function runOne(program: Program, options: RunOptions): Promise<Row> {
  const begun = performance.now();
  const { name, kind, notes } = program;
  const row: Row = { name, kind, notes, version: '', outcome: 'ran', why: '', seconds: 0, checks: [] };
  try {
    await inRoot(program, row, options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    options.say(`ended early: ${why}`);
    if (error instanceof CannotRun) [row.outcome, row.why] = ['unavailable', why];
    else row.checks.push(check('it ran to its end', false, why));
  }
  return { ...row, seconds: Math.round((performance.now() - begun) / 1000) };
}

/** Throws what ended the program early; the root is closed either way. */
async function inRoot(program: Program, row: Row, options: RunOptions): Promise<void> {
  const { name, packages } = program;
  const root = Root.create(name, join(options.folder, 'roots'));
  let isInstalled = false;
  try {
    await root.open('shared');
    options.say(`installing ${packages.join(' ')}`);
    await root.install(packages).catch((error: unknown) => {
      throw new CannotRun(String(error));
    });
    isInstalled = true;
    row.version = await root.version(packages[0] ?? name);
    const lab: Lab = {
      root,
      folder: emptyFolder(options.folder, name),
      checks: row.checks,
      product: (setup) => options.products.get(setup),
      say: options.say,
    };
    await inTime(program.run(lab));
  } finally {
    await root.close();
    if (options.keep && isInstalled) root.keep();
    else removed(root, options);
  }
}

/** The first of the program's end and its time limit; what it started ends with its root. */
async function inTime(run: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${longestMs / 60_000} minutes`)), longestMs);
  });
  await Promise.race([run, limit]).finally(() => clearTimeout(timer));
}

/** What cannot be removed now is named; it ends no run. */
function removed(root: Root, options: RunOptions): void {
  try {
    root.remove();
  } catch (error) {
    options.say(`its files could not be removed: ${String(error)}`);
  }
}
