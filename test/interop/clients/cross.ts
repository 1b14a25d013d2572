// Two real programs at one meeting: the host accepts in Gnus, the guest declines in Horde.
// Listed in programs.ts.
import { withSink } from '../../support/smtp-sink';
import type { Program } from '../program';
import { crossWalk } from '../walk';
import { seat as gnusSeat } from './gnus';
import { horde, seat as hordeSeat } from './horde';

export const cross: Program = {
  name: 'cross',
  kind: 'client',
  packages: ['emacs-nox', ...horde.packages],
  notes: 'Gnus and Horde_Itip at one meeting.',
  run: (lab) =>
    withSink(async (sink, port) => {
      await crossWalk(lab, gnusSeat(lab, sink, port, 'hana@gnus.test'), hordeSeat(lab), { afterCancel: 'untouched' });
    }),
};
