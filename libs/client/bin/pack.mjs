// `npm run client -- [FOLDER]`: makes the client from the API's description and packs it into FOLDER (dist unless
// given).
// Its one dependency is put into the package, so that it installs without a registry.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { readyAndBuilt } from '../../../apps/standalone/bin/build.mjs';
import { giveUp, root, say } from '../../../apps/standalone/bin/install.mjs';

await readyAndBuilt(import.meta.url);
const client = join(root, 'libs', 'client');
const dist = join(client, 'dist');
const target = resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? join(root, 'dist'));

rmSync(dist, { recursive: true, force: true });
const compiler = join(root, 'node_modules', 'typescript', 'lib', 'tsc.js');
const compiled = spawnSync(process.execPath, [compiler, '-p', client], { stdio: ['ignore', 2, 2] });
if (compiled.status !== 0) giveUp('The client does not compile, see above.');

const { default: openapiTS, astToString } = await import('openapi-typescript');
const { openApi } = createRequire(import.meta.url)(
  join(root, 'dist', 'apps', 'scheduling-api', 'src', 'docs', 'openapi.js'),
);
writeFileSync(join(dist, 'schema.d.ts'), astToString(await openapiTS(openApi(), { defaultNonNullable: false })));
cpSync(join(client, 'entry'), dist, { recursive: true });

for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
  cpSync(join(root, 'node_modules', name), join(client, 'node_modules', name), { recursive: true });
mkdirSync(target, { recursive: true });
const packed = spawnSync('npm', ['pack', '--silent', '--pack-destination', target], {
  cwd: client,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 2],
});
if (packed.status !== 0) giveUp('npm pack failed, see above.');
const file = join(target, packed.stdout.trim().split('\n').at(-1));
say(`The client is in ${file}`);
process.stdout.write(`${file}\n`);
