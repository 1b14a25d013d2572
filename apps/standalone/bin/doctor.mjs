// `npm run doctor -- …`: installs and builds what is missing, then looks at what should agree and says what does not.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readyAndBuilt } from './build.mjs';
import { readersMayLeave, root } from './install.mjs';

readersMayLeave();
await readyAndBuilt(import.meta.url);
const built = (...path) => createRequire(import.meta.url)(join(root, 'dist', 'apps', 'standalone', 'src', ...path));
const { doctor } = built('doctor', 'doctor.js');
const { tell, end } = built('progress.js').progress(process.stderr);
const { code, text, warnings = [] } = await doctor({ args: process.argv.slice(2), env: process.env, tell });
end();
process.stdout.write(`${[text, ...warnings].join('\n')}\n`);
process.exitCode = code;
