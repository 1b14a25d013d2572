// Writes the JSON schema of events that have none yet under test/contracts/vN; what is there is never touched,
// because other versions rely on it.
// Notes the digest of every file that has none, examples included.
// Run by hand after a new event or version, once its examples are written: `npm run build && node
// test/contracts/freeze.mjs`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const load = createRequire(import.meta.url);
const { events } = load('../../dist/libs/contracts/src/index.js');
const { z } = load('zod');

for (const [name, { version, schema }] of Object.entries(events)) {
  const file = join(here, `v${version}`, `${name}.schema.json`);
  if (existsSync(file)) continue;
  mkdirSync(join(here, `v${version}`), { recursive: true });
  // As a reader sees it: fields that it does not know are no fault.
  writeFileSync(file, `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`);
  process.stdout.write(`${file}\n`);
}

for (const version of readdirSync(here).filter((name) => /^v\d+$/.test(name))) {
  const folder = join(here, version);
  const file = join(folder, 'frozen.json');
  const frozen = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.json') && each !== 'frozen.json')) {
    frozen[name] ??= createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  }
  const sorted = Object.fromEntries(Object.entries(frozen).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}
