// Another version of the product beside this one: built in a temporary folder from its commit, on a broker and a
// database of its own, measured in turn with this one.
// Called by main.ts for `--against COMMIT`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../chaos/services';
import { productCpu } from './cpu';
import { type Spread, spreadOf } from './figures';
import { type Round, type Say, type Sizes, productRound } from './measurements';
import { type Stage, apps, openStage } from './stage';

/** This version ÷ the other one, of each round's pair; CPU in milliseconds, of the product, Postgres and the broker. */
export interface SideBySide {
  commit: string;
  rates: Record<'create' | 'book' | 'mail', { ours: Spread; theirs: Spread; ratio: Spread }>;
  cpu: Record<'create' | 'book' | 'mail', { ours: number; theirs: number }>;
}

const ways = ['create', 'book', 'mail'] as const;

/** A commit's files in a folder of their own, built; `remove` deletes them. */
function builtAt(commit: string): { folder: string; migrate(databaseUrl: string): void; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-against-'));
  const archive = join(folder, 'source.tar');
  execFileSync('git', ['-C', root, 'archive', '--output', archive, commit], { stdio: ['ignore', 2, 2] });
  const source = join(folder, 'source');
  mkdirSync(source);
  execFileSync('tar', ['-xf', archive, '-C', source], { stdio: ['ignore', 2, 2] });
  const lockfile = (of: string): string => readFileSync(join(of, 'package-lock.json'), 'utf8');
  // The same packages need not be installed again; Node is this version's in any case.
  if (lockfile(source) === lockfile(root)) symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
  else
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: source,
      stdio: ['ignore', 2, 2],
    });
  const compiler = join(root, 'node_modules', 'typescript', 'lib', 'tsc.js');
  const project = existsSync(join(source, 'apps', 'tsconfig.build.json')) ? join('apps', 'tsconfig.build.json') : '.';
  execFileSync(process.execPath, [compiler, '-p', project], { cwd: source, stdio: ['ignore', 2, 2] });
  execFileSync(process.execPath, [
    '-e',
    `const { cpSync, readdirSync, statSync, mkdirSync } = require('node:fs');
     const { join, dirname } = require('node:path');
     for (const top of ['apps', 'libs']) for (const file of readdirSync(join(process.argv[1], top), { recursive: true })) {
       const from = join(process.argv[1], top, file);
       if (!/[\\/]src[\\/]/.test(from) || /\\.(ts|json)$/.test(from) || !statSync(from).isFile()) continue;
       const to = join(process.argv[1], 'dist', top, file);
       mkdirSync(dirname(to), { recursive: true });
       cpSync(from, to);
     }`,
    source,
  ]);
  return {
    folder: source,
    migrate: (databaseUrl) =>
      void execFileSync(process.execPath, [join(source, 'dist', 'apps', 'standalone', 'src', 'migrate.js')], {
        cwd: source,
        env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, ORGANIZER_EMAIL: 'scheduling@organizer.test' },
        stdio: ['ignore', 2, 2],
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function sideBySide(ours: Stage, commit: string, sizes: Sizes, say: Say): Promise<SideBySide> {
  say(`building ${commit} …`);
  const build = builtAt(commit);
  try {
    const theirs = await openStage({ profileFolder: null, build });
    try {
      for (const app of apps) await theirs.start(app);
      // Both by the same rounds, so that what one has compiled, the other has too.
      for (const stage of [theirs, ours, theirs, ours]) await productRound(stage, sizes.rooms);
      return await inTurn({ ours, theirs }, { ...sizes, commit }, say);
    } finally {
      await theirs.close();
    }
  } finally {
    build.remove();
  }
}

async function inTurn(
  stages: Record<'ours' | 'theirs', Stage>,
  { rounds, rooms, commit }: Sizes & { commit: string },
  say: Say,
): Promise<SideBySide> {
  const done: Record<'ours' | 'theirs', Round[]> = { ours: [], theirs: [] };
  for (let round = 1; round <= rounds; round += 1) {
    // The order changes from round to round: what else the machine does changes slowly.
    const order = round % 2 === 1 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const);
    for (const which of order) done[which].push(await productRound(stages[which], rooms));
    const [mine, other] = [done.ours.at(-1), done.theirs.at(-1)];
    say(
      `round ${round} of ${rounds}, this version and ${commit}: ` +
        ways
          .map((way) => `${way} ${mine?.[way].perSecond.toFixed(0)} and ${other?.[way].perSecond.toFixed(0)}`)
          .join(', '),
    );
  }
  const of = (way: (typeof ways)[number]) => {
    const [mine, other] = [done.ours, done.theirs].map((all) => all.map((each) => each[way].perSecond));
    return {
      ours: spreadOf(mine ?? []),
      theirs: spreadOf(other ?? []),
      ratio: spreadOf((mine ?? []).map((each, at) => each / (other?.[at] ?? Number.NaN))),
    };
  };
  const cpu = (way: (typeof ways)[number]) => {
    const median = (all: Round[]): number => spreadOf(all.map((each) => productCpu(each[way].cpu))).median;
    return { ours: median(done.ours), theirs: median(done.theirs) };
  };
  return {
    commit,
    rates: { create: of('create'), book: of('book'), mail: of('mail') },
    cpu: { create: cpu('create'), book: cpu('book'), mail: cpu('mail') },
  };
}
