// evolution-data-server: the store behind Evolution and GNOME Calendar takes our letters; its mail side is not driven.
// Listed in programs.ts.
import { readFileSync } from 'node:fs';
import { textIn } from '../../support/answer-mail';
import { driver } from '../drivers';
import type { Lab } from '../lab';
import type { Program } from '../program';
import { type Entry, type Store, storeWalk } from '../walk';

export const evolution: Program = {
  name: 'evolution',
  kind: 'client',
  packages: ['evolution-data-server', 'gir1.2-ecal-2.0', 'gir1.2-edataserver-1.2', 'python3-gi', 'dbus'],
  notes:
    'Only what it receives was driven: an older REQUEST after a newer one is taken. Evolution’s own replies come from ' +
    'its window, which was not driven.',
  run: async (lab) => {
    for (const times of ['utc', 'zone'] as const) await storeWalk(lab, store(lab), times);
  },
};

function store(lab: Lab): Store {
  const eds = async (...args: string[]): Promise<string> => {
    lab.root.write('/var/tmp/eds.py', readFileSync(driver('eds.py')));
    const command = ['dbus-run-session', '--', '/usr/bin/python3', '/var/tmp/eds.py', ...args];
    const env = { HOME: '/var/tmp/eds', XDG_RUNTIME_DIR: '/run', GIO_USE_VFS: 'local' };
    lab.root.write('/var/tmp/eds/.keep', '');
    const ran = await lab.root.run(command, { env, timeoutMs: 60_000 });
    if (ran.code !== 0) throw new Error(`eds.py ${args[0]} ended with ${ran.code}: ${ran.stderr.slice(-800)}`);
    return ran.stdout;
  };
  return {
    email: 'gil@evolution.test',
    name: 'Gil Müller',
    receive: async (letter) => {
      lab.root.write('/var/tmp/letter.ics', textIn(letter, 'text/calendar'));
      await eds('receive', '/var/tmp/letter.ics');
    },
    calendar: async () => (await eds('list')).trim().split('\n').filter(Boolean).map(entryOf),
  };
}

function entryOf(line: string): Entry {
  const [uid = '', start = '', , status = ''] = line.split(' ');
  const iso = start.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?$/, '$1-$2-$3T$4:$5:$6Z');
  return { uid, start: new Date(iso), cancelled: status === 'cancelled' };
}
