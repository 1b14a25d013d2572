// Every program that meets the product, in the order of the table.
// Used by main.ts and run.ts.
import { aerc } from './clients/aerc';
import { gnus } from './clients/gnus';
import { horde } from './clients/horde';
import { kde } from './clients/kde';
import type { Program } from './program';
import { senderPrograms } from './servers/sender-programs';

export const programs: Program[] = [gnus, kde, horde, aerc, ...senderPrograms];
