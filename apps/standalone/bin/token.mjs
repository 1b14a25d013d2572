// `npm run token -- --sub NAME --scope "…" --ttl 1h`: installs and builds what is missing, then mints a caller's
// token for development.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readyAndBuilt } from './build.mjs';
import { root } from './install.mjs';

await readyAndBuilt(import.meta.url);
const { mintToken } = createRequire(import.meta.url)(join(root, 'dist', 'apps', 'standalone', 'src', 'token.js'));
const { code, text } = mintToken({ args: process.argv.slice(2), env: process.env });
(code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
process.exitCode = code;
