// `npm run demo`: books a room in the running `npm start` and prints the two mails it sends.
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
process.exitCode = await runShell('demo', process.argv.slice(2), { dataDir: process.env.DATA_DIR || '.data', say });
