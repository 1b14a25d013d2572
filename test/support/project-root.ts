// The project's folder, found from the sources as well as from what was compiled of them.
// Used by test support that starts the built apps or reads files of the tests.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const projectRoot = ((): string => {
  for (let folder = __dirname; ; folder = join(folder, '..'))
    if (existsSync(join(folder, 'package-lock.json'))) return folder;
})();
