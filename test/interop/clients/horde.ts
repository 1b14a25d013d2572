// Horde_Itip: the library with which Horde's web mail answers invitations. It has no calendar of its own.
// Listed in programs.ts.
import { readFileSync } from 'node:fs';
import { textIn } from '../../support/answer-mail';
import { driver } from '../drivers';
import type { Lab } from '../lab';
import type { Program } from '../program';
import { guestName } from '../meeting';
import type { Click, Seat } from '../seat';
import { walks } from '../walk';

export const horde: Program = {
  name: 'horde',
  kind: 'client',
  packages: ['php-horde-itip', 'php-cli', 'php-mbstring', 'php-intl'],
  notes:
    'The calendar is an attachment inside the alternative part; subject “Accepted []: …”. With local times it keeps ' +
    'the TZID, drops the VTIMEZONE and writes another clock time; a reply’s times are not read, so that has no effect.',
  run: async (lab) => {
    await walks(lab, seat(lab));
  },
};

export function seat(lab: Lab): Seat {
  const email = 'gil@horde.test';
  const act = async (what: Click | 'show', letter: Buffer): Promise<string> => {
    lab.root.write('/var/tmp/invite.ics', textIn(letter, 'text/calendar'));
    lab.root.write('/var/tmp/horde.php', readFileSync(driver('horde.php')));
    const args = ['/var/tmp/invite.ics', email, guestName, what, '/var/tmp/answer.eml'];
    const ran = await lab.root.run(['php', '/var/tmp/horde.php', ...args]);
    if (ran.code !== 0) throw new Error(`php ended with ${ran.code}: ${ran.stdout}${ran.stderr}`.slice(0, 800));
    return ran.stdout;
  };
  return {
    email,
    receive: (letter) => act('show', letter),
    click: async (click, letter) => {
      await act(click, letter);
      return [Buffer.from(lab.root.read('/var/tmp/answer.eml'))];
    },
  };
}
