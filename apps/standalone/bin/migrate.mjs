// `npm run migrate`: installs and builds what is missing, then brings the database at DATABASE_URL to this version's
// schema.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readyAndBuilt } from './build.mjs';
import { root } from './install.mjs';

await readyAndBuilt(import.meta.url);
await import(pathToFileURL(join(root, 'dist', 'apps', 'standalone', 'src', 'migrate.js')).href);
