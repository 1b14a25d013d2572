// Runs a suite that is no part of the build: compiled from test/NAME and loaded from dist.
// Called by chaos.mjs, bench.mjs, interop.mjs and image.mjs.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readyAndBuilt } from './build.mjs';
import { giveUp, root } from './install.mjs';

/** `scriptUrl` is the caller's `import.meta.url`. */
export async function runSuite(scriptUrl, name) {
  await readyAndBuilt(scriptUrl);
  const compiler = join(root, 'node_modules', 'typescript', 'lib', 'tsc.js');
  const done = spawnSync(process.execPath, [compiler, '-p', join('test', name)], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0) giveUp(`The ${name} suite does not compile, see above.`);
  await import(pathToFileURL(join(root, 'dist', 'test', name, 'main.js')).href);
}
