// `npm run retention -- …`: installs and builds what is missing, then deletes what is past its time, or says what would
// go.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readyAndBuilt } from './build.mjs';
import { readersMayLeave, root } from './install.mjs';

readersMayLeave();
await readyAndBuilt(import.meta.url);
const built = (...path) => createRequire(import.meta.url)(join(root, 'dist', 'apps', 'standalone', 'src', ...path));
const { retention } = built('retention', 'retention.js');
const { code, text } = await retention({ args: process.argv.slice(2), env: process.env });
process.stdout.write(`${text}\n`);
process.exitCode = code;
