// `npm run chaos`: installs and builds what is missing, compiles the chaos suite and runs it on a broker and a database of its own.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readyAndBuilt } from './build.mjs';
import { giveUp, root } from './install.mjs';

await readyAndBuilt(import.meta.url);
const compiler = join(root, 'node_modules', 'typescript', 'lib', 'tsc.js');
const done = spawnSync(process.execPath, [compiler, '-p', join('test', 'chaos')], { cwd: root, stdio: ['ignore', 2, 2] });
if (done.status !== 0) giveUp('The chaos suite does not compile, see above.');
await import(pathToFileURL(join(root, 'dist', 'test', 'chaos', 'main.js')).href);
