// Claws Mail with its vCalendar plugin, in a window that nobody sees: a letter in the inbox is opened, the choice and the
// button “Answer” are pressed through the accessibility interface.
// Listed in programs.ts.
import { type SmtpSink, withSink } from '../../support/smtp-sink';
import type { Lab } from '../lab';
import type { Program } from '../program';
import { guestName } from '../meeting';
import type { Click, Seat } from '../seat';
import { walks } from '../walk';
import { entriesIn } from './ics-entries';
import { drive, startDisplay, windowPackages } from './window';

const home = '/var/tmp/claws';
const email = 'gil@claws.test';

export const claws: Program = {
  name: 'claws-mail',
  kind: 'client',
  packages: ['claws-mail-vcalendar-plugin', 'claws-mail', ...windowPackages],
  minutes: 3,
  notes:
    'The calendar alone, without a text; DTSTAMP, CREATED and LAST-MODIFIED are 00000000T000000; a VTIMEZONE named UTC ' +
    'that nothing refers to; no CN. A CANCEL is shown, and the event stays in its calendar.',
  run: (lab) =>
    withSink(async (sink, port) => {
      const seat = seatOf(lab, await start(lab, port), sink);
      await walks(lab, seat, {
        afterUpdate: 'moved by the answer',
        afterCancel: 'untouched',
        afterDecline: 'gone',
      });
    }),
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
name=${guestName}
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
});

/** Resolves with the display. */
async function start(lab: Lab, port: string): Promise<string> {
  await lab.root.sh(`rm -rf ${home}; mkdir -p ${home}/Mail/{inbox,sent,draft,queue,trash}`);
  for (const [path, text] of Object.entries(files(port))) lab.root.write(`${home}/${path}`, text);
  return startDisplay(lab, home, ['claws.py', 'claws.sh']);
}

function seatOf(lab: Lab, display: string, sink: SmtpSink): Seat {
  let letters = 0;
  const act = (what: Click | 'show'): Promise<void> =>
    drive(lab, home, display, [`${home}/claws.sh`, String(letters), what]);
  return {
    email,
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
