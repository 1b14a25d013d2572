// `npm run replay -- …`: installs and builds what is missing, then drives dead events, failed letters or quarantined
// mails again.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readyAndBuilt } from './build.mjs';
import { readersMayLeave, root } from './install.mjs';

readersMayLeave();
await readyAndBuilt(import.meta.url);
const load = createRequire(import.meta.url);
const { runCommand } = load(join(root, 'dist', 'apps', 'standalone', 'src', 'command.js'));
await runCommand('replay', process.argv.slice(2));
