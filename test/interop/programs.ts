// Every program that meets the product, in the order of the table.
// Used by main.ts and run.ts.
import { aerc } from './clients/aerc';
import { claws } from './clients/claws';
import { cross } from './clients/cross';
import { cyrus } from './clients/cyrus';
import { evolution } from './clients/evolution';
import { gnus } from './clients/gnus';
import { horde } from './clients/horde';
import { kde } from './clients/kde';
import { radicale } from './clients/radicale';
import { sogo } from './clients/sogo';
import { thunderbird, thunderbirdWithRadicale } from './clients/thunderbird';
import type { Program } from './program';
import { border } from './servers/border';
import { filterPrograms } from './servers/filter-programs';
import { mailman } from './servers/mailman';
import { receiverPrograms } from './servers/receiver-programs';
import { refusingPrograms } from './servers/refusing-programs';
import { senderPrograms } from './servers/sender-programs';

export const programs: Program[] = [
  gnus,
  kde,
  horde,
  aerc,
  claws,
  evolution,
  radicale,
  cyrus,
  sogo,
  thunderbird,
  thunderbirdWithRadicale,
  cross,
  ...senderPrograms,
  ...refusingPrograms,
  ...receiverPrograms,
  mailman,
  ...filterPrograms,
  border,
];
