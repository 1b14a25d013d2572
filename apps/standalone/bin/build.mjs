// Compiles apps and libs into dist/ when a source changed since the last time.
// Called by `npm run build` and by every script that runs compiled code.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { giveUp, ready, root, say, sayMeanwhile, seconds } from './install.mjs';

const dist = join(root, 'dist');
const stampFile = join(dist, '.built');

/** Path, size and change time of everything that the build reads. */
function sources() {
  const folders = ['apps', 'libs'].flatMap((top) => readdirSync(join(root, top)).map((name) => join(top, name, 'src')));
  const files = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)))
    .filter((file) => !/\.(spec|fixture)\.ts$/.test(file) && statSync(join(root, file)).isFile());
  return [...files, join('apps', 'tsconfig.build.json'), 'tsconfig.json', 'package-lock.json'].sort();
}

const fingerprint = (files) => {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
};

/** Builds where needed. Returns false, with the compiler's messages printed, when the sources do not compile. */
export function build() {
  const files = sources();
  const print = fingerprint(files);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === print) return true;
  const begun = Date.now();
  say('Building …');
  rmSync(stampFile, { force: true });
  // The compiler trusts its notes on what it has written: without output they must go too.
  if (!existsSync(join(dist, 'apps'))) rmSync(join(dist, '.tsbuildinfo'), { force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'lib', 'tsc.js');
  const stop = sayMeanwhile('Still building');
  const done = spawnSync(process.execPath, [compiler, '-p', join('apps', 'tsconfig.build.json')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  stop();
  if (done.status !== 0) return false;
  for (const file of files) if (!/\.(ts|json)$/.test(file)) copy(file);
  writeFileSync(stampFile, print);
  say(`Built in ${seconds(begun)}`);
  return true;
}

/** Templates and the like stand beside the code that reads them. */
function copy(file) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  cpSync(join(root, file), join(dist, file));
}

/** Installs, changes to the product's Node and builds: what a script needs before it can load compiled code. */
export async function readyAndBuilt(scriptUrl) {
  await ready(scriptUrl);
  if (!build()) giveUp('The sources do not compile, see above.');
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await readyAndBuilt(import.meta.url);
