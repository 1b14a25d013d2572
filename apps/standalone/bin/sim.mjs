// `npm run sim -- accept guest --as google` and the like: answers as a party's mail program would, in the running
// `npm start`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readyAndBuilt } from './build.mjs';
import { readersMayLeave, root } from './install.mjs';

readersMayLeave();
await readyAndBuilt(import.meta.url);
const { runShell } = await import(
  pathToFileURL(join(root, 'dist', 'apps', 'standalone', 'src', 'demo', 'shell.js')).href
);
const say = (text) => void process.stdout.write(`${text}\n`);
process.exitCode = await runShell('sim', process.argv.slice(2), { dataDir: process.env.DATA_DIR || '.data', say });
