// Where the drivers lie: small scripts that make a program do what its user would.
// Used by clients/ and servers/, which copy them into the program's root.
import { join } from 'node:path';
import { projectRoot } from '../support/project-root';

export const driver = (name: string): string => join(projectRoot, 'test', 'interop', 'drivers', name);
