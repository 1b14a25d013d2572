// Every program that meets the product, in the order of the table.
// Used by main.ts and run.ts.
import { aerc } from './clients/aerc';
import { cross } from './clients/cross';
import { evolution } from './clients/evolution';
import { gnus } from './clients/gnus';
import { horde } from './clients/horde';
import { kde } from './clients/kde';
import { radicale } from './clients/radicale';
import { sogo } from './clients/sogo';
import { thunderbird } from './clients/thunderbird';
import type { Program } from './program';
import { filterPrograms } from './servers/filter-programs';
import { mailman } from './servers/mailman';
import { receiverPrograms } from './servers/receiver-programs';
import { senderPrograms } from './servers/sender-programs';

export const programs: Program[] = [
  gnus,
  kde,
  horde,
  aerc,
  evolution,
  radicale,
  sogo,
  thunderbird,
  cross,
  ...senderPrograms,
  ...receiverPrograms,
  mailman,
  ...filterPrograms,
];
