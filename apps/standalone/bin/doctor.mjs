// `npm run doctor -- …`: installs and builds what is missing, then looks at what should agree and says what does not.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readyAndBuilt } from './build.mjs';
import { root } from './install.mjs';

await readyAndBuilt(import.meta.url);
const { doctor } = createRequire(import.meta.url)(join(root, 'dist', 'apps', 'standalone', 'src', 'doctor', 'doctor.js'));
const { code, text } = await doctor({ args: process.argv.slice(2), env: process.env });
process.stdout.write(`${text}\n`);
process.exitCode = code;
