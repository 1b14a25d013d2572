// Claws Mail with its vCalendar plugin, in a window that nobody sees (Xvfb): a letter in the inbox is opened, the choice
// and the button “Answer” are pressed through the accessibility interface.
// Listed in programs.ts.
import { readFileSync } from 'node:fs';
import { eventually } from '../../support/eventually';
import { SmtpSink } from '../../support/smtp-sink';
import { driver } from '../drivers';
import type { Lab } from '../lab';
import { CannotRun, type Program } from '../program';
import { type Click, declineWalk, type Seat, walk } from '../walk';
import { entriesIn } from './ics-entries';

const home = '/var/tmp/claws';
const [email, name] = ['gil@claws.test', 'Gil Müller'];

export const claws: Program = {
  name: 'claws-mail',
  kind: 'client',
  packages: [
    'claws-mail-vcalendar-plugin',
    ...['claws-mail', 'xvfb', 'at-spi2-core', 'gir1.2-atspi-2.0', 'python3-gi', 'dbus'],
  ],
  minutes: 3,
  notes:
    'The calendar alone, without a text; DTSTAMP, CREATED and LAST-MODIFIED are 00000000T000000; a VTIMEZONE named UTC ' +
    'that nothing refers to; no CN. A CANCEL is shown, and the event stays in its calendar.',
  run: async (lab) => {
    const sink = new SmtpSink();
    const port = new URL(await sink.start()).port;
    try {
      const seat = seatOf(lab, await start(lab, port), sink);
      for (const times of ['utc', 'zone'] as const)
        await walk(lab, seat, times, { afterUpdate: 'moved by the answer', afterCancel: 'untouched' });
      await declineWalk(lab, seat, 'utc');
    } finally {
      await sink.close();
    }
  },
};

const files = (port: string): Record<string, string> => ({
  '.claws-mail/clawsrc': `[Common]
config_version=4
next_account_id=2
send_dialog_invisible=1
[Plugins_GTK3]
/usr/lib/x86_64-linux-gnu/claws-mail/plugins/vcalendar.so
`,
  '.claws-mail/accountrc': `[Account: 1]
config_version=4
account_name=gil
is_default=1
name=${name}
address=${email}
protocol=5
smtp_server=127.0.0.1
set_smtpport=1
smtp_port=${port}
use_smtp_auth=0
`,
  '.claws-mail/folderlist.xml': `<?xml version="1.0" encoding="UTF-8"?>
<folderlist>
  <folder type="mh" name="Mail" path="Mail" collapsed="0">
${['inbox', 'outbox', 'draft', 'queue', 'trash']
  .map((type) => `    <folderitem type="${type}" name="${type}" path="${type === 'outbox' ? 'sent' : type}"/>`)
  .join('\n')}
  </folder>
</folderlist>
`,
  'claws.py': readFileSync(driver('claws.py'), 'utf8'),
  'claws.sh': readFileSync(driver('claws.sh'), 'utf8'),
});

/** Resolves with the display. */
async function start({ root }: Lab, port: string): Promise<string> {
  await root.sh(`rm -rf ${home}; mkdir -p ${home}/Mail/{inbox,sent,draft,queue,trash}`);
  for (const [path, text] of Object.entries(files(port))) root.write(`${home}/${path}`, text);
  root.spawn([
    'bash',
    '-c',
    `Xvfb -displayfd 1 -screen 0 1280x900x24 -nolisten tcp </dev/null 2>${home}/x.log >${home}/display`,
  ]);
  const display = eventually('Xvfb has a display', () => root.read(`${home}/display`).trim() || null, {
    timeoutMs: 60_000,
  });
  return `:${await display.catch(() => {
    throw new CannotRun(`Xvfb does not start: ${root.read(`${home}/x.log`).slice(-600)}`);
  })}`;
}

function seatOf(lab: Lab, display: string, sink: SmtpSink): Seat {
  let letters = 0;
  const act = async (what: Click | 'show'): Promise<void> => {
    const env = { HOME: home, DISPLAY: display };
    const ran = await lab.root.run(['bash', `${home}/claws.sh`, String(letters), what], { env, timeoutMs: 240_000 });
    if (ran.code !== 0) throw new Error(`${what} ended with ${ran.code}: ${ran.stdout}${ran.stderr.slice(-600)}`);
    lab.say(`its window: ${ran.stdout.trim()}`);
  };
  return {
    email,
    name,
    receive: async (letter) => {
      letters += 1;
      lab.root.write(`${home}/Mail/inbox/${letters}`, letter);
      // It looks for new letters only where the folder's time, in whole seconds, is later than at its last look.
      await lab.root.sh(`touch -d '+${letters} minutes' ${home}/Mail/inbox`);
      await act('show');
    },
    click: async (click) => {
      const before = sink.mails.length;
      await act(click);
      return sink.mails.slice(before).map(({ raw }) => raw);
    },
    calendar: () => {
      const at = `${home}/.claws-mail/vcalendar/internal.ics`;
      return Promise.resolve(lab.root.has(at) ? entriesIn(lab.root.read(at)) : []);
    },
  };
}
