// `npm run doctor -- …`: installs and builds what is missing, then looks at what should agree and says what does not.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readyAndBuilt } from './build.mjs';
import { readersMayLeave, root } from './install.mjs';

readersMayLeave();
await readyAndBuilt(import.meta.url);
const load = createRequire(import.meta.url);
const { runCommand } = load(join(root, 'dist', 'apps', 'standalone', 'src', 'command.js'));
await runCommand('doctor', process.argv.slice(2));
