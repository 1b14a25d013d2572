// `npm run replay -- …`: installs and builds what is missing, then drives dead events, failed letters or quarantined
// mails again.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readyAndBuilt } from './build.mjs';
import { readersMayLeave, root } from './install.mjs';

readersMayLeave();
await readyAndBuilt(import.meta.url);
const built = (...path) => createRequire(import.meta.url)(join(root, 'dist', 'apps', 'standalone', 'src', ...path));
const { replay } = built('replay', 'replay.js');
const { tell, end } = built('progress.js').progress(process.stderr);
const { code, text } = await replay({ args: process.argv.slice(2), env: process.env, tell });
end();
process.stdout.write(`${text}\n`);
process.exitCode = code;
