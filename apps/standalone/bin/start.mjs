// `npm start`: installs and builds what is missing, then runs the whole product in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readyAndBuilt } from './build.mjs';
import { root } from './install.mjs';

await readyAndBuilt(import.meta.url);
await import(pathToFileURL(join(root, 'dist', 'apps', 'standalone', 'src', 'main.js')).href);
