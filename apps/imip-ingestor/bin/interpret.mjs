// `npm run --silent interpret -- FILE...`: installs and builds what is missing, then says what the ingestor makes of
// each mail.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readyAndBuilt } from '../../standalone/bin/build.mjs';
import { root } from '../../standalone/bin/install.mjs';

if (process.argv.length < 3) {
  process.stderr.write('Usage: npm run --silent interpret -- FILE...\nWrites one JSON object a line for each mail.\n');
  process.exit(2);
}
await readyAndBuilt(import.meta.url);
// npm moves to the project's folder; relative files are meant from where it was called.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import(pathToFileURL(join(root, 'dist', 'apps', 'imip-ingestor', 'src', 'interpret', 'interpret.main.js')).href);
